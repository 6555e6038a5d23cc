"""The neutral stream of paragraphs that every reader feeds → a document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from oxalis_panels.authoring.importing.document import Block, Document, Kind
from oxalis_panels.authoring.importing.lists import Beginning, Line, Place, beginnings, levels
from oxalis_panels.authoring.importing.runs import Run, inline_of, is_address, is_bold, on_the_line, unstyled
from oxalis_panels.authoring.importing.words import LOST, behind_prefix, one_line, scrub, words
from oxalis_panels.model.collection import plain
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, warning
from oxalis_panels.model.value import value

LONGEST = 2_000_000
"""Characters of a document, some hundreds of pages; a paragraph counts as so many by itself:"""
_EACH = 200
_EMPTY_BOXES = frozenset("☐□◻❏❑❒")


class TooLongError(Exception):
    """A document that has more text than any that panels are made from."""


@value
class Paragraph:
    """A paragraph with all that a word processor says of it."""

    runs: Sequence[Run]
    heading: int = 0
    """Its level as a heading, 1 being the highest; 0 for none."""
    place: Place = Place()
    fresh: bool = False
    """Whether a new page begins with it."""
    row: int = 0
    """The row of a table that it stands in, counted from 1; 0 for none."""
    notes: Sequence[tuple[str, str]] = ()
    """Code and text of the notes and comments that it refers to."""
    begin: Beginning | None = None
    """What it begins with, where its reader knew that before it joined lines."""


@dataclass(slots=True)
class Gathering:
    """What has been read of a document so far."""

    path: str
    text: str | None = None
    """Of the file; None where it has no lines that a person sees: then each paragraph makes one."""
    place: int = 0
    """Where in the text the next paragraph begins; the reader of a text sets it."""
    lines: list[str] = field(default_factory=list)
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    """Each with its place."""
    remarks: list[tuple[int | None, str, dict[str, object]]] = field(default_factory=list)
    """Place, code and values; a remark without a place belongs to no paragraph."""
    aside: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """What is in the paragraphs and not in the file as text; a reader may add to it."""
    dropped: list[str] = field(default_factory=list)
    """What is in the file as text and not in the paragraphs; a reader may add to it."""
    size: int = 0
    """As `LONGEST` counts."""

    def add(self, paragraph: Paragraph) -> None:
        """Take the next paragraph; what its author does not want read is left aside."""
        self.size += _EACH + sum(len(run.text) for run in paragraph.runs)
        if self.size > LONGEST:
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
            self.say("import-plain.raised", found=one_line(text))
        text = scrub("".join(run.text for run in runs))
        if any(LOST in run.text for run in runs):
            self.say("import-symbol", found=one_line(text))
        start, shown = self.place, text
        if not text.strip():
            shown = "".join(run.text for run in paragraph.runs)
        elif number := paragraph.place.number:
            self.added.append(number)
            shown = f"{number} {text}"
        self._end_line(shown)
        if text.strip():
            self.paragraphs += [(start, each) for each in _split(replace(paragraph, runs=runs))]

    def say(self, code: str, *, nowhere: bool = False, **values: object) -> None:
        """Say something about the paragraph that comes next, or about `nowhere` in the text."""
        self.remarks.append((None if nowhere else self.place, code, values))

    def leave(self, code: str, text: str, *, alone: bool = False, nowhere: bool = False) -> None:
        """Leave a text aside: the message repeats it in full. One that stands `alone` is in no paragraph."""
        if words(text):
            self.say(code, nowhere=nowhere, found=one_line(text))
            self.aside += words(text)
            if alone:
                self._end_line("")

    def _end_line(self, text: str) -> None:
        if self.text is None:
            self.lines.append(text.replace("\n", " "))
            self.place += len(text) + 1

    def document(self, texts: Iterable[str]) -> Document:
        """Return it all; `texts` are those of the file, read by another way than those gathered."""
        source = Source(self.path, "\n".join(self.lines) if self.text is None else self.text)
        spans: dict[int | None, Span] = {None: Span(Source(self.path))}
        for place in {*(each for each, _ in self.paragraphs), *(each for each, *_ in self.remarks)} - {None}:
            start = min(place or 0, len(source.text))
            end = source.text.find("\n", start)
            line = source.text[start : end if end >= 0 else None].rstrip()
            spans[place] = Span(source, start, start + len(line))
        found: list[Diagnostic] = []
        blocks = [each for each in self._blocks(spans, found) if words(plain(each.text))]
        found += (warning(code, spans[place], **values) for place, code, values in self.remarks)
        counted = tuple(word for text in texts for word in words(text))
        return Document(
            source, tuple(blocks), counted, tuple(found), *map(tuple, (self.aside, self.added, self.dropped))
        )

    def _blocks(self, spans: Mapping[int | None, Span], found: list[Diagnostic]) -> Iterable[Block]:
        """Yield a block for each paragraph; what it is may depend on those beside it."""
        lines = [
            Line(
                "".join(run.text for run in each.runs).replace("\n", " "),
                each.place,
                each.row,
                is_title=bool(each.heading),
                is_bold=is_bold(each.runs),
            )
            for _, each in self.paragraphs
        ]
        known = (each.begin for _, each in self.paragraphs)
        begins = [each or begin for each, begin in zip(known, beginnings(lines), strict=True)]
        every = zip(lines, begins, levels(lines, begins), self.paragraphs, strict=True)
        for line, begin, level, (start, paragraph) in every:
            prefix = line.text[: begin.skip].strip()
            self.dropped.append(prefix.replace(begin.number, "", 1))
            yield _block(spans[start], paragraph, begin, level, found)


def _ticked(paragraph: Paragraph) -> Paragraph:
    """Tick the box of an item that is struck out as a whole: so Google Docs shows what is done."""
    filled = [run for run in paragraph.runs if run.text.strip()]
    empty = paragraph.place.sign in _EMPTY_BOXES
    if empty and filled and all(run.gone == "import-left-out.struck" for run in filled):
        live = [run._replace(gone="") for run in paragraph.runs]
        return replace(paragraph, place=replace(paragraph.place, sign="☑"), runs=live)
    return paragraph


def _split(paragraph: Paragraph) -> Iterable[Paragraph]:
    """Yield a paragraph, cut before each of its lines that begins with a mark or a bullet of its own."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *rest = scrub(run.text).split("\n")
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=text)] for text in rest]
    parts = [lines[0]]
    for line in lines[1:]:
        if behind_prefix("".join(run.text for run in line).strip())[0] and not paragraph.row:
            parts.append(line)
        else:
            parts[-1] += [Run("\n"), *line]
    yield replace(paragraph, runs=parts[0])
    yield from (Paragraph(part, place=Place(indent=paragraph.place.indent)) for part in parts[1:])


def _block(span: Span, paragraph: Paragraph, begin: Beginning, level: int, found: list[Diagnostic]) -> Block:
    """Return a paragraph without the mark that it or its list begins with; a heading has none."""
    runs = [Run(f"{number} ") for number in (paragraph.place.number, begin.number) if number]
    skip = begin.skip
    for run in paragraph.runs:
        link = run.link
        if link and not is_address(link):
            found.append(warning("import-plain.link", span, found=one_line(run.text), target=one_line(link)))
            link = ""
        runs.append(run._replace(text=run.text[skip:], link=link))
        skip = max(0, skip - len(run.text))
    if paragraph.heading and begin.mark == "none":
        return Block("heading", inline_of(runs), span, paragraph.heading, fresh=paragraph.fresh)
    kind: Kind = "item" if begin.is_item else "text"
    bold = is_bold(runs) and not begin.is_item
    return Block(kind, inline_of(runs), span, level, begin.mark, bold, paragraph.fresh, begin.doubtful)
