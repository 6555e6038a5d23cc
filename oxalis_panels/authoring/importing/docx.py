"""A Word document (.docx) → a document.

Text that no paragraph holds (in diagrams, charts, drawn letters, files to be taken in) is left aside.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.docx_runs import Reader, chosen, is_placeholder
from oxalis_panels.authoring.importing.docx_styles import Styles, is_on, name_of_style
from oxalis_panels.authoring.importing.gathering import Gathering, Paragraph, TooLongError
from oxalis_panels.authoring.importing.office_words import words_of_docx
from oxalis_panels.authoring.importing.packages import (
    BROKEN,
    WORD,
    Element,
    Package,
    find,
    full,
    get,
    name_of,
)
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.authoring.importing.walking import Walk

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc( heading| \d|$)", re.IGNORECASE)
_NOTES = {
    "footnotes": "import-left-out.footnote",
    "endnotes": "import-left-out.footnote",
    "comments": "import-left-out.comment",
}
_RUNNING = frozenset({"header", "footer"})
_DRAWN = frozenset({"diagramData", "chart", "chartEx", "chartUserShapes"})
"""Kinds of parts whose text a picture shows."""
LARGEST = 5_000_000
"""Bytes of a file that a document is to take in."""
_WHOLE = frozenset({"w:p", "w:txbxContent"})
"""What is read by itself where it is met."""
_NUMBERS = frozenset({"c:numCache", "c:numLit", "cx:numDim"})
_LABELS = frozenset({"c:v", "cx:v", "cx:pt"})
_MARKUP = re.compile(
    r"""<(?P<hidden>script|style)\b[^<>]*>.*?</(?P=hidden)\s*> | <!--(?!-?>)(?:(?!--).)*--> | <\?[^<>]*>
    | <!(?:doctype|\[(?:end)?if)\b[^<>]*> | </(?P<end>[a-z][\w:.-]*)\s*>
    | <(?!script\b|style\b)(?P<tag>[a-z][\w:.-]*)
      (?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*\s*/?>
    | (?P<sign><(?![a-z/!?]))""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""What a page may hold beside text; with any other `<` it is broken, and means nothing certain."""
_WITHIN_LINES = frozenset(
    {"a", "b", "em", "font", "i", "o:p", "s", "small", "span", "strong", "sub", "sup", "u"}
)


def read_docx(path: str, data: bytes, package: Package, main: str) -> Document:
    """Return the text of a harmless package whose part `main` is a Word document."""
    walk = _Walk(path, package, main)
    walk.take(find(package.xml(main), "w:body"))
    return walk.document(data)


class _Walk(Walk):
    def __init__(self, path: str, package: Package, main: str) -> None:
        super().__init__(path)
        self.package, self.main = package, main
        self.relations = package.relations(main)
        self.parts = dict(_parts(package, main, {main}))
        self.styles = Styles(*(self._of_kind(kind) for kind in ("styles", "numbering")))
        self.reader = Reader(self.styles, self.relations, self.gathering)
        self.notes = {kind: self._notes(self._of_kind(kind)) for kind in _NOTES}
        self.joined: list[Run] = []
        """The runs of paragraphs whose end is hidden or deleted: the next one goes on with them."""
        self.noted: list[tuple[str, str]] = []
        """The notes that these refer to, as paragraphs have them."""
        self.used = {main}
        """The parts that were read where they belong."""
        self.refused: list[str] = []
        """The parts that cannot be read."""
        self.table = ""

    def take(self, element: Element) -> None:
        for child in chosen(element) if element is not None else ():
            name = name_of(child)
            if name == "w:p":
                self._paragraph(child)
            elif name == "w:tbl":
                self._table(child)
            elif name == "w:tr":
                self.take_row(child, _gone_row(child))
            elif name in {"w:del", "w:moveFrom"}:
                self.within(child, "import-left-out.deleted")
            elif name == "w:altChunk":
                self._chunk(self._target(child))
            elif name == "w:sdt":
                self._control(child)
            elif name and not name.endswith("Pr"):
                self.take(child)

    def document(self, data: bytes) -> Document:
        """Return it all, with what stands outside of the text."""
        if self.joined or self.noted:
            self.gathering.add(Paragraph(self.joined, notes=self.noted))
        for kind, code in _NOTES.items():
            for text in self.notes[kind].values():
                self.gathering.leave(code, text, nowhere=True)
        self.leave_running(self.package.xml(each) for each, kind in self.parts.items() if kind in _RUNNING)
        for part in self.parts:  # what no place in the text refers to
            self._chunk(part, nowhere=True)
            self.gathering.leave("import-left-out.object", ", ".join(self._drawn(part)), nowhere=True)
        return self.gathering.document(words_of_docx(data, self.main, self.refused))

    def _target(self, element: Element) -> str:
        relation = self.relations.get(get(element, "r:id"))
        return relation.target if relation else ""

    def _table(self, table: Element) -> None:
        before = self.table
        self.table = get(find(table, "w:tblPr/w:tblStyle"), "w:val")
        self.take_table(table)
        self.table = before

    def _control(self, control: Element) -> None:
        gallery = get(find(control, "w:sdtPr/w:docPartObj/w:docPartGallery"), "w:val")
        if gallery == "Table of Contents":
            for line in self.lines(control, leaving=True):
                self.gathering.leave("import-left-out.contents", line, alone=True)
        elif not is_placeholder(control):
            self.take(control)

    def _paragraph(self, paragraph: Element) -> None:
        content = self.reader.read(paragraph, self.gone, self.table)
        chain = self.styles.of_paragraph(paragraph)
        runs = content.runs
        if any(_CONTENTS.match(name_of_style(each)) for each in chain[:1]):
            self.gathering.leave("import-left-out.contents", "".join(run.text for run in runs), alone=True)
        else:
            for picture, _ in content.pictures:
                self._picture(picture)
            self.joined += runs
            self.noted += [(_NOTES[kind], self.notes[kind].pop(each, "")) for kind, each in content.notes]
            if not (_goes_on(paragraph) and any(run.text.strip() and not run.gone for run in runs)):
                self._add(paragraph, _level(paragraph, chain))
        self.fresh |= content.breaks_page or find(paragraph, "w:pPr/w:sectPr") is not None
        for picture, gone in content.pictures:
            for box in _boxes(picture):
                self.take_box(box, gone)

    def _add(self, paragraph: Element, level: int) -> None:
        fresh = self.fresh or is_on(find(paragraph, "w:pPr/w:pageBreakBefore"))
        place = self.styles.place(paragraph)
        self.gathering.add(Paragraph(self.joined, level, place, fresh, self.row, self.noted))
        self.fresh = fresh and not any(run.text.strip() for run in self.joined)
        self.joined, self.noted = [], []

    def _picture(self, element: Element) -> None:
        """Leave aside what a picture holds: a diagram, drawn letters; or say its description."""
        parts = [self.relations[each].target for each in _references(element) if each in self.relations]
        lines = [line for part in parts for line in self._drawn(part)] + drawn_lines(element)
        self.gathering.leave("import-left-out.object", ", ".join(lines))
        if not (lines or _boxes(element)):
            names = (each.get("descr") for each in inside(element) if name_of(each) == "wp:docPr")
            self.say_picture([next(names, None) or ""])

    def _drawn(self, part: str) -> list[str]:
        """Return the text of a diagram or a chart that has a part of its own; nothing of other parts."""
        if part in self.used or self.parts.get(part) not in _DRAWN:
            return []
        self.used.add(part)
        return drawn_lines(self.package.xml(part))

    def _chunk(self, part: str, *, nowhere: bool = False) -> None:
        """Leave aside a file that Word was to take in when it next opened the document."""
        if self.parts.get(part) == "aFChunk" and part not in self.used:
            self.used.add(part)
            text = chunk_text(self.package.read(part))
            self.gathering.leave("import-left-out.object", text or "", alone=True, nowhere=nowhere)
            if text is None:
                self.refused.append(part)
                self.gathering.say("import-unread", nowhere=nowhere, found=part)

    def lines(self, element: Element, *, leaving: bool = False) -> Iterator[str]:
        for paragraph in (each for each in inside(element) if name_of(each) == "w:p"):
            gathering = self.gathering if leaving else Gathering("")
            content = Reader(self.styles, {}, gathering).read(paragraph)
            yield "".join(run.text for run in content.runs)
            for picture, _ in content.pictures:
                yield from drawn_lines(picture)
                for box in _boxes(picture):
                    yield from self.lines(box, leaving=leaving)

    def _of_kind(self, kind: str) -> Element:
        return next((self.package.xml(part) for part, each in self.parts.items() if each == kind), None)

    def _notes(self, part: Element) -> dict[str, str]:
        """Return the text of each note or comment by its identifier."""
        found: dict[str, str] = {}
        for each in part if part is not None else ():
            text = " ".join(self.lines(each, leaving=True))
            found[get(each, "w:id")] = f"{found.get(get(each, 'w:id'), '')} {text}".strip()
        return found


def _parts(package: Package, name: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts that a part leads to, and those that they lead to, each with its kind."""
    for each in package.relations(name).values():
        if not each.external and each.target not in known and each.target in package.names:
            known.add(each.target)
            yield each.target, each.kind
            if each.kind in _RUNNING | _DRAWN or each.kind in _NOTES:
                yield from _parts(package, each.target, known)


def _level(paragraph: Element, chain: list[Element]) -> int:
    """Return the level of a heading, the title of the document being the first; 0 for none."""
    for style in chain:
        name = name_of_style(style)
        heading = _HEADING.fullmatch(name)
        if heading or name.lower() == "title":
            return int(heading[1]) + 1 if heading else 1
    for element in (paragraph, *chain):
        value = get(find(element, "w:pPr/w:outlineLvl"), "w:val") or "9"
        if value in set("012345678"):
            return int(value) + 2
    return 0


def _goes_on(paragraph: Element) -> bool:
    """Whether the end of a paragraph is hidden or deleted; a style separator parts a heading from text."""
    mark = find(paragraph, "w:pPr/w:rPr")
    said = {name_of(each) for each in (mark if mark is not None else ()) if is_on(each)}
    return bool(said & {"w:vanish", "w:del", "w:moveFrom"}) and "w:specVanish" not in said


def _gone_row(row: Element) -> str:
    deleted, hidden = (is_on(find(row, f"w:trPr/w:{name}")) for name in ("del", "hidden"))
    return "import-left-out.deleted" if deleted else "import-left-out.hidden" if hidden else ""


def _boxes(element: Element) -> list[Element]:
    return [each for each in inside(element) if name_of(each) == "w:txbxContent"]


def _references(element: Element) -> Iterator[str]:
    """Yield the identifiers of the parts that a picture refers to."""
    for each in inside(element):
        yield from (value for name, value in each.attrib.items() if name.startswith(full("r:")))


def inside(element: Element) -> Iterator[Element]:
    """Yield the elements in an element, each once, in order; none of those in a paragraph or a box."""
    for child in chosen(element):
        yield child
        if name_of(child) not in _WHOLE and not is_placeholder(child):
            yield from inside(child)


def drawn_lines(element: Element) -> list[str]:
    """Return the letters in a diagram, a chart or a drawing, a line for each paragraph or label."""
    lines: list[str] = []
    for child in chosen(element):
        name = name_of(child)
        if name == "a:p":
            lines.append("".join(each.text or "" for each in child.iter(full("a:t"))))
        elif name in _LABELS:
            lines.append(child.text or "")
        elif name == "v:textpath":
            lines.append(child.get("string") or "")
        elif name not in _NUMBERS and name not in _WHOLE:
            lines += drawn_lines(child)
    return [line for line in lines if line.strip()]


def chunk_text(data: bytes) -> str | None:
    """Return the text of a file of another form (HTML, Word, plain text); None where nobody can."""
    if len(data) > LARGEST:
        raise TooLongError
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                root = Package(archive).xml(WORD)
        except BROKEN:
            return None
        runs = root.iter(*map(full, ("w:p", "w:t", "w:delText"))) if root is not None else ()
        return "".join("\n" if name_of(each) == "w:p" else each.text or "" for each in runs)
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")) or b"MIME-Version:" in data[:2000]:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "<" not in text[:1000]:
        return text
    pieces: list[str] = []
    place = 0
    while (start := text.find("<", place)) >= 0:
        match = _MARKUP.match(text, start)
        if match is None:
            return None
        name = (match["tag"] or match["end"] or "").lower()
        parted = "\n" if name and name not in _WITHIN_LINES else match["sign"] or ""
        pieces += [unescape(text[place:start]), parted]
        place = match.end()
    return "".join([*pieces, unescape(text[place:])])
