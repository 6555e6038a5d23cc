"""What the lines of a file look like, so that what is unlike them can be seen."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from oxalis_panels.importing.page_order import Page, overlap
from oxalis_panels.importing.pdf_lines import Line
from oxalis_panels.importing.words import goes_on

ALIKE = 1.08
"""How much larger than another a line is at most that looks the same."""
_SHORT = 0.6
"""What part of its column a line fills at most that ends there, whoever chose the ends of the lines."""
_COLUMN = 0.25
"""What part of the text the columns left of another are wide at least."""
_ROOM = 4
"""Lines that are free at the foot of a page which its author ended."""
PITCH = 1.3
"""Distance of lines, in sizes of the type, where no paragraph shows any."""
_ENDS = (".", "!", "?", "…", ":", ";", ".»", "!»", "?»")


def usual_size(lines: Iterable[Line]) -> float:
    """Return the size of most of the text."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 1.0


class Measures:
    """What lines look like in this file, so that what is unlike can be seen."""

    def __init__(self, pages: Sequence[Page], usual: float) -> None:
        """Measure all pages; `usual` is the size of most of the text."""
        self.usual = usual
        lines = {page.number: [line for line in page.lines if not line.gone] for page in pages}
        lines = {number: each for number, each in lines.items() if each}
        lefts = {number: min(line.left for line in each) for number, each in lines.items()}
        self._rights = {
            number: sorted(x.right for x in each if not x.beside) or [0.0] for number, each in lines.items()
        }
        self._left = median(lefts.values()) if lefts else 0.0
        self._right = median(each[-1] for each in self._rights.values()) if lefts else 0.0
        self._starts: dict[int, list[float]] = {}
        above: list[float] = []
        for number, each in lines.items():
            kept = above if above and self._rights[number][-1] < above[0] else []
            above = self._starts[number] = self._columns(each, lefts[number]) or kept
        self._lefts = {number: min(left, self._left) for number, left in lefts.items()}
        bottoms = {number: min(line.base for line in each) for number, each in lines.items()}
        lowest = min(bottoms.values(), default=0.0)
        self.ended = {number for number, base in bottoms.items() if base > lowest + _ROOM * usual * PITCH}
        """Pages whose author had room left."""
        pairs = {
            number: [each for each in pairwise(found) if stacked(*each)] for number, found in lines.items()
        }
        pitches = [
            round(distance(above, line), 1)
            for each in pairs.values()
            for above, line in each
            if self.is_full(above, line)
        ]
        self.pitch = Counter(sorted(pitches)).most_common(1)[0][0] if pitches else PITCH
        self.greedy = {number for number, each in pairs.items() if self._fills(each)}
        """Pages on which a line takes all the words that it can."""

    def _columns(self, lines: Sequence[Line], left: float) -> list[float]:
        """Return where columns other than the first begin."""
        counts = Counter(round(line.left) for line in lines if not line.beside)
        wide = _COLUMN * (self._rights[lines[0].page][-1] - left)
        starts = [left]
        for x in sorted(counts):
            if x > starts[-1] + wide and counts[x] + counts[x + 1] > 2:  # noqa: PLR2004 - three lines are no accident
                starts.append(x)
        return starts[1:]

    def _fills(self, pairs: Sequence[tuple[Line, Line]]) -> bool:
        surely = [self.is_full(*each) for each in pairs if goes_on(each[1].text) and not is_end(each[0])]
        return sum(surely) * 2 >= len(surely)

    def edge(self, line: Line) -> float:
        """Return how far to the right the lines of its column go."""
        starts, rights = self._starts[line.page], self._rights[line.page]
        limit = next((start for start in starts if start > line.right), inf)
        widest = rights[max(bisect_right(rights, limit) - 1, 0)]
        return widest if limit < inf or starts else max(widest, self._right)

    def margin(self, line: Line) -> float:
        """Return where the lines of its column begin."""
        starts = [start for start in self._starts[line.page] if start <= line.left + 1]
        return starts[-1] if starts else self._lefts[line.page]

    def is_full(self, line: Line, below: Line) -> bool:
        """Whether the first word below would not have found room at the end of a line."""
        word = below.text.split(maxsplit=1)[0]
        wide = (below.right - below.left) * len(word) / len(below.text) + line.size / 4
        return line.right + wide * 0.9 > self.edge(line)

    def is_short(self, line: Line) -> bool:
        """Whether a line ends long before its column does."""
        margin = self.margin(line)
        return line.right - margin < _SHORT * (self.edge(line) - margin)


def distance(above: Line, line: Line) -> float:
    """Return how far below another a line is, in sizes of the type."""
    return (above.base - line.base) / (line.size or 1)


def stacked(above: Line, line: Line) -> bool:
    """Whether a line stands right below another that looks the same."""
    near = 0.5 < distance(above, line) < 3  # noqa: PLR2004 - sizes of the type
    return near and alike(above, line) and not line.beside and overlap(above, line)


def alike(above: Line, line: Line) -> bool:
    """Whether two lines are of one size."""
    return max(above.size, line.size) <= ALIKE * min(above.size, line.size)


def is_end(line: Line) -> bool:
    """Whether a line ends as a sentence does, or as what introduces a list."""
    return line.text.replace(" ", "").replace("\u00a0", "").endswith(_ENDS)
