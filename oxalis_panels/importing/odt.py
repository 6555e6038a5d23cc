"""A LibreOffice document (.odt) → a document."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.frozen import frozen
from oxalis_panels.importing.gathering import Gathering, Paragraph
from oxalis_panels.importing.odt_styles import Styles, styles_of
from oxalis_panels.importing.odt_words import BLANKS, FRAMES, LEFT, body_lines, flat, lines_of
from oxalis_panels.importing.runs import Run
from oxalis_panels.importing.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.importing.document import Document

_PARAGRAPHS = frozenset({"text:p", "text:h"})
_NO_TEXT = frozenset(
    {
        "office:forms",
        "text:sequence-decls",
        "text:variable-decls",
        "text:user-field-decls",
    }
)


def read_odt(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the text of a package that was found harmless; None, and why, when odfdo cannot read it."""
    import odfdo  # noqa: PLC0415 - a third of a second

    try:
        package = odfdo.Document(io.BytesIO(data))
        walk = _Walk(path, package)
        walk.take(package.body, _List())
        return walk.document()
    except Exception:  # noqa: BLE001 - a broken document breaks odfdo and lxml in any way
        found.append(error("import-damaged", Span(Source(path)), found="odt"))
        return None


@frozen
class _List:
    """Where in lists the walk is."""

    depth: int | None = None
    style: str = ""


@dataclass(slots=True)
class _Content:
    """What a paragraph holds."""

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, Any]] = field(default_factory=list)
    """Code and element of each note and comment."""
    frames: list[Any] = field(default_factory=list)


class _Walk:
    """The way through a document, paragraph by paragraph."""

    def __init__(self, path: str, package: Any) -> None:  # noqa: ANN401 - odfdo's elements differ by tag
        self.gathering = Gathering(path)
        self.package = package
        roots = (package.get_part("styles.xml").root, package.get_part("content.xml").root)
        self.styles: Styles = styles_of(roots)
        self.outside: list[str] = []
        """The texts that are not among the paragraphs of the body."""
        self.fresh = False

    def take(self, element: Any, place: _List) -> None:  # noqa: ANN401 - as above
        """Take in all paragraphs in an element, in order."""
        for child in element.children:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, place)
            elif tag == "text:list":
                style = str(child.get_attribute("text:style-name") or "") or place.style
                self.take(child, _List((-1 if place.depth is None else place.depth) + 1, style))
            elif tag == "table:table":
                found = " ".join(words(" ".join(lines_of(child)))[:6])
                self.gathering.say("import-table", found=found)
                self.take(child, _List())
            elif tag in FRAMES:
                self._frame(child)
            elif tag in LEFT:
                for line in lines_of(child):
                    self._leave(LEFT[tag], line)
            elif tag not in _NO_TEXT:
                self.take(child, place)

    def document(self) -> Document:
        """Return it all, with what stands outside of the text."""
        for text in dict.fromkeys(self._running()):
            self._leave("import-header", text, nowhere=True)
        return self.gathering.document(body_lines(self.package.body), self.outside)

    def _paragraph(self, element: Any, place: _List) -> None:  # noqa: ANN401 - as above
        content = _Content()
        name = str(element.get_attribute("text:style-name") or "")
        chain = list(self.styles.chain(name))
        bold, italic = self.styles.looks(name, bold=False, italic=False)
        self._runs(element, Run("", bold, italic), content)
        for code, note in content.notes:
            for line in lines_of(note):
                self._leave(code, line)
        level = _level(element, name, chain)
        runs = [replace(run, bold=False, italic=False) for run in content.runs] if level else content.runs
        fresh = self.fresh or any(style.page for style in chain[:1])
        depth, sign = self._sign(place, chain)
        self.gathering.add(Paragraph(runs, level, depth, sign, fresh=fresh))
        self.fresh = fresh and not any(run.text.strip() for run in runs)
        for frame in content.frames:
            self._frame(frame)

    def _sign(self, place: _List, chain: list[Any]) -> tuple[int | None, str]:
        """Return the depth of a paragraph in its list, and the sign of the list there."""
        if place.depth is None:
            return None, ""
        named = [place.style, *(style.list_style for style in chain)]
        signs = (self.styles.signs.get((name, place.depth)) for name in named if name)
        return place.depth, next((sign for sign in signs if sign), "")

    def _runs(self, element: Any, look: Run, content: _Content) -> None:  # noqa: ANN401 - as above
        """Gather the runs in an element; each child has its text, and what stands behind it."""
        content.runs.append(replace(look, text=flat(element.text)))
        for child in element.children:
            self._inside(child, look, content)
            content.runs.append(replace(look, text=flat(child.tail)))

    def _inside(self, child: Any, look: Run, content: _Content) -> None:  # noqa: ANN401 - as above
        tag = child.tag
        if tag in BLANKS:
            content.runs.append(replace(look, text=BLANKS[tag]))
        elif tag == "text:note":
            content.notes += [("import-footnote", body) for body in child.get_elements("text:note-body")]
        elif tag == "office:annotation":
            content.notes.append(("import-comment", child))
        elif tag in FRAMES:
            content.frames.append(child)
        else:
            name = str(child.get_attribute("text:style-name") or "")
            bold, italic = self.styles.looks(name, bold=look.bold, italic=look.italic)
            link = str(child.get_attribute("xlink:href") or "") if tag == "text:a" else look.link
            self._runs(child, Run("", bold, italic, link), content)

    def _frame(self, frame: Any) -> None:  # noqa: ANN401 - as above
        """Read the text in a frame; a picture has what its author says that it shows."""
        lines = [line for line in lines_of(frame) if words(line)]
        described = [each.text or "" for each in frame.get_elements("svg:title|svg:desc")]
        if lines:
            self.gathering.say("import-text-box", found=" ".join(words(" ".join(lines))))
            self.take(frame, _List())
        elif frame.get_elements("descendant::draw:image"):
            self.gathering.say("import-picture", found=" ".join(words(" ".join(described))) or "?")

    def _leave(self, code: str, text: str, *, nowhere: bool = False) -> None:
        """Leave a text aside that is not counted among the paragraphs."""
        self.gathering.leave(code, text, outside=True, nowhere=nowhere)
        self.outside.append(text)

    def _running(self) -> Iterator[str]:
        """Yield the texts of headers and footers."""
        root = self.package.get_part("styles.xml").root
        for tag in ("style:header", "style:footer", "style:header-left", "style:footer-left"):
            for element in root.get_elements(f"descendant::{tag}"):
                yield " ".join(lines_of(element))


def _level(element: Any, name: str, chain: list[Any]) -> int:  # noqa: ANN401 - as above
    """Return the level of a heading, the title of the document being the first; 0 for none."""
    if name == "Title" or "Title" in [style.parent for style in chain]:
        return 1
    if element.tag == "text:h":
        level = str(element.get_attribute("text:outline-level") or "1")
        return int(level) + 1 if level.isdigit() else 2
    return next((style.level + 1 for style in chain if style.level), 0)
