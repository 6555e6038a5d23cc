"""The margin of the sheets held against the one that a printer wants: known before anything is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, error
from oxalis_panels.poster.sheet import A1, SIZES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.diagnostics import Span
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.poster.sheet import Size

MARGIN = 30.0
"""In mm on A1: no text of our sheets stands nearer to the trim, as the style sheet says."""


def check_margin(printer: Printer, papers: Sequence[Size], asked: Span) -> Iterator[Diagnostic]:
    """Yield an error where a printer wants wider margins than the sheets have on the smallest of some papers.

    `asked` is where somebody chose the printer.
    """
    smallest = min(papers, key=lambda paper: paper.width)
    if printer.safe <= margin_on(smallest):
        return
    fitting = [size.name.upper() for size in SIZES.values() if printer.safe <= margin_on(size)]
    yield error(
        "printer-margin",
        asked,
        name=printer.name,
        safe=printer.safe,
        paper=smallest.name.upper(),
        margin=round(margin_on(smallest), 1),
        fitting=", ".join(fitting),
    )


def margin_on(paper: Size) -> float:
    """Return how far inside the trim all text of a sheet of a size stands, in mm."""
    return MARGIN * paper.width / A1.width
