"""How many words a panel can still take: before its type gets smaller, and before it no longer fits."""

from oxalis_panels.model.value import value
from oxalis_panels.poster.fit import FIGURE, allowed, fit
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.measure import Fit, Measure, Overflow, Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.sheet import LEADING, MM_PER_POINT, points

WORD = 7.0
"""Length of a French word and its space, in characters: 6 on the mean, one more to be on the safe side."""


@value
class Room:
    """What is left on a panel's poster, in words of mean length."""

    slug: str
    step: int | None
    """Of the scale, which the body text reaches; None when it does not fit at all."""
    filled: float
    """Part of the height that the text takes at that size."""
    lines: int
    """How many words the whole lines hold that are left at that size."""
    growth: float
    """How many times its length the text may have at the floor."""
    overflow: Overflow | None = None
    """Where it stops fitting, when it does not fit at all."""

    def before_smaller(self, words: int) -> int:
        """Return how many words may be added to a panel of `words` before its type gets smaller."""
        return min(self.lines, int(words * (1 / self.filled - 1))) if self.step else 0

    def before_floor(self, words: int) -> int:
        """Return how many words may be added to a panel of `words` that fits before it no longer does."""
        return max(0, int(words * (self.growth - 1)))


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
