"""The blocks of a document → drafts of panels; whatever had to be decided is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import warning
from oxalis_panels.importing.document import Draft, set_aside
from oxalis_panels.importing.titles import goes_on, panel_level, with_titles
from oxalis_panels.importing.words import told
from oxalis_panels.model import Break, Inline, Text, plain
from oxalis_panels.reading.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.importing.document import Block, Document


def assemble(document: Document) -> tuple[list[Draft], Document]:
    """Return a draft for each panel, and the document with what there is to say about its parts."""
    found: list[Diagnostic] = []
    blocks = with_titles(document.blocks, found)
    assembly = _Assembly(panel_level(blocks), found)
    for block in blocks:
        assembly.take(block)
    lone = assembly.lone_titles()
    document = replace(document, found=(*document.found, *found))
    for draft in lone:
        document = set_aside(document, "import-document-title", draft.span, plain(draft.title))
    return [draft for draft in assembly.drafts if draft not in lone], document


class _Assembly:
    """The panels made so far."""

    def __init__(self, level: int, found: list[Diagnostic]) -> None:
        self.level = level
        self.found = found
        self.drafts: list[Draft] = []
        self.levels: list[int] = []
        """The level of the heading that each draft began with."""
        self.told: set[str] = set()
        """What was said about the panel that is being made: once is enough."""

    def take(self, block: Block) -> None:
        """Put a block where it belongs."""
        if block.kind == "heading" and block.level <= self.level:
            self._begin(block, block.text, block.level)
        elif block.kind == "text" and block.fresh and self._closed() and not goes_on(plain(block.text)):
            self._begin(block, (), self.level)
            self.drafts[-1].paragraphs.append(block.text)
        else:
            draft = self._current(block)
            take = {"heading": self._subheading, "item": self._item, "text": self._text}[block.kind]
            take(draft, block)

    def lone_titles(self) -> list[Draft]:
        """Return what is above the level of panels and has no text of its own: the title of the document."""
        pairs = zip(self.drafts, self.levels, strict=True)
        return [draft for draft, level in pairs if level < self.level and draft.is_empty]

    def _begin(self, block: Block, title: Inline, level: int) -> None:
        self.drafts.append(Draft(title, block.span))
        self.levels.append(level)
        self.told.clear()

    def _closed(self) -> bool:
        """Whether a page that begins without a mark begins a panel: the one above it has its items."""
        return bool(self.drafts) and bool(self.drafts[-1].findings)

    def _current(self, block: Block) -> Draft:
        if not self.drafts:
            self._begin(block, (), self.level)
        return self.drafts[-1]

    def _say(self, code: str, block: Block) -> None:
        if code not in self.told:
            self.found.append(warning(code, block.span, found=told(plain(block.text))))
            self.told.add(code)

    def _subheading(self, draft: Draft, block: Block) -> None:
        self._say("import-subheading", block)
        draft.findings.append((block.text, []))
        draft.subheaded = True

    def _item(self, draft: Draft, block: Block) -> None:
        if block.level > 1:
            self._say("import-deep", block)
        if block.mark == "unticked":
            self.found.append(warning("import-unticked", block.span, found=told(plain(block.text))))
            is_point = block.level > 0
        else:
            is_point = block.mark == "point" or (block.mark == "none" and self._is_point(draft, block))
        if block.doubtful:
            self._say("import-amount", block)
        if is_point and not draft.findings:
            self._say("import-point-first", block)
        if is_point and draft.findings:
            draft.findings[-1][1].append(block.text)
        else:
            draft.findings.append((block.text, []))
            draft.explicit |= block.mark == "finding"
            draft.subheaded = False

    def _is_point(self, draft: Draft, block: Block) -> bool:
        """Decide what a bullet means that says neither ✓ nor →."""
        self._say("import-bullets", block)
        return block.level > 0 or draft.explicit or draft.subheaded

    def _text(self, draft: Draft, block: Block) -> None:
        if not draft.findings:
            draft.paragraphs.append(block.text)
            return
        text, points = draft.findings[-1]
        above = points[-1] if points else text
        if goes_on(plain(block.text)):
            joined = _joined((above, block.text), Text(" "))
        else:
            self.found.append(warning("import-joined", block.span, found=told(plain(block.text))))
            joined = _joined((above, block.text), Break())
        if points:
            points[-1] = joined
        else:
            draft.findings[-1] = (joined, points)


def _joined(texts: Iterable[Inline], between: Text | Break) -> Inline:
    first, second = texts
    return tidy((*first, between, *second))
