"""What every reader makes of a file: its blocks in order, its words, and what it could not use."""

from dataclasses import dataclass, field
from typing import Literal

from oxalis_panels.model.collection import Inline
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span
from oxalis_panels.model.value import value

Kind = Literal["heading", "item", "text"]
Mark = Literal["finding", "point", "none", "unticked"]


@value
class Block:
    """A heading, an item of a list, or a paragraph."""

    kind: Kind
    text: Inline
    span: Span
    """Where it stands in the source."""
    level: int = 0
    """Of a heading, 1 being the highest; of an item, 0 being the outermost."""
    mark: Mark = "none"
    """Of an item: `none` for a bullet that says neither ✓ nor →, `unticked` for an empty box."""
    bold: bool = False
    """Whether all of it is bold: the title of those who do not use styles."""
    fresh: bool = False
    """Whether a new page begins with it."""
    doubtful: bool = False
    """Whether its bullet may be the sign of the amount that it begins with."""


@value
class Document:
    """A file as its reader understood it."""

    source: Source
    """Its text; of a word processor, a line for each paragraph."""
    blocks: tuple[Block, ...]
    words: tuple[str, ...]
    """Every word of the file, by another way than the blocks."""
    found: tuple[Diagnostic, ...]
    aside: tuple[str, ...]
    """Words that messages repeat in full because no panel can hold them."""
    added: tuple[str, ...]
    """What a reader wrote and the file does not hold as text: numbers that its lists count."""
    dropped: tuple[str, ...]
    """What a reader took away: marks, bullets, letters that stand for a picture."""


@dataclass(slots=True)
class Draft:
    """A panel that grows block by block."""

    title: Inline
    span: Span
    level: int
    """Of the heading that it begins with."""
    paragraphs: list[Inline] = field(default_factory=list)
    findings: list[tuple[Inline, list[Inline]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under its title."""
        return not (self.paragraphs or self.findings)
