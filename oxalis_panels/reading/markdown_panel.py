"""A Markdown panel → its outline."""

from oxalis_panels.model.diagnostics import Diagnostic, Source, error, line_and_column, warning
from oxalis_panels.reading.blocks import Block, read_blocks
from oxalis_panels.reading.dialects import CODE as DIALECT
from oxalis_panels.reading.dialects import in_lines
from oxalis_panels.reading.front_matter import read_front_matter
from oxalis_panels.reading.marks import REPEATED, SPACES
from oxalis_panels.reading.outline import Header, Item, Outline
from oxalis_panels.reading.passage import Passage, abbreviated


def read_markdown_panel(source: Source, found: list[Diagnostic]) -> Outline:
    """Return the parts of a panel; everything that has no place in one is in `found`."""
    header, start = read_front_matter(source, found)
    blocks = read_blocks(source, start)
    assembly = _Assembly(source, header, found)
    assembly.has_title = assembly.has_title or any(block.kind == "title" for block in blocks)
    if not assembly.has_title:
        blocks = read_blocks(source, start, untitled=True)
    for block in blocks:
        assembly.take(block)
    return assembly.outline()


EXCUSING = frozenset(
    {
        "item-empty",
        "heading-space",
        "foreign-markup.html",
        "foreign-markup.comment",
        "foreign-markup.code-block",
    }
)
"""Mistakes whose repair takes in the paragraph behind them; behind any other one it is a second mistake."""


class _Assembly:
    """A panel that grows block by block."""

    def __init__(self, source: Source, header: Header, found: list[Diagnostic]) -> None:
        self.source = source
        self.header = header
        self.has_title = bool(header.title) or header.introduction
        self.found = found
        self.title: Block | None = None
        self.paragraphs: list[Passage] = []
        self.findings: list[tuple[Passage, list[Passage]]] = []
        self.refused: list[Passage] = []
        self.title_refused = False
        self.text_refused = False
        self.orphaned = False
        """Whether the → above the first ✓ were reported: they are one mistake."""
        self.excused = False
        """Whether what was just reported explains why the next paragraph stands where it stands."""

    def take(self, block: Block) -> None:
        """Put one block in its place, or say why it has none."""
        match block.kind:
            case "title":
                self._take_title(block)
            case "subheading":
                self._refuse("heading-level", block)
                self.title_refused = True
            case "glued" if not self.has_title:
                self._refuse("heading-space", block)
                self.has_title = self.title_refused = True
            case "glued":
                self.found.append(warning("heading-space", block.span, found=abbreviated(block.passage.text)))
                self._take_paragraph(block)
            case "paragraph":
                self._take_paragraph(block)
            case "finding" | "point":
                self._take_item(block)
            case "unmarked" | "unticked":
                code = "item-without-mark" if block.kind == "unmarked" else "item-unticked"
                self._refuse(code if _has_text(block) else "item-empty", block)
                self.orphaned = True
            case "foreign" if block.code == DIALECT:
                self.found.append(in_lines(block.span))
                self.text_refused = True
                self.excused = False
            case "foreign":
                self._refuse(block.code, block)

    def outline(self) -> Outline:
        return Outline(
            self.source,
            self.header,
            self.title.passage if self.title else None,
            tuple(self.paragraphs),
            tuple(Item(text, tuple(points)) for text, points in self.findings),
            refused=tuple(self.refused),
            title_refused=self.title_refused or self.header.broken or self.header.title_refused,
            text_refused=self.text_refused,
        )

    def _refuse(self, code: str, block: Block, **values: object) -> None:
        self.found.append(error(code, block.span, found=abbreviated(block.passage.text), **values))
        self.text_refused = True
        self.excused = code in EXCUSING
        if block.kind != "foreign":
            self.refused.append(block.passage)

    def _take_title(self, block: Block) -> None:
        if not _has_text(block):
            self.found.append(error("title-empty.panel", block.span))
            self.title_refused = True
        elif self.title:
            line, _ = line_and_column(self.title.span)
            self.found.append(
                error("title-twice", block.span, found=abbreviated(block.passage.text), line=line)
            )
            self.excused = True
        else:
            if self.paragraphs or self.findings:
                self.found.append(error("title-late", block.span, found=abbreviated(block.passage.text)))
            self.title = block

    def _take_paragraph(self, block: Block) -> None:
        passage = block.passage
        if self.findings and not self.excused:
            self._refuse("paragraph-stray", block)
        elif block.under_title and passage.text[:1].islower():
            self.found.append(warning("title-wrapped", passage.span))
            self.paragraphs.append(passage)
        elif not self.findings:
            self.paragraphs.append(passage)
        else:
            self.refused.append(passage)

    def _take_item(self, block: Block) -> None:
        self.excused = False
        passage = block.passage
        repeated = REPEATED.match(passage.text)
        if not passage.text.strip():
            self._refuse("item-empty", block)
        elif repeated:
            place = passage.at(0, len(repeated[0].rstrip(SPACES)))
            self.found.append(error("mark-twice", place, found=abbreviated(place.text)))
            passage = passage.after(repeated.end())
        if block.kind == "finding":
            self.findings.append((passage, []))
        elif self.findings:
            self.findings[-1][1].append(passage)
        elif not self.orphaned:
            self._refuse("point-before-finding", block)
            self.orphaned = True
        else:
            self.refused.append(passage)


def _has_text(block: Block) -> bool:
    return bool(block.passage.text.strip())
