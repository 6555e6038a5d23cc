"""`capacity`: how many words each panel can still take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oxalis_panels.commands.options import PROJECT, WORDS
from oxalis_panels.commands.telling import show, stop
from oxalis_panels.reporting import rooms

if TYPE_CHECKING:
    from pathlib import Path


@click.command("capacity", help=WORDS.text("cli.capacity"))
@PROJECT
def command(*, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.capacity import capacity  # noqa: PLC0415 - not needed for --help

    measured = capacity(project, project / "output")
    show(measured.diagnostics, project)
    if measured.value is None:
        stop(measured.diagnostics, "report.repair")
    for line in rooms(measured.value, WORDS):
        click.echo(line)
