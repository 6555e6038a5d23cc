"""What a print shop needs and WeasyPrint 70 does not write: boxes, output intent, metadata, fixed identity.

The result is PDF/X-4 (ISO 15930-7): DeviceCMYK only, one OutputIntent with the profile embedded, no
annotation, the same bytes for the same poster.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from oxalis_panels.poster.sheet import MM_PER_POINT

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Condition, Job, Series
    from oxalis_panels.poster.sheet import Sheet

EPOCH = "2000-01-01T00:00:00+00:00"
EPOCH_PDF = "D:20000101000000+00'00'"
"""The date in every file: a date of making would change the bytes of an unchanged poster."""
REGISTRY = "http://www.color.org"
PRODUCER = "Oxalis panels"


def finish(pdf: bytes, job: Job, series: Series) -> bytes:
    """Return a drawn poster as the file to send to the printer."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _set_boxes(document.pages[0], series.sheet)
        _set_groups(document)
        _drop_what_only_a_screen_needs(document)
        document.Root.OutputIntents = Array([_output_intent(document, series.condition)])
        document.Root.Lang = String(series.language)
        identity = hashlib.sha256(pdf + job.title.encode()).digest()[:16]
        _set_metadata(document, job, series, identity)
        document.trailer.ID = Array([String(identity), String(identity)])
        return _saved(document)


def _set_boxes(page: pikepdf.Page, sheet: Sheet) -> None:
    width, height = (side / MM_PER_POINT for side in sheet.media)
    bleed = sheet.bleed / MM_PER_POINT
    page.MediaBox = page.BleedBox = Array([0, 0, round(width, 4), round(height, 4)])
    page.TrimBox = Array([round(x, 4) for x in (bleed, bleed, width - bleed, height - bleed)])
    for box in ("/CropBox", "/ArtBox"):
        if box in page:
            del page[box]


def _set_groups(document: pikepdf.Pdf) -> None:
    """Blend in the inks of the press wherever something is transparent, however deep."""
    for thing in document.objects:
        if isinstance(thing, Dictionary | Stream) and "/Group" in thing:
            thing.Group.CS = Name.DeviceCMYK


def _drop_what_only_a_screen_needs(document: pikepdf.Pdf) -> None:
    """Drop bookmarks, places to jump to, and the Lab spaces that WeasyPrint 70 declares in every file."""
    for key in ("/Outlines", "/Names", "/PageMode"):
        if key in document.Root:
            del document.Root[key]
    page = document.pages[0]
    page.contents_coalesce()
    forms = [
        each for each in document.objects if isinstance(each, Stream) and each.get("/Subtype") == Name.Form
    ]
    drawn = b" ".join(stream.read_bytes() for stream in (page.Contents, *forms))
    for thing in (page.obj, *forms):
        spaces = thing.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
        for name in list(spaces.keys()):
            if f"{name} ".encode() not in drawn:
                del spaces[name]


def _output_intent(document: pikepdf.Pdf, condition: Condition) -> Dictionary:
    icc = document.make_stream(condition.icc, N=4, Alternate=Name.DeviceCMYK)
    return document.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputCondition=String(condition.identifier),
            OutputConditionIdentifier=String(condition.identifier),
            RegistryName=String(REGISTRY),
            Info=String(condition.identifier),
            DestOutputProfile=icc,
        )
    )


def _set_metadata(document: pikepdf.Pdf, job: Job, series: Series, identity: bytes) -> None:
    for key in list(document.docinfo.keys()):
        del document.docinfo[key]
    document.docinfo["/Title"] = job.title
    document.docinfo["/Creator"] = document.docinfo["/Producer"] = PRODUCER
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = EPOCH_PDF
    document.docinfo["/Trapped"] = Name("/False")
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = job.title
        xmp["dc:language"] = {series.language}
        xmp["xmp:CreatorTool"] = xmp["pdf:Producer"] = PRODUCER
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = EPOCH
        xmp["xmpMM:DocumentID"] = xmp["xmpMM:InstanceID"] = f"uuid:{identity.hex()}"
        xmp["xmpMM:RenditionClass"] = "default"
        xmp["xmpMM:VersionID"] = "1"
        xmp["pdf:Trapped"] = "False"
        xmp["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        if series.authors:
            document.docinfo["/Author"] = series.authors
            xmp["dc:creator"] = [series.authors]


def _saved(document: pikepdf.Pdf) -> bytes:
    document.remove_unreferenced_resources()
    buffer = io.BytesIO()
    document.save(
        buffer,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
