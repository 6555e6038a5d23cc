"""A zip archive → the parts of the Word or LibreOffice document in it, once it is known to be harmless."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError

from lxml import etree

from oxalis_panels.authoring.importing.gathering import TooLongError
from oxalis_panels.model.value import value

T = TypeVar("T")
Element: TypeAlias = Any
"""An element of lxml, which has no types."""
LARGEST = 200_000_000
"""Bytes of all parts of a document together, unpacked."""
LARGEST_XML = 30_000_000
"""Bytes of all parts that are parsed."""
MOST_MARKUP = 2_000_000
"""Elements (counted twice: they end) and attributes of these parts: a parsed one takes some 200 bytes."""
MOST_PARTS = 10_000
FURTHEST = 20
"""Styles that a style may be based on, one behind the other."""
WORD = "word/document.xml"
"""The text of a Word document, where the package does not say which part it is."""
CONTENT = "content.xml"
"""The text of a LibreOffice document."""
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""Word's “Strict Open XML” differs from the usual form by the names of its namespaces."""
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = "http://schemas.openxmlformats.org/"
NAMESPACES = {
    "w": f"{_OPEN}wordprocessingml/2006/main",
    "r": f"{_OPEN}officeDocument/2006/relationships",
    "m": f"{_OPEN}officeDocument/2006/math",
    "a": f"{_OPEN}drawingml/2006/main",
    "c": f"{_OPEN}drawingml/2006/chart",
    "wp": f"{_OPEN}drawingml/2006/wordprocessingDrawing",
    "mc": f"{_OPEN}markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "v": "urn:schemas-microsoft-com:vml",
    "math": "http://www.w3.org/1998/Math/MathML",
    "xlink": "http://www.w3.org/1999/xlink",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
} | {name: f"{_ODF}{name}:1.0" for name in ("office", "text", "style", "table", "form", "chart")}
NAMESPACES["draw"] = f"{_ODF}drawing:1.0"
_PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()}


def full(name: str) -> str:
    """Return a name as lxml writes it: `w:p` → `{http://…/main}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def name_of(element: Element) -> str:
    """Return the name of an element with the prefix that this program uses; empty for a comment."""
    if not isinstance(element.tag, str):
        return ""
    address, _, local = element.tag.rpartition("}")
    return f"{_PREFIXES.get(address[1:], '')}:{local}"


def get(element: Element, name: str) -> str:
    """Return the value of an attribute; empty where there is none."""
    return element.get(full(name)) or "" if element is not None else ""


def find(element: Element, path: str) -> Element:
    """Return the first element on a path of names; None where there is none."""
    return None if element is None else element.find(path, NAMESPACES)


def whole(element: Element, name: str, default: int | None = 0) -> Any:  # noqa: ANN401 - an int, or the default
    """Return a whole number in an attribute of an element that may not be there."""
    value = get(element, name)
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else default


def based(name: str, styles: Mapping[str, T], parent: Callable[[T], str]) -> list[T]:
    """Return a style and those that it is based on; there may be a circle of them."""
    found: list[T] = []
    while name in styles and len(found) < FURTHEST:
        found.append(styles[name])
        name = parent(found[-1])
    return found


@value
class Relation:
    """Where a part of a Word document leads."""

    kind: str
    """The last word of its type."""
    target: str
    """The name of a part, or an address."""
    external: bool


class DamagedError(ValueError):
    """A part of a document that cannot be read: its name."""


BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    ParseError,
)
"""What zipfile and the parsers say of a damaged file, the depth of its elements included.

NotImplementedError is zipfile's for a compression that it does not know, RuntimeError for an encrypted part.
"""


class Package:
    """The parts of a document, unpacked and parsed when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Nothing is read yet."""
        self.archive = archive
        self.names = dict.fromkeys(archive.namelist())
        self._parsed: dict[str, Element] = {}
        self._bytes = self._markup = 0

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; none where there is no such part."""
        try:
            return self.archive.read(name) if name in self.names else b""
        except BROKEN as broken:
            raise DamagedError(name) from broken

    def xml(self, name: str) -> Element:
        """Return the root of a part; None where there is no such part."""
        if name not in self._parsed and name in self.names:
            data = self.read(name)
            self._bytes += len(data)
            self._markup += data.count(b"<") + data.count(b"=")
            if self._bytes > LARGEST_XML or self._markup > MOST_MARKUP:
                raise TooLongError
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            try:
                root = etree.fromstring(data, parser)
            except (etree.XMLSyntaxError, ValueError) as broken:
                raise DamagedError(name) from broken
            if root.getroottree().docinfo.doctype:
                raise DamagedError(name)
            self._parsed[name] = root
        return self._parsed.get(name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return where a part of a Word document leads, by identifier; the whole document is the part ``."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for each in root if root is not None else ():
            external = each.get("TargetMode") == "External"
            target = each.get("Target") or ""
            part = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = (each.get("Type") or "").rpartition("/")[2]
            found[each.get("Id") or ""] = Relation(kind, target if external else part, external)
        return found


def refusal(archive: zipfile.ZipFile) -> str:
    """Return the code of what forbids to unpack an archive; empty for nothing.

    zipfile never unpacks more of a part than its entry says: the sum of what the entries say is the limit.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        return "import-password"
    if sum(entry.file_size for entry in entries) > LARGEST or len(entries) > MOST_PARTS:
        return "import-too-large.file"
    manifest = "META-INF/manifest.xml"
    hidden = manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)
    return "import-password" if hidden else ""
