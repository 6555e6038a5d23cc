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
class Trial:
    """A layout at a size, and what decides between it and the others."""

    columns: int
    step: int
    fill: float
    """Height of the text as a part of what it may fill; above 1 it does not fit."""
    characters: int
    """Length of a full line of a point, in characters."""

    @property
    def rank(self) -> tuple[bool, int, bool, int, float]:
        """Greater is better: larger type, readable lines, fewer columns, columns that end together."""
        return self.fill <= 1, self.step, self.characters <= LONGEST_LINE, -self.columns, -self.fill


@dataclass(frozen=True, slots=True)
class Fit:
    """The layout chosen and the sizes it reached."""

    layout: Layout
    step: int
    sizes: Sizes
    measure: Measure
    """At these sizes, before space was added between items."""
    tried: tuple[Trial, ...]
    """Every layout at the last size that was tried for it, the chosen one first."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A text too long for its sheet even at the floor."""

    item: str
    """The first item that does not fit, as named in the template."""
    excess: float
    """Part of the text, from 0 to 1, that stands beyond the sheet."""


def fit(press: Press, job: Job, series: Series) -> Fit | Overflow:
    """Return the layout that gives the largest type; between equals, the one that reads best."""
    trials: list[tuple[Trial, Layout, Measure]] = []
    for layout in job.layouts:
        least = max((trial.step for trial, _, _ in trials if trial.fill <= 1), default=0)
        trials.append(_largest(press, layout, series, least if trials else None))
    trials.sort(key=lambda each: each[0].rank, reverse=True)
    best, layout, measure = trials[0]
    if best.fill > 1:
        return _overflow(press, job, series)
    sizes = _spread(layout, measure, Sizes(series.title_size, points(best.step)))
    return Fit(layout, best.step, sizes, measure, tuple(trial for trial, _, _ in trials))


def _largest(
    press: Press, layout: Layout, series: Series, least: int | None
) -> tuple[Trial, Layout, Measure]:
    """Return the largest step of the scale at which the text fits, else the last that was tried.

    Below the step that another layout has reached, `least`, nothing is tried.
    """
    low, high = least or 0, LAST_STEP + 1
    step = FIRST_GUESS if least is None else least
    found = None
    while low < high:
        measure = press.measure(layout.html, Sizes(series.title_size, points(step)))
        tried = (_trial(layout, step, measure, series.sheet), layout, measure)
        if measure.fits:
            found, low = tried, step + 1
            if measure.used * NEXT_STEP > measure.available:
                break
        elif step == low:
            break
        else:
            high = step
        step = max(low, min(high - 1, step + _steps_to_fill(measure)))
    return found or tried


def _trial(layout: Layout, step: int, measure: Measure, sheet: Sheet) -> Trial:
    line = sheet.column / layout.columns
    characters = round(line / (CHARACTER * points(step) * MM_PER_POINT))
    return Trial(layout.columns, step, measure.used / measure.available, characters)


def _steps_to_fill(measure: Measure) -> int:
    """Return how many steps lie between a layout and a full sheet: height grows as size squared."""
    return floor(STEPS_PER_DOUBLE / 2 * log2(measure.available / max(measure.used, 1.0)))


def _spread(layout: Layout, measure: Measure, sizes: Sizes) -> Sizes:
    """Share the room that is left between the items, up to a limit."""
    room = (measure.available - measure.used) * 0.999  # what WeasyPrint rounds may not push text out
    gap = min(room / max(layout.gaps, 1), LARGEST_GAP * sizes.body * MM_PER_POINT)
    return replace(sizes, gap=gap)


def _overflow(press: Press, job: Job, series: Series) -> Overflow:
    """Return where the text stops fitting at the floor, in the layout that comes closest."""
    measures = [press.measure(layout.html, Sizes(series.title_size, points(0))) for layout in job.layouts]
    closest = min(measures, key=lambda measure: measure.used)
    item = next(item for item in closest.items if item.bottom > closest.available)
    return Overflow(item.identifier, 1 - closest.available / closest.used)
