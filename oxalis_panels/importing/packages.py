"""A zip archive → the Word or LibreOffice document in it, once it is known to be harmless."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error

if TYPE_CHECKING:
    from oxalis_panels.importing.document import Document

LARGEST = 200_000_000
"""Bytes of all parts of a document together, unpacked."""
LARGEST_XML = 30_000_000
"""Bytes of one part that is parsed: a thousand pages."""
MOST_PARTS = 10_000
WORD = "word/document.xml"
TEXT_OF_ODF = "application/vnd.oasis.opendocument.text"


def read_package(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the document; None, and why, when there is none that can be read."""
    place = Span(Source(path))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            code = _refusal(archive)
            if code:
                found.append(error(code, place, limit=LARGEST // 1_000_000))
                return None
            names = set(archive.namelist())
            kind = _odf_kind(archive) if "content.xml" in names else ""
            _check_parts(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as broken:
        found.append(error("import-damaged", place, found=_part(broken)))
        return None
    if WORD in names:
        from oxalis_panels.importing.docx import read_docx  # noqa: PLC0415 - a second to import

        return read_docx(path, data, found)
    if kind.startswith(TEXT_OF_ODF):
        from oxalis_panels.importing.odt import read_odt  # noqa: PLC0415 - as above

        return read_odt(path, data, found)
    found.append(error("import-other", place))
    return None


class DamagedError(ValueError):
    """A part of a document that cannot be read: its name."""


def _part(broken: Exception) -> str:
    return str(broken) if isinstance(broken, DamagedError) else "zip"


def _refusal(archive: zipfile.ZipFile) -> str:
    """Return the code of what forbids to unpack an archive; empty for nothing.

    zipfile never unpacks more of a part than its entry says: the sum of what the entries say is the limit.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        return "import-password"
    xml = (entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    too_large = sum(entry.file_size for entry in entries) > LARGEST or max(xml, default=0) > LARGEST_XML
    if too_large or len(entries) > MOST_PARTS:
        return "import-too-large"
    if "META-INF/manifest.xml" in archive.namelist():
        return "import-password" if b"encryption-data" in archive.read("META-INF/manifest.xml") else ""
    return ""


def _odf_kind(archive: zipfile.ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    return archive.read("mimetype")[:100].decode("ascii", "replace").strip()


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Read every part that will be parsed: none is cut off, and none defines entities that could explode."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            try:
                data = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
                raise DamagedError(entry.filename) from broken
            if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
                raise DamagedError(entry.filename)
