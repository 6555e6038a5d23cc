"""Plain text, typed or taken from a PDF by another program → a document.

Items begin with ✓ or → (as in a panel, however they are typed). Lines are joined; a title is told by its `#`,
by the blank before it where other lines have none (as in the text of the first panels), or by its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal

from oxalis_panels.diagnostics import Source, Span, warning
from oxalis_panels.importing.document import Block, Document, set_aside
from oxalis_panels.importing.hyphens import SOFT, Joiner, apart
from oxalis_panels.importing.lists import Beginning, Line, beginnings
from oxalis_panels.importing.page_marks import page_marks
from oxalis_panels.importing.titles import goes_on, reads_as_title
from oxalis_panels.importing.words import scrub, text_of_line, words
from oxalis_panels.model import Text, plain
from oxalis_panels.reading.marks import SPACES
from oxalis_panels.reading.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.importing.document import Kind, Mark

_BLANK = re.compile(r"[\s\u180e]")
"""In a text taken from a PDF, which kind of blank it is says nothing of what its author typed."""
TAB = 4
"""Columns of a tab, where indentation is compared."""
_LEVELLED = frozenset({"none", "unticked"})
"""The marks of items whose indentation says whether they become ✓ or →."""


@dataclass(slots=True)
class Piece:
    """Lines that belong together, before they are joined."""

    kind: Kind | Literal["indented"]
    """`indented`: a title, or an introduction, told by the blank before it."""
    lines: list[tuple[int, str]]
    """Each with its number, from 0."""
    indent: int = 0
    """Columns before an item; the level of a heading."""
    mark: Mark = "none"
    fresh: bool = False
    """Whether a new page begins with it."""
    doubtful: bool = False
    """As a block has it."""


@dataclass(slots=True)
class Lines:
    """The lines of a text, and what is known of each."""

    source: Source
    lines: list[str]
    starts: list[int]
    """The lines with which pages begin."""
    aside: dict[int, str] = field(default_factory=dict)
    """Lines that are no text, with the code of what is said of each."""
    begins: dict[int, Beginning] = field(init=False)
    """What each line that is not blank begins with."""
    offsets: list[int] = field(init=False)
    """Where each line begins in the source, and where one behind the last would."""

    def __post_init__(self) -> None:
        """Count the offsets once, and look at the beginnings: every block asks for them."""
        filled = {number: line.strip() for number, line in enumerate(self.lines) if line.strip(SPACES)}
        found = beginnings([Line(text) for number, text in filled.items()])
        self.begins = dict(zip(filled, found, strict=True))
        self.offsets = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def span(self, first: int, last: int) -> Span:
        """Return where some lines stand, blanks at both ends left out."""
        start, end = self.offsets[first], self.offsets[last + 1] - 1
        text = self.source.text[start:end]
        return Span(self.source, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def read_text(path: str, text: str) -> Document:
    """Return a text as a document; pages end with a form feed."""
    text = re.sub("[\x02\ufffe]", SOFT, text.replace("\f\n", "\n\f"))  # what pdfium makes of one
    raw = "\f".join(map(scrub, text.split("\f"))).split("\n")
    starts = [0] + [number for number, line in enumerate(raw) if number and "\f" in line]
    clean = [line.replace("\f", "") for line in raw]
    lines = Lines(Source(path, "\n".join(clean)), clean, starts)
    lines.aside = page_marks(clean, starts)
    joiner = Joiner.of("\n".join(clean))
    blocks = [_block(lines, piece, joiner) for piece in _pieces(lines)]
    filled = tuple(block for block in blocks if words(plain(block.text)))
    document = Document(lines.source, filled, tuple(_words(lines, joiner)))
    for number, code in lines.aside.items():
        document = set_aside(document, code, lines.span(number, number), clean[number])
    return _tell(document, lines, joiner)


def _tell(document: Document, lines: Lines, joiner: Joiner) -> Document:
    """Add what joining lines decided."""
    found = [
        warning(
            "import-hyphen-joined" if join.sure else "import-hyphen-kept",
            lines.span(join.line, join.line),
            found=join.joined,
        )
        for join in joiner.joins
    ]
    return replace(document, found=(*document.found, *found))


def _words(lines: Lines, joiner: Joiner) -> Iterator[str]:
    """Yield every word of the lines, those that a line end parted as they were joined."""
    parted = {join.line: join for join in joiner.joins}
    text = ""
    for number, line in enumerate(lines.lines):
        if number in lines.aside:
            yield from words(line)
        elif line.strip(SPACES):
            hashes = _hashes(line)
            begun = not hashes and lines.begins[number].is_item
            bare = text_of_line(line) if begun else line.lstrip(SPACES)[hashes:]
            text += bare.strip(AT_ENDS)
            text = apart(text, closed=parted[number].closed) if number in parted else f"{text}\n"
    yield from words(text)


def _hashes(line: str) -> int:
    bare = line.lstrip(SPACES)
    count = len(bare) - len(bare.lstrip("#"))
    return count if 0 < count <= 6 and bare[count : count + 1] in {*SPACES} else 0  # noqa: PLR2004 - Markdown


def _block(lines: Lines, piece: Piece, joiner: Joiner) -> Block:
    span = lines.span(piece.lines[0][0], piece.lines[-1][0])
    text = tidy((Text(_BLANK.sub(" ", joiner.join(piece.lines))),))
    kind: Kind = "text" if piece.kind == "indented" else piece.kind
    return Block(kind, text, span, piece.indent, piece.mark, fresh=piece.fresh, doubtful=piece.doubtful)


def _pieces(lines: Lines) -> list[Piece]:
    pieces = list(_gathered(lines, by_indent=_is_indented(lines)))
    indents = sorted({piece.indent for piece in pieces if piece.kind == "item" and piece.mark in _LEVELLED})
    for piece in pieces:
        if piece.kind == "item":
            piece.indent = indents.index(piece.indent) if piece.mark in _LEVELLED else 0
    for piece, below in pairwise(pieces):
        if piece.kind == "text" and piece.fresh and below.mark == "finding" and _is_title(piece.lines):
            piece.kind, piece.indent = "heading", 1
    return pieces


def _is_indented(lines: Lines) -> bool:
    """Whether a blank before its first word tells a title: the lines below the first of an item have none."""
    items = [number in lines.begins and lines.begins[number].is_item for number in range(len(lines.lines))]
    texts = [bool(line.strip(SPACES)) and not item for line, item in zip(lines.lines, items, strict=True)]
    below = [i + 1 for i, item in enumerate(items[:-1]) if item and texts[i + 1]]
    hanging = sum(_indent(lines.lines[number]) > 0 for number in below)
    indented = any(text and _indent(line) for text, line in zip(texts, lines.lines, strict=True))
    return indented and bool(below) and hanging * 2 < len(below)


def _gathered(lines: Lines, *, by_indent: bool) -> Iterator[Piece]:
    """Yield items, headings and paragraphs; a line without a mark continues what is above."""
    piece: Piece | None = None
    blank, fresh = True, False
    for number, line in enumerate(lines.lines):
        fresh |= number in lines.starts and number > 0
        if number in lines.aside:
            continue
        if not line.strip(SPACES):
            blank = True
            continue
        begun = _begun(lines, number, piece, apart=blank or fresh, by_indent=by_indent)
        if begun:
            begun.fresh = fresh
            yield from _parts(piece)
            piece = begun
        elif piece:
            piece.lines.append((number, line.strip(AT_ENDS)))
        blank = fresh = False
    yield from _parts(piece)


def _parts(piece: Piece | None) -> Iterator[Piece]:
    """Tell a title from the paragraphs that blank lines part it from; an introduction is no title at all."""
    if piece is None or piece.kind != "indented":
        yield from [piece] if piece else []
        return
    groups: list[list[tuple[int, str]]] = []
    for number, line in piece.lines:
        apart = not groups or (number - groups[-1][-1][0] > 1 and not goes_on(line))
        if apart:
            groups.append([])
        groups[-1].append((number, line))
    for place, group in enumerate(groups):
        is_title = not place and _is_title(group)
        kind: Kind = "heading" if is_title else "text"
        yield Piece(kind, group, 1 if is_title else 0, fresh=piece.fresh and not place)


def _is_title(lines: list[tuple[int, str]]) -> bool:
    return reads_as_title(" ".join(line for _, line in lines))


AT_ENDS = SPACES.replace("\u00ad", "")
"""Blanks at the ends of a line; a soft hyphen there says that a word goes on."""


def _begun(lines: Lines, number: int, above: Piece | None, *, apart: bool, by_indent: bool) -> Piece | None:
    """Return the piece that a line begins; None when it continues the one above."""
    line = lines.lines[number]
    text = line.strip(AT_ENDS)
    if hashes := _hashes(line):
        return Piece("heading", [(number, line.lstrip(SPACES)[hashes:].strip(AT_ENDS))], hashes)
    item = _item(lines, number)
    if item:
        return item
    if by_indent:
        continues = above is not None and (
            not _indent(line) or (above.kind == "indented" and _is_title(above.lines))
        )
        return None if continues else Piece("indented", [(number, text)])
    if above is None or above.kind == "heading" or apart:
        return Piece("text", [(number, text)])
    return None


def _item(lines: Lines, number: int) -> Piece | None:
    begin, line = lines.begins[number], lines.lines[number]
    if not begin.is_item:
        return None
    text = f"{begin.number} {line.strip()[begin.skip :]}".strip(AT_ENDS)
    indent = _indent(line) + begin.rank
    return Piece("item", [(number, text)], indent, begin.mark, doubtful=begin.doubtful)


def _indent(line: str) -> int:
    blank = line[: len(line) - len(line.lstrip(SPACES))]
    return sum(TAB if character == "\t" else 1 for character in blank)
