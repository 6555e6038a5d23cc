"""What can be done wrong to a good file, one thing at a time."""

import io
from collections.abc import Callable
from hashlib import shake_256

import pikepdf
from good_file import OFFSET, box, draw, font, intent, picture, say
from pikepdf import Array, Dictionary, Name, String
from PIL import Image


def wrong_box(pdf: pikepdf.Pdf) -> None:
    """Cut the sheet one millimetre too low."""
    pdf.pages[0].TrimBox = box(3, 3, 597, 843)


def weasyprint_bleed(pdf: pikepdf.Pdf) -> None:
    """Leave the bleed of 10 pt that WeasyPrint writes whatever it is told."""
    page = pdf.pages[0]
    page.MediaBox = page.BleedBox = box(-0.5278, -0.5278, 600.5278, 847.5278)


def cropped(pdf: pikepdf.Pdf) -> None:
    """Crop the bleed away."""
    pdf.pages[0].CropBox = box(3, 3, 597, 844)


def no_trim(pdf: pikepdf.Pdf) -> None:
    """Leave the finished size unsaid."""
    del pdf.pages[0].TrimBox
    pdf.pages[0].CropBox = box(0, 0, 600, 847)


def no_intent(pdf: pikepdf.Pdf) -> None:
    """Leave the printing condition unsaid."""
    del pdf.Root.OutputIntents


def wrong_condition(pdf: pikepdf.Pdf) -> None:
    """Say that the file is for uncoated paper."""
    pdf.Root.OutputIntents = Array([intent(pdf, "FOGRA52")])


def rgb_profile(pdf: pikepdf.Pdf) -> None:
    """Put a profile of three colours where one of four inks should be."""
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"\0" * 128 + b"acsp", N=3)


def other_profile(pdf: pikepdf.Pdf) -> None:
    """Change one byte of the profile."""
    icc = bytearray(OFFSET.icc)
    icc[-1] ^= 1
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(icc), N=4)


def no_standard(pdf: pikepdf.Pdf) -> None:
    """Do not say that it is PDF/X-4."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        del xmp["pdfxid:GTS_PDFXVersion"]


def untrapped(pdf: pikepdf.Pdf) -> None:
    """Do not say whether it is trapped."""
    del pdf.docinfo["/Trapped"]


def layered(pdf: pikepdf.Pdf) -> None:
    """Add layers."""
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def second_page(pdf: pikepdf.Pdf) -> None:
    """Add a page."""
    pdf.add_blank_page(page_size=(600, 800))


def linked(pdf: pikepdf.Pdf) -> None:
    """Add a link."""
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box(100, 100, 200, 120))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def scripted(pdf: pikepdf.Pdf) -> None:
    """Run a script on opening."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def drawn(operators: str) -> Callable[[pikepdf.Pdf], None]:
    """Draw something more."""
    return lambda pdf: draw(pdf, operators)


def text_of(colour: str = "0 0 0 1 k", size: float = 40, x: float = 300, y: float = 1000) -> str:
    """Return operators that write two letters, of 40 pt in black unless told otherwise."""
    return f"BT {colour} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <00010002> Tj ET"


def filled_in(family: Name, name: object, *more: Name | float) -> Callable[[pikepdf.Pdf], None]:
    """Fill an area in a colour space; numbers after its alternate are what a full tint of it stands for."""

    def change(pdf: pikepdf.Pdf) -> None:
        space = Array([family, name, *more[:1]])
        inks = [each for each in more if isinstance(each, int | float)]
        if inks:
            space.append(tint(*inks))
        draw(pdf, "/S cs 0.5 scn 300 300 200 200 re f", ColorSpace={"S": space})

    return change


def tint(*inks: float) -> Dictionary:
    """Return the function that gives a full tint these colours."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * len(inks)), C1=Array(inks), N=1)


def rgb_profiled(pdf: pikepdf.Pdf) -> None:
    """Fill an area in RGB with a profile."""
    space = Array([Name.ICCBased, pdf.make_stream(b"", N=3)])
    draw(pdf, "/S cs 1 0 0 scn 300 300 200 200 re f", ColorSpace={"S": space})


def cmyk_profiled(pdf: pikepdf.Pdf) -> None:
    """Fill an area in CMYK with a profile of its own."""
    space = Array([Name.ICCBased, pdf.make_stream(OFFSET.icc, N=4)])
    draw(pdf, "/S cs 1 0 0 0 scn 300 300 200 200 re f", ColorSpace={"S": space})


def no_registry(pdf: pikepdf.Pdf) -> None:
    """Name a printing condition without saying of which registry."""
    wanted = intent(pdf)
    del wanted.RegistryName
    pdf.Root.OutputIntents = Array([wanted])


def gradient(space: Name, *last: float) -> Callable[[pikepdf.Pdf], None]:
    """Paint a gradient from white to a colour."""

    def change(pdf: pikepdf.Pdf) -> None:
        shading = Dictionary(
            ShadingType=2, ColorSpace=space, Coords=Array([300, 0, 500, 0]), Function=tint(*last)
        )
        draw(pdf, "300 300 200 200 re W n /Sh sh", Shading={"Sh": shading})

    return change


def tiled(pdf: pikepdf.Pdf) -> None:
    """Fill an area with a pattern in RGB."""
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


def form(pdf: pikepdf.Pdf, operators: bytes, **more: object) -> pikepdf.Stream:
    """Return a form."""
    return pdf.make_stream(
        operators, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 2000, 3000]), **more
    )


def nested(pdf: pikepdf.Pdf) -> None:
    """Draw a form that draws a form that paints RGB."""
    inner = form(pdf, b"1 0 0 rg 300 300 200 200 re f")
    outer = form(pdf, b"/In Do", Resources=Dictionary(XObject=Dictionary(In=inner)))
    draw(pdf, "/Out Do", XObject={"Out": outer})


def masked(pdf: pikepdf.Pdf) -> None:
    """Paint through a soft mask drawn in RGB."""
    mask = Dictionary(S=Name.Luminosity, G=form(pdf, b"1 0 0 rg 300 300 200 200 re f"))
    state = Dictionary(SMask=mask)
    draw(pdf, "/Gs gs 0 0 0 0.5 k 300 300 200 200 re f", ExtGState={"Gs": state})


def glyph_drawings(operators: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Write with a font whose glyphs are drawings."""

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


