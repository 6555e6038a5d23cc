"""How many words a panel can still take: before its type gets smaller, and before it no longer fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oxalis_panels.poster.fit import Fit, fit
from oxalis_panels.poster.print import Sizes
from oxalis_panels.poster.scale import points

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Job, Layout, Series
    from oxalis_panels.poster.print import Press


@dataclass(frozen=True, slots=True)
class Room:
    """What is left on a panel's poster. Words are estimates, counted in words as long as its own."""

    slug: str
    step: int | None
    """Of the scale, which the body text reaches; None when it does not fit at all."""
    filled: float
    """Part of the height that the text takes at that step, from 0 to 1."""
    growth: float
    """How many times its length the text may have at the floor; below 1 it does not fit."""

    def before_smaller(self, words: int) -> int:
        """Return how many words may be added to a panel of `words` before its type gets smaller."""
        return int(words * max(0.0, 1 / self.filled - 1)) if self.step else 0

    def before_floor(self, words: int) -> int:
        """Return how many words may be added before the panel no longer fits; below 0: how many to cut."""
        return int(words * (self.growth - 1))


def room(press: Press, job: Job, series: Series) -> Room:
    """Measure what is left on a poster: at the size it reaches, and at the floor in its best layout."""
    found = fit(press, job, series)
    growth = max(_growth_at_floor(press, layout, series) for layout in job.layouts)
    if not isinstance(found, Fit):
        return Room(job.slug, None, 1 / growth, growth)
    return Room(job.slug, found.step, found.measure.used / found.measure.available, growth)


def _growth_at_floor(press: Press, layout: Layout, series: Series) -> float:
    measure = press.measure(layout.html, Sizes(series.title_size, points(0)))
    return measure.available / max(measure.used, 1.0)
