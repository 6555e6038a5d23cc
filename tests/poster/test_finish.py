"""What the finish makes of a drawn page, read back from the file, for every kind of printer."""

import io
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import inks
import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name
from printer_files import FOGRA39
from weasyprint.text.fonts import FontConfiguration

from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.job import FontFile, Job, Series, Transparency
from oxalis_panels.printers.printer import Condition, Standard
from oxalis_panels.rendering.fonts import FACES, TEXT
from oxalis_panels.rendering.sheet import Sheet

MM = 72 / 25.4
BLEEDS = (0, 2.5, 3, 5, 10)
MARGIN = 12
SQUARE = "<div style='position: absolute; left: 20mm; top: 30mm; width: 10mm; height: 5mm;"
INK = "device-cmyk(.1 .2 .3 .4)"
JOB = Job("offre", "L’offre", (), 63.0)


@cache
def ttf() -> bytes:
    """Return the text face."""
    return next(face for face in FACES if face.family == TEXT).load()


def series(bleed: float, *, marks: bool = False, standard: Standard = "PDF/X-4") -> Series:
    """Return a series of small sheets."""
    fonts = (FontFile(TEXT, 400, "normal", ttf()),)
    sheet = Sheet(150, 200, bleed=bleed)
    condition = Condition("FOGRA39", FOGRA39)
    return Series(sheet, "", fonts, condition, 72, 0.0, "Le CA", "fr", standard=standard, marks=marks)


@cache
def drawn(bleed: float, style: str = "", body: str = "") -> bytes:
    """Return a page as WeasyPrint draws it, with a square 20 mm from its left side."""
    page = f"@page {{ size: {150 + 2 * bleed}mm {200 + 2 * bleed}mm; margin: 0 }} html {{ color: {INK} }}"
    address = f"data:font/ttf;base64,{b64encode(ttf()).decode()}"
    face = f"@font-face {{ font-family: F; src: url({address}) }} html {{ font-family: F }}"
    html = f"<style>{page} {face} {style}</style><h1>Titre</h1>{SQUARE} background: {INK}'></div>{body}"
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(
        output_intent="device-cmyk", pdf_version="1.6", font_config=FontConfiguration()
    )
    return pdf


def finished(pdf: bytes, kind: Series) -> pikepdf.Pdf:
    """Return a finished file, open."""
    data = finish(pdf, JOB, kind)
    assert isinstance(data, bytes)
    return pikepdf.open(io.BytesIO(data))


def box(page: pikepdf.Page, name: str) -> list[float]:
    """Return left, bottom, right and top of a box in mm."""
    return [float(side) / MM for side in page.obj[name]]


def inset(bleed: float, by: float, margin: float) -> list[float]:
    """Return the box `by` mm inside a page that is `margin` larger than the bleed."""
    width, height = 150 + 2 * (bleed + margin), 200 + 2 * (bleed + margin)
    return [by, by, width - by, height - by]


@pytest.mark.parametrize("marks", [False, True], ids=["plain", "marks"])
@pytest.mark.parametrize("bleed", BLEEDS)
def test_boxes_are_exact_whatever_the_bleed(bleed: float, *, marks: bool) -> None:
    """Trim, bleed and page to a hundredth of a millimetre; with marks the page is 12 mm larger around."""
    margin = MARGIN if marks else 0
    with finished(drawn(bleed), series(bleed, marks=marks)) as document:
        (page,) = document.pages
        assert box(page, "/MediaBox") == pytest.approx(inset(bleed, 0, margin), abs=0.01)
        assert box(page, "/BleedBox") == pytest.approx(inset(bleed, margin, margin), abs=0.01)
        assert box(page, "/TrimBox") == pytest.approx(inset(bleed, margin + bleed, margin), abs=0.01)
        assert not {"/CropBox", "/ArtBox"} & set(page.obj.keys())


@pytest.mark.parametrize("bleed", BLEEDS)
def test_marks_move_the_sheet_with_its_boxes(bleed: float) -> None:
    """The square is at the same place of the trim, with marks and without."""
    places = []
    for marks in (False, True):
        with finished(drawn(bleed), series(bleed, marks=marks)) as document:
            left, bottom, _, _ = box(document.pages[0], "/TrimBox")
            (x, y, width, height), *_ = rectangles(document.pages[0])
            places.append((x - left, y - bottom, abs(width), abs(height)))
    assert places[0] == pytest.approx(places[1], abs=0.01)
    assert places[0][0] == pytest.approx(20 - bleed, abs=0.01)
    assert places[0][2:] == pytest.approx((10, 5), abs=0.01)


