"""A file → the document in it, by what it holds, not by what it is called."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path, PurePath

from oxalis_panels.authoring.importing import packages
from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.docx import read_docx
from oxalis_panels.authoring.importing.gathering import TooLongError
from oxalis_panels.authoring.importing.markdown import read_markdown
from oxalis_panels.authoring.importing.odt import read_odt
from oxalis_panels.authoring.importing.pdf import read_pdf
from oxalis_panels.authoring.importing.plain_text import read_text
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.reading.decoding import find_conflicts, wide_encoding
from oxalis_panels.system.failure import reason
from oxalis_panels.words.catalogue import Words

LARGEST = 50_000_000
"""Bytes: a document with many pictures. Its text is a thousandth of that."""
MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
CSV = frozenset({".csv", ".tsv"})
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
MOST_CONTROL = 0.03
"""Share of bytes in what may still be a text that stand for no sign and no blank."""
_CONTROL = bytes({*range(0x20)} - {*b"\t\n\v\f\r"})
TEXT_OF_ODF = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0"
"""How a `.doc` begins, and any document of Microsoft's that a password protects."""


def read_document(path: Path) -> Parsed[Document]:
    """Read a file; no value when nothing can be made of it, and why.

    What there is to say about parts of its text is in the document.
    """
    shown = path.as_posix()
    place = Span(Source(shown))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as failure:
        return Parsed(None, (error("file-unreadable.import", place, reason=reason(failure)),))
    if len(data) > LARGEST:
        return Parsed(None, (error("import-too-large.file", place, limit=LARGEST // 1_000_000),))
    return read_document_bytes(shown, data)


def read_document_bytes(shown: str, data: bytes) -> Parsed[Document]:
    """Read what a file holds; it is called `shown` in messages."""
    found: list[Diagnostic] = []
    try:
        document = _document(shown, data, found)
    except TooLongError:
        return Parsed(None, (*found, error("import-too-large.pages", Span(Source(shown)))))
    if document is None:
        return Parsed(None, tuple(found))
    unmerged = find_conflicts(shown, document.source.text.encode())
    if unmerged:
        return Parsed(None, unmerged)
    return Parsed(document, tuple(found))


def _document(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Choose the reader by how the file begins."""
    place = Span(Source(path))
    document = None
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        found.append(error("import-password", place))
    elif data.startswith((OLE, b"{\\rtf")):
        kind = "doc" if data.startswith(OLE) else "rtf"
        found.append(error("import-format.foreign", place, found=Words(f"import.format_{kind}")))
    elif data.startswith(b"PK"):
        document = _package(path, data, found)
    elif b"%PDF-" in data[:1024]:
        document = read_pdf(path, data, found)
    else:
        return _text(path, data, found)
    return document and replace(document, source=replace(document.source, numbered=False))


def _package(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the Word or LibreOffice document in a zip archive, once it is known to be harmless."""
    place = Span(Source(path))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            code, document = packages.refusal(archive), None
            if not code:
                document = _office(path, data, packages.Package(archive))
                code = "" if document else "import-format.other"
    except packages.BROKEN as broken:
        part = str(broken) if isinstance(broken, packages.DamagedError) else "zip"
        found.append(error("import-damaged", place, found=part))
        return None
    if code:
        found.append(error(code, place, limit=packages.LARGEST // 1_000_000))
    return document


def _office(path: str, data: bytes, package: packages.Package) -> Document | None:
    starts = [each.target for each in package.relations("").values() if each.kind == "officeDocument"]
    main = next((name for name in starts if name in package.names), packages.WORD)
    root = package.xml(main)
    if root is not None and packages.name_of(root) == "w:document":
        return read_docx(path, data, package, main)
    kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
    if kind.startswith(TEXT_OF_ODF) and packages.CONTENT in package.names:
        return read_odt(path, data, package)
    return None


def _text(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Choose the reader of a text: Markdown by its name, web pages and tables of data by either."""
    text = _decoded(path, data, found)
    if text is None:
        found.append(error("import-format.unknown", Span(Source(path))))
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    suffix = PurePath(path).suffix.lower()
    kind = "html" if suffix in HTML or _PAGE.match(text) else ""
    if suffix in CSV or (suffix not in MARKDOWN and _is_table(text)):
        kind = "csv"
    if kind:
        found.append(error("import-format.foreign", Span(Source(path)), found=Words(f"import.format_{kind}")))
        return None
    if suffix in MARKDOWN:
        return read_markdown(path, text, found)
    return read_text(path, text)


def _is_table(text: str) -> bool:
    """Whether all lines have as many semicolons, or tabs, and more than one: a text with commas is text."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines[2:]) and any(  # two lines may look alike by chance
        lines[0].count(sign) > 1 and len({line.count(sign) for line in lines}) == 1 for sign in ";\t"
    )


def _decoded(path: str, data: bytes, found: list[Diagnostic]) -> str | None:
    """Return the text of a file, whatever encoding an old program used; None when it is no text."""
    wide = wide_encoding(data)
    if wide:
        return data.decode(wide, "replace")
    if len(data) - len(data.translate(None, _CONTROL)) > MOST_CONTROL * len(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # Windows-1252, which holds all of Latin-1 that a text needs, or damaged UTF-8
        western = data.decode("utf-8", "ignore").isascii()
        name = "Windows-1252" if western else "UTF-8"
        found.append(warning("import-encoding", Span(Source(path)), found=name))
    try:
        return data.decode("cp1252") if western else data.decode("utf-8", "replace")
    except UnicodeDecodeError:
        return data.decode("latin-1")
