"""`printers`: the printers that posters can be made for."""

from pathlib import Path

import click

from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import show, stop
from oxalis_panels.printers.listing import list_printers


@click.command("printers", help=WORDS.text("cli.printers"))
@PROJECT
def command(*, project: Path) -> None:
    """See the catalogue."""
    lines, diagnostics = list_printers(project, WORDS)
    for line in lines:
        click.echo(line)
    if diagnostics:
        click.echo()
        show(diagnostics, project)
        if any(each.severity == "error" for each in diagnostics):
            stop(diagnostics, "report.repair")
