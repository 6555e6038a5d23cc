"""`explain`: what the code of a message means."""

from difflib import get_close_matches
from functools import partial

import click

from oxalis_panels.cli.options import WORDS
from oxalis_panels.model.diagnostics import code_of
from oxalis_panels.words.explanations import codes, explained, former, listed_codes

COLOURS = {
    "code": partial(click.style, bold=True),
    "heading": partial(click.style, bold=True),
    "wrong": partial(click.style, fg="red"),
    "right": partial(click.style, fg="green"),
}


@click.command("explain", help=WORDS.text("cli.explain_code"))
@click.argument("code", required=False, metavar="[CODE]")
@click.pass_context
def command(context: click.Context, code: str | None) -> None:
    """See the catalogue."""
    asked = code.strip().strip("[]").lower() if code else None
    asked = code_of(former().get(asked, asked)) if asked else None
    if asked and asked not in codes():
        raise click.exceptions.BadParameter(_unknown(asked, list(codes())), context, param_hint="CODE")
    for line in explained(asked, WORDS, _paint) if asked else listed_codes(WORDS, _paint):
        click.echo(line)


def _unknown(asked: str, known: list[str]) -> str:
    near = get_close_matches(asked, known, 3, 0.5)
    names = ", ".join(near)
    return WORDS.text("explain.misspelt" if near else "explain.unknown", found=asked, nearest=names)


def _paint(role: str, text: str) -> str:
    return COLOURS[role](text)
