"""Whatever paints, and whatever its colour comes from: no colour and no ink gets past the checks."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from good_file import OFFSET
from pikepdf import Array, Dictionary, Name

from oxalis_panels.inspection.checks import inspect
from oxalis_panels.inspection.expectations import for_our_own

ASK = for_our_own(OFFSET, 594, 841)
Space = object


def constant(values: list[float]) -> Dictionary:
    """Return a function that always gives the same colour."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(values), C1=Array(values), N=1)


def profile(count: int) -> Callable[[pikepdf.Pdf], Space]:
    """Return a space with a profile of its own."""
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"", N=count)])


def plates(names: list[Name], alternate: Name, *tint: float) -> Callable[[pikepdf.Pdf], Space]:
    """Return a space of one ink, or of several."""
    if len(names) == 1:
        return lambda _pdf: Array([Name.Separation, names[0], alternate, constant(list(tint))])
    return lambda _pdf: Array([Name.DeviceN, Array(names), alternate, constant(list(tint))])


def indexed(base: Name, row: bytes) -> Callable[[pikepdf.Pdf], Space]:
    """Return a palette of one colour."""
    return lambda _pdf: Array([Name.Indexed, base, 0, pikepdf.String(row)])


WHITE = Dictionary(WhitePoint=Array([0.9, 1, 0.8]))
HEAVY = [0.8, 0.8, 0.8, 0.9]
CMYK = [Name.Cyan, Name.Magenta, Name.Yellow, Name.Black]
SOURCES: dict[str, tuple[Callable[[pikepdf.Pdf], Space], list[float], str]] = {
    "rgb": (lambda _pdf: Name.DeviceRGB, [1, 0, 0], "preflight-colour.foreign"),
    "cal-rgb": (lambda _pdf: Array([Name.CalRGB, WHITE]), [1, 0, 0], "preflight-colour.foreign"),
    "cal-gray": (lambda _pdf: Array([Name.CalGray, WHITE]), [0.5], "preflight-colour.foreign"),
    "lab": (lambda _pdf: Array([Name.Lab, WHITE]), [50, 60, 40], "preflight-colour.foreign"),
    "icc-rgb": (profile(3), [1, 0, 0], "preflight-colour.foreign"),
    "icc-cmyk": (profile(4), [1, 0, 0, 0], "preflight-colour.profiled"),
    "icc-gray": (profile(1), [0.5], "preflight-colour.profiled"),
    "separation-rgb": (plates([Name.Or], Name.DeviceRGB, 1, 1, 0), [1], "preflight-colour.foreign"),
    "separation": (plates([Name.Or], Name.DeviceCMYK, 0, 0.2, 1, 0), [1], "preflight-colour.spot"),
    "all": (plates([Name.All], Name.DeviceCMYK, 1, 1, 1, 1), [1], "preflight-colour.registration"),
    "device-n-rgb": (
        plates([Name.Cyan, Name.Or], Name.DeviceRGB, 1, 1, 0),
        [1, 1],
        "preflight-colour.foreign",
    ),
    "device-n": (plates([Name.Cyan, Name.Or], Name.DeviceCMYK, 1, 1, 0, 0), [1, 1], "preflight-colour.spot"),
    "indexed-rgb": (indexed(Name.DeviceRGB, b"\xff\0\0"), [0], "preflight-colour.foreign"),
    "unknown": (lambda _pdf: Array([Name.Nonsense, 1]), [1], "preflight-colour.foreign"),
    "heavy": (lambda _pdf: Name.DeviceCMYK, HEAVY, "preflight-ink.over"),
    "heavy-device-n": (plates(CMYK, Name.DeviceCMYK, 1, 1, 1, 1), HEAVY, "preflight-ink.over"),
    "heavy-indexed": (indexed(Name.DeviceCMYK, bytes([210] * 4)), [0], "preflight-ink.over"),
}
"""A colour space, a colour in it, and what has to be said of it wherever it is painted with."""


