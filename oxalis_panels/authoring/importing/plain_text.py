"""Plain text, typed or taken from a PDF by another program → a document.

Items begin with ✓ or → (as in a panel, however they are typed). Lines are joined; a title is told by its `#`,
by the blank before it where other lines have none (as in the text of the first panels), or by its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.gathering import Gathering, Paragraph
from oxalis_panels.authoring.importing.lists import Beginning, Line, Place, beginnings
from oxalis_panels.authoring.importing.page_order import page_marks
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.authoring.importing.words import SOFT, Joiner, goes_on, reads_as_title, scrub
from oxalis_panels.reading.marks import SPACES

_BLANK = re.compile(r"[\s\u180e]")
"""In a text taken from a PDF, which kind of blank it is says nothing of what its author typed."""
_AT_ENDS = SPACES.replace(SOFT, "")
"""Blanks at the ends of a line; a soft hyphen there says that a word goes on."""
_TITLE = re.compile(rf"[{SPACES}]*(#{{1,6}})(?=[{SPACES}])")
_TAB = 4
"""Columns."""
_COLUMN = 7.0
"""Points: a column further in is a level."""
_TEXT = Beginning(is_item=False)
_Kind = Literal["heading", "item", "text", "indented"]
"""`indented`: a title, or an introduction, recognised by the blank before it."""


@dataclass(slots=True)
class _Piece:
    """Lines that belong together, before they are joined."""

    kind: _Kind
    lines: list[int]
    level: int = 0
    """Of a heading."""
    fresh: bool = False
    """Whether a new page begins with it."""


def read_text(path: str, text: str) -> Document:
    """Return a text as a document; pages end with a form feed. Raises TooLongError."""
    text = re.sub("[\x02\ufffe]", SOFT, text.replace("\f\n", "\n\f"))  # what pdfium makes of one
    return _Reader(path, "\f".join(map(scrub, text.split("\f")))).document()


class _Reader:
    def __init__(self, path: str, text: str) -> None:
        self.starts = [0] + [n for n, line in enumerate(text.split("\n")) if n and "\f" in line]
        """The lines with which pages begin."""
        text = text.replace("\f", "")
        self.lines = text.split("\n")
        self.offsets = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.aside = page_marks(self.lines, self.starts)
        """Lines that are no text, with the code of what is said of each."""
        filled = {number: line.strip() for number, line in enumerate(self.lines) if line.strip(SPACES)}
        found = beginnings([Line(line) for line in filled.values()])
        self.begins = dict(zip(filled, found, strict=True))
        self.joiner = Joiner(text)
        self.gathering = Gathering(path, text)

    def document(self) -> Document:
        for number, code in self.aside.items():
            self._go_to(number)
            self.gathering.leave(code, self.lines[number])
        pieces = list(self._pieces(by_indent=self._is_indented()))
        for piece, after in pairwise((*pieces, _Piece("text", [0]))):
            self._add(piece, after)
        return self.gathering.document([self.gathering.text or ""])

    def _go_to(self, number: int) -> None:
        line = self.lines[number]
        self.gathering.place = self.offsets[number] + len(line) - len(line.lstrip())

    def _add(self, piece: _Piece, after: _Piece) -> None:
        first = piece.lines[0]
        over = after.kind == "item" and self.begins[after.lines[0]].mark == "finding"
        if over and piece.kind == "text" and piece.fresh and self._is_title(piece.lines):
            piece.kind, piece.level = "heading", 1
        title = _TITLE.match(self.lines[first])
        above = self.lines[first][title.end() if title else 0 :].strip(_AT_ENDS)
        parts = [above]
        for number in piece.lines[1:]:
            below = self.lines[number].strip(_AT_ENDS)
            seam = self.joiner.seam(above, below)
            parts[-1] = above[: len(above) - seam.cut]
            parts += [seam.sign, below.lstrip() if seam.cut else below]
            if seam.word:
                self._go_to(number - 1)
                self.gathering.say(
                    "import-hyphen.joined" if seam.sure else "import-hyphen.kept", found=seam.word
                )
            above = parts[-1]
        text = Run(_BLANK.sub(" ", scrub("".join(parts))))
        begin = self.begins[first] if piece.kind == "item" else _TEXT
        indent = _COLUMN * _indent(self.lines[first]) if begin.mark in {"none", "unticked"} else 0
        level = piece.level if piece.kind == "heading" else 0
        self._go_to(first)
        self.gathering.add(Paragraph([text], level, Place(indent=indent), piece.fresh, begin=begin))

    def _is_indented(self) -> bool:
        """Whether a blank before its first word tells a title: the lines of items have none."""
        texts = {number for number, begin in self.begins.items() if not begin.is_item}
        below = [number for number in texts if number - 1 in self.begins and number - 1 not in texts]
        hanging = sum(_indent(self.lines[number]) > 0 for number in below)
        return hanging * 2 < len(below) and any(_indent(self.lines[number]) for number in texts)

    def _pieces(self, *, by_indent: bool) -> Iterator[_Piece]:
        """Yield items, headings and paragraphs; a line without a mark continues what is above."""
        piece: _Piece | None = None
        blank, fresh, starts = True, False, {*self.starts[1:]}
        for number in range(len(self.lines)):
            fresh |= number in starts
            if number not in self.begins or number in self.aside:
                blank |= number not in self.begins
                continue
            kind = self._begun(number, piece, apart=blank or fresh, by_indent=by_indent)
            if kind:
                yield from self._parts(piece)
                title = _TITLE.match(self.lines[number])
                piece = _Piece(kind, [number], len(title[1]) if title else 0, fresh)
            elif piece:
                piece.lines.append(number)
            blank = fresh = False
        yield from self._parts(piece)

    def _begun(self, number: int, above: _Piece | None, *, apart: bool, by_indent: bool) -> _Kind | None:
        """Return the kind of piece that a line begins; None when it continues the one above."""
        line = self.lines[number]
        if _TITLE.match(line):
            return "heading"
        if self.begins[number].is_item:
            return "item"
        if by_indent:
            inside = above is not None and above.kind == "indented" and self._is_title(above.lines)
            return None if above and (inside or not _indent(line)) else "indented"
        return "text" if above is None or above.kind == "heading" or apart else None

    def _parts(self, piece: _Piece | None) -> Iterator[_Piece]:
        """Tell a title from the paragraphs that blank lines part it from, if it is one at all."""
        if piece is None or piece.kind != "indented":
            yield from [piece] if piece else []
            return
        groups: list[list[int]] = []
        for number in piece.lines:
            if not groups or (
                number - groups[-1][-1] > 1 and not goes_on(self.lines[number].strip(_AT_ENDS))
            ):
                groups.append([])
            groups[-1].append(number)
        for place, group in enumerate(groups):
            is_title = not place and self._is_title(group)
            yield _Piece("heading" if is_title else "text", group, int(is_title), piece.fresh and not place)

    def _is_title(self, lines: list[int]) -> bool:
        return reads_as_title(" ".join(self.lines[number].strip(_AT_ENDS) for number in lines))


def _indent(line: str) -> int:
    """Return the columns before the first sign of a line."""
    blank = line[: len(line) - len(line.lstrip(SPACES))]
    return sum(_TAB if character == "\t" else 1 for character in blank)
