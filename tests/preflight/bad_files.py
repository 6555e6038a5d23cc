"""The seeded bad files: for each fault, how it is put into a good file, and which check must find it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pikepdf
from good_file import box, draw, font, good_file, intent, picture, saved, say
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from oxalis_panels.poster.printers.reading import default_printer

if TYPE_CHECKING:
    from collections.abc import Callable

    from oxalis_panels.poster.printers.printer import Printer

OFFSET = default_printer()
X1A = replace(OFFSET, standard="PDF/X-1a:2003")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file."""

    check: str
    """The check that must find it, and the only one."""
    code: str
    """What it must say."""
    change: Callable[[pikepdf.Pdf], None]
    printer: Printer = OFFSET
    warning: bool = False
    """Whether the file may be sent all the same."""


def make(fault: Fault) -> bytes:
    """Return a file with one fault."""
    pdf = good_file()
    fault.change(pdf)
    return saved(pdf, "1.4" if fault.printer is X1A else "1.6")


def _wrong_box(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].TrimBox = box(3, 3, 597, 843)


def _weasyprint_bleed(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.MediaBox = page.BleedBox = box(-0.5278, -0.5278, 600.5278, 847.5278)


def _cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = box(3, 3, 597, 844)


def _no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].TrimBox
    pdf.pages[0].CropBox = box(0, 0, 600, 847)


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _wrong_condition(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([intent(pdf, "FOGRA52")])


def _rgb_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"\0" * 128 + b"acsp", N=3)


def _other_profile(pdf: pikepdf.Pdf) -> None:
    icc = bytearray(OFFSET.icc)
    icc[-1] ^= 1
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(icc), N=4)


def _no_standard(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        del xmp["pdfxid:GTS_PDFXVersion"]


def _untrapped(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def _layered(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def _second_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(600, 800))


def _linked(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box(100, 100, 200, 120))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def _scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _drawn(operators: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: draw(pdf, operators)


def _text(colour: str = "0 0 0 1 k", size: float = 40, x: float = 300, y: float = 1000) -> str:
    return f"BT {colour} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <00010002> Tj ET"


def _space(family: Name, name: object, *more: Name | float) -> Callable[[pikepdf.Pdf], None]:
    """Fill an area in a colour space; numbers after its alternate are what a full tint of it stands for."""

    def change(pdf: pikepdf.Pdf) -> None:
        space = Array([family, name, *more[:1]])
        tint = [inks for inks in more if isinstance(inks, int | float)]
        if tint:
            space.append(_tint(*tint))
        draw(pdf, "/S cs 0.5 scn 300 300 200 200 re f", ColorSpace={"S": space})

    return change


def _tint(*inks: float) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * len(inks)), C1=Array(inks), N=1)


def _rgb_profiled(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.ICCBased, pdf.make_stream(b"", N=3)])
    draw(pdf, "/S cs 1 0 0 scn 300 300 200 200 re f", ColorSpace={"S": space})


def _gradient(space: Name, *last: float) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        shading = Dictionary(
            ShadingType=2, ColorSpace=space, Coords=Array([300, 0, 500, 0]), Function=_tint(*last)
        )
        draw(pdf, "300 300 200 200 re W n /Sh sh", Shading={"Sh": shading})

    return change


def _tiled(pdf: pikepdf.Pdf) -> None:
    cell = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=Dictionary(),
    )
    draw(pdf, "/Pattern cs /P scn 300 300 200 200 re f", Pattern={"P": cell})


def _form(pdf: pikepdf.Pdf, operators: bytes, **more: object) -> pikepdf.Stream:
    return pdf.make_stream(
        operators, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 2000, 3000]), **more
    )


def _nested(pdf: pikepdf.Pdf) -> None:
    inner = _form(pdf, b"1 0 0 rg 300 300 200 200 re f")
    outer = _form(pdf, b"/In Do", Resources=Dictionary(XObject=Dictionary(In=inner)))
    draw(pdf, "/Out Do", XObject={"Out": outer})


def _masked(pdf: pikepdf.Pdf) -> None:
    mask = Dictionary(S=Name.Luminosity, G=_form(pdf, b"1 0 0 rg 300 300 200 200 re f"))
    state = Dictionary(SMask=mask)
    draw(pdf, "/Gs gs 0 0 0 0.5 k 300 300 200 200 re f", ExtGState={"Gs": state})


