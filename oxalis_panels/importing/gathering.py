"""The neutral stream of paragraphs that every reader feeds → a document whose source has a line for each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.importing.document import Block, Document
from oxalis_panels.importing.lists import Beginning, Line, beginnings, levels
from oxalis_panels.importing.runs import Run, inline_of, is_address, is_bold, on_the_line, unstyled
from oxalis_panels.importing.words import behind_prefix, scrub, told, words
from oxalis_panels.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oxalis_panels.importing.document import Kind

MOST_PARAGRAPHS = 10_000
"""Some hundreds of pages."""
MOST_CHARACTERS = 1_000_000
LOST = "\ufffd"
"""Stands for a sign that no character is known for."""
_EMPTY_BOXES = frozenset("☐□◻❏❑❒")
_TAB, _BLANK = 36.0, 3.0
"""Points by which a tab and a blank before a text put it further in."""
_BY_SIGN = 7.0
"""Points that the sign of a deeper level is worth."""


class TooLongError(Exception):
    """A document that has more text than any that panels are made from."""


@frozen
class Paragraph:
    """A paragraph with all that a word processor says of it."""

    runs: Sequence[Run]
    heading: int = 0
    """Its level as a heading, 1 being the highest; 0 for none."""
    depth: int | None = None
    """Its level in a list, 0 being the outermost; None outside of lists."""
    bullet: str = ""
    """The sign that the list puts before it; not part of its text."""
    fresh: bool = False
    """Whether a new page begins with it."""
    number: str = ""
    """What a list or a heading counts before it; the file does not hold it as text."""
    indent: float = 0.0
    """Points from the margin to its first character, or to its bullet."""
    row: int = 0
    """The row of a table that it stands in, counted from 1; 0 for none."""
    notes: Sequence[tuple[str, str]] = ()
    """Code and text of the notes and comments that it refers to."""


@dataclass(slots=True)
class Gathering:
    """What has been read of a document so far."""

    path: str
    lines: list[str] = field(default_factory=list)
    """Of the source."""
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    """Each with its line, from 0."""
    remarks: list[tuple[int | None, str, dict[str, object]]] = field(default_factory=list)
    """Line, code and values; a remark without a line belongs to no paragraph."""
    aside: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """What is in the paragraphs and not in the file as text; a reader may add to it."""
    dropped: list[str] = field(default_factory=list)
    """What is in the file as text and not in the paragraphs; a reader may add to it."""
    size: int = 0
    """Characters so far."""

    def add(self, paragraph: Paragraph) -> None:
        """Take the next paragraph; what its author does not want read is left aside."""
        self.size += sum(len(run.text) for run in paragraph.runs)
        if len(self.lines) >= MOST_PARAGRAPHS or self.size > MOST_CHARACTERS:
            raise TooLongError
        paragraph = _ticked(paragraph)
        for code, withdrawn in groupby(paragraph.runs, key=lambda run: run.gone):
            if code:
                self.leave(code, "".join(run.text for run in withdrawn))
        for code, text in paragraph.notes:
            self.leave(code, text)
        unsure: list[str] = []
        live = [run for run in paragraph.runs if not run.gone]
        runs = on_the_line(unstyled(live) if paragraph.heading else live, unsure)
        for text in unsure:
            self.say("import-raised", found=told(text))
        text = scrub("".join(run.text for run in runs))
        if any(LOST in run.text for run in runs):
            self.say("import-symbol", found=told(text))
        shown = text if text.strip() else "".join(run.text for run in paragraph.runs)
        if text.strip() and paragraph.number:
            self.added.append(paragraph.number)
            shown = f"{paragraph.number} {shown}"
        self.lines.append(" ".join(shown.split("\n")))
        if text.strip():
            pieces = _split(replace(paragraph, runs=runs))
            self.paragraphs += [(len(self.lines) - 1, each) for each in pieces]

    def say(self, code: str, *, nowhere: bool = False, **values: object) -> None:
        """Say something about the paragraph that comes next, or about `nowhere` in the text."""
        self.remarks.append((None if nowhere else len(self.lines), code, values))

    def leave(self, code: str, text: str, *, alone: bool = False, nowhere: bool = False) -> None:
        """Leave a text aside: the message repeats it in full. One that stands `alone` is in no paragraph."""
        if words(text):
            self.say(code, nowhere=nowhere, found=told(text))
            self.aside += words(text)
            self.lines += [""] if alone else []

    def document(self, lines: Iterable[str], outside: Iterable[str] = ()) -> Document:
        """Return it all; `lines` are the texts of the file, read by another way than those gathered.

        Texts `outside` of them were left aside.
        """
        source = Source(self.path, "\n".join(self.lines))
        spans = _spans(source)
        found: list[Diagnostic] = []
        blocks = list(self._blocks(spans, found))
        spans.append(
            Span(source, len(source.text), len(source.text))
        )  # what stands behind the last paragraph
        for line, code, values in self.remarks:
            found.append(warning(code, Span(Source(self.path)) if line is None else spans[line], **values))
        counted = tuple(word for text in (*lines, *outside) for word in words(text))
        filled = tuple(each for each in blocks if words(plain(each.text)))
        aside, added, dropped = tuple(self.aside), tuple(self.added), tuple(self.dropped)
        return Document(source, filled, counted, tuple(found), aside, added, dropped)

    def _blocks(self, spans: Sequence[Span], found: list[Diagnostic]) -> Iterable[Block]:
        """Yield a block for each paragraph; what it is may depend on those beside it."""
        texts = ["".join(run.text for run in each.runs).replace("\n", " ") for _, each in self.paragraphs]
        begins = beginnings(
            [
                Line(text, each.bullet, each.depth is not None, each.row, _is_plain(each))
                for text, (_, each) in zip(texts, self.paragraphs, strict=True)
            ]
        )
        places = []
        for text, begin, (_, each) in zip(texts, begins, self.paragraphs, strict=True):
            blank = text[: len(text) - len(text.lstrip())]
            inner = _TAB * blank.count("\t") + _BLANK * (len(blank) - blank.count("\t"))
            is_item = begin.is_item and not each.heading
            places.append((each.depth, each.indent + inner + _BY_SIGN * begin.rank, is_item))
        for level, begin, (line, each) in zip(levels(places), begins, self.paragraphs, strict=True):
            text = "".join(run.text for run in each.runs)
            prefix = text[: begin.skip].strip()
            self.dropped.append(prefix.replace(begin.number, "", 1))
            yield _block(spans[line], each, begin, level, found)


def _ticked(paragraph: Paragraph) -> Paragraph:
    """Tick the box of an item that is struck out as a whole: so Google Docs shows what is done."""
    filled = [run for run in paragraph.runs if run.text.strip()]
    if paragraph.bullet in _EMPTY_BOXES and filled and all(run.gone == "import-struck" for run in filled):
        return replace(paragraph, bullet="☑", runs=[replace(run, gone="") for run in paragraph.runs])
    return paragraph


def _split(paragraph: Paragraph) -> Iterable[Paragraph]:
    """Yield a paragraph, cut before each of its lines that begins with a mark or a bullet of its own."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *rest = scrub(run.text).split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in rest]
    parts = [lines[0]]
    for line in lines[1:]:
        if behind_prefix("".join(run.text for run in line).strip())[0] and not paragraph.row:
            parts.append(line)
        else:
            parts[-1] += [Run("\n"), *line]
    yield replace(paragraph, runs=parts[0])
    yield from (Paragraph(part, indent=paragraph.indent) for part in parts[1:])


