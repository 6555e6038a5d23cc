"""All text of a Word or LibreOffice document, counted without the readers: what they give is held against it.

Nothing here comes from the rest of the program, and another parser reads the files. What it leaves out, the
guide tells authors: placeholders, field codes, the second form of what Word keeps in two, building blocks,
numbers that lists count, marks of notes, the numbers of charts, and what pictures are said to show.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def words_of_docx(data: bytes, main: str) -> list[str]:
    """Return the texts of a Word document whose text is the part `main`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _reached(archive, main).items()
        return [(_chunk if kind == "aFChunk" else _text)(archive.read(name)) for name, kind in parts]


def words_of_odt(data: bytes) -> list[str]:
    """Return the texts of a LibreOffice document, of the objects in it, and of its headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in archive.namelist() if name == "content.xml" or name.endswith("/content.xml")
        ]
        bodies = [_text(archive.read(name), paragraphs={"p", "h"}) for name in names]
        if "styles.xml" in archive.namelist():
            bodies.append(_text(archive.read("styles.xml"), paragraphs=_RUNNING))
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
            name = posixpath.normpath(posixpath.join("/", folder, unquote(each.get("Target", "")))).lstrip(
                "/"
            )
            inner = kind in _PARTS and each.get("TargetMode") != "External"
            if inner and name not in found and name in archive.namelist():
                found[name] = kind
                waiting.append(name)
    return found


def _text(data: bytes, paragraphs: set[str] | frozenset[str] = frozenset()) -> str:
    texts = _Texts(paragraphs)
    parser = ET.XMLParser(target=texts)  # noqa: S314 - as above
    parser.feed(data)
    parser.close()
    return "".join(texts.found)


class _Texts:
    """Gathers characters while an XML file is parsed; what is parted in it is parted by a line end."""

    def __init__(self, paragraphs: set[str] | frozenset[str]) -> None:
        self.paragraphs = paragraphs
        """Elements in which all characters count."""
        self.found: list[str] = []
        self.open: list[str] = []
        self.left = 0
        """Elements that are open and left out, the outermost of them included."""
        self.ways: list[bool] = []
        """Of each choice between two forms that is open, whether one was met."""
        self.prompts: list[bool] = []
        """Of each content control that is open, whether it shows a placeholder."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        name = tag.rpartition("}")[2]
        values = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if not self.left:
            self._said(name, values)
        self.left += bool(self.left or self._leaves(name, values))
        self.open.append(name)

    def data(self, text: str) -> None:
        """Take some characters."""
        if not self.left and (self.open[-1] in _TEXTS or not self.paragraphs.isdisjoint(self.open)):
            self.found.append(text.replace("\n", " "))

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        name = self.open.pop()
        self.left -= self.left > 0
        if name in _ENDS:
            self.found.append("\n")
        elif name == "AlternateContent":
            self.ways.pop()
        elif name == "sdt":
            self.prompts.pop()

    def _said(self, name: str, values: Mapping[str, str]) -> None:
        """Take what an attribute says, or an element by itself."""
        if name == "noBreakHyphen":
            self.found.append("-")
        elif name == "textpath":
            self.found.append(values.get("string", ""))
        elif name == "hidden-text" and values.get("is-hidden") == "true":
            self.found.append(values.get("string-value", ""))

    def _leaves(self, name: str, values: Mapping[str, str]) -> bool:
        """Whether an element that begins is left out."""
        if name == "AlternateContent":
            self.ways.append(False)
        elif name == "sdt":
            self.prompts.append(False)
        elif name == "showingPlcHdr" and self.prompts:
            self.prompts[-1] = values.get("val", "1").lower() not in _OFF
        elif name == "sdtContent" and self.prompts:
            return self.prompts[-1]
        elif name in {"Choice", "Fallback"} and self.ways:
            again, self.ways[-1] = self.ways[-1], True
            return again
        elif name == "title":
            return bool(self.open) and self.open[-1] in _DRAWN
        elif name == "table-cell":
            return values.get("value-type") == "float" and "chart" in self.open
        hidden = name == "hidden-text" and values.get("is-hidden") == "true"
        return hidden or name in _LEFT or values.get("showing-place-holder") == "true"


def _chunk(data: bytes) -> str:
    """Return the text of a file of another form that a Word document is to take in, if it can be read."""
    if data.startswith(b"PK"):
        try:
            return _text(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        except (zipfile.BadZipFile, zlib.error, KeyError, ET.ParseError, OSError, ValueError, RuntimeError):
            return ""
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")) or b"MIME-Version:" in data[:2000]:
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return _Page(text).text() if "<" in text[:1000] else text


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.left = 0
        self.feed(text)
        self.close()

    def text(self) -> str:
        """Return what the page shows."""
        return "".join(self.found)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - it is the base class's
        self.left += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.left -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if self.left <= 0:
            self.found.append(data)
