"""What a PDF says of itself, in its XMP packet and in its older `Info`."""

from __future__ import annotations

import pikepdf

from oxalis_panels.preflight.objects import array, content, entry, name, text
from oxalis_panels.preflight.survey import Metadata

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
        has_id=len(array(entry(document.trailer, "ID"))) == 2,  # noqa: PLR2004 - ISO 32000-1, 14.4
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