def placed(pixel: bytes, pixels: int = 800, **more: object) -> Callable[[pikepdf.Pdf], None]:
    """Put a square picture two inches wide on the sheet."""

    def change(pdf: pikepdf.Pdf) -> None:
        shown = picture(pdf, pixels, pixels, pixel, **more)
        draw(pdf, "144 0 0 144 300 300 cm /Im1 Do", XObject={"Im1": shown})

    return change


def heavy_jpeg(pdf: pikepdf.Pdf) -> None:
    """Put a CMYK JPEG, stored inverted as Adobe does, of 361 % ink on the sheet."""
    buffer = io.BytesIO()
    Image.new("CMYK", (400, 400), (230, 230, 230, 230)).save(buffer, "JPEG", quality=95)
    shown = picture(pdf, 400, 400, bytes(4), Decode=Array([1, 0] * 4))
    shown.write(buffer.getvalue(), filter=Name.DCTDecode)
    draw(pdf, "144 0 0 144 300 300 cm /Im1 Do", XObject={"Im1": shown})


def overprinted(pdf: pikepdf.Pdf) -> None:
    """Overprint an area of 180 % on one of 200 %."""
    heavy = "1 1 0 0 k 300 300 200 200 re f"
    draw(pdf, f"{heavy} /Gs gs 0 0 0.9 0.9 k 300 300 200 200 re f", ExtGState={"Gs": Dictionary(OP=True)})


def set_in(name: str, family: str) -> Callable[[pikepdf.Pdf], None]:
    """Write in a font of another name and family."""

    def change(pdf: pikepdf.Pdf) -> None:
        draw(pdf, text_of().replace("/F1", "/F2"), Font={"F2": font(pdf, name, family)})

    return change


def not_embedded(pdf: pikepdf.Pdf) -> None:
    """Leave the font out of the file."""
    del pdf.pages[0].Resources.Font.F1.DescendantFonts[0].FontDescriptor.FontFile2


def as_x1a(change: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    """Make a file PDF/X-1a before it is changed."""

    def changed(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Metadata
        say(pdf, "PDF/X-1a:2003")
        change(pdf)

    return changed


def drawn_with(entries: dict[str, object]) -> Callable[[pikepdf.Pdf], None]:
    """Fill an area in a graphics state."""
    return lambda pdf: draw(
        pdf, "/Gs gs 0.5 0 0 0 k 300 300 200 200 re f", ExtGState={"Gs": Dictionary(entries)}
    )


def packed_as(filter_: Name) -> Callable[[pikepdf.Pdf], None]:
    """Draw a stencil that is packed in a way that the page need not know."""

    def change(pdf: pikepdf.Pdf) -> None:
        stencil = pdf.make_stream(b"", Subtype=Name.Image, Width=900, Height=900, ImageMask=True)
        stencil.write(b"\x80\x0b\x60", filter=filter_)
        draw(pdf, "0 0 0 1 k 144 0 0 144 300 300 cm /Im1 Do", XObject={"Im1": stencil})

    return change


def attached(pdf: pikepdf.Pdf) -> None:
    """Attach a file."""
    pdf.attachments["notes.txt"] = b"notes"


def art_box(pdf: pikepdf.Pdf) -> None:
    """Say in two ways where the sheet ends."""
    pdf.pages[0].ArtBox = pdf.pages[0].TrimBox


def with_form(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    """Draw a form that has something special."""

    def change(pdf: pikepdf.Pdf) -> None:
        shown = form(pdf, b"")
        for key, value in entries.items():
            shown[f"/{key}"] = value
        draw(pdf, "/Fm Do", XObject={"Fm": shown})

    return change


def heavy_file(pdf: pikepdf.Pdf) -> None:
    """Add a megabyte that cannot be packed."""
    noise = shake_256(b"").digest(1_000_000)
    pdf.Root.PieceInfo = Dictionary(Noise=pdf.make_stream(noise))


def in_state(colour: str, **entries: object) -> Callable[[pikepdf.Pdf], None]:
    """Fill an area in a colour, and in a graphics state; `/Black` is the black plate alone."""
    black = Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint(0, 0, 0, 1)])
    return lambda pdf: draw(
        pdf,
        f"/Gs gs {colour} 300 300 200 200 re f",
        ExtGState={"Gs": Dictionary({f"/{key}": value for key, value in entries.items()})},
        ColorSpace={"Black": black},
    )


def grouped(space: Name) -> Callable[[pikepdf.Pdf], None]:
    """Draw a transparency group that blends in a colour space."""

    def change(pdf: pikepdf.Pdf) -> None:
        group = Dictionary(S=Name.Transparency, CS=space)
        draw(pdf, "/Fm Do", XObject={"Fm": form(pdf, b"", Group=group)})

    return change