def _glyph_drawings(operators: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        drawing = pdf.make_stream(b"1000 0 d0 " + operators)
        type3 = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            Name=Name("/Oxalis-Marks"),
            FontBBox=Array([0, 0, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(square=drawing),
            Encoding=Dictionary(Differences=Array([65, Name.square])),
            FirstChar=65,
            LastChar=65,
            Widths=Array([1000]),
        )
        draw(pdf, "BT /T3 40 Tf 1 0 0 1 300 500 Tm (A) Tj ET", Font={"T3": type3})

    return change


def _placed(pixel: bytes, pixels: int = 800, **more: object) -> Callable[[pikepdf.Pdf], None]:
    """Put a square picture two inches wide on the sheet."""

    def change(pdf: pikepdf.Pdf) -> None:
        shown = picture(pdf, pixels, pixels, pixel, **more)
        draw(pdf, "144 0 0 144 300 300 cm /Im1 Do", XObject={"Im1": shown})

    return change


def _heavy_jpeg(pdf: pikepdf.Pdf) -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (400, 400), (230, 230, 230, 230)).save(buffer, "JPEG", quality=95)
    shown = picture(pdf, 400, 400, bytes(4), Decode=Array([1, 0] * 4))
    shown.write(buffer.getvalue(), filter=Name.DCTDecode)
    draw(pdf, "144 0 0 144 300 300 cm /Im1 Do", XObject={"Im1": shown})


def _overprinted(pdf: pikepdf.Pdf) -> None:
    heavy = "1 1 0 0 k 300 300 200 200 re f"
    draw(pdf, f"{heavy} /Gs gs 0 0 0.9 0.9 k 300 300 200 200 re f", ExtGState={"Gs": Dictionary(OP=True)})


def _set_in(name: str, family: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        draw(pdf, _text().replace("/F1", "/F2"), Font={"F2": font(pdf, name, family)})

    return change


def _not_embedded(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.DescendantFonts[0].FontDescriptor.FontFile2


def _x1a(change: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    def changed(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Metadata
        say(pdf, "PDF/X-1a:2003")
        change(pdf)

    return changed


def _state(entries: dict[str, object]) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: draw(
        pdf, "/Gs gs 0.5 0 0 0 k 300 300 200 200 re f", ExtGState={"Gs": Dictionary(entries)}
    )


def _group(space: Name) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        group = Dictionary(S=Name.Transparency, CS=space)
        draw(pdf, "/Fm Do", XObject={"Fm": _form(pdf, b"", Group=group)})

    return change


FAULTS = {
    "format": Fault("boxes", "preflight-trim", _wrong_box),
    "fond-perdu-3.53": Fault("boxes", "preflight-bleed", _weasyprint_bleed),
    "rogne": Fault("boxes", "preflight-cut", _cropped),
    "sans-norme": Fault("standard", "preflight-standard", _no_standard),
    "sans-trapped": Fault("standard", "preflight-metadata", _untrapped),
    "calques": Fault("standard", "preflight-layers", _layered, warning=True),
    "sans-condition": Fault("intent", "preflight-no-intent", _no_intent),
    "autre-condition": Fault("intent", "preflight-condition", _wrong_condition),
    "profil-rvb": Fault("intent", "preflight-profile", _rgb_profile),
    "autre-profil": Fault("intent", "preflight-other-profile", _other_profile, warning=True),
    "texte-rvb": Fault("colours", "preflight-colour", _drawn(_text("1 0 0 rg"))),
    "texte-noir-rvb": Fault("colours", "preflight-colour", _drawn(_text("0 0 0 rg"))),
    "filet-rvb": Fault("colours", "preflight-colour", _drawn("2 w 0 0 1 RG 300 300 m 900 300 l S")),
    "image-rvb": Fault("colours", "preflight-colour", _placed(b"\xff\0\0")),
    "image-rvb-en-ligne": Fault(
        "colours", "preflight-colour", _drawn("0.3 0 0 0.3 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")
    ),
    "degrade-rvb": Fault("colours", "preflight-colour", _gradient(Name.DeviceRGB, 1, 0, 0)),
    "motif-rvb": Fault("colours", "preflight-colour", _tiled),
    "formulaire-rvb": Fault("colours", "preflight-colour", _nested),
    "masque-rvb": Fault("colours", "preflight-colour", _masked),
    "icc-rvb": Fault("colours", "preflight-colour", _rgb_profiled),
    "lab": Fault(
        "colours",
        "preflight-colour",
        _space(Name.Lab, {"/WhitePoint": [0.9, 1, 0.8]}),
    ),
    "palette-rvb": Fault(
        "colours",
        "preflight-colour",
        _placed(b"\0", ColorSpace=[Name.Indexed, Name.DeviceRGB, 0, b"abc"]),
    ),
    "ton-direct-en-rvb": Fault(
        "colours",
        "preflight-colour",
        _space(Name.Separation, Name.Or, Name.DeviceRGB, 1, 1, 0),
    ),
    "ton-direct": Fault(
        "colours",
        "preflight-spot",
        _space(Name.Separation, Name.Or, Name.DeviceCMYK, 0, 0.2, 1, 0),
    ),
    "reperage": Fault(
        "colours",
        "preflight-registration",
        _space(Name.Separation, Name.All, Name.DeviceCMYK, 1, 1, 1, 1),
    ),
    "encrage-330": Fault("ink", "preflight-ink", _drawn("0.8 0.8 0.8 0.9 k 300 300 200 200 re f")),
    "encrage-image": Fault("ink", "preflight-ink", _placed(bytes([210] * 4))),
    "encrage-jpeg": Fault("ink", "preflight-ink", _heavy_jpeg),
    "encrage-degrade": Fault("ink", "preflight-ink", _gradient(Name.DeviceCMYK, 1, 1, 1, 0.3)),
    "surimpression": Fault("ink", "preflight-ink-overlap", _overprinted, warning=True),
    "encrage-inconnu": Fault(
        "ink", "preflight-ink-unknown", _placed(bytes(4), BitsPerComponent=4), warning=True
    ),
    "texte-noir-quatre-encres": Fault("black", "preflight-black", _drawn(_text("0.7 0.6 0.6 0.9 k"))),
    "filet-noir-quatre-encres": Fault(
        "black", "preflight-black", _drawn("1 w 0.7 0.6 0.6 0.9 K 300 300 m 900 300 l S")
    ),
    "x1a-opacite": Fault("transparency", "preflight-transparency", _x1a(_state({"/ca": 0.5})), X1A),
    "x1a-fusion": Fault("transparency", "preflight-transparency", _x1a(_state({"/BM": Name.Screen})), X1A),
    "x1a-groupe": Fault("transparency", "preflight-transparency", _x1a(_group(Name.DeviceCMYK)), X1A),
    "groupe-rvb": Fault("transparency", "preflight-group", _group(Name.DeviceRGB), warning=True),
    "police-empruntee": Fault(
        "fonts", "preflight-font-borrowed", _set_in("ABCDEF+DejaVuSans", "DejaVu Sans")
    ),
    "police-absente": Fault("fonts", "preflight-font-missing", _not_embedded),
    "police-entiere": Fault(
        "fonts", "preflight-font-whole", _set_in("Oxalis-Marks", "Oxalis Marks"), warning=True
    ),
    "police-dessinee": Fault(
        "fonts", "preflight-font-drawn", _glyph_drawings(b"0 0 500 500 re f"), warning=True
    ),
    "caractere-absent": Fault("fonts", "preflight-glyph", _drawn(_text().replace("<0001", "<0000"))),
    "texte-18": Fault("sizes", "preflight-small", _drawn(_text(size=18))),
    "texte-reduit": Fault("sizes", "preflight-small", _drawn(f"0.5 0 0 0.5 0 0 cm {_text(size=40)}")),
    "texte-au-bord": Fault("margin", "preflight-margin", _drawn(_text(x=12))),
    "texte-long-au-bord": Fault("margin", "preflight-margin", _drawn(_text(x=1620))),
    "image-90": Fault("pictures", "preflight-resolution", _placed(bytes(4), 180)),
    "image-140": Fault("pictures", "preflight-resolution", _placed(bytes(4), 280), warning=True),
    "filet-zero": Fault("lines", "preflight-line", _drawn("0 w 300 300 m 900 300 l S")),
    "filet-reduit": Fault(
        "lines", "preflight-line", _drawn("0.1 0 0 0.1 0 0 cm 1 w 3000 3000 m 9000 3000 l S")
    ),
    "filet-en-aplat": Fault("lines", "preflight-sliver", _drawn("300 300 900 0.1 re f"), warning=True),
    "annotation": Fault("interactive", "preflight-interactive", _linked),
    "programme": Fault("interactive", "preflight-interactive", _scripted),
    "deux-pages": Fault("pages", "preflight-pages", _second_page),
}
"""Every fault by the name of its file."""
UNUSUAL = {
    "noir-en-surimpression": lambda pdf: draw(
        pdf,
        f"/Gs gs {_text()}",
        ExtGState={"Gs": Dictionary(OP=True, op=True, OPM=1)},
    ),
    "gris": _drawn(_text("0 g")),
    "separation-noire": _space(Name.Separation, Name.Black, Name.DeviceCMYK, 0, 0, 0, 1),
    "transparence": _state({"/ca": 0.5, "/BM": Name.Multiply}),
    "groupe-cmjn": _group(Name.DeviceCMYK),
    "texte-invisible": _drawn(f"3 Tr {_text('1 0 0 rg', 4)}"),
    "rvb-hors-de-vue": _drawn("0 0 1 1 re W n 1 0 0 rg 300 300 200 200 re f"),
    "grandi-par-la-matrice": _drawn("BT 0 0 0 1 k /F1 1 Tf 30 0 0 30 300 500 Tm <0001> Tj ET"),
    "photo-au-bord-de-l-encre": _placed(bytes([191, 191, 191, 191])),
}
"""Files in which something looks odd and nothing is wrong."""
