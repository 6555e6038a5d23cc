"""How large the text of a slide can be: computed at build, for screens of any shape, without a script.

A size that fits a screen of one shape, taken as a share of its height or of its width, whichever is less,
fits screens of every other shape: more width or height only adds space. So each slide is tried on four
shapes; the style sheet takes the largest of the four sizes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from itertools import accumulate
from math import ceil, sqrt

from oxalis_panels.model.value import value
from oxalis_panels.rendering.widths import Cut, width

WHOLE = 2.2
"""Size, in percent of the height, down to which text goes rather than break a word: 18 px on a phone."""
SURE = 0.975
"""Share of the width that is used: a scroll bar takes some, and browsers round."""
HUNDRED = 100.0
EMPTY, LAST = 2.1, 0.4
"""Estimates, found by trial: what lines leave empty at their ends, in em, and how full a last line is."""


@value
class Kind:
    """How one kind of text is set; lengths in em of the slide."""

    cut: Cut
    size: float
    leading: float
    """Distance of its lines, in em of its own."""
    before: float
    """Space above it."""
    indent: float = 0
    """Margin at its left, for a hanging mark."""


KINDS: Mapping[str, Kind] = {
    "number": Kind("display", 2, 0.8, 0.15),
    "of": Kind("bold", 0.26, 1.2, 0),
    "title": Kind("display", 1, 1.05, 0.5),
    "under": Kind("regular", 0.34, 1.3, 0.28),
    "running": Kind("bold", 1, 1.2, 0),
    "paragraph": Kind("regular", 1, 1.3, 0.6),
    "check": Kind("bold", 1.12, 1.22, 0.7, 1.4),
    "said": Kind("bold", 0.6, 1.25, 0.45, 1.4),
    "arrow": Kind("regular", 1, 1.26, 0.55, 1.4),
    "aside": Kind("bold", 1, 1.25, 0.6, 1.4),
    "caption": Kind("regular", 0.62, 1.25, 0.4),
    "section": Kind("display", 1.15, 1.1, 0),
    "entry": Kind("regular", 1, 1.12, 0.36, 1.5),
}
"""The kinds of text on slides; the style sheet has a class of each name."""


@value
class Screen:
    """The layout of a slide on the screen, shared by the style sheet and the measuring."""

    side: float = 6
    """Margin at the left and at the right, in percent of the width."""
    top: float = 10
    """Margin above, in percent of the height."""
    foot: float = 11
    """The same below; the foot of the slide stands there."""
    running: float = 2.6
    """Size of the name of the panel, above all that is said of it, in percent of the height."""
    aside: float = 34
    """Width of the text beside a picture, in percent of that of all text."""
    picture: float = 58
    """Width of the picture, in the same percent."""
    shapes: Mapping[str, float] = field(
        default_factory=lambda: {"w": 16 / 9, "t": 4 / 3, "q": 3 / 4, "p": 9 / 20}
    )
    """Width divided by height of the screens that are tried: two projectors, an upright tablet and phone."""
    sizes: tuple[float, ...] = tuple(round(1.4 * 1.05**step, 2) for step in range(56))
    """Sizes of a slide's text, in percent of the height of the screen."""
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    """How each kind of text is set."""
    pictured: bool = True
    """Whether a slide shows a picture."""


SCREEN = Screen()


@value
class Block:
    """A text of a slide, its words measured; lengths in em of its own."""

    kind: Kind
    lines: tuple[tuple[float, ...], ...]
    """For each line of the author: where each word would start on one endless line, and one more after it."""
    widest: float
    """Its widest word."""
    space: float
    """The space between words."""

    def height(self, measure: float) -> float:
        """Return its height in a measure, both in em of the slide; a smaller measure never makes it less."""
        kind = self.kind
        wide = (measure - kind.indent) / kind.size * SURE + self.space
        count = 0
        for starts in self.lines:
            count += 1 if starts[-1] <= wide else _broken(starts, wide, self.space)
        return kind.before + count * kind.size * kind.leading


def block(name: str, text: str) -> Block:
    """Return a measured text of one kind; each line end in it is a line break of its author's."""
    kind = KINDS[name]
    space = width(" ", kind.cut)
    widths = [[width(word, kind.cut) + space for word in line.split(" ")] for line in text.split("\n")]
    lines = tuple(tuple(accumulate(words, initial=0.0)) for words in widths)
    return Block(kind, lines, max(map(max, widths)) - space, space)


def measure(shape: float, size: float) -> float:
    """Return the width of the text on a screen of a shape, in em of a slide of that size."""
    return HUNDRED * shape * (1 - 2 * SCREEN.side / HUNDRED) / size


ACROSS: Mapping[str, float] = {name: measure(shape, 1) for name, shape in SCREEN.shapes.items()}
"""Width of the text on each screen, in percent of its height."""


