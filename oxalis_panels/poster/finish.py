"""What a print shop needs and WeasyPrint 70 does not write: boxes, marks, output intent, metadata, identity.

The result is PDF/X-4 (ISO 15930-7) or, where the printer asks for it, PDF/X-1a:2003 (ISO 15930-4): DeviceCMYK
only, with one OutputIntent and its profile, no annotation, the same bytes for the same poster.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from oxalis_panels.poster.job import Transparency
from oxalis_panels.poster.screen_leftovers import drop_screen_leftovers
from oxalis_panels.poster.sheet import MM_PER_POINT
from oxalis_panels.poster.transparency import flatten
from oxalis_panels.poster.trim_marks import MARGIN, NAME, draw_marks, registration
from oxalis_panels.rendering.fonts import TEXT

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Job, Series
    from oxalis_panels.poster.printers.printer import Condition, Standard
    from oxalis_panels.poster.sheet import Sheet

EPOCH = "2000-01-01T00:00:00+00:00"
EPOCH_PDF = "D:20000101000000+00'00'"
"""The date in every file: a date of making would change the bytes of an unchanged poster."""
REGISTRY = "http://www.color.org"
PRODUCER = "Oxalis panels"
ROUNDING = 1e-5
"""A scale that differs less from 1 is a rounded 1."""
VERSIONS: dict[Standard, str] = {"PDF/X-4": "1.6", "PDF/X-1a:2003": "1.4"}
"""The PDF that each standard is made of."""


def finish(pdf: bytes, job: Job, series: Series, sheet: Sheet | None = None) -> bytes | Transparency:
    """Return a drawn poster as the file to print on `sheet` (that of the series: A1, if none is given).

    `Transparency` is returned where PDF/X-1a forbids the file.
    """
    sheet = sheet or series.sheet
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _set_groups(document)
        if series.standard == "PDF/X-1a:2003" and not flatten(document):
            return Transparency(job.slug)
        drop_screen_leftovers(document)
        _scale(document.pages[0], sheet)
        _set_boxes(document.pages[0], sheet, MARGIN if series.marks else 0)
        if series.marks:
            _add_marks(document.pages[0], job, series, sheet)
        document.Root.OutputIntents = Array([_output_intent(document, series.condition)])
        document.Root.Lang = String(series.language)
        identity = hashlib.sha256(pdf + job.title.encode()).digest()[:16]
        _set_metadata(document, job, series, identity)
        document.trailer.ID = Array([String(identity), String(identity)])
        return _saved(document, VERSIONS[series.standard])


def _scale(page: pikepdf.Page, sheet: Sheet) -> None:
    """Bring what was drawn on A1 to the size of the paper; nothing to do where that is A1."""
    drawn = [float(side) for side in page.mediabox[2:]]
    across, up = (side / MM_PER_POINT / was for side, was in zip(sheet.media, drawn, strict=True))
    if max(abs(across - 1), abs(up - 1)) > ROUNDING:
        page.contents_add(f"q {across:.6f} 0 0 {up:.6f} 0 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")


def _set_boxes(page: pikepdf.Page, sheet: Sheet, margin: float) -> None:
    width, height = (side / MM_PER_POINT + 2 * margin / MM_PER_POINT for side in sheet.media)
    page.MediaBox = _box(width, height, 0)
    page.BleedBox = _box(width, height, margin / MM_PER_POINT)
    page.TrimBox = _box(width, height, (margin + sheet.bleed) / MM_PER_POINT)
    for box in ("/CropBox", "/ArtBox"):
        if box in page:
            del page[box]


def _box(width: float, height: float, inset: float) -> Array:
    return Array([round(x, 4) for x in (inset, inset, width - inset, height - inset)])


def _add_marks(page: pikepdf.Page, job: Job, series: Series, sheet: Sheet) -> None:
    """Move the sheet into the middle of its larger page and draw the marks around it."""
    move = MARGIN / MM_PER_POINT
    page.contents_add(f"q 1 0 0 1 {move:.4f} {move:.4f} cm".encode(), prepend=True)
    size = f"{sheet.width:g} × {sheet.height:g} mm + {sheet.bleed:g} mm"
    text = f"{job.slug} · {job.title} · {size} · {series.condition.identifier} · {series.standard}"
    font = next(font for font in series.fonts if font.family == TEXT)
    page.contents_add(b"Q\n" + draw_marks(sheet, text, font.ttf))
    page.add_resource(registration(), Name.ColorSpace, Name(NAME))


def _set_groups(document: pikepdf.Pdf) -> None:
    """Blend in the inks of the press wherever something is transparent, however deep."""
    for thing in document.objects:
        if isinstance(thing, Dictionary | Stream) and "/Group" in thing:
            thing.Group.CS = Name.DeviceCMYK


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
        if series.standard == "PDF/X-4":
            xmp["pdfxid:GTS_PDFXVersion"] = series.standard
        else:
            # PDF/X-1a:2003 (ISO 15930-4): GTS_PDFXVersion in the information dictionary, nothing else. Its
            # companion GTS_PDFXConformance belongs to PDF/X-1a:2001 (ISO 15930-1). The standards are sold;
            # Antenna House tells them: "PDF/X-1a:2001, PDF/X-1a:2003 (6)", blog.antenna.co.jp, 2006-07-21.
            document.docinfo["/GTS_PDFXVersion"] = series.standard
        if series.authors:
            document.docinfo["/Author"] = series.authors
            xmp["dc:creator"] = [series.authors]


def _saved(document: pikepdf.Pdf, version: str) -> bytes:
    document.remove_unreferenced_resources()
    buffer = io.BytesIO()
    document.save(
        buffer,
        deterministic_id=True,
        force_version=version,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return buffer.getvalue()
