"""A LibreOffice document (.odt) → a document."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.gathering import Paragraph
from oxalis_panels.authoring.importing.lists import Level, Numbering, Place
from oxalis_panels.authoring.importing.odt_styles import DEEPEST, Style, Styles
from oxalis_panels.authoring.importing.office_words import words_of_odt
from oxalis_panels.authoring.importing.packages import (
    CONTENT,
    Element,
    Package,
    find,
    full,
    get,
    name_of,
    whole,
)
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.authoring.importing.walking import Walk
from oxalis_panels.model.value import value
from oxalis_panels.reading.symbols import pictured

_PARAGRAPHS = frozenset({"text:p", "text:h"})
_SHAPES = """frame g text-box custom-shape rect circle ellipse line polyline polygon path connector caption"""
_FRAMES = frozenset(f"draw:{name}" for name in _SHAPES.split())
_INDEXES = """table-of-content alphabetical-index illustration-index table-index object-index user-index"""
_LEFT = {f"text:{name}": "import-left-out.contents" for name in _INDEXES.split()}
_LEFT["text:tracked-changes"] = "import-left-out.deleted"
"""What is left aside as a whole, and what is said of it."""
_UNREAD = """office:forms office:binary-data svg:title svg:desc text:number text:note-citation text:script
text:sequence-decls text:variable-decls text:user-field-decls"""
_NO_TEXT = frozenset(_UNREAD.split())
_LISTS = frozenset({"text:list", "text:list-item", "text:list-header", "text:numbered-paragraph"})
_BLANKS = {"text:tab": "\t", "text:line-break": "\n"}
_RUNNING = tuple(f"style:{kind}{pages}" for pages in ("", "-left", "-first") for kind in ("header", "footer"))
_BOX = "vnd.oasis.opendocument.field.FORMCHECKBOX"
_FORMULA = ("math:mi", "math:mn", "math:mo", "math:mtext", "math:ms")
_MOST_BLANKS = 40
_FURTHER = 18.0
"""Points by which the text of an item stands behind its bullet."""


def read_odt(path: str, data: bytes, package: Package) -> Document:
    """Return the text of a harmless package that holds a LibreOffice document."""
    walk = _Walk(path, package)
    walk.take(find(package.xml(CONTENT), "office:body"))
    return walk.document(words_of_odt(data))


@value
class _List:
    """Where in lists the walk is."""

    depth: int | None = None
    style: str = ""
    identity: str = ""
    """What its items are counted with."""


@dataclass(slots=True)
class _Content:
    """What a paragraph holds."""

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    """Code and element of each note and comment."""
    frames: list[tuple[Element, str]] = field(default_factory=list)
    """Each with why it is not live."""


class _Walk(Walk):
    def __init__(self, path: str, package: Package) -> None:
        super().__init__(path)
        self.package = package
        self.running = package.xml("styles.xml")
        self.styles = Styles((self.running, package.xml(CONTENT)))
        self.numbering = Numbering()
        self.objects = [name for name in package.names if name.endswith("/content.xml")]
        """The parts that hold charts, formulas or documents of their own, and were not read yet."""
        self.place = _List()
        self.counted = False
        self.start: int | None = None

    def take(self, element: Element) -> None:
        for child in element if element is not None else ():
            name = name_of(child)
            if name in _PARAGRAPHS:
                self._paragraph(child, self.place)
            elif name in _LISTS:
                self._list(child, name)
            elif name == "table:table":
                self._at(_List(), self.take_table, child)
            elif name in _FRAMES:
                self._picture(child)
                self._at(_List(), self.take_box, child, "")
            elif name in _LEFT:
                for line in self.lines(child, leaving=True):
                    self.gathering.leave(_LEFT[name], line, alone=True)
            elif name not in _NO_TEXT:
                (self.take_row if name == "table:table-row" else self.within)(child, _hidden(child))

    def document(self, counted: list[str]) -> Document:
        """Return it all, with what stands outside of the text."""
        for name in [*self.objects]:
            self._object(name, nowhere=True)
        if self.running is not None:
            self.leave_running(self.running.iter(*map(full, _RUNNING)))
        return self.gathering.document(counted)

    def _at(self, place: _List, take: Callable[..., None], *taken: object) -> None:
        """Take something in at another place."""
        before, self.place = self.place, place
        take(*taken)
        self.place = before

    def _list(self, element: Element, name: str) -> None:
        """Read a list or an item; a list that nothing joins to those before it counts from the beginning."""
        place = self.place
        style = get(element, "text:style-name") or place.style
        if name in {"text:list-item", "text:list-header"}:
            self.counted = name == "text:list-header"
            self.start = whole(element, "text:start-value", None)
            self.take(element)
            return
        if name == "text:numbered-paragraph":
            self.counted, self.start = False, None
            depth = _depth(element, "text:level") - 1
            self._at(_List(depth, style, get(element, "text:list-id") or style), self.take, element)
            return
        depth = (-1 if place.depth is None else place.depth) + 1
        identity = place.identity or style
        if not (get(element, "text:continue-numbering") == "true" or get(element, "text:continue-list")):
            counts = self.numbering.counts[identity]
            for below in [each for each in counts if each >= depth]:
                del counts[below]
        self._at(_List(depth, style, identity), self.take, element)

    def _paragraph(self, element: Element, lists: _List) -> None:
        name = get(element, "text:style-name")
        chain = self.styles.chain(name)
        content = self._read(element, self.gone)
        runs = content.runs
        notes = [(code, " ".join(self.lines(note, leaving=True))) for code, note in content.notes]
        level = _level(element, name, chain)
        for frame, _ in content.frames:
            self._picture(frame)
        place = self._place(element, lists, chain, level)
        fresh = self.fresh or any(style.page for style in chain[:1])
        self.gathering.add(Paragraph(runs, level, place, fresh, self.row, notes))
        self.fresh = fresh and not any(run.text.strip() for run in runs)
        for frame, gone in content.frames:
            self._at(_List(), self.take_box, frame, gone)

    def _place(self, element: Element, lists: _List, chain: list[Style], level: int) -> Place:
        """Count a paragraph in its list, or a heading among the others, and return its place there."""
        left = next((style.left for style in chain if style.left is not None), None)
        first = next((style.first for style in chain if style.first is not None), 0.0)
        own = self.styles.list_style(chain)
        depth = lists.depth
        if depth is None and chain and level > 1 and own != "" and name_of(element) == "text:h":
            if get(element, "text:is-list-header") == "true":
                return Place()
            levels = self.styles.lists.get(own or "", self.styles.outline)
            restarts = get(element, "text:restart-numbering") == "true"
            anew = whole(element, "text:start-value", None) if restarts else None
            number = self.numbering.next(own or "outline", level - 2, levels, anew)
            return Place(number=number.strip())
        named = (each for each in (lists.style, own or "") if each in self.styles.lists)
        levels = self.styles.lists.get(next(named, ""), {}) if depth is not None else {}
        there = levels.get(depth or 0, Level())
        indent = there.indent if there.indent is not None else (left or 0.0) + first
        if depth is None:
            return Place(indent=indent)
        if self.counted:  # only the first paragraph of an item has its number; the others go on with it
            return Place(indent=indent + _FURTHER)
        number = self.numbering.next(lists.identity, depth, levels, self.start).strip()
        self.counted, self.start = True, None
        return Place(depth, there.sign, number, indent)

    def _read(self, element: Element, gone: str) -> _Content:
        """Return what a paragraph holds; `gone` is why none of it is live."""
        if any(get(each, "text:is-hidden") == "true" for each in element.iter(full("text:hidden-paragraph"))):
            gone = gone or "import-left-out.hidden"
        look, font = self.styles.look(get(element, "text:style-name"), Run(""), "", everywhere=True)
        content = _Content()
        self._runs(element, look, font, content)
        if gone:
            content.runs = [run._replace(gone=gone) for run in content.runs]
            content.frames = [(frame, gone) for frame, _ in content.frames]
        return content

    def _runs(self, element: Element, look: Run, font: str, content: _Content) -> None:
        """Gather the runs in an element; each child has its text, and what stands behind it."""

        def read(text: str | None) -> None:
            flat = (text or "").replace("\n", " ")  # a line end in the file is a blank
            shown = pictured(flat, font, self.gathering.dropped, self.gathering.added)
            content.runs += [look._replace(text=shown)] if shown else []

        read(element.text)
        for child in element:
            self._inside(child, look, font, content)
            read(child.tail)

    def _inside(self, child: Element, look: Run, font: str, content: _Content) -> None:
        name = name_of(child)
        if name == "text:s":
            count = whole(child, "text:c", 1) or 1
            content.runs.append(look._replace(text=" " * min(count, _MOST_BLANKS)))
        elif name in _BLANKS:
            content.runs.append(look._replace(text=_BLANKS[name]))
        elif name == "text:note":
            content.notes += [
                ("import-left-out.footnote", body) for body in child.iter(full("text:note-body"))
            ]
        elif name == "office:annotation":
            content.notes.append(("import-left-out.comment", child))
        elif name in _FRAMES or name == "draw:control":
            content.frames.append((child, look.gone))
        elif name == "text:hidden-text" and get(child, "text:is-hidden") == "true":
            hidden = look._replace(gone=look.gone or "import-left-out.hidden")
            content.runs.append(hidden._replace(text=get(child, "text:string-value")))
        elif name in {"field:fieldmark", "field:fieldmark-start"} and get(child, "field:type") == _BOX:
            params = {get(each, "field:name"): get(each, "field:value") for each in child}
            ticked = params.get("Checkbox_Checked", "false") == "true"
            content.runs.append(look._replace(text="☒" if ticked else "☐"))
        elif name == "loext:content-control":
            self._control(child, look, font, content)
        elif name and name not in _NO_TEXT:
            around = look._replace(link=get(child, "xlink:href")) if name == "text:a" else look
            around, inner = self.styles.look(get(child, "text:style-name"), around, font)
            self._runs(child, around, inner, content)

    def _control(self, child: Element, look: Run, font: str, content: _Content) -> None:
        """Read a content control: its placeholder is no text, a box says by itself whether it is ticked."""
        start = len(content.runs)
        if get(child, "loext:showing-place-holder") != "true":
            self._runs(child, look, font, content)
        if get(child, "loext:checkbox") == "true":
            self.gathering.dropped += [run.text for run in content.runs[start:]]
            ticked = get(child, "loext:checked") == "true"
            content.runs[start:] = [look._replace(text="☒" if ticked else "☐")]

    def _picture(self, frame: Element) -> None:
        """Leave aside the text of an object in a frame, or say what a picture is said to show."""
        parts = [posixpath.normpath(get(each, "xlink:href")) for each in frame.findall(full("draw:object"))]
        shown = [f"{part}/{CONTENT}" for part in parts if f"{part}/{CONTENT}" in self.objects]
        if not shown and find(frame, "draw:image") is not None:
            described = [each.text or "" for each in frame if name_of(each) in {"svg:title", "svg:desc"}]
            self.say_picture(described)
        for name in shown:
            self._object(name)

    def _object(self, name: str, *, nowhere: bool = False) -> None:
        """Leave aside the text of a chart, a formula or a document in the document."""
        self.objects.remove(name)
        root = self.package.xml(name)
        if name_of(root) == "math:math":
            lines = [" ".join(each.text or "" for each in root.iter(*map(full, _FORMULA)))]
        else:
            lines = list(self.lines(root, leaving=True))
        self.gathering.leave("import-left-out.object", ", ".join(lines), nowhere=nowhere)

    def lines(self, element: Element, *, leaving: bool = False) -> Iterator[str]:
        for paragraph in _paragraphs(element):
            added, dropped = len(self.gathering.added), len(self.gathering.dropped)
            content = self._read(paragraph, "")
            if not leaving:
                del self.gathering.added[added:], self.gathering.dropped[dropped:]
            yield "".join(run.text for run in content.runs)
            for inner in (*(frame for frame, _ in content.frames), *(note for _, note in content.notes)):
                yield from self.lines(inner, leaving=leaving)


def _paragraphs(element: Element, *, chart: bool = False) -> Iterator[Element]:
    """Yield the paragraphs in an element, none of those in another; the numbers of a chart are none."""
    for child in element:
        name = name_of(child)
        if name in _PARAGRAPHS:
            yield child
        elif name not in _NO_TEXT and not (chart and get(child, "office:value-type") == "float"):
            yield from _paragraphs(child, chart=chart or name == "office:chart")


def _hidden(element: Element) -> str:
    """Return why a section or the row of a table is not shown."""
    display = get(element, "text:display")
    section = display == "none" or (display == "condition" and get(element, "text:is-hidden") == "true")
    return (
        "import-left-out.hidden"
        if section or get(element, "table:visibility") in {"collapse", "filter"}
        else ""
    )


def _level(element: Element, name: str, chain: list[Style]) -> int:
    """Return the level of a heading, the title of the document being the first; 0 for none."""
    if name == "Title" or "Title" in [style.parent for style in chain]:
        return 1
    if name_of(element) == "text:h":
        return _depth(element, "text:outline-level") + 1
    return next((style.level + 1 for style in chain if style.level), 0)


def _depth(element: Element, name: str) -> int:
    depth: int = whole(element, name, 1)
    return min(max(depth, 1), DEEPEST)
