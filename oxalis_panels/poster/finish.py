"""A drawn poster → the file to print: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4).

WeasyPrint 70 can write PDF/X, but none to be sent to a printer: it names the condition as the style sheet
does, without a RegistryName; its identifiers and dates are others each time; its BleedBox ends 10 pt from the
trim, and its crop marks stand inside. So it draws a plain PDF, and here come boxes, marks, output intent,
metadata and identity: DeviceCMYK only, no annotation, the same bytes for the same poster.
"""

import hashlib
import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, String

from oxalis_panels.inspection.checks.file import VERSIONS
from oxalis_panels.poster.job import Job, Series, Transparency
from oxalis_panels.poster.metadata import describe, saved
from oxalis_panels.poster.trim_marks import MARGIN, NAME, draw_marks, registration
from oxalis_panels.printers.printer import Condition
from oxalis_panels.rendering.fonts import TEXT
from oxalis_panels.rendering.sheet import MM_PER_POINT, Sheet

REGISTRY = "http://www.color.org"
ROUNDING = 1e-5
"""A scale that differs less from 1 is a rounded 1."""
SCREEN_KEYS = ("/Outlines", "/Names", "/PageMode")
"""Bookmarks and places to jump to."""
OPAQUE_BLENDS = (Name.Normal, Name.Compatible)
STATE_KEYS = ("/ca", "/CA", "/SMask", "/BM", "/AIS")
"""Of transparency, in a graphics state."""


def finish(pdf: bytes, job: Job, series: Series, sheet: Sheet | None = None) -> bytes | Transparency:
    """Return a drawn poster as the file to print on `sheet`; `Transparency` where PDF/X-1a forbids it."""
    sheet = sheet or series.sheet
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _set_groups(document)
        if series.standard == "PDF/X-1a:2003" and not _flatten(document):
            return Transparency(job.slug)
        _drop_screen_leftovers(document)
        _scale(document.pages[0], sheet)
        _set_boxes(document.pages[0], sheet, MARGIN if series.marks else 0)
        if series.marks:
            _add_marks(document.pages[0], job, series, sheet)
        document.Root.OutputIntents = Array([_output_intent(document, series.condition)])
        identity = hashlib.sha256(pdf + job.title.encode()).digest()[:16]
        _describe(document, job, series, identity)
        document.trailer.ID = Array([String(identity), String(identity)])
        return saved(document, ObjectStreamMode.disable, force_version=VERSIONS[series.standard])


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


def _describe(document: pikepdf.Pdf, job: Job, series: Series, identity: bytes) -> None:
    x4 = series.standard == "PDF/X-4"
    uuid = f"uuid:{identity.hex()}"
    standard = {"xmpMM:DocumentID": uuid, "xmpMM:InstanceID": uuid, "xmpMM:RenditionClass": "default"}
    standard |= {"xmpMM:VersionID": "1", "pdf:Trapped": "False"}
    standard |= {"pdfxid:GTS_PDFXVersion": series.standard} if x4 else {}
    describe(document, job.title, series.authors, series.language, standard)
    document.docinfo["/Trapped"] = Name("/False")
    if not x4:
        # PDF/X-1a:2003 (ISO 15930-4): GTS_PDFXVersion in the information dictionary, nothing else. Its
        # companion GTS_PDFXConformance belongs to PDF/X-1a:2001 (ISO 15930-1). The standards are sold;
        # Antenna House tells them: "PDF/X-1a:2001, PDF/X-1a:2003 (6)", blog.antenna.co.jp, 2006-07-21.
        document.docinfo["/GTS_PDFXVersion"] = series.standard


def _flatten(document: pikepdf.Pdf) -> bool:
    """Drop alphas of 1 and groups without effect; nothing, and return False, if something shows through."""
    if any(map(_shows_through, _dictionaries(document))):
        return False
    for thing in _dictionaries(document):
        for key in ("/Group", *(STATE_KEYS if _is_state(thing) else ())):
            if key in thing:
                del thing[key]
    return True


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary that may hold transparency: indirect ones, and states inside resources."""
    for thing in document.objects:
        if isinstance(thing, Dictionary | Stream):
            yield thing
            states = thing.get("/Resources", thing).get("/ExtGState", Dictionary())
            yield from (state for _, state in states.items() if not state.is_indirect)


def _is_state(thing: pikepdf.Object) -> bool:
    """Whether it is a graphics state; a picture has an `SMask` too, of another meaning."""
    return isinstance(thing, Dictionary) and any(key in thing for key in STATE_KEYS)


def _shows_through(thing: pikepdf.Object) -> bool:
    if isinstance(thing, Stream):
        return thing.get("/Subtype") == Name.Image and (
            "/SMask" in thing or bool(thing.get("/SMaskInData", 0))
        )
    alphas = [float(thing[key]) for key in ("/ca", "/CA") if key in thing]
    masked = thing.get("/SMask", Name("/None")) != Name("/None")
    return masked or any(alpha < 1 for alpha in alphas) or thing.get("/BM", Name.Normal) not in OPAQUE_BLENDS


def _drop_screen_leftovers(document: pikepdf.Pdf) -> None:
    """Drop what only a screen needs: bookmarks, places to jump to, Lab spaces that nothing uses."""
    for key in SCREEN_KEYS:
        if key in document.Root:
            del document.Root[key]
    drawn = list(_drawn(document))
    used = {name for thing in drawn for name in _spaces_used(thing)}
    for thing in drawn:
        spaces = thing.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
        for name in set(spaces.keys()) - used:
            del spaces[name]


def _drawn(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield everything with operators and resources of its own: the page, forms and tiling patterns."""
    for page in document.pages:
        yield page.obj
    for thing in document.objects:
        if isinstance(thing, Stream) and (thing.get("/Subtype") == Name.Form or "/PatternType" in thing):
            yield thing


def _spaces_used(thing: pikepdf.Object) -> Iterator[str]:
    """Yield the colour spaces that operators choose; inside an inline picture they can only be named too."""
    source = thing if isinstance(thing, Stream) else pikepdf.Page(thing)
    for instruction in pikepdf.parse_content_stream(source, "cs CS BI ID EI"):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield str(instruction.iimage.obj.get("/ColorSpace", ""))
        else:
            yield str(instruction.operands[0])
