"""A panel → the steps in which it is projected, each with text for one screen."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.model import Break, Emphasis, Inline, Link, Strong, Text
from oxalis_panels.site.fitting import SCREEN, Block, block, measure, room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oxalis_panels.model import Panel

READABLE = 6.0
"""Size of text, in percent of the height, that the last row reads: a step has what fits so large."""
LONGEST_SAID = 84
"""Characters of a ✓ that is repeated above its later →: enough to recognise it."""


@frozen
class Step:
    """What one screen shows of a panel; texts are counted from 0."""

    blocks: tuple[Block, ...]
    """Its texts, measured, the repeated ones included."""
    paragraphs: range = range(0)
    finding: int | None = None
    """The ✓ that it is about."""
    fresh: bool = False
    """Whether it says that ✓; otherwise it repeats its beginning."""
    points: range = range(0)
    """The → that it shows of that ✓."""
    figure: bool = False


def steps(panel: Panel, running: str) -> tuple[Step, ...]:
    """Return the steps of a panel after its title: introduction, each ✓ with its →, picture.

    `running` stands above each of them: what the panel is called.
    """
    head = block("running", running)
    found = list(_introduction(panel, head))
    for number in range(len(panel.findings)):
        found += _finding(panel, number, head)
    if panel.figure:
        credit = (block("credit", written(panel.figure.credit)),) if panel.figure.credit else ()
        found.append(Step((head, *credit), figure=True))
    return tuple(found)


def said(text: Inline) -> str:
    """Return the beginning of a ✓ that was said before, as plain text."""
    line = written(text).replace("\n", " ")
    if len(line) <= LONGEST_SAID:
        return line
    return line[:LONGEST_SAID].rpartition(" ")[0].rstrip(",;:.( \u00a0\u202f") + "…"


def written(inline: Inline) -> str:
    """Return the characters of an inline text, each line break that its author asked for a line end."""
    pieces = []
    for node in inline:
        match node:
            case Text(text):
                pieces.append(text)
            case Break():
                pieces.append("\n")
            case Emphasis(children) | Strong(children) | Link(children, _):
                pieces.append(written(children))
    return "".join(pieces)


def _introduction(panel: Panel, head: Block) -> list[Step]:
    texts = [block("paragraph", written(each.text)) for each in panel.paragraphs]
    groups = _groups([_height(each) for each in texts], _height(head), _height(head))
    return [Step((head, *texts[each.start : each.stop]), paragraphs=each) for each in groups]


def _finding(panel: Panel, number: int, head: Block) -> list[Step]:
    """Return the steps of a ✓: as many → as stay readable at once, the ✓ in full above the first."""
    finding = panel.findings[number]
    check, repeated = block("check", written(finding.text)), block("said", said(finding.text))
    arrows = [block("arrow", written(point.text)) for point in finding.points]
    heights = [_height(each) for each in (check, *arrows)]
    found = []
    for group in _groups(heights, _height(head), _height(head) + _height(repeated)):
        fresh = group.start == 0
        points = range(max(group.start - 1, 0), group.stop - 1)
        shown = (head, check if fresh else repeated, *arrows[points.start : points.stop])
        found.append(Step(shown, finding=number, fresh=fresh, points=points))
    return found


def _height(text: Block) -> float:
    """Return the height of a text in the size that is readable, on a wide screen."""
    return text.height(measure(SCREEN.shapes["w"], READABLE))


def _groups(heights: Sequence[float], first: float, later: float) -> list[range]:
    """Return the fewest runs of texts that each fit a screen, and among those the most even.

    `first` is the height of what stands above the first run, `later` above the others. A text too high for a
    screen is a run by itself.
    """
    most = room(READABLE)
    runs = _fewest(heights, first, later, most)
    if runs == 1 or not heights:
        return [range(len(heights))] if heights else []
    sums = (0.0, *accumulate(heights))

    def load(start: int, stop: int) -> float:
        """Return how full a run is; without bound when it is more than a screen and could be less."""
        high = sums[stop] - sums[start] + (later if start else first)
        return high if high <= most or stop - start == 1 else inf

    @cache
    def best(start: int, runs: int) -> tuple[float, tuple[int, ...]]:
        """Return the least sum of squares, and where the runs end that give it."""
        if runs == 1:
            return load(start, len(heights)) ** 2, (len(heights),)
        stops = range(start + 1, len(heights) - runs + 2)
        rests = ((stop, best(stop, runs - 1)) for stop in stops if load(start, stop) < inf)
        tried = [(load(start, stop) ** 2 + rest, (stop, *ends)) for stop, (rest, ends) in rests]
        return min(tried, default=(inf, (len(heights),) * runs))

    ends = best(0, runs)[1]
    return [range(start, stop) for start, stop in zip((0, *ends), ends, strict=False)]


def _fewest(heights: Sequence[float], first: float, later: float, most: float) -> int:
    """Return how many runs there are when each is filled up to `most`."""
    runs, load = 1, first
    for number, height in enumerate(heights):
        if number and load + height > most:
            runs, load = runs + 1, later
        load += height
    return runs
