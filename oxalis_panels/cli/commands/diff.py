"""`diff`: what changed between two versions, for reviewing together."""

import re
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from oxalis_panels.authoring.comparing import FORMATS
from oxalis_panels.authoring.comparing.reviewing import Form, Question, answer, form_of
from oxalis_panels.cli.options import OUTPUT_FILE, PROJECT, WORDS
from oxalis_panels.cli.terminal import ProgressLine, valued

COLOURS = ((re.compile(r"\[-.*?-\]", re.DOTALL), "red"), (re.compile(r"\{\+.*?\+\}", re.DOTALL), "green"))
"""Of removed and added words on a terminal; the signs around them stay for those who see no colours."""
MAX_VERSIONS = 2


@click.command("diff", help=WORDS.text("cli.diff"))
@click.argument("revisions", nargs=-1, metavar=WORDS.text("cli.revisions"))
@click.option("--panel", "panels", multiple=True, metavar="SLUG", help=WORDS.text("cli.diff_panel"))
@click.option("--format", "form", type=click.Choice(FORMATS), help=WORDS.text("cli.diff_format"))
@click.option(
    "--report", type=OUTPUT_FILE, metavar=WORDS.text("cli.file"), help=WORDS.text("cli.diff_report")
)
@click.option("--no-posters", is_flag=True, help=WORDS.text("cli.no_posters"))
@PROJECT
def command(  # noqa: PLR0913 - one parameter per option of the command
    *,
    revisions: tuple[str, ...],
    panels: tuple[str, ...],
    form: Form | None,
    report: Path | None,
    no_posters: bool,
    project: Path,
) -> None:
    """See the catalogue."""
    if len(revisions) > MAX_VERSIONS:
        raise click.UsageError(WORDS.text("cli.extra", found=" ".join(revisions[MAX_VERSIONS:])))
    chosen = valued(form_of(report, form, project), "compare.no_review")
    today = datetime.now().astimezone()
    posters = chosen != FORMATS[0] and not no_posters
    question = Question(project, revisions, today, frozenset(panels), posters=posters)
    with ProgressLine() as progress:
        found = answer(question, chosen, report, WORDS, progress)
    click.echo(_coloured(valued(found, "compare.no_review", project)), nl=False)


def _coloured(text: str) -> str:
    for words, colour in COLOURS:
        text = words.sub(partial(_styled, colour=colour), text)
    return text


def _styled(words: re.Match[str], colour: str) -> str:
    """Colour words line by line: a terminal's pager forgets the colour at a line's end."""
    return "\n".join(click.style(line, fg=colour) for line in words[0].split("\n"))
