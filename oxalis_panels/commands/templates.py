"""`templates`: what the looks are made of, and copies of it to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oxalis_panels.commands.options import PROJECT, WORDS
from oxalis_panels.commands.telling import show, stop

if TYPE_CHECKING:
    from pathlib import Path


@click.command("templates", help=WORDS.text("cli.templates"))
@click.argument("names", nargs=-1, metavar=WORDS.text("cli.any_templates"))
@PROJECT
def command(*, names: tuple[str, ...], project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.rendering import shipped  # noqa: PLC0415 - not needed for --help

    if not names:
        click.echo("\n".join(shipped.list_templates(project, WORDS)))
        click.echo(f"\n{WORDS.text('templates.how')}")
        return
    wanted = shipped.copies(names, WORDS)
    mistakes = wanted.diagnostics or shipped.write(project, wanted.value or ())
    if mistakes:
        show(mistakes, project)
        stop(mistakes, "templates.nothing")
    for each in wanted.value or ():
        click.echo(WORDS.text("templates.copied", path=(project / each.path).as_posix()))
