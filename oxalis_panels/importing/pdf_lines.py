"""Characters of a page with their places → its lines, in the order in which they were written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from oxalis_panels.importing.hyphens import SOFT
from oxalis_panels.importing.runs import Run
from oxalis_panels.importing.words import behind_prefix
from oxalis_panels.reading.symbols import real

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oxalis_panels.reading.symbols import Raised

APART, APART_IF_LARGE, LARGE = 1.8, 0.8, 14.0
"""Blank space, in sizes of the type, that parts two cells of a table: no justified line has as much. Above so
many points, no line is justified."""
APART_IF_JUMP = 0.45
"""The same where no blank is typed and another piece of text begins."""
FAR = 5.0
"""The same behind a bullet, or what ends in a colon or in dots."""
_LEADS = re.compile(r"(?::|\.{3}|…)$")
COUNTED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{2,5})[.)]\s")
"""What counts the items of a list."""
_MARK = 6
"""More characters than a mark or a number has."""
_SMALLER = 0.88
"""How small a raised or lowered character is at most, beside the others."""
_OFF, _OFF_AS_LARGE = 0.08, 0.2
"""How far it stands from the line, in sizes of the type; one that is as large as the others, further."""


class Look(NamedTuple):
    """How a character looks: the same object for all that were written at once."""

    size: float
    """Of its type, in points."""
    bold: bool = False
    italic: bool = False
    font: str = ""
    """That of pictures which it is from; empty for letters."""
    veiled: str = ""
    """`unseen` where it leaves no ink, `white` where its ink is white; empty for ordinary text."""
    angle: int = 0
    """Degrees by which its line is turned to the left."""


class Glyph(NamedTuple):
    """A word or a part of one that looks the same, and its place, in points from the lower left corner."""

    text: str
    left: float
    right: float
    base: float
    look: Look
    blank: str = ""
    """What stands before it: nothing, a blank or a tab."""
    jump: bool = False
    """Whether no blank stands there, but space that pdfium takes for one."""
    gone: str = ""
    """As in `Run`."""

    @property
    def middle(self) -> float:
        """Where its middle is, from left to right."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Line:
    """Characters that stand side by side: a line, or what a line has in one cell of a table."""

    glyphs: list[Glyph]
    page: int
    base: float
    size: float
    """Of most of it, in points."""
    beside: bool = False
    """Whether it goes on the line above it, further to the right."""
    bullet: str = ""
    """A sign drawn before it."""
    left: float = 0.0
    right: float = 0.0
    text: str = ""
    bold: bool = False
    """Whether all of it is bold."""
    labelled: bool = False
    """Whether it belongs to the line before it in the order, as a large figure and its label do."""

    def settle(self) -> None:
        """Find out where it is and how most of it looks, once it has all its characters."""
        sizes: Counter[float] = Counter()
        bases: dict[float, float] = {}
        bold = True
        for look, glyphs in groupby(self.glyphs, key=attrgetter("look")):
            group = list(glyphs)
            sizes[look.size] += sum(len(glyph.text) for glyph in group)
            bases.setdefault(look.size, group[0].base)
            bold = bold and (
                look.bold or not any(character.isalnum() for glyph in group for character in glyph.text)
            )
        self.size = sizes.most_common(1)[0][0]
        self.base, self.bold = bases[self.size], bold
        self.left, self.right = self.glyphs[0].left, max(glyph.right for glyph in self.glyphs[-3:])
        self.text = "".join(run.text for run in self.runs()).strip()

    def leave(self, code: str, is_gone: Callable[[Glyph], bool]) -> None:
        """Mark the characters that are not to be read, with the code of why."""
        self.glyphs = [
            each._replace(gone=each.gone or code) if is_gone(each) else each for each in self.glyphs
        ]

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is to be read."""
        return all(glyph.gone for glyph in self.glyphs)

    def runs(self) -> Iterator[Run]:
        """Yield its text in pieces that look the same."""
        for (look, gone), glyphs in groupby(self.glyphs, key=attrgetter("look", "gone")):
            group = list(glyphs)
            text = "".join([each.blank + (_real(each) if look.font else each.text) for each in group])
            yield Run(text, look.bold, look.italic, raised=self._raised(group[0]), gone=gone)

    def _raised(self, glyph: Glyph) -> Raised:
        off = (glyph.base - self.base) / (self.size or 1)
        level = abs(off) < (_OFF if glyph.look.size <= self.size * _SMALLER else _OFF_AS_LARGE)
        return "" if level else "super" if off > 0 else "sub"


def lines_of(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """Return the lines of characters in the order in which they were written."""
    lines: list[Line] = []
    for glyph in glyphs:
        line = lines[-1] if lines else None
        place = _place(line, glyph) if line else "new"
        if line is None or place in {"new", "beside"}:
            first = glyph._replace(blank="") if glyph.blank else glyph
            lines.append(Line([first], page, glyph.base, glyph.look.size, place == "beside"))
            continue
        line.glyphs.append(glyph if glyph.blank == place else glyph._replace(blank=place))
        if glyph.look.size > line.size * 1.1:
            line.base, line.size = glyph.base, glyph.look.size
    for line in lines:
        last = line.glyphs[-1]
        if last.text.endswith("‐"):  # what browsers write where they part a word
            line.glyphs[-1] = last._replace(text=last.text[:-1] + SOFT)
        line.settle()
    return lines


def _place(line: Line, glyph: Glyph) -> str:
    """Return the blank between a line and a character that goes on with it; else `beside` it, or `new`."""
    last = line.glyphs[-1]
    size = max(line.size, glyph.look.size)
    gap = glyph.left - last.right
    off = abs(glyph.base - last.base) > _OFF * size
    if glyph.left < last.left - size / 4 or abs(glyph.base - line.base) > size * 0.65 or (off and gap > size):
        return "new"
    if gap <= size * _room(last, glyph, size):
        begins = gap > size and len(line.glyphs) < _MARK and _is_mark(line)
        return "\t" if begins else " " if glyph.blank or glyph.jump or (off and gap > size / 5) else ""
    if gap > FAR * size or not (
        _is_mark(line) or _LEADS.search("".join(each.text for each in line.glyphs[-3:]))
    ):
        return "beside"
    return "\t" if _is_mark(line) else " "


def _room(last: Glyph, glyph: Glyph, size: float) -> float:
    """Return the space, in sizes of the type, that two characters of a line may have between them."""
    at_once = glyph.look is last.look
    if at_once and glyph.blank:
        return FAR
    return (
        APART_IF_JUMP
        if glyph.jump and not at_once
        else max(APART * min(1, LARGE / (size or 1)), APART_IF_LARGE)
    )


def _is_mark(line: Line) -> bool:
    text = "".join(each.text for each in line.glyphs[:_MARK])
    return len(line.glyphs) < _MARK and (len(text) == 1 or is_mark(text))


def is_mark(text: str) -> bool:
    """Whether a text is a bullet, a number or a mark alone."""
    prefix, rest = behind_prefix(f"{text} ")
    return COUNTED.fullmatch(f"{text} ") is not None or (prefix is not None and not rest.strip())


def _real(glyph: Glyph) -> str:
    """Return characters of a font of pictures as Unicode has them; those of Symbol are letters, mostly."""
    font = glyph.look.font
    kept = range(0x20, 0xB7) if font == "symbol" else range(0)
    wide = range(0x100, 0xF000)
    return "".join(c if ord(c) in kept or ord(c) in wide else real(c, font) for c in glyph.text)
