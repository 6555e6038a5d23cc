"""How many characters a line holds, and how large type may be beside a picture.

There the lines are short: those of too few characters end on « pour la », « dans la », where nobody breathes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oxalis_panels.poster.measure import STATEMENT
from oxalis_panels.poster.sheet import LAST_STEP, MM_PER_POINT, points
from oxalis_panels.poster.trials import SHORTEST_LINE

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Layout
    from oxalis_panels.poster.sheet import Sheet

CHARACTER: Final = 0.45
"""Mean width of a character of French text in our text face, in ems."""


def characters(layout: Layout, step: int, sheet: Sheet) -> int:
    """Return how many characters a full line of a point holds at a step of the scale."""
    return round(_line(layout, sheet) / (CHARACTER * points(step) * MM_PER_POINT))


def largest_step(layout: Layout, sheet: Sheet) -> int:
    """Return the last step worth trying: beside a picture, the last whose lines are long enough."""
    if not layout.beside:
        return LAST_STEP
    steps = range(LAST_STEP, 0, -1)
    return next((step for step in steps if characters(layout, step, sheet) >= SHORTEST_LINE), 0)


def largest_statement(layout: Layout, sheet: Sheet, most: float) -> float:
    """Return the largest type of a finding above its points, in points: `most`, or less beside a picture.

    Its lines may be shorter than those of the points by as much as its type is larger at the least.
    """
    if not layout.beside:
        return most
    return min(most, STATEMENT * _line(layout, sheet) / (CHARACTER * SHORTEST_LINE * MM_PER_POINT))


def _line(layout: Layout, sheet: Sheet) -> float:
    """Return the width of a line in mm."""
    return sheet.column - layout.beside if layout.beside else sheet.column / layout.columns
