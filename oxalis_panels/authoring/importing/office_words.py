"""All text of a Word or LibreOffice document, counted without the readers: what they give is held against it.

Nothing here comes from the rest of the program, and another parser reads the files. What it leaves out, the
guide tells authors: placeholders, field codes, the second form of what Word keeps in two, building blocks,
numbers that lists count, marks of notes, the numbers of charts, and what pictures are said to show.
"""

import io
import posixpath
import zipfile
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

_KINDS = """header footer footnotes endnotes comments chart chartEx chartUserShapes diagramData aFChunk"""
_PARTS = frozenset(_KINDS.split())
_TEXTS = frozenset(["t", "delText", "v", "pt", "mi", "mn", "mo", "mtext", "ms"])
"""Elements whose characters count by themselves; in LibreOffice those of its paragraphs do."""
_PARTED = """v pt mi mn mo mtext ms p h tab ptab br cr tc textpath s line-break note annotation frame"""
_ENDS = frozenset(_PARTED.split())
_UNREAD = """numCache numLit numDim note-citation index-source number forms script creator creator-initials
sender-initials date date-string binary-data desc annotation-xml"""
_LEFT = frozenset(_UNREAD.split())
_DRAWN = frozenset(["frame", "g", "custom-shape", "rect", "ellipse", "line", "path", "polygon", "a"])
_RUNNING = frozenset(["header", "footer", "header-left", "footer-left", "header-first", "footer-first"])
_OFF = frozenset(["0", "false", "off", "none"])


def words_of_docx(data: bytes, main: str, refused: Collection[str]) -> list[str]:
    """Return the texts of a Word document whose text is the part `main`, but for parts `refused`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            (_chunk if kind == "aFChunk" else _text)(archive.read(name))
            for name, kind in _reached(archive, main).items()
            if name not in refused
        ]


def words_of_odt(data: bytes) -> list[str]:
    """Return the texts of a LibreOffice document, of the objects in it, and of its headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if f"/{name}".endswith("/content.xml")]
        bodies = [_text(archive.read(name), frozenset({"p", "h"})) for name in names]
        if "styles.xml" in archive.namelist():
            bodies.append(_text(archive.read("styles.xml"), _RUNNING))
        return bodies


def _reached(archive: zipfile.ZipFile, main: str) -> dict[str, str]:
    """Return the parts with text, each with its kind; the building blocks (glossary) are none."""
    found = {main: "document"}
    waiting = [main]
    while waiting:
        folder, file = posixpath.split(waiting.pop())
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in archive.namelist():
            continue
        for each in ET.fromstring(archive.read(relations)):  # noqa: S314 - no entities: it was checked
            kind = each.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/", folder, unquote(each.get("Target", "")))
            name = posixpath.normpath(target).lstrip("/")
            inner = kind in _PARTS and each.get("TargetMode") != "External"
            if inner and name not in found and name in archive.namelist():
                found[name] = kind
                waiting.append(name)
    return found


def _text(data: bytes, paragraphs: frozenset[str] = frozenset()) -> str:
    """Return the text of a part; all characters in the elements `paragraphs` count."""
    return "".join(_texts(ET.fromstring(data), paragraphs))  # noqa: S314 - as above


def _texts(
    element: ET.Element, paragraphs: frozenset[str], *, counts: bool = False, chart: bool = False
) -> Iterator[str]:
    """Yield the texts in an element, what is parted in it by a line end; `counts` is whether all count."""
    name, values = _local(element.tag), {_local(key): value for key, value in element.items()}
    counts |= name in paragraphs
    chart |= name == "chart"
    if name == "hidden-text" and values.get("is-hidden") == "true":
        yield values.get("string-value", "")
        return
    if name in _LEFT or values.get("showing-place-holder") == "true":
        return
    if chart and name == "table-cell" and values.get("value-type") == "float":
        return
    if name in {"noBreakHyphen", "textpath"}:
        yield values.get("string", "-")
    if counts or name in _TEXTS:
        yield (element.text or "").replace("\n", " ")
    for child in _children(element, name):
        yield from _texts(child, paragraphs, counts=counts, chart=chart)
        if counts:
            yield (child.tail or "").replace("\n", " ")
    if name in _ENDS:
        yield "\n"


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield the elements that count: of two forms the first, no placeholder, no name of a drawing."""
    if name == "AlternateContent":
        yield from [each for each in element if _local(each.tag) in {"Choice", "Fallback"}][:1]
        return
    left = {"title"} if name in _DRAWN else set()
    for each in element.iterfind("*/*") if name == "sdt" else ():
        said = {_local(key): value for key, value in each.items()}.get("val", "1")
        if _local(each.tag) == "showingPlcHdr" and said.lower() not in _OFF:
            left = {"sdtContent"}
    yield from (each for each in element if _local(each.tag) not in left)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _chunk(data: bytes) -> str:
    """Return the text of a file of another form that a Word document is to take in."""
    if data.startswith(b"PK"):
        return _text(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return "".join(_Page(text).found) if "<" in text[:1000] else text


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.left = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - it is the base class's
        self.left = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.left &= tag not in {"script", "style"}

    def handle_data(self, data: str) -> None:
        self.found += [] if self.left else [data]
