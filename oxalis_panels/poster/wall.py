"""What the sheets of a series owe each other on the wall: the largest type of each, and how high its band is.

A title is read first, so no text is larger; titles and the lower edges of the bands stand alike everywhere.
"""

from bisect import bisect_right
from math import inf

from oxalis_panels.model.collection import Collection
from oxalis_panels.poster.columns import arrangements
from oxalis_panels.poster.estimate import Estimate
from oxalis_panels.poster.figures import words
from oxalis_panels.poster.titles import LONG_STEP, Headings
from oxalis_panels.rendering.sheet import CEILING_STEP, FEW_WORDS, FEWEST_WORDS, LAST_STEP, points

FEW_STEP = 29
"""128 pt, for a text of a few words."""
STATEMENT = 0.88
"""The largest finding above points, as a part of the title's type size."""
ABOVE_STATEMENT, ABOVE_BODY = 1.5, 1.8
"""The title as a multiple of findings and of running text, where short titles stand above few words."""
ROOM_KEPT = 30.0
"""In mm: as much stays free above the footer before the band at the top takes of what is left."""
DROP = 0.7
"""The part of that which the band takes."""


def largest_step(count: int, headings: Headings) -> int:
    """Return the last step of the scale for a text of so many words."""
    most = headings.size / (ABOVE_BODY if _is_short(count, headings) else 1)
    last = LAST_STEP if count <= FEWEST_WORDS else FEW_STEP if count <= FEW_WORDS else CEILING_STEP
    return max(0, bisect_right(range(last + 1), most, key=points) - 1)


def largest_statement(count: int, headings: Headings, *, pictured: bool) -> float:
    """Return the largest size in points of a finding above its points, on a sheet of so many words."""
    most = headings.size / ABOVE_STATEMENT if _is_short(count, headings) else headings.size * STATEMENT
    return min(most, points(CEILING_STEP)) if pictured else most


def _is_short(count: int, headings: Headings) -> bool:
    most = FEW_WORDS if headings.size <= points(LONG_STEP) else inf  # below larger titles, longer texts, too
    return headings.short and FEWEST_WORDS < count <= most


def common_drop(collection: Collection, headings: Headings) -> float:
    """Return by how many mm the band is higher on every sheet: as much as all of them have to spare.

    Sheets of a few words have room for anything: they count only if there are no others.
    """
    if any(panel.figure for panel in collection.panels):  # which take what is left
        return 0.0
    counts = {panel.slug: words(panel) for panel in collection.panels}
    decisive = [panel for panel in collection.panels if counts[panel.slug] >= FEW_WORDS] or collection.panels
    least = inf
    for panel in decisive:
        online = collection.settings.site_url is not None
        estimate = Estimate(panel, online=online, largest=largest_step(counts[panel.slug], headings))
        spare = min(estimate.spare(way) for way in arrangements(panel))
        least = min(least, DROP * (spare - ROOM_KEPT))
        if least <= 0:
            return 0.0
    return round(least, 1)
