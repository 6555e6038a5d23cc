"""Words of a page with their places → its lines, in the order in which they were written."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.authoring.importing.words import SOFT, behind_prefix
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
    """How a word looks: the same object for all that were written at once."""

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
    """A word or a part of one that looks the same, and its place, in points from the lower left corner.

    It is rounded to hundredths: what one processor computes a hair further on than another is the same here.
    """

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
    """Words that stand side by side: a line, or what a line has in one cell of a table."""

    glyphs: list[Glyph]
    base: float
    size: float
    """Of most of it, in points."""
    beside: bool = False
    """Whether it goes on the line above it, further to the right."""
    page: int = 0
    bullet: str = ""
    """A sign drawn before it."""
    left: float = 0.0
    right: float = 0.0
    text: str = ""
    prefix: str = ""
    """The mark, bullet or number that its text begins with."""
    bold: bool = False
    """Whether all of it is bold."""
    gone: str = ""
    """As in `Run`, where nothing of it is to be read."""
    labelled: bool = False
    """Whether it belongs to the line before it in the order, as a large figure and its label do."""

    def settle(self) -> None:
        """Find out where it is and how most of it looks, once it has all its words."""
        sizes: Counter[float] = Counter()
        bases: dict[float, float] = {}
        self.bold = True
        for look, group in groupby(self.glyphs, key=attrgetter("look")):
            glyphs = list(group)
            text = "".join([glyph.text for glyph in glyphs])
            sizes[look.size] += len(text)
            bases.setdefault(look.size, glyphs[0].base)
            self.bold = self.bold and (look.bold or not any(map(str.isalnum, text)))
        self.size = sizes.most_common(1)[0][0]
        self.base = bases[self.size]
        self.left, self.right = self.glyphs[0].left, max(glyph.right for glyph in self.glyphs[-3:])
        self.text = "".join([glyph.blank + glyph.text for glyph in self.glyphs]).strip()
        prefix = behind_prefix(self.text)[0]
        self.prefix = prefix[0] if prefix else ""

    def leave(self, code: str, is_gone: Callable[[Glyph], bool]) -> None:
        """Mark the words that are not to be read, with the code of why."""
        self.glyphs = [
            each._replace(gone=each.gone or code) if is_gone(each) else each for each in self.glyphs
        ]
        self.gone = self.glyphs[0].gone if all(glyph.gone for glyph in self.glyphs) else ""

    def runs(self) -> Iterator[Run]:
        """Yield its text in pieces that look the same."""
        for (look, gone), group in groupby(self.glyphs, key=attrgetter("look", "gone")):
            glyphs = list(group)
            text = "".join([glyph.blank + glyph.text for glyph in glyphs])
            off = (glyphs[0].base - self.base) / (self.size or 1)
            level = abs(off) < (_OFF if look.size <= self.size * _SMALLER else _OFF_AS_LARGE)
            raised: Raised = "" if level else "super" if off > 0 else "sub"
            yield Run(text, look.bold, look.italic, raised=raised, gone=gone)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines of words in the order in which they were written."""
    lines: list[Line] = []
    for glyph in glyphs:
        place = _place(lines[-1], glyph) if lines else "new"
        if place in {"new", "beside"}:
            lines.append(Line([glyph._replace(blank="")], glyph.base, glyph.look.size, place == "beside"))
            continue
        line = lines[-1]
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
    """Return the blank between a line and a word that goes on with it; else `beside` it, or `new`."""
    last, look = line.glyphs[-1], glyph.look
    size = max(line.size, look.size)
    gap = glyph.left - last.right
    off = abs(glyph.base - last.base) > _OFF * size
    apart = abs(glyph.base - line.base) > size * 0.65 or glyph.left < last.left - size / 4
    if apart or (off and gap > size):
        return "new"
    at_once = look is last.look
    room = FAR if at_once and glyph.blank else max(APART * min(1, LARGE / (size or 1)), APART_IF_LARGE)
    if gap <= size * (APART_IF_JUMP if glyph.jump and not at_once else room):
        begins = gap > size and _is_mark(line)
        return "\t" if begins else " " if glyph.blank or glyph.jump or (off and gap > size / 5) else ""
    leads = gap <= FAR * size and _LEADS.search("".join(each.text for each in line.glyphs[-3:]))
    return "\t" if gap <= FAR * size and _is_mark(line) else " " if leads else "beside"


def _is_mark(line: Line) -> bool:
    text = "".join(each.text for each in line.glyphs[:_MARK])
    return len(line.glyphs) < _MARK and (len(text) == 1 or is_mark(text))


def is_mark(text: str) -> bool:
    """Whether a text is a bullet, a number or a mark alone."""
    prefix, rest = behind_prefix(f"{text} ")
    return COUNTED.fullmatch(f"{text} ") is not None or (prefix is not None and not rest.strip())
