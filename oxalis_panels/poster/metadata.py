"""What a PDF says of itself, and its bytes: the same for the same poster."""

import io
from collections.abc import Mapping

from pikepdf import Dictionary, ObjectStreamMode, Pdf, String

EPOCH = "2000-01-01T00:00:00+00:00"
EPOCH_PDF = "D:20000101000000+00'00'"
"""The date in every file: a date of making would change the bytes of an unchanged poster."""
PRODUCER = "Oxalis panels"


def describe(document: Pdf, title: str, authors: str, language: str, standard: Mapping[str, str]) -> None:
    """Replace what a document says of itself; `standard` is what its standard wants in the XMP besides."""
    document.Root.Lang = String(language)
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = title
    document.docinfo["/Creator"] = document.docinfo["/Producer"] = PRODUCER
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = EPOCH_PDF
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:language"] = {language}
        xmp["xmp:CreatorTool"] = xmp["pdf:Producer"] = PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = EPOCH
        for key, value in standard.items():
            xmp[key] = value
        if authors:
            document.docinfo["/Author"] = authors
            xmp["dc:creator"] = [authors]


def accessible(document: Pdf, title: str, authors: str, language: str) -> bytes:
    """Return a tagged document as a file that says what it is: title, authors, language, PDF/UA-1."""
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfuaid:part"] = "1"  # before the rest: the order is that of the bytes
    describe(document, title, authors, language, {})
    return saved(document, ObjectStreamMode.generate, min_version="1.7")


def saved(
    document: Pdf, object_streams: ObjectStreamMode, *, min_version: str = "", force_version: str = ""
) -> bytes:
    """Return the bytes of a document, its identity being a digest of them unless it has one."""
    document.remove_unreferenced_resources()
    buffer = io.BytesIO()
    document.save(
        buffer,
        min_version=min_version,
        force_version=force_version,
        deterministic_id=True,
        object_stream_mode=object_streams,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
