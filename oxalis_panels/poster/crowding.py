"""How large a text will be on its poster, told without laying it out: an estimate for who only checks.

The table of letter widths gives lines, lines give a height; what WeasyPrint really does with columns, line
breaks and large findings is left to the build. `test_poster_crowding.py` holds it against layouts.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Final

from oxalis_panels.diagnostics import warning
from oxalis_panels.frozen import frozen
from oxalis_panels.model import plain
from oxalis_panels.poster.figures import shown_width, width_beside
from oxalis_panels.poster.measure import STATEMENT
from oxalis_panels.poster.scale import points
from oxalis_panels.poster.sheet import A1, MM_PER_POINT, SIZES
from oxalis_panels.rendering.widths import width
from oxalis_panels.texts import body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.model import Figure, Inline, Panel
    from oxalis_panels.rendering.widths import Cut

HEIGHT: Final = 492.0
"""In mm: from the first line of the text to the footer, as in the style sheet."""
CODE: Final = 35.0
"""What a code to scan takes of it."""
CAPTION: Final = 25.0
"""In mm: what a picture below the text takes beside its own height."""
COMFORT_STEP: Final = 7
"""36 pt, to be read without effort."""
SMALLEST_STEP: Final = -24
"""6 pt: how much a text without any bound is too long need not be known better."""
LEADING: Final = 1.24
STATEMENT_LEADING: Final = 1.17
INDENT: Final = 1.28
"""Of a → behind its mark, in ems."""
BETWEEN_FINDINGS: Final = 0.62
BEFORE_POINTS: Final = 0.5
BETWEEN_POINTS: Final = 0.36
"""Least space between items, in ems, as in the style sheet."""
GUTTER: Final = 1.9
"""Between two columns, in ems."""
SPARE: Final = 0.07
"""Part of a line that may stand out on the mean before one more is begun."""
RAGGED: Final = 0.93
"""Part of a line that its words fill on the mean: the next word does not fit in the rest."""


@frozen
class _Room:
    """What a text may fill."""

    column: float
    """Width in mm."""
    height: float
    """In mm."""
    columns: int = 2
    """How many it may be set in at the most."""


def crowded(panel: Panel, *, online: bool) -> Iterator[Diagnostic]:
    """Yield a warning where the text will be small on its A1 poster, or too long for it.

    `online` is whether the poster shows a code to scan, which takes room. One step of the scale is left to
    chance: nothing is told of a text that the build may still find large enough.
    """
    room = _room(panel.figure, HEIGHT - (CODE if online else 0.0))
    if _fits(panel, points(COMFORT_STEP - 1), room):
        return
    smaller = (points(step) for step in range(COMFORT_STEP - 2, SMALLEST_STEP, -1))
    size = next((size for size in smaller if _fits(panel, size, room)), points(SMALLEST_STEP))
    words = sum(len(plain(each.text).split()) for each in body(panel))
    wanted = SIZES["a1"].floor if size < points(-1) else SIZES["a1"].comfort
    cut = ceil(words * (1 - (size / wanted) ** 2) / 10) * 10
    if size < points(-1):
        yield warning("panel-long.overfull", panel.span, words=words, cut=cut)
    else:
        yield warning(
            "panel-long.crowded", panel.span, words=words, cut=cut, size=round(size), comfort=round(wanted)
        )


def _room(figure: Figure | None, height: float) -> _Room:
    """Return what a picture leaves a text: the height below, or the width beside it."""
    if figure is None:
        return _Room(A1.column, height)
    if beside := width_beside(figure, A1):
        return _Room(A1.column - beside, height, 1)
    return _Room(A1.column, height - shown_width(figure, A1) * figure.height / figure.width - CAPTION)


def _fits(panel: Panel, size: float, room: _Room) -> bool:
    """Whether the text fits at a size in points, in any of the columns that it may have."""
    em = size * MM_PER_POINT
    line = room.column / em
    columns = range(1, room.columns + 1)
    if room.columns > 1 and not any(finding.points for finding in panel.findings):
        least = min(_height(panel, line, 1), _halves(panel, (line - GUTTER) / 2))
    else:
        least = min(_height(panel, line, parts) for parts in columns)
    return least * em <= room.height


def _height(panel: Panel, line: float, parts: int) -> float:
    """Return the height in ems of paragraphs and findings, their points in one column or in two."""
    ems = sum(_lines(each.text, line) * LEADING + BETWEEN_FINDINGS for each in panel.paragraphs)
    for finding in panel.findings:
        larger = STATEMENT if finding.points else 1.0
        ems += _lines(finding.text, line / larger, "bold") * STATEMENT_LEADING * larger + BETWEEN_FINDINGS
        ems += BEFORE_POINTS if finding.points else 0.0
        width = line - INDENT if parts == 1 else (line - GUTTER) / 2
        items = [_lines(point.text, width) * LEADING + BETWEEN_POINTS for point in finding.points]
        ems += _split(items) if parts > 1 else sum(items)
    return ems - BETWEEN_FINDINGS


def _halves(panel: Panel, line: float) -> float:
    """Return the height of a panel whose findings stand in two columns."""
    items = [
        _lines(each.text, line, "bold") * STATEMENT_LEADING + BETWEEN_FINDINGS for each in panel.findings
    ]
    above = sum(_lines(each.text, line * 2) * LEADING + BETWEEN_FINDINGS for each in panel.paragraphs)
    return above + _split(items)


def _split(items: Sequence[float]) -> float:
    """Return the height of items in two columns, in order, as even as they can be."""
    whole = sum(items)
    return min(max(first, whole - first) for first in accumulate(items, initial=0.0))


def _lines(text: Inline, line: float, cut: Cut = "regular") -> int:
    return max(1, ceil(width(plain(text), cut) / line / RAGGED - SPARE))
