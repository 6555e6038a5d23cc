"""The sheet for the screen: PDF/UA-1 (ISO 14289-1), RGB, with live links, the same bytes every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, String

from oxalis_panels.poster.tags import tidy
from oxalis_panels.rendering.fonts import MARKS

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Job, Series

EPOCH = "2000-01-01T00:00:00+00:00"
EPOCH_PDF = "D:20000101000000+00'00'"
"""The date in every file: a date of making would change the bytes of an unchanged poster."""
PRODUCER = "Oxalis panels"


def finish_screen(pdf: bytes, job: Job, series: Series) -> bytes:
    """Return a tagged sheet as WeasyPrint draws it as the file for the site."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tidy(document, MARKS)
        if "/Names" in document.Root:
            del document.Root["/Names"]  # an anchor for every item, and nothing leads to them
        _drop_unused_spaces(document)
        _tidy_bookmarks(document)
        return described(document, job.title, series.authors, series.language)


def _drop_unused_spaces(document: pikepdf.Pdf) -> None:
    """Drop the Lab colour spaces that WeasyPrint 70 declares in every file."""
    for each in document.objects:
        if isinstance(each, Dictionary | pikepdf.Stream) and "/ColorSpace" in each.get("/Resources", {}):
            del each.Resources["/ColorSpace"]


def _tidy_bookmarks(document: pikepdf.Pdf) -> None:
    """Take the mark off each bookmark, and the unbreakable spaces that only lines need."""
    with document.open_outline() as outline:
        for item in [*outline.root, *(child for each in outline.root for child in each.children)]:
            item.title = " ".join(item.title.lstrip("✓→").split())


def described(document: pikepdf.Pdf, title: str, authors: str, language: str) -> bytes:
    """Return a tagged document as a file that says what it is: title, authors, language, PDF/UA-1."""
    document.Root.Lang = String(language)
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = title
    document.docinfo["/Creator"] = document.docinfo["/Producer"] = PRODUCER
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = EPOCH_PDF
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfuaid:part"] = "1"
        xmp["dc:title"] = title
        xmp["dc:language"] = {language}
        xmp["xmp:CreatorTool"] = xmp["pdf:Producer"] = PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = EPOCH
        if authors:
            document.docinfo["/Author"] = authors
            xmp["dc:creator"] = [authors]
    return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    """Return the bytes of a document, its identity being a digest of them."""
    buffer = io.BytesIO()
    document.remove_unreferenced_resources()
    document.save(
        buffer,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
