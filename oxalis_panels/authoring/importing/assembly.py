"""The blocks of a document → drafts of panels; whatever had to be decided is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from oxalis_panels.authoring.importing.document import Block, Document, Draft
from oxalis_panels.authoring.importing.runs import Run, inline_of
from oxalis_panels.authoring.importing.words import goes_on, one_line, reads_as_title, words
from oxalis_panels.model.collection import Break, Text, plain
from oxalis_panels.model.diagnostics import Diagnostic, warning
from oxalis_panels.reading.tidying import tidy


def assemble(document: Document) -> tuple[list[Draft], Document]:
    """Return a draft for each panel, and the document with what there is to say about its parts.

    What is above the level of panels and has no text of its own is the title of the document: left aside.
    """
    found: list[Diagnostic] = []
    blocks = with_titles(document.blocks, found)
    assembly = _Assembly(panel_level(blocks), found)
    for block in blocks:
        assembly.take(block)
    lone = [draft for draft in assembly.drafts if draft.level < assembly.level and draft.is_empty]
    titles = [plain(draft.title) for draft in lone]
    for draft, title in zip(lone, titles, strict=True):
        found.append(warning("import-left-out.document-title", draft.span, found=one_line(title)))
    aside = tuple(word for title in titles for word in words(title))
    document = replace(document, found=(*document.found, *found), aside=(*document.aside, *aside))
    return [draft for draft in assembly.drafts if draft not in lone], document


class _Assembly:
    """The panels made so far."""

    def __init__(self, level: int, found: list[Diagnostic]) -> None:
        self.level = level
        self.found = found
        self.drafts: list[Draft] = []
        self.reported: set[str] = set()
        """What was said about the panel that is being made: once is enough."""
        self.explicit = False
        """Whether the author of this panel typed a ✓: then a plain bullet is no ✓."""
        self.subheaded = False
        """Whether its last ✓ was a heading: then a plain bullet under it is a →."""

    def take(self, block: Block) -> None:
        """Put a block where it belongs."""
        is_title = block.kind == "heading" and block.level <= self.level
        # a page that begins without a mark begins a panel where the one above it has its items
        closed = bool(self.drafts and self.drafts[-1].findings)
        begins = block.fresh and block.kind == "text" and closed and not goes_on(plain(block.text))
        if is_title or begins or not self.drafts:
            title, level = (block.text, block.level) if is_title else ((), self.level)
            self.drafts.append(Draft(title, block.span, level))
            self.reported.clear()
            self.explicit = self.subheaded = False
        draft = self.drafts[-1]
        if is_title:
            return
        if block.kind == "heading":
            self._say("import-mark.subheading", block)
            draft.findings.append((block.text, []))
            self.subheaded = True
        elif block.kind == "item":
            self._item(draft, block)
        elif draft.findings:
            self._join(draft, block)
        else:
            draft.paragraphs.append(block.text)

    def _say(self, code: str, block: Block, *, always: bool = False) -> None:
        if always or code not in self.reported:
            self.found.append(warning(code, block.span, found=one_line(plain(block.text))))
            self.reported.add(code)

    def _item(self, draft: Draft, block: Block) -> None:
        is_point = block.mark == "point" or (block.mark != "finding" and block.level > 0)
        if block.level > 1:
            self._say("import-mark.deep", block)
        if block.mark == "unticked":
            self._say("import-mark.unticked", block, always=True)
        elif block.mark == "none":
            self._say("import-mark.bullets", block)
            is_point = is_point or self.explicit or self.subheaded
        if block.doubtful:
            self._say("import-mark.amount", block)
        if is_point and draft.findings:
            draft.findings[-1][1].append(block.text)
            return
        if is_point:
            self._say("import-mark.point-first", block)
        draft.findings.append((block.text, []))
        self.explicit |= block.mark == "finding"
        self.subheaded = False

    def _join(self, draft: Draft, block: Block) -> None:
        """Join a paragraph without a mark to the item above it."""
        text, points = draft.findings[-1]
        sentence = goes_on(plain(block.text))
        if not sentence:
            self._say("import-mark.joined", block, always=True)
        between = Text(" ") if sentence else Break()
        joined = tidy((*(points[-1] if points else text), between, *block.text))
        if points:
            points[-1] = joined
        else:
            draft.findings[-1] = (joined, points)


def with_titles(blocks: Sequence[Block], found: list[Diagnostic]) -> list[Block]:
    """Return the blocks, those that can only be titles made headings where there is none at all."""
    if any(block.kind == "heading" for block in blocks):
        return list(blocks)
    bold = [
        place
        for place, block in enumerate(blocks[:-1])
        if block.kind == "text" and block.bold and reads_as_title(plain(block.text))
    ]  # what those have who do not use styles
    chosen = bold or _before_findings(blocks)
    titled = list(blocks)
    for place in chosen:
        block = blocks[place]
        text = inline_of([Run(plain(block.text))]) if block.bold else block.text
        titled[place] = replace(block, kind="heading", level=1, text=text)
    if chosen:
        found.append(warning("import-titles-guessed", blocks[chosen[0]].span, count=len(chosen)))
    return titled


def panel_level(blocks: Sequence[Block]) -> int:
    """Return the level of heading that a panel begins with: the highest that stands there twice or more.

    A lone heading above several of the next level is the title of the whole document.
    """
    counts = Counter(block.level for block in blocks if block.kind == "heading")
    repeated = [level for level, count in counts.items() if count > 1]
    return min(repeated or counts, default=1)


def _before_findings(blocks: Sequence[Block]) -> list[int]:
    """Return, of the paragraphs between two lists, the one that can begin the panel of the second list."""
    chosen = []
    start = 0
    for place, block in enumerate(blocks):
        if block.kind != "item":
            continue
        if block.mark != "point":
            titles = [each for each in range(start, place) if reads_as_title(plain(blocks[each].text))]
            chosen += titles[:1] if start else _opening(titles, place)
        start = place + 1
    return chosen


def _opening(titles: list[int], place: int) -> list[int]:
    """Return the titles above the first item, at `place`: of the series and of its first panel.

    A title right under another one is its second line, no panel.
    """
    if titles[:1] == [0] and titles[-1] == place - 1 and place > 2:  # noqa: PLR2004 - a text stands between them
        return [titles[0], titles[-1]]
    return titles[:1] if titles[:1] == [0] else titles[-1:]
