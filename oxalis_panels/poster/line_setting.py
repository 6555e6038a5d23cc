"""Lines set as a typographer would, once the size of a text is found: none ends on a weak word, all are even.

The layout breaks lines where they are full, one after the other. Here each paragraph is broken again, as a
whole, on as many lines: nothing gets smaller for it. Only where that leaves a weak end may a line stand out
of its column by a hair, or a paragraph take one line more of what the sheet has left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import accumulate, pairwise
from typing import Final

from oxalis_panels.model.value import value
from oxalis_panels.poster.box_tree import Block, Piece
from oxalis_panels.poster.job import Layout
from oxalis_panels.poster.line_breaking import LONELY_WORD, WEAK_END, Ends, cheapest, is_lonely, is_weak
from oxalis_panels.poster.measure import Measure, Sizes
from oxalis_panels.poster.print import Press

OVERHANG: Final = 0.02
"""Part of a line that may stand out of its column where this saves a weak end: a fifth of a gutter."""
SURE: Final = 0.999
"""Part of a line up to which words surely fit: the sum of their widths knows no kerning with spaces."""
SHORT_END: Final = 0.4
"""Part of a line that a last one should fill not to look lost."""
INSIDE: Final = 0.05
"""What a line costs that ends where no breath is taken."""
BREATH: Final = tuple(",;:.!?)…»")
LEVEL: Final = 0.05
"""In mm: a text that ends no lower has as many lines."""

BREAK: Final = "<br> "
"""The space stays, for what reads the text and not the lines: bookmarks."""
BOUND: Final = "\u00a0"

MAIN: Final = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
TOKEN: Final = re.compile(
    r"(?P<break><br\b[^>]*>)|(?P<tag><[^>]*>)|(?P<space>[ \t\n\r\f]+)|(?P<text>[^< \t\n\r\f]+)"
)


@value
class _Word:
    """What stands between two places where a line may end."""

    text: str
    width: float
    at: int
    """How many letters of the sheet end with it."""


@value
class _Run:
    """Words up to the end of their block, or to a break that an author wrote."""

    words: tuple[_Word, ...]
    ends: tuple[float, ...]
    """Where each word ends if all stand on one line, the first of them 0: where the line begins."""
    lines: int
    """How many the layout gave them."""
    room: float
    space: float

    def filled(self, start: int, end: int) -> float:
        """Return what part of a line some words fill."""
        return (self.ends[end] - self.ends[start] + self.space * (end - start - 1)) / self.room

    def weak(self, ends: Ends) -> int:
        """Count the lines that end on a weak word."""
        return sum(is_weak(self.words[end - 1].text) for end in ends[:-1])


def set_lines(
    press: Press, layout: Layout, sizes: Sizes, height: float, *, confirmed: bool = True
) -> tuple[Layout, Measure]:
    """Return a layout with its lines well set at these sizes, and what it takes then.

    A text that took less than `height` mm before may grow to that. Where it has as many lines as before, or
    need not be `confirmed`, it is taken to be as high.
    """
    measure = press.measure(layout.html, sizes)
    laid = press.text(layout.html, sizes)
    spaces = spaces_of(layout.html)
    if laid.letters != spaces.letters:  # a style sheet that adds or hides words: its lines stay as they are
        return layout, measure
    runs = [run for block in laid.blocks for run in _runs(block, spaces)]
    longer = [run for run in runs if len(_ends(run, 1)) > run.lines]
    while True:
        ends = [_ends(run, run in longer) for run in runs]
        changes = (change for run, each in zip(runs, ends, strict=True) for change in _changes(run, each))
        html = replaced(layout.html, spaces, dict(changes))
        as_many = all(len(each) in {0, run.lines} for run, each in zip(runs, ends, strict=True))
        if as_many or not confirmed:
            return replace(layout, html=html), measure
        found = press.measure(html, sizes)
        if found.used <= max(height if longer else 0.0, measure.used) + LEVEL:
            return replace(layout, html=html), found
        if not longer:
            return layout, measure
        longer = longer[: len(longer) // 2]  # the first of a text are read by more people than the last


def _runs(block: Block, spaces: Spaces) -> Iterator[_Run]:
    """Yield the runs of a block that have several lines."""
    pieces: list[Piece] = []
    for piece in block.pieces:
        pieces.append(piece)
        if piece.at in spaces.hard or piece is block.pieces[-1]:
            lines = len({each.line for each in pieces})
            if lines > 1:
                words = tuple(_words(pieces, spaces))
                ends = tuple(accumulate((word.width for word in words), initial=0.0))
                yield _Run(words, ends, lines, block.room, block.space)
            pieces = []


def _words(pieces: Sequence[Piece], spaces: Spaces) -> Iterator[_Word]:
    """Yield words: pieces joined where no space parts them, but a change of type or a hyphen."""
    text, width = "", 0.0
    for piece, following in pairwise([*pieces, None]):
        assert piece is not None
        text, width = text + piece.text, width + piece.width
        if following is None or piece.at in spaces.soft:
            yield _Word(text, width, piece.at)
            text, width = "", 0.0


def _changes(run: _Run, ends: Ends) -> Iterator[tuple[int, str]]:
    """Yield what stands instead of spaces, by their places, to have lines end there."""
    for start, end in pairwise((0, *ends)):
        if run.filled(start, end) > SURE:
            yield from ((word.at, BOUND) for word in run.words[start : end - 1])
        if end < len(run.words):
            yield run.words[end - 1].at, BREAK


def _ends(run: _Run, more: int) -> Ends:
    """Return where lines end, `more` lines being added where that leaves fewer weak ends."""
    found: list[Ends] = []
    for lines, room in [(run.lines, 1.0), (run.lines, 1 + OVERHANG), *[(run.lines + 1, 1.0)] * more]:
        if ends := _best(run, lines, room):
            if not run.weak(ends):
                return ends
            found.append(ends)
    return min(found, key=run.weak, default=())


def _best(run: _Run, lines: int, room: float) -> Ends | None:
    """Return the best ends of at most so many lines that fill `room` of the column; None if none do."""

    def cost(start: int, end: int) -> float | None:
        filled, last = run.filled(start, end), end == len(run.words)
        if filled > room:
            return None
        text = " ".join(word.text for word in run.words[start:end])
        lonely = LONELY_WORD * is_lonely(len(text.split()), filled)
        if last:
            return 2 * max(0.0, SHORT_END - filled) + lonely
        word, following = run.words[end - 1].text, run.words[end].text
        inside = not word.endswith(BREATH) and following[0] not in "(«"
        return (1 - filled) ** 2 + WEAK_END * is_weak(word) + INSIDE * inside + lonely

    best = cheapest(len(run.words), lines, cost)
    return best[1] if best else None


@dataclass(slots=True)
class Spaces:
    """The spaces between the words of a sheet's HTML, each called by how many letters stand before it."""

    letters: str = ""
    """Everything else."""
    soft: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where each space stands that may become the end of a line, by how many letters stand before it."""
    hard: set[int] = field(default_factory=set)
    """After how many letters an author's line breaks stand."""


def spaces_of(html: str) -> Spaces:
    """Return the spaces of what stands inside `<main>`."""
    found = Spaces()
    for kind, start, end in _tokens(html):
        count = len(found.letters)
        if kind == "text":
            found.letters += unescape(html[start:end])
        elif kind == "break":
            found.hard.add(count)
        elif kind == "space":
            found.soft.setdefault(count, (start, end))
    return found


def replaced(html: str, spaces: Spaces, instead: Mapping[int, str]) -> str:
    """Return the HTML with something else instead of some of its spaces."""
    parts, done = [], 0
    for count in sorted(instead):
        start, end = spaces.soft[count]
        parts += [html[done:start], instead[count]]
        done = end
    return "".join([*parts, html[done:]])


def _tokens(html: str) -> Iterator[tuple[str | None, int, int]]:
    main = MAIN.search(html)
    for token in TOKEN.finditer(html, *main.span(1)) if main else ():
        yield token.lastgroup, *token.span()
