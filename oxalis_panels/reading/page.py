"""A Markdown file of `pages/` → a page: the parser finds its blocks, their text is read as that of panels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from oxalis_panels.model.collection import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    ItemList,
    OwnPage,
    Paragraph,
    Table,
)
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.reading.dialects import foreign
from oxalis_panels.reading.fields import Located
from oxalis_panels.reading.front_matter import read_front_matter
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.outline import FigureKeys
from oxalis_panels.reading.panel import Entry, entry_of, read_slug
from oxalis_panels.reading.passage import Passage, passage_of_lines
from oxalis_panels.reading.slugs import number_and_slug
from oxalis_panels.reading.yaml_panel import PAGE
from oxalis_panels.words.catalogue import Words

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.tree import SyntaxTreeNode

REFUSED: Final = {
    "html_block": "html",
    "fence": "code-block",
    "code_block": "code-block",
    "blockquote": "quote",
    "hr": "rule",
}
"""Blocks of Markdown that no page has."""
IN_LINES: Final = ("foreign-markup.reference", "foreign-markup.footnote", "foreign-markup.dialect")
"""What the parser takes for a paragraph."""
PICTURE: Final = re.compile(
    r"!\[(?P<alt>(?:\\.|[^\\\]])*)\]\([ \t]*(?:<(?P<bracketed>[^<>\n]+)>|(?P<file>[^\s<>]+?))"
    r"(?:\s+\"(?P<caption>[^\"]*)\")?[ \t]*\)"
)


def read_page(source: Source, root: Path, found: list[Diagnostic]) -> Entry[OwnPage]:
    """Read a whole file of `root/pages`; what is wrong is in `found`."""
    header, start = read_front_matter(source, found, PAGE)
    name = Span(Source(source.path))
    _, from_name = number_and_slug(source.path)
    reader = _Reader(source, start, root, found)
    if header.title:
        reader.title = reader.text(header.title), header.title.span
    blocks = tuple(reader.blocks(_parser()(source.text[start:])))
    if reader.title is None and not (header.broken or header.title_refused):
        found.append(error("page-title", reader.span(0, 1)))
    title, span = reader.title or ((), Span(source))
    short = reader.text(header.short_title) if header.short_title else ()
    page = OwnPage(read_slug(header.slug, from_name, name, found), title, short or title, blocks, span)
    return entry_of(page, header, source.path)


@cache
def _parser() -> Callable[[str], list[SyntaxTreeNode]]:
    """CommonMark's blocks and tables; the text in them is left as it is, to be read as everywhere."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a tenth of a second, for projects with pages
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - as above

    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "reference"])
    return lambda text: SyntaxTreeNode(parser.parse(text)).children


class _Reader:
    """A page that is being read."""

    def __init__(self, source: Source, start: int, root: Path, found: list[Diagnostic]) -> None:
        self.source, self.root, self.found = source, root, found
        self.lines = source.text[start:].split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=start))
        self.read_to = [0] * len(self.lines)
        """In each line, where the last text of it ended: the cells of a row share one."""
        self.title: tuple[Inline, Span] | None = None
        self.level = 1
        """Of the last heading."""

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        """Yield what these nodes of the parser say; all else is in `found`."""
        for node in nodes:
            match node.type:
                case "heading":
                    yield from self._heading(node)
                case "paragraph":
                    yield from self._paragraph(node)
                case "bullet_list" | "ordered_list":
                    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                    yield ItemList(tuple(tuple(self.blocks(item.children)) for item in node.children), first)
                case "table":
                    head, *body = node.children
                    rows = tuple(self._row(row) for part in body for row in part.children)
                    yield Table(self._row(head.children[0]), rows)
                case _:
                    comment = node.content.startswith("<!--") if node.type == "html_block" else False
                    self._refuse("comment" if comment else REFUSED[node.type], node)

    def text(self, passage: Passage) -> Inline:
        """Return a text; what panels cannot have is said of a page here."""
        own: list[Diagnostic] = []
        read = read_inline(passage, own)
        self.found += (_of_page(each) for each in own if each.code != "mark-inside")
        return read

    def span(self, first: int, end: int) -> Span:
        """Return the place of some lines."""
        start, text = self.starts[first], "\n".join(self.lines[first:end])
        return Span(self.source, start, start + len(text.rstrip()))

    def _refuse(self, case: str, node: SyntaxTreeNode) -> None:
        self.found.append(
            error("page-markup", self.span(*(node.map or (0, 1))), what=Words(f"in_page.{case}"))
        )

    def _passage(self, inline: SyntaxTreeNode) -> Passage:
        """Return the text of a node with the place of each line, where the source spells it so."""
        first, end = inline.map or (0, 1)
        stretches: list[tuple[int, int]] = []
        for number, line in enumerate(inline.content.split("\n"), first):
            column = self.lines[number].find(line, self.read_to[number])
            if column < 0:
                return Passage(inline.content, self.span(first, end))
            self.read_to[number] = column + len(line)
            stretches.append((self.starts[number] + column, self.starts[number] + column + len(line)))
        return passage_of_lines(self.source, stretches)

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Heading]:
        passage, level = self._passage(node.children[0]), int(node.tag[1])
        text, span = self.text(passage), self.span(*(node.map or (0, 1)))
        if level == 1:
            if self.title or not text:
                self.found.append(error("page-title", span))
            self.title = self.title or (text, passage.span)
            return
        if level > self.level + 1:
            skipped = error("page-heading", span, found=level, above=self.level, expected=self.level + 1)
            signs = Span(self.source, span.start, span.start + level)
            typed = signs.text == "#" * level
            self.found.append(skipped.repaired("#" * (self.level + 1), signs) if typed else skipped)
        self.level = level
        yield Heading(text, level, span)

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Paragraph | Figure]:
        passage = self._passage(node.children[0])
        construct = foreign(passage.text.split("\n"), 0)
        if construct and construct[0] in IN_LINES:
            self._refuse(construct[0].partition(".")[2], node)
        elif picture := PICTURE.fullmatch(passage.text.strip()):
            yield from self._figure(picture, passage)
        elif text := self.text(passage):
            yield Paragraph(text, passage.span)

    def _figure(self, picture: re.Match[str], passage: Passage) -> Iterator[Figure]:
        from oxalis_panels.reading.figure import read_figure  # noqa: PLC0415 - loads Pillow

        file = Located(picture["file"] or picture["bracketed"], passage.span)
        texts = {
            key: Passage(picture[key], passage.span.find(picture[key]))
            for key in ("alt", "caption")
            if (picture[key] or "").strip()
        }
        own: list[Diagnostic] = []
        keys = FigureKeys(passage.span, file, texts.pop("alt", None), texts)
        figure = read_figure(keys, self.source, self.root, own)
        self.found += map(_of_page, own)
        if figure:
            yield figure

    def _row(self, row: SyntaxTreeNode) -> tuple[Cell, ...]:
        passages = [(self._passage(cell.children[0]), cell) for cell in row.children]
        return tuple(
            Cell(
                self.text(passage), str(cell.attrs.get("style", "")).removeprefix("text-align:"), passage.span
            )
            for passage, cell in passages
        )


def _of_page(found: Diagnostic) -> Diagnostic:
    """Return what is said of a panel as it is said of a page."""
    if found.code == "foreign-markup" and found.case != "dialect":
        return replace(found, key="page-markup", values={"what": Words(f"in_page.{found.case}")})
    if found.key == "figure-alt-missing.other":
        return replace(found, key="figure-alt-missing.page")
    return found
