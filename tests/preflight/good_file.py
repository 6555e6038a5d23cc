"""A print file in which nothing is wrong, made by hand; each bad file is this one with one thing changed."""

import io
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from oxalis_panels.printers.reading import default_printer
from oxalis_panels.rendering.fonts import marks_font

OFFSET = default_printer()
MARKS = marks_font()
MM = 72 / 25.4
WIDTH, HEIGHT, BLEED = 594, 841, 3
DATE, XMP_DATE = "D:20000101000000Z", "2000-01-01T00:00:00+00:00"
DRAWING = f"""
q 0.9 0.47 0 0.38 k 0 1700 {600 * MM} {147 * MM:.2f} re f Q
q 2.3 w 0 0 0 1 K 100 900 m 1600 900 l S Q
q 400 0 0 300 300 1200 cm /Im0 Do Q
BT 0 0 0 1 k /F1 24 Tf 1 0 0 1 300 1000 Tm <00010002> Tj ET
BT 0 0 0 0 k /F1 200 Tf 1 0 0 1 300 2000 Tm <0001> Tj ET
"""
"""A band, a rule, a picture, small black text and large white text, on a sheet measured in points."""


def good_file() -> pikepdf.Pdf:
    """Return a PDF/X-4 poster of A1 with 3 mm of bleed."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600 * MM, 847 * MM))
    page.MediaBox = page.BleedBox = box(0, 0, 600, 847)
    page.TrimBox = box(BLEED, BLEED, BLEED + WIDTH, BLEED + HEIGHT)
    page.Contents = pdf.make_stream(DRAWING.encode())
    page.Resources = Dictionary(
        Font=Dictionary(F1=font(pdf)), XObject=Dictionary(Im0=picture(pdf, 1200, 900, bytes([0, 0, 0, 40])))
    )
    pdf.Root.OutputIntents = Array([intent(pdf)])
    say(pdf, "PDF/X-4")
    return pdf


def box(*sides: float) -> Array:
    """Return a box given in millimetres."""
    return Array([round(side * MM, 4) for side in sides])


def font(pdf: pikepdf.Pdf, name: str = "OXALIS+Oxalis-Marks", family: str = "Oxalis Marks") -> pikepdf.Object:
    """Return an embedded font whose glyphs 1 and 2 are ✓ and →, a thousandth of its size being a unit."""
    ttf = pdf.make_stream(MARKS)
    ttf.Length1 = len(MARKS)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{name}"),
        FontFamily=String(family),
        Flags=4,
        FontBBox=Array([0, -140, 1000, 860]),
        ItalicAngle=0,
        Ascent=860,
        Descent=-140,
        CapHeight=860,
        StemV=80,
        FontFile2=ttf,
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{name}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array([1000, 1000, 1000])]),
    )
    whole = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{name}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
    )
    return pdf.make_indirect(whole)


def picture(pdf: pikepdf.Pdf, width: int, height: int, pixel: bytes, **more: object) -> Stream:
    """Return a picture of one colour; four bytes are CMYK, three RGB, one grey."""
    space = {4: Name.DeviceCMYK, 3: Name.DeviceRGB, 1: Name.DeviceGray}[len(pixel)]
    return pdf.make_stream(
        _flat(pixel, width * height),
        Filter=Name.FlateDecode,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        **{"ColorSpace": space, "BitsPerComponent": 8, **more},
    )


@cache
def _flat(pixel: bytes, count: int) -> bytes:
    """Return so many equal pixels, packed once for all files."""
    return zlib.compress(pixel * count)


def intent(pdf: pikepdf.Pdf, condition: str = "FOGRA39") -> pikepdf.Object:
    """Return an output intent with the profile of coated paper."""
    profile = pdf.make_stream(OFFSET.icc, N=4, Alternate=Name.DeviceCMYK)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )


def say(pdf: pikepdf.Pdf, standard: str) -> None:
    """Write what a standard wants to read in a file."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = "Une affiche"
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = XMP_DATE
        xmp["xmpMM:DocumentID"] = "uuid:1"
        if standard == "PDF/X-4":
            xmp["pdfxid:GTS_PDFXVersion"] = standard
    info = pdf.docinfo
    info["/Title"], info["/CreationDate"], info["/ModDate"] = "Une affiche", DATE, DATE
    info["/Producer"], info["/Trapped"] = "Oxalis panels", Name("/False")
    if standard != "PDF/X-4":
        info["/GTS_PDFXVersion"] = standard


def draw(pdf: pikepdf.Pdf, operators: str, **resources: dict[str, object]) -> None:
    """Paint something more on the first page, with some more resources by kind and name."""
    page = pdf.pages[0]
    page.contents_add(f"q {operators} Q".encode())
    for kind, named in resources.items():
        table = page.Resources.get(f"/{kind}", Dictionary())
        for name, thing in named.items():
            table[f"/{name}"] = thing
        page.Resources[f"/{kind}"] = table


def saved(pdf: pikepdf.Pdf, version: str = "1.6", **options: object) -> bytes:
    """Return a PDF as the bytes of its file."""
    buffer = io.BytesIO()
    whole = {"deterministic_id": "encryption" not in options, **options}
    pdf.save(buffer, force_version=version, **whole)  # type: ignore[arg-type]
    return buffer.getvalue()
