"""The bytes of a PDF → a survey of it, as plain data."""

import io
import logging
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Stream

from oxalis_panels.inspection.geometry import Box, around
from oxalis_panels.inspection.images import features_of
from oxalis_panels.inspection.objects import (
    array,
    content,
    entry,
    keys,
    limit_errors,
    name,
    number,
    numbers,
    set_limits,
    text,
)
from oxalis_panels.inspection.operators import OPERATORS
from oxalis_panels.inspection.survey import Intent, Interactive, Metadata, PageBoxes, Survey, Unreadable
from oxalis_panels.inspection.walk import Sheet

MOST_PAGES = 20
"""Pages whose content is read; a poster has one, and the report says so long before the twentieth."""
MOST_NODES = 1000
"""Of the tree of pages in which the first are looked for."""
MOST_INTENTS = 4
"""A file has one for PDF/X; others are counted, as far as that."""
MOST_ANNOTATIONS = 1000
"""Of a page: each is one too many."""
UNREAD = b"?"
"""Stands for a profile that cannot be unpacked: there is one, and it is not good."""
HEADER = b"%PDF-"
HEADER_WITHIN = 1024
"""Bytes in which viewers look for the header."""
SIDES = 4
DEFAULT_PAGE = Box(0, 0, 612, 792)
"""What viewers take where there is no MediaBox."""
QUARTER = 90
FOR_THE_PRESS = ("PrinterMark", "TrapNet")
"""The two kinds of annotation that are for the press."""
DEEPEST = 32
PARTS_OF_AN_ID = 2
"""ISO 32000-1, 14.4."""
XMP = (
    "dc:title",
    "xmp:CreateDate",
    "xmp:ModifyDate",
    "xmp:MetadataDate",
    "xmpMM:DocumentID",
    "pdf:Trapped",
    "pdf:Producer",
    "pdfxid:GTS_PDFXVersion",
    "pdfx:GTS_PDFXVersion",
    "pdfx:GTS_PDFXConformance",
)
LARGEST = 4_000_000
"""Bytes of an XMP packet: some carry a small picture of the page."""
INFO = ("Title", "CreationDate", "ModDate", "Trapped", "Producer", "GTS_PDFXVersion", "GTS_PDFXConformance")
CLAIMS = (*(key for key in XMP if "GTS" in key), *(key for key in INFO if "GTS" in key))


def read(pdf: bytes) -> Survey | Unreadable:
    """Return what is in a PDF, or why it cannot be read. Never raises, whatever the bytes are."""
    if not pdf.strip():
        return Unreadable("preflight-unreadable.empty")
    if HEADER not in pdf[:HEADER_WITHIN]:
        return Unreadable("preflight-unreadable.not-a-pdf")
    logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # damages are counted and reported instead
    set_limits()
    exceeded = limit_errors()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return _survey(document, len(pdf))
    except pikepdf.PasswordError:
        return Unreadable("preflight-unreadable.password")
    except MemoryError:
        return Unreadable("preflight-too-much")
    except (pikepdf.PikepdfError, RuntimeError):  # qpdf's own errors, and objects nested beyond reason
        too_much = limit_errors() > exceeded
        return Unreadable("preflight-too-much" if too_much else "preflight-unreadable.broken")


def _survey(document: pikepdf.Pdf, weight: int) -> Survey | Unreadable:
    first, whole = _first_pages(document.Root)
    if whole:
        first = [page.obj for page in document.pages]  # with all that a viewer mends in a tree
    count = len(first) if whole else max(len(first), int(number(entry(document.Root.Pages, "Count"))))
    if not count:
        return Unreadable("preflight-unreadable.broken")
    sheet = Sheet(OPERATORS)
    pages: list[PageBoxes] = []
    interactive = list(_interactive_document(document.Root))
    for index, page in enumerate(first[:MOST_PAGES]):
        pages.append(_boxes(page))
        unit = _unit(page)
        base = (unit, 0.0, 0.0, unit, 0.0, 0.0)
        sheet.walk_page(page, _inherited(page, "Resources"), index + 1, base, pages[-1].visible)
        interactive += _interactive_page(page, index + 1)
        for form, box in _printer_marks(page, pages[-1].visible):
            sheet.walk_form(form, index + 1, box)
    intents = tuple(_intents(document.Root))
    metadata = metadata_of(document)
    features, all_seen = features_of(document)  # after the damages are counted: what nobody uses has none
    sheet.features |= dict.fromkeys(features)
    sheet.complete &= all_seen
    return Survey(metadata, count, tuple(pages), intents, tuple(interactive), sheet.painted, weight)


def _first_pages(root: object) -> tuple[list[object], bool]:
    """Return the first pages, and whether the tree has no more: it may have millions, or itself in it."""
    found: list[object] = []
    waiting, seen = [entry(root, "Pages")], 0
    while waiting and len(found) < MOST_PAGES and seen < MOST_NODES:
        seen += 1
        node = waiting.pop()
        kids = entry(node, "Kids")
        if isinstance(kids, Array):
            waiting += reversed(array(kids))
        elif isinstance(node, Dictionary):
            found.append(node)
    return found, not waiting