def operators(page: pikepdf.Page) -> Iterator[tuple[list[pikepdf.Object], str, pikepdf.Matrix, float, str]]:
    """Yield each operator with its operands, matrix, line width and stroking colour space."""
    state = (pikepdf.Matrix(), 1.0, "")
    saved = []
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        name, (matrix, width, space) = str(instruction.operator), state
        match name:
            case "q":
                saved.append(state)
            case "Q":
                state = saved.pop()
            case "cm":
                state = (pikepdf.Matrix(*map(float, operands)) @ matrix, width, space)
            case "w":
                state = (matrix, float(operands[0]), space)
            case "CS":
                state = (matrix, width, str(operands[0]))
        yield operands, name, *state
    assert saved == []


def point(operands: list[pikepdf.Object]) -> tuple[float, float]:
    """Return where an operator leads."""
    x, y = map(float, operands[-2:])
    return x, y


def rectangles(page: pikepdf.Page) -> Iterator[tuple[float, ...]]:
    """Yield the filled rectangles of a page in mm."""
    for operands, name, matrix, _, _ in operators(page):
        if name == "re":
            x, y, width, height = map(float, operands)
            left, bottom = matrix.transform((x, y))
            yield tuple(side / MM for side in (left, bottom, width * matrix.a, height * matrix.d))


def lines(page: pikepdf.Page) -> list[tuple[float, ...]]:
    """Return the lines in registration colour but for letters: both ends in mm, and the width in points."""
    found, start = [], (0.0, 0.0)
    for operands, name, matrix, width, space in operators(page):
        if name == "m":
            start = matrix.transform(point(operands))
        elif name == "l" and space == "/Registration" and matrix.a == 1:
            end = matrix.transform(point(operands))
            found.append((*(side / MM for side in (*start, *end)), width))
    return found


@pytest.mark.parametrize("bleed", BLEEDS)
def test_crop_marks_show_the_trim_and_stay_outside_the_bleed(bleed: float) -> None:
    """Eight lines of 0.25 pt in line with the trim, 5 mm long or more, 3 mm off it or more, on the page."""
    with finished(drawn(bleed), series(bleed, marks=True)) as document:
        (page,) = document.pages
        left, bottom, right, top = box(page, "/TrimBox")
        outer = box(page, "/BleedBox")
        _, _, page_width, page_height = box(page, "/MediaBox")
        found = lines(page)
    crops = [line for line in found if _on(line, (left, right), (bottom, top))]
    assert len(crops) == 8
    assert len(found) == 8 + 8
    for x, y, to_x, to_y, width in found:
        assert width == 0.25
        assert 0 < min(x, to_x) <= max(x, to_x) < page_width
        assert 0 < min(y, to_y) <= max(y, to_y) < page_height
        outside = max(x, to_x) <= outer[0] or min(x, to_x) >= outer[2]
        assert outside or max(y, to_y) <= outer[1] + 0.001 or min(y, to_y) >= outer[3] - 0.001
    for x, y, to_x, to_y, _ in crops:
        assert abs(x - to_x) + abs(y - to_y) >= 5
        away = min(abs(a - b) for a in (x, to_x) for b in (left, right)) or min(
            abs(a - b) for a in (y, to_y) for b in (bottom, top)
        )
        assert away >= max(bleed, 3) - 0.01


def _on(line: tuple[float, ...], xs: tuple[float, float], ys: tuple[float, float]) -> bool:
    """Whether a line lies in line with an edge of the trim."""
    x, y, to_x, to_y, _ = line
    return any(abs(x - edge) + abs(to_x - edge) < 0.01 for edge in xs) or any(
        abs(y - edge) + abs(to_y - edge) < 0.01 for edge in ys
    )


def test_marks_are_in_registration_colour() -> None:
    """The colour space All prints on every plate; nothing else of the file uses it, and no font is added."""
    with finished(drawn(3), series(3)) as plain, finished(drawn(3), series(3, marks=True)) as document:
        (page,) = document.pages
        space = page.Resources.ColorSpace.Registration
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
        assert list(space[3].C1) == [1, 1, 1, 1]
        others = [each for each in inks.mistakes(document) if not each.endswith("S /Registration")]
        assert [each for each in others if not each.endswith("s /Registration")] == []
        assert set(page.Resources.Font.keys()) == set(plain.pages[0].Resources.Font.keys())
        assert "/ColorSpace" not in plain.pages[0].Resources or not plain.pages[0].Resources.ColorSpace.keys()


def test_a_line_beside_the_marks_says_what_the_sheet_is() -> None:
    """It is drawn as outlines below the bleed; a longer title is cut before it reaches the target."""
    for title in ("L’offre", "L’offre " * 40):
        data = finish(drawn(3), replace(JOB, title=title), series(3, marks=True))
        assert isinstance(data, bytes)
        with pikepdf.open(io.BytesIO(data)) as document:
            (page,) = document.pages
            _, bleed_bottom, _, _ = box(page, "/BleedBox")
            middle = box(page, "/MediaBox")[2] / 2
            ends = [
                tuple(side / MM for side in matrix.transform(point(operands)))
                for operands, name, matrix, _, space in operators(page)
                if name in {"m", "l", "c"} and space == "/Registration" and matrix.a < 0.1
            ]
        assert len(ends) > 200
        assert all(0 < y < bleed_bottom and 15 < x < middle - 3.5 for x, y in ends)


