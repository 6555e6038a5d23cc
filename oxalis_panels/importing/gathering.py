"""The paragraphs of a word processor, one by one → a document whose source has a line for each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.importing.document import Block, Document
from oxalis_panels.importing.runs import Run, inline_of, is_address, is_bold, unstyled
from oxalis_panels.importing.words import behind_prefix, number_of, scrub, told, words, words_of_paragraph
from oxalis_panels.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oxalis_panels.importing.document import Kind, Mark


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


@dataclass(slots=True)
class _Remark:
    code: str
    line: int | None
    """None: it belongs to no paragraph."""
    values: dict[str, object]


@dataclass(slots=True)
class Gathering:
    """What has been read of a document so far."""

    path: str
    lines: list[str] = field(default_factory=list)
    """Of the source."""
    paragraphs: list[tuple[int, Paragraph]] = field(default_factory=list)
    """Each with its line, from 0."""
    remarks: list[_Remark] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        """Take the next paragraph; an empty one counts as a line too: people count with the eye."""
        text = scrub("".join(run.text for run in paragraph.runs))
        self.lines.append(_shown(paragraph.bullet) + " ".join(text.split("\n")))
        if text.strip():
            self.paragraphs += [(len(self.lines) - 1, each) for each in _split(paragraph)]

    def say(self, code: str, **values: object) -> None:
        """Say something about the paragraph that comes next."""
        self.remarks.append(_Remark(code, len(self.lines), values))

    def leave(self, code: str, text: str, *, outside: bool = False, nowhere: bool = False) -> None:
        """Leave a text aside: the message repeats it in full.

        One `outside` is not among the paragraphs; one `nowhere` belongs to no paragraph either.
        """
        if words(text):
            line = None if nowhere else len(self.lines)
            self.remarks.append(_Remark(code, line, {"found": told(text)}))
            self.aside += words(text) if outside else words_of_paragraph(text)

    def document(self, lines: Iterable[str], outside: Iterable[str] = ()) -> Document:
        """Return it all; `lines` are the paragraphs of the file, read by another way than those gathered.

        Texts `outside` of them were left aside.
        """
        source = Source(self.path, "\n".join(self.lines))
        spans = _spans(source)
        found: list[Diagnostic] = []
        blocks = [_block(spans[line], each, found) for line, each in self.paragraphs]
        for remark in self.remarks:
            place = (
                Span(Source(self.path)) if remark.line is None else spans[min(remark.line, len(spans) - 1)]
            )
            found.append(warning(remark.code, place, **remark.values))
        counted = (
            *(w for line in lines for w in words_of_paragraph(line)),
            *(w for t in outside for w in words(t)),
        )
        filled = tuple(each for each in blocks if words(plain(each.text)))
        return Document(source, filled, counted, tuple(found), tuple(self.aside))


def _split(paragraph: Paragraph) -> Iterable[Paragraph]:
    """Yield a paragraph, cut before each of its lines that begins with a mark or a bullet of its own."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *rest = scrub(run.text).split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in rest]
    parts = [lines[0]]
    for line in lines[1:]:
        if behind_prefix("".join(run.text for run in line).strip())[0]:
            parts.append(line)
        else:
            parts[-1] += [Run("\n"), *line]
    yield replace(paragraph, runs=parts[0])
    yield from (Paragraph(part) for part in parts[1:])


def _spans(source: Source) -> list[Span]:
    spans, start = [], 0
    for line in source.text.split("\n"):
        spans.append(Span(source, start, start + len(line.rstrip())))
        start += len(line) + 1
    return spans


def _block(span: Span, paragraph: Paragraph, found: list[Diagnostic]) -> Block:
    """Read the mark that a paragraph or its list begins with; a heading has none."""
    runs = list(_linked(paragraph.runs, span, found))
    text = scrub("".join(run.text for run in runs)).replace("\n", " ")
    prefix, rest = behind_prefix(text.lstrip())
    mark = _mark(prefix.groupdict() if prefix else {})
    if prefix:
        number = number_of(prefix[0])
        runs = [Run(f"{number} " if number else ""), *_without(runs, len(text) - len(rest))]
    if mark == "none" and paragraph.bullet:
        sign = behind_prefix(f"{paragraph.bullet} ")[0]
        mark = _mark(sign.groupdict() if sign else {})
    if paragraph.heading and mark == "none":
        return Block("heading", inline_of(unstyled(runs)), span, paragraph.heading, fresh=paragraph.fresh)
    is_item = prefix is not None or paragraph.depth is not None
    kind: Kind = "item" if is_item else "text"
    level = paragraph.depth or 0
    bold = is_bold(runs) and not is_item
    return Block(kind, inline_of(runs), span, level, mark, bold=bold, fresh=paragraph.fresh)


def _shown(bullet: str) -> str:
    """Return a sign of a list as a message shows it: those of picture fonts look like nothing elsewhere."""
    if not bullet:
        return ""
    prefix = behind_prefix(f"{bullet} ")[0]
    mark = _mark(prefix.groupdict() if prefix else {})
    return {"finding": "✓ ", "point": "→ ", "none": "• "}[mark]


def _mark(groups: dict[str, str | None]) -> Mark:
    return "finding" if groups.get("check") else "point" if groups.get("arrow") else "none"


def _without(runs: Sequence[Run], count: int) -> list[Run]:
    """Return the runs without their first `count` characters."""
    left = []
    for run in runs:
        text = scrub(run.text)
        left.append(Run(text[count:], run.bold, run.italic, run.link))
        count = max(0, count - len(text))
    return left


def _linked(runs: Iterable[Run], span: Span, found: list[Diagnostic]) -> Iterable[Run]:
    """Yield the runs, an address that no panel can link to taken away and told."""
    for run in runs:
        if run.link and not is_address(run.link):
            found.append(warning("import-link", span, found=told(run.text), target=told(run.link)))
            yield Run(run.text, run.bold, run.italic)
        else:
            yield run