class Sheet:
    """A page being drawn on, with its resources."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=(1000, 1000))
        self.resources = self.pdf.make_indirect(Dictionary())

    def add(self, kind: str, name: str, thing: object) -> None:
        """Name a resource."""
        if f"/{kind}" not in self.resources:
            self.resources[f"/{kind}"] = Dictionary()
        self.resources[f"/{kind}"][f"/{name}"] = thing

    def form(self, operators: str) -> pikepdf.Stream:
        """Return a form with the resources of the page."""
        return self.pdf.make_stream(
            operators.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 1000, 1000]),
            Resources=self.resources,
        )

    def tile(self, operators: str, paint: int) -> pikepdf.Stream:
        """Return a tiling pattern, with colours of its own (1) or without (2)."""
        cell = self.form(operators)
        cell.PatternType, cell.PaintType, cell.TilingType = 1, paint, 1
        cell.XStep = cell.YStep = 10
        cell.BBox = Array([0, 0, 10, 10])
        return cell

    def saved(self, operators: str) -> bytes:
        """Return the file."""
        self.page.Contents = self.pdf.make_stream(f"q {operators} Q".encode())
        self.page.Resources = self.resources
        buffer = io.BytesIO()
        self.pdf.save(buffer)
        return buffer.getvalue()


def plain(sheet: Sheet, space: Space, values: str, **_more: object) -> tuple[str, str]:
    """Return the operators that choose a colour for fills, and for lines."""
    sheet.add("ColorSpace", "S", space)
    return f"/S cs {values} scn", f"/S CS {values} SCN"


def gradient(sheet: Sheet, space: Space, values: str) -> tuple[str, str]:
    """Return the operators that choose a gradient pattern."""
    sheet.add("Pattern", "P", Dictionary(PatternType=2, Shading=shading(space, values)))
    return "/Pattern cs /P scn", "/Pattern CS /P SCN"


def tiling(sheet: Sheet, space: Space, values: str) -> tuple[str, str]:
    """Return the operators that choose a tiling pattern in colour; its first cell is far from the page."""
    sheet.add("ColorSpace", "S", space)
    cell = sheet.tile(f"/S cs {values} scn 0 0 5 5 re W n 0 0 5 5 re f", 1)
    cell.Matrix = Array([1, 0, 0, 1, -5000, -5000])
    sheet.add("Pattern", "P", cell)
    return "/Pattern cs /P scn", "/Pattern CS /P SCN"


def uncoloured(sheet: Sheet, space: Space, values: str) -> tuple[str, str]:
    """Return the operators that choose a tiling pattern without colours, and a colour for it."""
    sheet.add("ColorSpace", "U", Array([Name.Pattern, space]))
    sheet.add("Pattern", "P", sheet.tile("0 0 5 5 re f", 2))
    return f"/U cs {values} /P scn", f"/U CS {values} /P SCN"


PAINTS = {"plain": plain, "gradient": gradient, "tiling": tiling, "uncoloured": uncoloured}


def shading(space: Space, values: str) -> Dictionary:
    """Return a gradient in one colour."""
    function = constant([float(value) for value in values.split()])
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 9, 0]), Function=function)


def drawing_font(sheet: Sheet, drawing: str, encoding: object) -> None:
    """Add a font whose glyph `a` is a drawing."""
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FontBBox=Array([0, 0, 1000, 1000]),
        CharProcs=Dictionary(a=sheet.pdf.make_stream(drawing.encode())),
        Encoding=encoding,
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
        Resources=sheet.resources,
    )
    sheet.add("Font", "T3", font)


def stencil(sheet: Sheet) -> None:
    """Add a stencil."""
    picture = {"Subtype": Name.Image, "Width": 8, "Height": 8, "BitsPerComponent": 1, "ImageMask": True}
    sheet.add("XObject", "I", sheet.pdf.make_stream(bytes(8), **picture))


PATH = "300 300 200 200 re"
INLINE = "BI /W 8 /H 8 /BPC 1 /IM true ID abcdefgh EI"
A = Dictionary(Differences=Array([97, Name.a]))


def text(mode: int, show: str) -> Callable[[Sheet, str, str], str]:
    """Return what writes in a rendering mode."""

    def paint(sheet: Sheet, fill: str, stroke: str) -> str:
        sheet.add("Font", "F", Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        return f"{fill} {stroke} {mode} Tr BT 12 TL /F 40 Tf 300 500 Td {show} ET"

    return paint


def drawn(drawing: str, encoding: object = A, mode: int = 0) -> Callable[[Sheet, str, str], str]:
    """Return what writes with a font of drawings."""

    def paint(sheet: Sheet, fill: str, stroke: str) -> str:
        drawing_font(sheet, drawing.format(fill=fill, stroke=stroke), encoding)
        own = "{fill}" in drawing
        return f"{'' if own else fill} {mode} Tr BT /T3 40 Tf 300 500 Td (a) Tj ET"

    return paint


def image(sheet: Sheet, fill: str, _stroke: str) -> str:
    """Paint a stencil of the resources."""
    stencil(sheet)
    return f"{fill} 90 0 0 90 300 300 cm /I Do"


def inside(sheet: Sheet, fill: str, _stroke: str) -> str:
    """Draw a form in a form."""
    sheet.add("XObject", "In", sheet.form(f"{fill} {PATH} f"))
    sheet.add("XObject", "Out", sheet.form("/In Do"))
    return "/Out Do"


def inherited(sheet: Sheet, fill: str, _stroke: str) -> str:
    """Draw a form in the colour that is chosen outside it."""
    sheet.add("XObject", "In", sheet.form(f"{PATH} f"))
    return f"{fill} /In Do"


def through_mask(sheet: Sheet, fill: str, _stroke: str) -> str:
    """Paint through a soft mask."""
    mask = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=sheet.form(f"{fill} {PATH} f")))
    sheet.add("ExtGState", "G", mask)
    return f"/G gs 0 0 0 0.5 k {PATH} f"


def restored(_sheet: Sheet, fill: str, _stroke: str) -> str:
    """Come back to a space that was chosen before other colours."""
    space, _, components = fill.partition(" cs ")
    return f"{space} cs q 0 g Q {components} {PATH} f"


def printer_mark(sheet: Sheet, fill: str, _stroke: str) -> str:
    """Draw what is for the press on the sheet itself."""
    drawing = Dictionary(N=Dictionary(On=sheet.form(f"{fill} 0 0 9 9 re f")))
    mark = Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([300, 300, 400, 400]), AP=drawing)
    sheet.page.Annots = Array([mark])
    return ""


PAINTERS: dict[str, Callable[[Sheet, str, str], str]] = {
    **{op: lambda _sheet, fill, _stroke, op=op: f"{fill} {PATH} {op}" for op in ("f", "F", "f*")},  # type: ignore[misc]
    **{op: lambda _sheet, fill, _stroke, op=op: f"{fill} {PATH} {op}" for op in ("B", "b*")},  # type: ignore[misc]
    **{f"{op} line": lambda _s, _fill, stroke, op=op: f"{stroke} 5 w {PATH} {op}" for op in ("S", "s", "B")},  # type: ignore[misc]
    **{
        f"{show} {mode}": text(mode, show)
        for mode in (0, 1, 2, 4, 5, 6)
        for show in ("(a) Tj", "[(a) 9 (b)] TJ", "(a) '", '1 2 (a) "')
    },
    "hidden": lambda sheet, fill, stroke: f"-1 Tr {text(0, '(a) Tj')(sheet, fill, stroke)[:-1]}T",
    "stencil": image,
    "inline stencil": lambda _sheet, fill, _stroke: f"{fill} 90 0 0 90 300 300 cm {INLINE}",
    "glyph d0": drawn("1000 0 d0 {fill} 0 0 500 500 re f"),
    "glyph d1": drawn("1000 0 0 0 500 500 d1 0 0 500 500 re f"),
    "glyph d1 outlined": drawn("1000 0 0 0 500 500 d1 0 0 500 500 re f", mode=1),
    "glyph without code": drawn("1000 0 d0 {fill} 0 0 500 500 re f", Dictionary()),
    "form": inside,
    "inherited": inherited,
    "soft mask": through_mask,
    "restored": restored,
    "printer mark": printer_mark,
}
"""Everything that paints with a colour chosen before, `{fill}` or `{stroke}`."""


def codes_of(pdf: bytes) -> set[str]:
    """Return what is said of a file."""
    return {fault.key for fault in inspect(pdf, ASK).faults}


def said(source: str, painted: set[str], *, masks: bool) -> bool:
    """Whether a source was told; what never reaches a plate has no ink."""
    wanted = SOURCES[source][2]
    return wanted in painted or (masks and wanted in {"preflight-ink.over", "preflight-colour.registration"})


def possible(source: str, paint: str) -> bool:
    """Whether there can be such a thing: no gradient is made of a palette."""
    return not (paint == "gradient" and "indexed" in source)


@pytest.mark.parametrize("paint", PAINTS)
@pytest.mark.parametrize("painter", PAINTERS)
def test_no_painter_escapes_the_checks(painter: str, paint: str) -> None:
    """Each operator that paints, in each kind of paint, in each colour space."""
    missed = []
    for source, (made, values, _) in SOURCES.items():
        if not possible(source, paint):
            continue
        sheet = Sheet()
        chosen = PAINTS[paint](sheet, made(sheet.pdf), " ".join(map(str, values)))
        pdf = sheet.saved(PAINTERS[painter](sheet, *chosen))
        if not said(source, codes_of(pdf), masks=painter == "soft mask"):
            missed.append(source)
    assert missed == []


@pytest.mark.parametrize("source", SOURCES)
def test_no_colours_of_its_own_escape(source: str) -> None:
    """A gradient painted as such, with a background too, and a picture, of the resources or inline."""
    made, values, _ = SOURCES[source]
    written = " ".join(map(str, values))
    row = bytes(round(255 * value) if value <= 1 else 90 for value in values)
    picture = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    for kind in ("sh", "background", "picture", "inline"):
        sheet = Sheet()
        space = made(sheet.pdf)
        sheet.add("ColorSpace", "S", space)
        if kind in {"sh", "background"} and not possible(source, "gradient"):
            continue
        if kind == "sh":
            sheet.add("Shading", "Sh", shading(space, written))
            drawn = f"{PATH} W n /Sh sh"
        elif kind == "background":
            pale = shading(space, " ".join(["0"] * len(values)))
            pale.Background = Array(values)
            sheet.add("Pattern", "P", Dictionary(PatternType=2, Shading=pale))
            drawn = f"/Pattern cs /P scn {PATH} f"
        elif kind == "picture":
            sheet.add("XObject", "I", sheet.pdf.make_stream(row, ColorSpace=space, **picture))
            drawn = "9 0 0 9 300 300 cm /I Do"
        else:
            drawn = "9 0 0 9 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /S ID abcd EI"
        painted = codes_of(sheet.saved(drawn))
        unmeasured = source in {"heavy", "heavy-device-n"} and kind in {"inline", "picture"}
        told = "preflight-ink.unknown" in painted if unmeasured else False
        assert told or said(source, painted, masks=False), kind


def test_a_device_space_that_stands_for_another_is_that_other() -> None:
    """The resources may say that CMYK is CMYK with a profile (ISO 32000-1, 8.6.5.6)."""
    sheet = Sheet()
    sheet.add("ColorSpace", "DefaultCMYK", profile(4)(sheet.pdf))
    assert "preflight-colour.profiled" in codes_of(sheet.saved(f"1 0 0 0 k {PATH} f"))
    assert "preflight-colour.profiled" in codes_of(sheet.saved(f"/DeviceCMYK CS 5 w {PATH} S"))


@pytest.mark.parametrize("decode", [[0, 0.5] * 4, [1, 0.5] * 4, [0, 1]])
def test_a_picture_whose_numbers_mean_something_else_is_not_measured_wrongly(decode: list[float]) -> None:
    """What Decode makes of the bytes of a picture may be more ink than they say."""
    sheet = Sheet()
    picture = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8, "Decode": Array(decode)}
    sheet.add("XObject", "I", sheet.pdf.make_stream(bytes(4), ColorSpace=Name.DeviceCMYK, **picture))
    assert "preflight-ink.unknown" in codes_of(sheet.saved("9 0 0 9 300 300 cm /I Do"))


@pytest.mark.parametrize("space", [Name.DeviceGray, Array([Name.Separation, Name.Black, Name.DeviceCMYK, 1])])
def test_a_picture_in_one_ink_never_has_too_much(space: object) -> None:
    """One bit, two, sixteen: black alone is 100 % at most, measured or not."""
    for bits in (1, 4, 16):
        sheet = Sheet()
        picture = {"Subtype": Name.Image, "Width": 8, "Height": 1, "BitsPerComponent": bits}
        sheet.add("XObject", "I", sheet.pdf.make_stream(bytes(16), ColorSpace=space, **picture))
        assert "preflight-ink.unknown" not in codes_of(sheet.saved("9 0 0 9 300 300 cm /I Do"))


def test_an_uncoloured_pattern_is_followed_to_its_end() -> None:
    """It is painted in the colour that is given with it, and not with itself, without end."""
    sheet = Sheet()
    fill, _ = uncoloured(sheet, Name.DeviceCMYK, "0 0 0 0.5")
    painted = inspect(sheet.saved(f"{fill} {PATH} f"), ASK)
    assert "preflight-too-much" not in {fault.key for fault in painted.faults}