def test_pdf_x_4_is_pdf_1_6_and_x_1a_is_pdf_1_4() -> None:
    """Each says its standard where that standard looks for it, and nowhere that it is the other."""
    with finished(drawn(3), series(3)) as document:
        assert document.pdf_version == "1.6"
        assert document.open_metadata()["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert "/GTS_PDFXVersion" not in document.docinfo
    with finished(drawn(3), series(3, standard="PDF/X-1a:2003")) as document:
        assert document.pdf_version == "1.4"
        assert str(document.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
        assert "/GTS_PDFXConformance" not in document.docinfo
        assert "pdfxid:GTS_PDFXVersion" not in document.open_metadata()
        assert document.docinfo["/Trapped"] == Name("/False")
        assert str(document.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"


def test_pdf_x_1a_keeps_no_trace_of_transparency() -> None:
    """Alphas of 1 and groups, which change nothing, are gone; the page is drawn as before."""
    with finished(drawn(3), series(3, standard="PDF/X-1a:2003")) as document:
        for thing in document.objects:
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                assert not {"/Group", "/ca", "/CA", "/BM", "/SMask"} & set(thing.keys())
        states = document.pages[0].Resources.get("/ExtGState", Dictionary())
        assert all(not {"/ca", "/CA"} & set(states[name].keys()) for name in states.keys())  # noqa: SIM118 - no mapping


SEEN_THROUGH = {
    "opacity": "div { opacity: .5 }",
    "colour": "h1 { color: device-cmyk(0 0 0 1 / .5) }",
    "nested opacity": "body { opacity: .9 } div { opacity: .9 }",
}


@pytest.mark.parametrize("kind", SEEN_THROUGH)
def test_pdf_x_1a_is_refused_where_something_shows_through(kind: str) -> None:
    """The same page is no trouble in PDF/X-4."""
    pdf = drawn(3, SEEN_THROUGH[kind])
    assert finish(pdf, JOB, series(3, standard="PDF/X-1a:2003")) == Transparency("offre")
    assert isinstance(finish(pdf, JOB, series(3)), bytes)


def spoilt(change: dict[str, pikepdf.Object]) -> bytes:
    """Return a drawn page with a graphics state in its resources."""
    with pikepdf.open(io.BytesIO(drawn(3))) as document:
        document.pages[0].add_resource(Dictionary(change), Name.ExtGState, Name.Spoilt)
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        ("/BM", Name.Multiply, True),
        ("/BM", Name.Normal, False),
        ("/SMask", Name("/None"), False),
        ("/SMask", Dictionary(S=Name.Alpha), True),
        ("/CA", 0.99, True),
        ("/ca", 1, False),
    ],
)
def test_every_way_to_show_through_is_known(key: str, value: pikepdf.Object, *, refused: bool) -> None:
    """Blend modes, soft masks and alphas count; the values that change nothing do not."""
    result = finish(spoilt({key: value}), JOB, series(3, standard="PDF/X-1a:2003"))
    assert isinstance(result, Transparency) == refused


def test_only_colour_spaces_without_use_are_dropped() -> None:
    """WeasyPrint declares two Lab spaces in every file; one that an operator chooses stays, others go."""
    content = b"/lab-d65 cs 50 0 0 scn /Other Do % /cs-lab cs\n(/lab-d50 cs) pop"
    with pikepdf.new() as document:
        page = document.add_blank_page()
        lab = Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.08]))])
        page.obj.Resources = Dictionary(ColorSpace=Dictionary({"/lab-d50": lab, "/lab-d65": lab}))
        page.obj.Contents = document.make_stream(content)
        buffer = io.BytesIO()
        document.save(buffer)
    with finished(buffer.getvalue(), series(3)) as document:
        assert set(document.pages[0].Resources.ColorSpace.keys()) == {"/lab-d65"}


@pytest.mark.parametrize("kind", [series(3), series(5, marks=True), series(0, standard="PDF/X-1a:2003")])
def test_the_same_page_gives_the_same_bytes(kind: Series) -> None:
    """Dates and identifiers are fixed; another title is another file."""
    pdf = drawn(kind.sheet.bleed)
    once, twice, other = (finish(pdf, replace(JOB, title=title), kind) for title in ("Un", "Un", "Deux"))
    assert isinstance(once, bytes)
    assert once == twice != other
    assert set(re.findall(rb"D:(\d{8})", once)) == {b"20000101"}