def _spans(source: Source) -> list[Span]:
    spans, start = [], 0
    for line in source.text.split("\n"):
        spans.append(Span(source, start, start + len(line.rstrip())))
        start += len(line) + 1
    return spans


def _is_plain(paragraph: Paragraph) -> bool:
    return not paragraph.heading and not is_bold(paragraph.runs)


def _block(span: Span, paragraph: Paragraph, begin: Beginning, level: int, found: list[Diagnostic]) -> Block:
    """Return a paragraph without the mark that it or its list begins with; a heading has none."""
    runs = list(_linked(paragraph.runs, span, found))
    numbers = [Run(f"{number} ") for number in (paragraph.number, begin.number) if number]
    runs = [*numbers, *_without(runs, begin.skip)]
    if paragraph.heading and begin.mark == "none":
        return Block("heading", inline_of(runs), span, paragraph.heading, fresh=paragraph.fresh)
    kind: Kind = "item" if begin.is_item else "text"
    bold = is_bold(runs) and not begin.is_item
    doubtful = begin.doubtful
    return Block(kind, inline_of(runs), span, level, begin.mark, bold, paragraph.fresh, doubtful)


def _without(runs: Sequence[Run], count: int) -> list[Run]:
    """Return the runs without their first `count` characters."""
    left = []
    for run in runs:
        left.append(replace(run, text=run.text[count:]))
        count = max(0, count - len(run.text))
    return left


def _linked(runs: Iterable[Run], span: Span, found: list[Diagnostic]) -> Iterable[Run]:
    """Yield the runs, an address that no panel can link to taken away and told."""
    for run in runs:
        if run.link and not is_address(run.link):
            found.append(warning("import-link", span, found=told(run.text), target=told(run.link)))
            yield replace(run, link="")
        else:
            yield run
