"""How large the type can be: a search over the one scale, on real layouts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, log2
from typing import TYPE_CHECKING

from oxalis_panels.poster.print import Measure, Press, Sizes
from oxalis_panels.poster.scale import LAST_STEP, STEPS_PER_DOUBLE, points
from oxalis_panels.poster.sheet import MM_PER_POINT

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Job, Layout, Series
    from oxalis_panels.poster.sheet import Sheet

FIRST_GUESS = 14
"""54 pt: the middle of what panels of 40 to 150 words reach."""
NEXT_STEP = 2 ** (2 / STEPS_PER_DOUBLE) * 0.94
"""A text this much higher at the next step needs no layout to know; 6 % is what line breaks may save."""
LONGEST_LINE = 60
"""Characters; 45 to 55 read best (Smithsonian)."""
CHARACTER = 0.45
"""Mean width of a character of French text in our text face, in ems."""
LARGEST_GAP = 1.1
"""Most space added between two items, in ems: more, and the items no longer belong together."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The layout chosen and the sizes it reached."""

    layout: Layout
    step: int
    sizes: Sizes
    measure: Measure
    """At these sizes, before space was added between items."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A text too long for its sheet even at the floor."""

    item: str
    """The first item that does not fit, as named in the template."""
    excess: float
    """Part of the text, from 0 to 1, that stands beyond the sheet."""


def fit(press: Press, job: Job, series: Series) -> Fit | Overflow:
    """Return the layout that gives the largest type; between equals, the one that reads best."""
    best: Fit | None = None
    for layout in job.layouts:
        found = _largest(press, layout, series.title_size, best)
        if found and (best is None or _preferred(found, best, series.sheet)):
            best = found
    if best is None:
        return _overflow(press, job, series)
    return _spread(best)


def _preferred(new: Fit, old: Fit, sheet: Sheet) -> bool:
    return _rank(new, sheet) > _rank(old, sheet)


def _rank(found: Fit, sheet: Sheet) -> tuple[int, bool, int, float]:
    """Larger type first, then readable lines, fewer columns, columns that end together."""
    return found.step, _readable(found, sheet), -found.layout.columns, -found.measure.used


def _readable(found: Fit, sheet: Sheet) -> bool:
    """Whether lines keep to the length that a reader's eye follows without losing its way."""
    em = found.sizes.body * MM_PER_POINT
    return sheet.column / found.layout.columns <= LONGEST_LINE * CHARACTER * em


def _largest(press: Press, layout: Layout, title: float, best: Fit | None) -> Fit | None:
    """Return the largest step of the scale at which the text fits; None when it must stay below `best`."""
    low, high = (best.step if best else 0), LAST_STEP + 1
    found: Fit | None = None
    step = best.step if best else FIRST_GUESS
    while low < high:
        sizes = Sizes(title, points(step))
        measure = press.measure(layout.html, sizes)
        if measure.fits:
            found, low = Fit(layout, step, sizes, measure), step + 1
            if measure.used * NEXT_STEP > measure.available:
                break
        elif step == low:
            break
        else:
            high = step
        step = max(low, min(high - 1, step + _steps_to_fill(measure)))
    return found


def _steps_to_fill(measure: Measure) -> int:
    """Return how many steps lie between a layout and a full sheet: height grows as size squared."""
    return floor(STEPS_PER_DOUBLE / 2 * log2(measure.available / max(measure.used, 1.0)))


def _spread(found: Fit) -> Fit:
    """Share the room that is left between the items, up to a limit."""
    sizes = found.sizes
    room = found.measure.available - found.measure.used
    gap = min(room / max(found.layout.gaps, 1), LARGEST_GAP * sizes.body * MM_PER_POINT)
    return replace(found, sizes=replace(sizes, gap=gap))


def _overflow(press: Press, job: Job, series: Series) -> Overflow:
    """Return where the text stops fitting at the floor, in the layout that comes closest."""
    measures = [press.measure(layout.html, Sizes(series.title_size, points(0))) for layout in job.layouts]
    closest = min(measures, key=lambda measure: measure.used)
    item = next(item for item in closest.items if item.bottom > closest.available)
    return Overflow(item.identifier, 1 - closest.available / closest.used)
