"""A panel → the steps of its projection, each with the text of one slide."""

from collections.abc import Sequence
from itertools import accumulate

from oxalis_panels.model.collection import Inline, Panel, plain
from oxalis_panels.model.value import value
from oxalis_panels.site.fitting import SCREEN, Block, above, block, measure, room

READABLE = 6.0
"""Size of text, in percent of the height, that can be read from the last row: a step has what fits then."""
READABLY = measure(SCREEN.shapes["w"], READABLE)
"""Width of the text on a wide screen in that size, in em."""
LONGEST_SAID = 84
"""Characters of a ✓ that are repeated above its later →: enough to recognise it."""
Ways = dict[int, tuple[float, tuple[int, ...]]]
"""By first text: the most even runs to the end, as their sum of squares and where they stop."""


@value
class Step:
    """What one screen shows of a panel; texts are counted from 0."""

    blocks: tuple[Block, ...]
    """Its texts, measured, the repeated ones included; with a picture, what stands beside it."""
    below: tuple[Block, ...] = ()
    """What stands below the picture."""
    paragraphs: range = range(0)
    finding: int | None = None
    """The ✓ that it is about."""
    fresh: bool = False
    """Whether it shows the whole ✓; otherwise it repeats its beginning."""
    points: range = range(0)
    """The → that it shows of that ✓."""
    figure: bool = False


def steps(panel: Panel, running: str) -> tuple[Step, ...]:
    """Return the steps of a panel after its title; its name, `running`, stands above each."""
    head = above(block("running", running), "w") / READABLE
    found = list(_introduction(panel, head))
    for number in range(len(panel.findings)):
        found += _finding(panel, number, head)
    if panel.figure:
        first = panel.findings[:1]
        aside = tuple(block("aside", beginning(finding.text)) for finding in first)
        texts = [plain(text, "\n") for text in (panel.figure.caption, panel.figure.credit) if text]
        below = (block("caption", " ".join(texts)),) if texts else ()
        found.append(Step(aside, below, finding=0 if first else None, figure=True))
    return tuple(found)


def beginning(text: Inline) -> str:
    """Return the beginning of a ✓ that was shown before, as plain text."""
    line = plain(text, "\n").replace("\n", " ")
    if len(line) <= LONGEST_SAID:
        return line
    return line[:LONGEST_SAID].rpartition(" ")[0].rstrip(",;:.( \u00a0\u202f") + "…"


def _introduction(panel: Panel, head: float) -> list[Step]:
    texts = [block("paragraph", plain(each.text, "\n")) for each in panel.paragraphs]
    groups = _groups([_height(each) for each in texts], head, head)
    return [Step(tuple(texts[each.start : each.stop]), paragraphs=each) for each in groups]


def _finding(panel: Panel, number: int, head: float) -> list[Step]:
    """Return the steps of a ✓: as many → as stay readable at once, the ✓ in full above the first."""
    finding = panel.findings[number]
    check, repeated = block("check", plain(finding.text, "\n")), block("said", beginning(finding.text))
    arrows = [block("arrow", plain(point.text, "\n")) for point in finding.points]
    heights = [_height(each) for each in (check, *arrows)]
    found = []
    for group in _groups(heights, head, head + _height(repeated)):
        fresh = group.start == 0
        points = range(max(group.start - 1, 0), group.stop - 1)
        shown = (check if fresh else repeated, *arrows[points.start : points.stop])
        found.append(Step(shown, finding=number, fresh=fresh, points=points))
    return found


def _height(text: Block) -> float:
    """Return the height of a text in the size that is readable, on a wide screen."""
    return text.height(READABLY)


def _groups(heights: Sequence[float], first: float, later: float) -> list[range]:
    """Return the least number of runs of texts that each fit a screen, as even as possible.

    `first` is the height above the first run, `later` above the others. A text too high for a screen is a run
    by itself.
    """
    sums = (0.0, *accumulate(heights))
    ways: Ways = {len(heights): (0.0, ())}
    while 0 not in ways:
        ways = _one_run_more(ways, sums, first, later)
    stops = ways[0][1]
    return [range(start, stop) for start, stop in zip((0, *stops), stops, strict=False)]


def _one_run_more(ways: Ways, sums: Sequence[float], first: float, later: float) -> Ways:
    """Return the most even ways with one run more than in `ways`; `sums` has those of the first heights."""
    most = room(READABLE)
    found = {}
    for start in range(len(sums) - 1):
        above = later if start else first
        tried = []
        for stop in range(start + 1, len(sums)):
            high = sums[stop] - sums[start] + above
            if high > most and stop > start + 1:
                break
            if stop in ways:
                squares, stops = ways[stop]
                tried.append((high**2 + squares, (stop, *stops)))
        if tried:
            found[start] = min(tried)
    return found
