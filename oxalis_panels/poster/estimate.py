"""About how large the type of a panel will come out, from the widths of its letters: where the search begins.

Only a guess, without a layout: `fit` finds the size on real ones, whatever is said here.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.model import plain
from oxalis_panels.poster.measure import STATEMENT
from oxalis_panels.poster.rag import bound_lead
from oxalis_panels.poster.scale import CEILING_STEP, points
from oxalis_panels.poster.sheet import A1, MM_PER_POINT
from oxalis_panels.rendering.widths import width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oxalis_panels.model import Finding, Inline, Panel
    from oxalis_panels.poster.columns import Arrangement
    from oxalis_panels.rendering.widths import Cut

HEIGHT = 492.0
"""In mm, what the style sheet leaves a text."""
HEIGHT_ONLINE = 457.0
"""The same with a code to scan in the footer."""
LEADING, LEADING_BOLD = 1.24, 1.17
"""Of running text and of findings, in their ems."""
INDENT = 1.28
BETWEEN_COLUMNS, BETWEEN_HALVES = 1.9, 2.2
"""In ems of the running text, as in the style sheet."""
AFTER, BEFORE_REST, BEFORE_POINTS, BETWEEN_POINTS = 0.62, 0.3, 0.5, 0.36
"""Space between findings or paragraphs, and what is between their parts, in the same ems."""


@frozen
class _Words:
    """A text as the widths of its words, in ems of the running text."""

    widths: tuple[float, ...]
    space: float
    leading: float

    def height(self, room: float) -> float:
        """Return the height of the text in lines of so much room, all in ems."""
        lines, filled = 1, 0.0
        for word in self.widths:
            if filled and filled + self.space + word > room:
                lines, filled = lines + 1, word
            else:
                filled += word + self.space * (filled > 0)
        return lines * self.leading


@frozen
class _Item:
    """A finding: what stands out of it, the rest of its text, its points."""

    lead: _Words
    rest: _Words | None
    points: tuple[_Words, ...]

    def height(self, room: float, split: int) -> float:
        """Return its height in ems, `split` points standing in a first column (0: there is only one)."""
        total = self.lead.height(room) + (self.rest.height(room) + BEFORE_REST if self.rest else 0.0)
        if not self.points:
            return total
        room = (room - BETWEEN_COLUMNS) / 2 if split else room - INDENT
        heights = [point.height(room) for point in self.points]
        return total + BEFORE_POINTS + max(_stacked(heights[:split]), _stacked(heights[split:]))


def _stacked(heights: list[float]) -> float:
    return sum(heights) + BETWEEN_POINTS * max(0, len(heights) - 1)


class Estimate:
    """The widths of one panel's text, for all arrangements of it."""

    def __init__(self, panel: Panel, *, online: bool) -> None:
        """Take the text of a panel as posters have it; `online`: whether a code stands in the footer."""
        scale = STATEMENT if any(finding.points for finding in panel.findings) else 1.0
        self._height = HEIGHT_ONLINE if online else HEIGHT
        self._paragraphs = [_words(each.text, "regular") for each in panel.paragraphs]
        self._items = [_item(finding, scale) for finding in panel.findings]

    def step(self, arrangement: Arrangement) -> int:
        """Return the largest step at which the text seems to fit; the floor where it does at none."""
        steps = range(CEILING_STEP + 1)
        return max(0, bisect_right(steps, 1.0, key=lambda step: self._fill(arrangement, step)) - 1)

    def _fill(self, arrangement: Arrangement, step: int) -> float:
        em = points(step) * MM_PER_POINT
        room = A1.column / em
        blocks = [paragraph.height(room) for paragraph in self._paragraphs]
        for run in arrangement.runs:
            each = room if len(run) == 1 else (room - BETWEEN_HALVES) / 2
            columns = [
                [self._items[f.number - 1].height(each, arrangement.splits[f.number - 1]) for f in column]
                for column in run
            ]
            blocks.append(max(sum(heights) + AFTER * (len(heights) - 1) for heights in columns))
        return (sum(blocks) + AFTER * (len(blocks) - 1)) * em / self._height


def _item(finding: Finding, scale: float) -> _Item:
    lead, rest = bound_lead(finding.text)
    points_ = tuple(_words(point.text, "regular") for point in finding.points)
    return _Item(_words(lead, "bold", scale), _words(rest, "regular") if rest else None, points_)


def _words(text: Inline, cut: Cut, scale: float = 1.0) -> _Words:
    leading = LEADING_BOLD if cut == "bold" else LEADING
    words: Iterable[str] = plain(text).replace("\n", " ").split(" ")
    return _Words(
        tuple(width(word, cut) * scale for word in words if word), width(" ", cut) * scale, leading * scale
    )
