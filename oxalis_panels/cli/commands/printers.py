"""`printers`: the printers that posters can be made for."""

from pathlib import Path

import click

from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import show, stop
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import outline_printer, printer_names
from oxalis_panels.words.catalogue import Catalogue


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


COLUMNS = ("name", "label", "bleed", "standard", "condition", "weight")


def list_printers(project: Path, words: Catalogue) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return a line per printer under a line of headings, and what is wrong in files that cannot be read."""
    read = [outline_printer(project, name) for name in printer_names(project)]
    rows = [tuple(words.text(f"printers.{column}") for column in COLUMNS)]
    rows += [_row(each.value, words) for each in read if each.value]
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]  # a column that nobody has anything for
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    return lines, tuple(mistake for each in read for mistake in each.diagnostics)


def _row(printer: Printer, words: Catalogue) -> tuple[str, ...]:
    bleed = words.value(float(printer.bleed))
    condition = (
        printer.condition if printer.icc else words.text("printers.waits", condition=printer.condition)
    )
    weight = words.text("printers.megabytes", n=printer.weight) if printer.weight else ""
    label = str(words.value(printer.label))
    return (printer.name, label, f"{bleed}\u00a0mm", printer.standard, condition, weight)
