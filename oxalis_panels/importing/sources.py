"""A file → the document in it, by what it holds, not by what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.importing.encoding import decoded
from oxalis_panels.importing.plain_text import read_text
from oxalis_panels.messages.system import reason
from oxalis_panels.reading.decoding import find_conflicts

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.importing.document import Document

LARGEST = 50_000_000
"""Bytes: a document with many pictures. Its text is a thousandth of that."""
OLE = b"\xd0\xcf\x11\xe0"
"""How a `.doc` begins, and any document of Microsoft's that a password protects."""


def read_document(path: Path) -> Parsed[Document]:
    """Read a file; no value when nothing can be made of it, and why."""
    shown = path.as_posix()
    place = Span(Source(shown))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as failure:
        return Parsed(None, (error("import-unreadable", place, reason=reason(failure)),))
    if len(data) > LARGEST:
        return Parsed(None, (error("import-too-large", place, limit=LARGEST // 1_000_000),))
    return read_document_bytes(shown, data)


def read_document_bytes(shown: str, data: bytes) -> Parsed[Document]:
    """Read what a file holds; it is called `shown` in messages."""
    found: list[Diagnostic] = []
    document = _document(shown, data, found)
    if document is None:
        return Parsed(None, tuple(found))
    unmerged = find_conflicts(shown, document.source.text.encode())
    if unmerged:
        return Parsed(None, unmerged)
    return Parsed(document, (*found, *document.found))


def _document(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Choose the reader by how the file begins; each is loaded only when it is needed."""
    place = Span(Source(path))
    if data.startswith(OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        found.append(error("import-password" if protected else "import-doc", place))
    elif data.startswith(b"{\\rtf"):
        found.append(error("import-rtf", place))
    elif data.startswith(b"PK"):
        from oxalis_panels.importing.packages import read_package  # noqa: PLC0415

        return read_package(path, data, found)
    elif b"%PDF-" in data[:1024]:
        from oxalis_panels.importing.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(path, data, found)
    else:
        text = decoded(path, data, found)
        return None if text is None else read_text(path, text)
    return None
