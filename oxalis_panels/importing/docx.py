"""A Word document (.docx) → a document."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.importing.docx_lists import VAL, Lists, W
from oxalis_panels.importing.docx_runs import Content, Reader
from oxalis_panels.importing.docx_words import lines_of
from oxalis_panels.importing.gathering import Gathering, Paragraph
from oxalis_panels.importing.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.importing.document import Document
    from oxalis_panels.importing.xml import Element

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc( heading| \d|$)", re.IGNORECASE)
_NOTES = {"footnotes": "import-footnote", "endnotes": "import-footnote", "comments": "import-comment"}


def read_docx(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the text of a harmless package; None, and why, when python-docx cannot read it."""
    import docx  # noqa: PLC0415 - a third of a second

    try:
        package = docx.Document(io.BytesIO(data))
        walk = _Walk(path, package)
        walk.take(package.element.body)
        return walk.document()
    except Exception:  # noqa: BLE001 - a broken document breaks python-docx and lxml in any way
        found.append(error("import-damaged", Span(Source(path)), found="docx"))
        return None


class _Walk:
    """The way through a document, paragraph by paragraph."""

    def __init__(self, path: str, package: Any) -> None:  # noqa: ANN401 - lxml has no types
        self.gathering = Gathering(path)
        self.package = package
        self.parts = _parts(package)
        styles = {style.get(f"{W}styleId"): style for style in package.styles.element.findall(f"{W}style")}
        self.lists = Lists(_root(self.parts.get("numbering")), styles)
        relations = package.part.rels.items()
        self.links = {name: each.target_ref for name, each in relations if each.is_external}
        self.notes = {kind: _notes(self.parts.get(kind)) for kind in _NOTES}
        self.outside: list[str] = []
        """The texts of notes, comments, headers and footers."""
        self.fresh = False

    def take(self, element: Element) -> None:
        """Take in all paragraphs in an element, in order."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                text = " ".join(lines_of(child))
                self.gathering.say("import-table", found=" ".join(words(text)[:6]))
                self.take(child)
            elif isinstance(child.tag, str):
                self.take(child)

    def document(self) -> Document:
        """Return it all, with what stands outside of the text."""
        for kind, code in _NOTES.items():
            for text in self.notes[kind].values():
                self._leave(code, text, nowhere=True)
        for text in dict.fromkeys(_running(self.package)):
            self._leave("import-header", text, nowhere=True)
        return self.gathering.document(lines_of(self.package.element.body), self.outside)

    def _paragraph(self, paragraph: Element) -> None:
        reader = Reader(self.links, self._styled)
        reader.read(paragraph)
        content = reader.content
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        chain = self.lists.chain(style.get(VAL) if style is not None else None)
        text = "".join(run.text for run in content.runs)
        if any(_CONTENTS.match(_name(each)) for each in chain[:1]):
            self.gathering.leave("import-contents", text)
        else:
            self._say(content)
            depth, sign = self.lists.place(paragraph) or (None, "")
            fresh = self.fresh or paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
            self.gathering.add(Paragraph(content.runs, _level(paragraph, chain), depth, sign, fresh=fresh))
            self.fresh = False if text.strip() else fresh
        self.fresh |= content.breaks_page or paragraph.find(f"{W}pPr/{W}sectPr") is not None
        for box in content.boxes:
            found = " ".join(words(" ".join(lines_of(box))))
            if found:
                self.gathering.say("import-text-box", found=found)
            self.take(box)

    def _say(self, content: Content) -> None:
        """Say what of a paragraph no panel holds."""
        self.gathering.leave("import-deleted", content.deleted)
        for alternative in content.pictures:
            self.gathering.say("import-picture", found=" ".join(words(alternative)) or "?")
        for kind, identifier in content.notes:
            self._note(kind, identifier)

    def _note(self, kind: str, identifier: str) -> None:
        self._leave(_NOTES[kind], self.notes[kind].pop(identifier, ""))

    def _leave(self, code: str, text: str, *, nowhere: bool = False) -> None:
        """Leave a text aside that is not in the body."""
        self.gathering.leave(code, text, outside=True, nowhere=nowhere)
        self.outside.append(text)

    def _styled(self, style: str, what: str) -> bool:
        return any(each.find(f"{W}rPr/{W}{what}") is not None for each in self.lists.chain(style))


def _level(paragraph: Element, chain: list[Element]) -> int:
    """Return the level of a heading, the title of the document being the first; 0 for none."""
    for style in chain:
        name = _name(style)
        heading = _HEADING.fullmatch(name)
        if heading or name.lower() == "title":
            return int(heading[1]) + 1 if heading else 1
    for element in (paragraph, *chain):
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        value = (outline.get(VAL) or "9") if outline is not None else "9"
        if value in set("012345678"):
            return int(value) + 2
    return 0


def _name(style: Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(VAL) or "") if name is not None else ""


def _parts(package: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return the parts beside the text by the last word of their relationship."""
    relations = (each for each in package.part.rels.values() if not each.is_external)
    return {each.reltype.rpartition("/")[2]: each.target_part for each in relations}


def _root(part: Any) -> Any:  # noqa: ANN401 - as above
    from docx.oxml import parse_xml  # noqa: PLC0415 - as above

    if part is None:
        return None
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _notes(part: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    """Return the text of each note or comment by its identifier; the rule above notes is none."""
    root = _root(part)
    notes = [each for each in root if each.get(f"{W}type") is None] if root is not None else []
    return {each.get(f"{W}id") or "": " ".join(lines_of(each)) for each in notes}


def _running(package: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield the texts of headers and footers."""
    for each in package.part.rels.values():
        if not each.is_external and each.reltype.rpartition("/")[2] in {"header", "footer"}:
            yield " ".join(lines_of(_root(each.target_part)))
