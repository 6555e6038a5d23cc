"""`capacity`: how many words each panel can still take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from oxalis_panels.commands.options import PROJECT, WORDS
from oxalis_panels.commands.telling import show, stop
from oxalis_panels.reporting import ProgressLine, rooms

if TYPE_CHECKING:
    from pathlib import Path


@click.command("capacity", help=WORDS.text("cli.capacity"))
@PROJECT
def command(*, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.capacity import capacity  # noqa: PLC0415 - not needed for --help

    progress = ProgressLine(sys.stderr, WORDS)
    try:
        measured = capacity(project, project / "output", progress)
    finally:  # also before the word of Ctrl-C
        progress.clear()
    show(measured.diagnostics, project)
    if measured.value is None:
        stop(measured.diagnostics, "report.repair")
    for line in rooms(measured.value, WORDS):
        click.echo(line)
