"""`check`: what is to be repaired in the panels; nothing is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oxalis_panels.commands.options import FORMAT, PROJECT, STRICT, WORDS
from oxalis_panels.commands.telling import learn, say, show, stop
from oxalis_panels.reporting import counted, listed

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", help=WORDS.text("cli.check"))
@STRICT
@FORMAT
@PROJECT
def command(*, strict: bool, form: str, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels import pipeline  # noqa: PLC0415 - not needed for --help

    checked = pipeline.review(project)
    show(checked.diagnostics, project, form)
    if checked.value is None or checked.failed or (strict and checked.diagnostics):
        learn(form)
        stop(checked.diagnostics, "report.repair")
    if checked.diagnostics:
        learn(form)
    for line in listed(checked.value.as_typed, WORDS):
        say(line, form)
    say(counted(checked.diagnostics, WORDS) or WORDS.text("report.faultless"), form)
