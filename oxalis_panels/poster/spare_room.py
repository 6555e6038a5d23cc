"""How many words a panel can still take: before its type gets smaller, and before it no longer fits."""

from oxalis_panels.poster.fit import FIGURE, allowed, ends, fit
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.made import Room
from oxalis_panels.poster.measure import Fit, Measure, Overflow, Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.sheet import AROUND, LEADING, MM_PER_POINT, points

WORD = 7.0
"""Length of a French word and its space, in characters: 6 on the mean, one more to be on the safe side."""


def room(press: Press, job: Job, series: Series, found: Fit | Overflow | None = None) -> Room:
    """Measure what is left on a poster, at its size (of `found`, if known) and at the floor."""
    found = found or fit(press, job, series)
    if not isinstance(found, Fit):
        return Room(job.slug, None, 1.0, 0, 1.0, found.bare, found)
    growth = max(_growth_at_floor(press, layout, series) for layout in job.layouts)
    measure = found.measure
    free, used = _free_and_used(measure, found.layout, allowed(measure, found.step))
    lines = int(free / (LEADING * found.sizes.body * MM_PER_POINT))
    words = int(lines * found.tried[0].characters / WORD)
    # A few words at the floor are mostly broken lines: what they take at their own size tells more.
    scaled = (points(found.step) / points(0)) ** 2 * measure.available / max(used, 1.0)
    growth = growth if found.layout.place else max(growth, scaled)  # a picture keeps its size
    return Room(job.slug, found.step, used / (used + free), words, growth, found.tried[0].bare)


def _growth_at_floor(press: Press, layout: Layout, series: Series) -> float:
    measure = press.measure(layout.html, Sizes(series.title_size, points(0)))
    free, used = _free_and_used(measure, layout, measure.available)
    return (free + used) / max(used, 1.0)


def _free_and_used(measure: Measure, layout: Layout, height: float) -> tuple[float, float]:
    """Return how many mm of lines a text may still take and takes; beside a picture, in both columns."""
    if not layout.place:
        return height - measure.used, measure.used
    picture = sum(item.height for item in measure.items if item.identifier == FIGURE) + AROUND
    feet = [max(foot, picture) if layout.place.across else foot for foot in ends(layout, measure)]
    text = max(1.0, sum(feet) - picture * (1 + layout.place.across))
    return 2 * height - sum(feet), text
