"""The lines of a Markdown panel → blocks: headings, items, paragraphs, and what a panel cannot hold.

CommonMark's own block rules would turn an indented ✓ into a code block and a `–` bullet into a paragraph; the
lines are therefore read here, each by the first of an ordered tuple of readers, and every offset stays exact.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.reading.dialects import foreign
from oxalis_panels.reading.marks import BULLET, MARKED, SPACES, UNTICKED
from oxalis_panels.reading.passage import Passage, passage_of_lines

Kind = Literal[
    "title", "subheading", "glued", "finding", "point", "unmarked", "unticked", "paragraph", "foreign"
]
ITEMS = frozenset({"finding", "point", "unmarked", "unticked"})

_HEADING = re.compile(rf"[{SPACES}]*(#{{1,6}})(?:[{SPACES}]+|$)")
_CLOSING = re.compile(rf"(?:^|(?<=[{SPACES}]))#+[{SPACES}]*$")
_GLUED = re.compile(rf"[{SPACES}]*(#{{1,6}})(?=[^#\s])")
_UNDERLINE = re.compile(rf"[{SPACES}]*(=+|-{{2,}})[{SPACES}]*")


@dataclass(slots=True)
class Block:
    """One or more lines that belong together."""

    kind: Kind
    source: Source
    start: int
    """Where its first line begins: its bullet, its mark, or its text."""
    stretches: list[tuple[int, int]]
    """Where the text of each line starts and ends: without indentation, bullet and mark."""
    code: str = ""
    """For `foreign`: the diagnostic that names the construct."""
    under_title: bool = False
    """For a paragraph: whether it stands directly under the title, without a blank line."""

    @property
    def passage(self) -> Passage:
        """Its text."""
        return passage_of_lines(self.source, self.stretches)

    @property
    def span(self) -> Span:
        """All of it, bullet and mark included, the blanks at its end left out."""
        text = self.source.text[self.start : self.stretches[-1][1]].rstrip()
        return Span(self.source, self.start, self.start + len(text))


@dataclass(slots=True)
class Scan:
    """A file while its lines are being read."""

    source: Source
    lines: list[str]
    starts: list[int]
    """The offset of each line in the source."""
    index: int = -1
    """Of the line being read."""
    line: str = ""
    """The line being read."""
    blocks: list[Block] = field(default_factory=list)
    open: Block | None = None
    """The block that a line without a mark continues."""
    after_blank: bool = False
    untitled: bool = False
    """Whether no title is given elsewhere: then one may stand on any line."""

    def go_to(self, index: int) -> None:
        """Make a line the one being read."""
        self.index, self.line = index, self.lines[index]

    def stretch(self, column: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return where a part of this line stands in the source."""
        start = self.starts[self.index]
        return start + column, start + (len(self.line) if end is None else end)

    def add(self, kind: Kind, column: int, end: int | None = None, code: str = "") -> Block:
        """Begin a block with the text that starts at `column` of this line."""
        first = min(_indent(self.line), column)
        block = Block(kind, self.source, self.starts[self.index] + first, [self.stretch(column, end)], code)
        self.blocks.append(block)
        return block


def read_blocks(source: Source, start: int, *, untitled: bool = False) -> list[Block]:
    """Return the blocks of a source from offset `start` on, in order; every line of text is in one.

    In an `untitled` panel, a line that begins with `#word` above the first item is a block of its own.
    """
    lines = source.text[start:].split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=start))
    scan = Scan(source, lines, starts, untitled=untitled)
    while scan.index + 1 < len(lines):
        scan.go_to(scan.index + 1)
        blank = not scan.line.strip(SPACES)
        if not blank:
            any(take(scan) for take in _TAKERS)
        scan.after_blank = blank
    return scan.blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(SPACES))


def _take_underline(scan: Scan) -> bool:
    """`===` or `---` right under the first text of a file makes it a heading."""
    block = scan.open
    if block is None or block.kind != "paragraph" or scan.after_blank:
        return False
    match = _UNDERLINE.fullmatch(scan.line)
    if not match or (match[1][0] == "-" and len(scan.blocks) > 1):
        return False
    block.kind = "title" if match[1][0] == "=" else "subheading"
    scan.open = None
    return True


def _take_item(scan: Scan) -> bool:
    match = MARKED.match(scan.line)
    if match:
        scan.open = scan.add("finding" if match["check"] else "point", match.end())
    return match is not None


def _take_foreign(scan: Scan) -> bool:
    construct = foreign(scan.lines, scan.index)
    if construct:
        code, last = construct
        block = scan.add("foreign", _indent(scan.line), code=code)
        scan.go_to(last)
        block.stretches[-1] = (block.start, scan.stretch()[1])
        scan.open = None
    return construct is not None


def _take_heading(scan: Scan) -> bool:
    match = _HEADING.match(scan.line)
    if match:
        closing = _CLOSING.search(scan.line, match.end())
        kind: Kind = "title" if len(match[1]) == 1 else "subheading"
        scan.add(kind, match.end(), max(closing.start(), match.end()) if closing else None)
        scan.open = None
    return match is not None


def _take_glued_heading(scan: Scan) -> bool:
    """`#Titre` may be a title without its space where a text begins; within a text `#Oxalis` is a word."""
    match = _GLUED.match(scan.line)
    if match and len(match[1]) > 1:
        scan.add("subheading", match.end())
        scan.open = None
    elif match and _may_be_title(scan):
        scan.open = scan.add("glued", _indent(scan.line))
    else:
        return False
    return True


def _may_be_title(scan: Scan) -> bool:
    if any(block.kind in ITEMS for block in scan.blocks):
        return False
    return scan.open is None or scan.after_blank or scan.untitled


def _take_bullet(scan: Scan) -> bool:
    unticked = UNTICKED.match(scan.line)
    match = unticked or BULLET.match(scan.line)
    if match:
        scan.open = scan.add("unticked" if unticked else "unmarked", match.end())
    return match is not None


def _take_text(scan: Scan) -> bool:
    """Continue what is above, or begin a paragraph."""
    block = scan.open
    indent = _indent(scan.line)
    if block and (not scan.after_blank or (indent and block.kind in ITEMS)):
        block.stretches.append(scan.stretch(indent))
        return True
    above = scan.blocks[-1] if scan.blocks else None
    scan.open = scan.add("paragraph", indent)
    scan.open.under_title = above is not None and above.kind == "title" and not scan.after_blank
    return True


_TAKERS = (
    _take_underline,
    _take_foreign,
    _take_item,
    _take_heading,
    _take_glued_heading,
    _take_bullet,
    _take_text,
)
