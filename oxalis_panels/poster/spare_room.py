"""How many words a panel can still take: before its type gets smaller, and before it no longer fits."""

from oxalis_panels.poster.fit import FIGURE, allowed, fit
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.made import Room
from oxalis_panels.poster.measure import Fit, Measure, Overflow, Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.sheet import LEADING, MM_PER_POINT, points

WORD = 7.0
"""Length of a French word and its space, in characters: 6 on the mean, one more to be on the safe side."""


def room(press: Press, job: Job, series: Series, found: Fit | Overflow | None = None) -> Room:
    """Measure what is left on a poster, at its size (of `found`, if known) and at the floor."""
    found = found or fit(press, job, series)
    if not isinstance(found, Fit):
        return Room(job.slug, None, 1.0, 0, 1.0, found)
    growth = max(_growth_at_floor(press, layout, series) for layout in job.layouts)
    measure = found.measure
    height = allowed(measure, found.step)
    used = _text_height(measure, found.layout)
    lines = int((height - used) / (LEADING * found.sizes.body * MM_PER_POINT))
    words = int(lines * found.tried[0].characters / WORD)
    # A few words at the floor are mostly broken lines: what they take at their own size tells more.
    scaled = (points(found.step) / points(0)) ** 2 * measure.available / max(used, 1.0)
    return Room(job.slug, found.step, used / height, words, max(growth, scaled))


def _growth_at_floor(press: Press, layout: Layout, series: Series) -> float:
    measure = press.measure(layout.html, Sizes(series.title_size, points(0)))
    return measure.available / max(_text_height(measure, layout), 1.0)


def _text_height(measure: Measure, layout: Layout) -> float:
    """Return the height in mm that a text takes, a picture below it included; one beside it takes none."""
    items = [item for item in measure.items if not (layout.beside and item.identifier == FIGURE)]
    return max((item.bottom for item in items), default=0.0)
