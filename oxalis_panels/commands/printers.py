"""`printers`: whom posters can be made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oxalis_panels.commands.options import PROJECT, WORDS
from oxalis_panels.commands.telling import show, stop

if TYPE_CHECKING:
    from pathlib import Path


@click.command("printers", help=WORDS.text("cli.printers"))
@PROJECT
def command(*, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.poster.printers.listing import list_printers  # noqa: PLC0415 - not needed for --help

    table = list_printers(project, WORDS)
    for line in table.lines:
        click.echo(line)
    if table.diagnostics:
        click.echo()
        show(table.diagnostics, project)
        if any(each.severity == "error" for each in table.diagnostics):
            stop(table.diagnostics, "report.repair")