def _inherited(page: object, key: str) -> object:
    """Return an attribute that a page may have from the tree of pages above it."""
    for _ in range(DEEPEST):
        found = entry(page, key)
        if found is not None:
            return found
        page = entry(page, "Parent")
    return None


def _unit(page: object) -> float:
    return number(entry(page, "UserUnit"), 1.0) or 1.0


def _boxes(page: object) -> PageBoxes:
    unit = _unit(page)
    media = _box(_inherited(page, "MediaBox"), unit) or DEFAULT_PAGE
    crop = _box(_inherited(page, "CropBox"), unit)
    bleed, trim = (_box(entry(page, key), unit) for key in ("BleedBox", "TrimBox"))
    turned = int(number(_inherited(page, "Rotate"))) // QUARTER % 2 == 1
    return PageBoxes(media, crop, bleed, trim, turned, entry(page, "ArtBox") is not None)


def _box(thing: object, unit: float) -> Box | None:
    found = [side * unit for side in numbers(thing)]
    return around([(found[0], found[1]), (found[2], found[3])]) if len(found) == SIDES else None


def _intents(root: object) -> Iterator[Intent]:
    for each in array(entry(root, "OutputIntents"))[:MOST_INTENTS]:
        if name(entry(each, "S")) == "GTS_PDFX":
            profile = entry(each, "DestOutputProfile")
            yield Intent(
                text(entry(each, "OutputConditionIdentifier")),
                text(entry(each, "RegistryName")),
                content(profile) or UNREAD * isinstance(profile, Stream),
                int(number(entry(profile, "N"))),
            )


def _interactive_document(root: object) -> Iterator[Interactive]:
    form = entry(root, "AcroForm")
    if array(entry(form, "Fields")) or entry(form, "XFA") is not None:
        yield Interactive("form", "AcroForm", 0)
    opening = name(entry(entry(root, "OpenAction"), "S"))
    if opening:
        yield Interactive("script" if opening == "JavaScript" else "action", opening, 0)
    if entry(root, "AA") is not None:
        yield Interactive("action", "AA", 0)
    if entry(entry(root, "Names"), "JavaScript") is not None:
        yield Interactive("script", "JavaScript", 0)


def _interactive_page(page: object, number_of_page: int) -> Iterator[Interactive]:
    if entry(page, "AA") is not None:
        yield Interactive("action", "AA", number_of_page)
    unit = _unit(page)
    for each in array(entry(page, "Annots"))[:MOST_ANNOTATIONS]:
        kind = name(entry(each, "Subtype"))
        if kind not in FOR_THE_PRESS:
            yield Interactive("annotation", kind or "?", number_of_page, _box(entry(each, "Rect"), unit))


def _printer_marks(page: object, visible: Box) -> Iterator[tuple[object, Box]]:
    """Yield the drawings of the annotations that are printed, and where they stand."""
    unit = _unit(page)
    for each in array(entry(page, "Annots"))[:MOST_ANNOTATIONS]:
        if name(entry(each, "Subtype")) in FOR_THE_PRESS:
            drawn = entry(entry(each, "AP"), "N")
            box = _box(entry(each, "Rect"), unit) or visible
            states = [drawn] if isinstance(drawn, Stream) else [entry(drawn, key) for key in keys(drawn)]
            yield from ((state, box) for state in states)


def metadata_of(document: pikepdf.Pdf) -> Metadata:
    """Return what a document says of itself; to be asked last, when all damages are known."""
    info = entry(document.trailer, "Info")
    said = {key: text(entry(info, key)) for key in INFO} | _xmp(document)
    return Metadata(
        version=document.pdf_version,
        standards=tuple(dict.fromkeys(said[key] for key in CLAIMS if said.get(key))),
        trapped=said["Trapped"] or said.get("pdf:Trapped", ""),
        present=frozenset(key for key, value in said.items() if value),
        producer=said["Producer"] or said.get("pdf:Producer", ""),
        has_id=len(array(entry(document.trailer, "ID"))) == PARTS_OF_AN_ID,
        encrypted=document.is_encrypted,
        layers=entry(document.Root, "OCProperties") is not None,
        damages=len(document.get_warnings()),
    )


def _xmp(document: pikepdf.Pdf) -> dict[str, str]:
    """Return the entries of the XMP packet that matter; none where it cannot be read."""
    packet = entry(document.Root, "Metadata")
    if name(entry(packet, "Subtype")) != "XML" or not content(packet, LARGEST):
        return {}
    try:
        packet = document.open_metadata()
        return {key: str(packet.get(key) or "") for key in XMP}
    except (
        pikepdf.PikepdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        SyntaxError,
        TypeError,
        ValueError,
    ):
        return {}