def room(size: float, reserved: float = 0) -> float:
    """Return the height for text in em of a slide of that size, but for `reserved` percent of the screen."""
    return (HUNDRED - SCREEN.top - SCREEN.foot - reserved) / size


def fitting(blocks: tuple[Block, ...], largest: float, running: Block | None = None) -> str:
    """Return the classes that give a slide its sizes (`w31 t29 q25 p22`), at most `largest`.

    `running` stands above the text in its own size. A text too long for its screen gets the smallest size;
    its slide then grows, and nothing is cut.
    """
    most = bisect_right(SCREEN.sizes, largest) - 1
    return " ".join(
        [
            f"{name}{_Slide.of(blocks, above(running, name) if running else 0).step(across, most)}"
            for name, across in ACROSS.items()
        ]
    )


def fitting_beside(
    aside: tuple[Block, ...], below: tuple[Block, ...], running: Block, largest: float, picture: float
) -> str:
    """Return the same of a slide with a picture, `picture` percent of the screen high at the least.

    Some text stands `below` it, some beside it: above it on upright screens.
    """
    most = bisect_right(SCREEN.sizes, largest) - 1
    found = []
    for name, across in ACROSS.items():
        head = above(running, name)
        if SCREEN.shapes[name] < 1:
            step = _Slide.of(aside + below, head + picture).step(across, most)
        else:
            left = _Slide.of(aside, head).step(across * SCREEN.aside / HUNDRED, most)
            step = _Slide.of(below, head + picture).step(across * SCREEN.picture / HUNDRED, left)
        found.append(f"{name}{step}")
    return " ".join(found)


def above(running: Block, shape: str) -> float:
    """Return the height of the name of a panel on a screen, in percent of the screen's."""
    return running.height(ACROSS[shape] / SCREEN.running) * SCREEN.running


@value
class _Slide:
    """The texts of a slide, and what does not depend on the shape of the screen."""

    blocks: tuple[Block, ...]
    rooms: tuple[float, ...]
    """Height for them at each step, in em; below zero, so that it ascends."""
    needed: float
    """Width of its widest word, in em."""
    flow: float
    """Estimated area of its words, in square em."""
    fixed: float
    """Estimated height of the rest, in em: space between texts, and part of each last line."""

    @classmethod
    def of(cls, blocks: tuple[Block, ...], reserved: float) -> _Slide:
        """Measure the texts."""
        needed = flow = fixed = 0.0
        for each in blocks:
            kind = each.kind
            line = kind.size * kind.leading
            needed = max(needed, each.widest * kind.size / SURE + kind.indent)
            flow += line * kind.size * sum([starts[-1] for starts in each.lines])
            fixed += line * LAST * len(each.lines) + kind.before
        return cls(blocks, _rooms(reserved), max(needed, 0.1), flow, fixed)

    def step(self, across: float, most: int) -> int:
        """Return the last step up to `most` at which the text fits and no word is broken; else 0.

        `across` is the width of the text in percent of the screen's height. Text never gets lower at a higher
        step. So each trial rules out others: all steps below with room for a text so high fit, all above
        without do not.
        """
        unbroken = bisect_right(SCREEN.sizes, max(WHOLE, across / self.needed)) - 1
        first, last = 0, min(most, unbroken)
        tried = max(0, min(last, self._guess(across)))
        while first < last:
            roomy = self._roomy(across / SCREEN.sizes[tried])
            first, last = (tried, min(last, roomy)) if roomy >= tried else (max(first, roomy), tried - 1)
            tried = (first + last + 1) // 2
        return first

    def _guess(self, across: float) -> int:
        """Return an estimate of the step at which the text fits, from its area."""
        wide, high = across * SURE, -self.rooms[0] * SCREEN.sizes[0]
        square, linear = self.flow - self.fixed * EMPTY, self.fixed * wide + high * EMPTY
        root = sqrt(max(0, linear**2 + 4 * square * high * wide))
        return bisect_right(SCREEN.sizes, 2 * high * wide / (linear + root)) - 1

    def _roomy(self, measure: float) -> int:
        """Return the last step with room for the text at its height in a measure; -1 for none."""
        high = 0.0
        for each in self.blocks:
            high += each.height(measure)
        return bisect_right(self.rooms, -high) - 1


@cache
def _rooms(reserved: float) -> tuple[float, ...]:
    """Return the room at each step, below zero so that it ascends."""
    return tuple(-room(size, reserved) for size in SCREEN.sizes)


def _broken(starts: tuple[float, ...], wide: float, space: float) -> int:
    """Return how many lines words take, each filled with whole words; a word too wide is broken."""
    lines = word = 0
    end = len(starts) - 1
    while word < end:
        following = bisect_right(starts, starts[word] + wide, word + 1) - 1
        if following == word:
            following += 1
            lines += ceil((starts[following] - starts[word] - space) / max(wide - space - 1, 1))
        else:
            lines += 1
        word = following
    return lines
