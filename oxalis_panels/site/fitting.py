"""How large the text of a slide can be: found at build, for screens of any shape, with no script.

A slide that fits a screen of one shape in a certain size also fits every other shape if its size is that part
of the height or that part of the width, whichever is less: what the screen has more of, width or height, only
makes room. So each slide is tried on four shapes; the style sheet takes the largest of the four.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from itertools import accumulate
from math import ceil, sqrt
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.rendering.widths import Cut, width

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = 3.0
"""Size, in percent of the height, down to which text goes rather than break a word."""
SURE = 0.975
"""Part of the width that is counted on: a scroll bar takes some, and browsers round."""
HUNDRED = 100.0
RAGGED = 0.9
"""Lines that a text takes besides those that its words would fill: found by trial, it only saves some."""


@frozen
class Kind:
    """How one kind of text is set; lengths in em of the slide."""

    cut: Cut
    size: float
    leading: float
    """Distance of its lines, in em of its own."""
    before: float
    """Space above it."""
    indent: float = 0
    """Margin at its left, where its mark hangs."""


KINDS: Mapping[str, Kind] = {
    "number": Kind("display", 2, 0.8, 0.15),
    "of": Kind("bold", 0.26, 1.2, 0),
    "title": Kind("display", 1, 1.05, 0.5),
    "under": Kind("regular", 0.34, 1.3, 0.28),
    "running": Kind("bold", 0.46, 1.2, 0),
    "paragraph": Kind("regular", 1, 1.3, 0.6),
    "check": Kind("bold", 1.12, 1.22, 0.7, 1.4),
    "said": Kind("bold", 0.6, 1.25, 0.45, 1.4),
    "arrow": Kind("regular", 1, 1.26, 0.55, 1.4),
    "credit": Kind("regular", 0.5, 1.25, 0.4),
    "section": Kind("display", 1.15, 1.1, 0),
    "entry": Kind("regular", 1, 1.12, 0.36, 1.5),
}
"""The kinds of text on slides; the style sheet has a class of each name."""


@frozen
class Screen:
    """How a slide stands on the screen: what its style sheet and its measuring must agree on."""

    side: float = 6
    """Margin at the left and at the right, in percent of the width."""
    top: float = 10
    """Margin above, in percent of the height."""
    foot: float = 11
    """The same below; the foot of the slide stands there."""
    shapes: Mapping[str, float] = field(
        default_factory=lambda: {"w": 16 / 9, "t": 4 / 3, "q": 3 / 4, "p": 9 / 20}
    )
    """Width through height of the screens that are tried: two of projectors, a tablet and a phone upright."""
    sizes: tuple[float, ...] = tuple(round(1.4 * 1.05**step, 2) for step in range(56))
    """Sizes of a slide's text, in percent of the height of the screen."""
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    """How each kind of text is set."""


SCREEN = Screen()


@frozen
class Block:
    """A text of a slide, its words measured."""

    kind: Kind
    lines: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    """For each line that its author began: where words start and where they end, in em, all on one line."""
    widest: float
    """Its widest word, in em."""

    def height(self, measure: float) -> float:
        """Return its height in a measure; both in em of the slide."""
        wide = (measure - self.kind.indent) / self.kind.size * SURE
        count = 0
        for starts, ends in self.lines:
            count += 1 if ends[-1] <= wide else _broken(starts, ends, wide)
        return self.kind.before + count * self.kind.size * self.kind.leading


def block(name: str, text: str) -> Block:
    """Return a measured text of one kind; each line end in it is a line break of its author's."""
    kind = KINDS[name]
    space = width(" ", kind.cut)
    widths = [[width(word, kind.cut) for word in line.split(" ")] for line in text.split("\n")]
    lines = []
    for words in widths:
        ends = tuple(accumulate(words, lambda end, word: end + space + word))
        lines.append((tuple(end - word for end, word in zip(ends, words, strict=True)), ends))
    return Block(kind, tuple(lines), max(map(max, widths)))


def measure(shape: float, size: float) -> float:
    """Return the width of the text on a screen, in em of a slide of that size."""
    return HUNDRED * shape * (1 - 2 * SCREEN.side / HUNDRED) / size


def room(size: float, reserved: float = 0) -> float:
    """Return the height for text in em of a slide of that size, but for `reserved` percent of the screen."""
    return (HUNDRED - SCREEN.top - SCREEN.foot - reserved) / size


def fitting(blocks: tuple[Block, ...], largest: float, reserved: float = 0) -> str:
    """Return the classes that give a slide its sizes (`w31 t29 q25 p22`), at most `largest`.

    A text too long for its screen gets the smallest size; its slide then grows, and nothing is cut.
    """
    most = bisect_right(SCREEN.sizes, largest) - 1
    slide = _Slide.of(blocks, reserved)
    steps = (slide.step(shape, most) for shape in SCREEN.shapes.values())
    return " ".join(f"{name}{step}" for name, step in zip(SCREEN.shapes, steps, strict=True))


@frozen
class _Slide:
    """The texts of a slide, and what is the same of them on a screen of any shape."""

    blocks: tuple[Block, ...]
    reserved: float
    """Height kept free, in percent of the screen's."""
    needed: float
    """Width of its widest word, in em of the slide."""
    flow: float
    """Surface that its words take, in square em."""
    fixed: float
    """Height that it takes besides, in em: spaces, and lines that are not full."""

    @classmethod
    def of(cls, blocks: tuple[Block, ...], reserved: float) -> _Slide:
        """Measure the texts."""
        needed = max([each.widest * each.kind.size / SURE + each.kind.indent for each in blocks])
        flow = fixed = 0.0
        for each in blocks:
            line = each.kind.size * each.kind.leading
            flow += line * each.kind.size * sum([ends[-1] for _, ends in each.lines])
            fixed += line * RAGGED * len(each.lines) + each.kind.before
        return cls(blocks, reserved, needed, flow, fixed)

    def step(self, shape: float, most: int) -> int:
        """Return the last step up to `most` at which the text fits and no word is broken; else 0."""
        most = min(most, self._unbroken(shape))
        step = max(0, min(most, self._guess(shape)))
        while step < most and self._fits(shape, step + 1):
            step += 1
        while step > 0 and not self._fits(shape, step):
            step -= 1
        return step

    def _fits(self, shape: float, step: int) -> bool:
        size = SCREEN.sizes[step]
        wide, high = measure(shape, size), 0.0
        for each in self.blocks:
            high += each.height(wide)
        return high <= room(size, self.reserved)

    def _unbroken(self, shape: float) -> int:
        """Return the last step at which the widest word is on one line, or breaking it is allowed."""
        return bisect_right(SCREEN.sizes, max(WHOLE, measure(shape, 1) / self.needed)) - 1

    def _guess(self, shape: float) -> int:
        """Return about the step at which the text fits: it flows like water, and takes a little more."""
        high = room(1, self.reserved)
        root = sqrt(self.fixed**2 + 4 * self.flow * high / (measure(shape, 1) * SURE))
        return bisect_right(SCREEN.sizes, 2 * high / (self.fixed + root)) - 1


def _broken(starts: tuple[float, ...], ends: tuple[float, ...], wide: float) -> int:
    """Return how many lines words take, each filled as far as whole words go; a word too wide is broken."""
    lines = word = 0
    while word < len(ends):
        following = bisect_right(ends, starts[word] + wide, word)
        if following == word:
            following += 1
            lines += ceil((ends[word] - starts[word]) / max(wide - 1, 1))
        else:
            lines += 1
        word = following
    return lines
