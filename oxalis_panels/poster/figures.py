"""The picture of a panel on paper: how wide it is shown, and whether it has enough points for that."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from oxalis_panels.model.collection import Collection, Figure, Panel
from oxalis_panels.model.diagnostics import Diagnostic, error, warning
from oxalis_panels.printers.printer import COARSEST, Printer
from oxalis_panels.rendering.sheet import A1, BESIDE, Sheet, Size

MM_PER_INCH = 25.4
HIGHEST = 2 / 3
"""The greatest height of a picture, as a part of the width of the text: 3 to 2 is as wide as the text."""
SQUARE = 1.1
"""A picture that is wider than this part of its height is not upright."""
HALF = 0.5
"""The greatest width of a picture beside the text, as a part of the sheet's column."""
HAIR = 0.01
"""The smallest width of a picture, in mm: one that is a thousand times as high as wide has some, too."""


def shown_width(figure: Figure, sheet: Sheet) -> float:
    """Return how wide a picture is shown, in mm: as the text or half of it, unless it would be too high."""
    most = HALF if stands_beside(figure) else 1
    return max(HAIR, round(sheet.column * min(most, HIGHEST * figure.width / figure.height), 2))


def stands_beside(figure: Figure) -> bool:
    """Return whether a picture stands beside the text: below it, an upright one would leave a hole."""
    return figure.width <= SQUARE * figure.height


def width_beside(figure: Figure, sheet: Sheet) -> float:
    """Return what a picture takes of the width of the text, in mm; 0 for one that stands below."""
    return shown_width(figure, sheet) + BESIDE if stands_beside(figure) else 0.0


def enlargement(papers: Sequence[Size]) -> float:
    """Return by how much the largest of some sheets of paper is wider than the one that is drawn on."""
    return max(paper.width for paper in papers) / A1.width


def check_resolution(
    panels: Iterable[Panel], papers: Sequence[Size], printer: Printer
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that is coarse as it is printed, an error if very coarse."""
    for panel in panels:
        if panel.figure:
            width = shown_width(panel.figure, A1) * enlargement(papers)
            found = int(panel.figure.width * MM_PER_INCH / width)
            pixels = ceil(printer.resolution * width / MM_PER_INCH)
            values = {"found": found, "wanted": printer.resolution, "pixels": pixels}
            if found < COARSEST * printer.resolution:
                yield error("figure-coarse", panel.figure.span, **values)
            elif found < printer.resolution:
                yield warning("figure-coarse", panel.figure.span, **values)


def without_repeats(
    found: Iterable[Diagnostic], coarse: Sequence[Diagnostic], collection: Collection
) -> Iterator[Diagnostic]:
    """Yield what was found, without what the check of a finished file says again of a `coarse` picture."""
    panels = {panel.figure.span: panel.span for panel in collection.panels if panel.figure}
    reported = {panels[each.span]: each.severity for each in coarse}
    for each in found:
        repeated = reported.get(each.span) in {"error", each.severity}
        if each.code != "preflight-resolution" or not repeated:
            yield each
