"""The picture of a panel: in the inks of the press on paper, as it is on the site, and never too coarse."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import log
from pathlib import Path

import inks
import pikepdf
import pypdfium2
import pytest
from builds import FRENCH, ROOT, Built, build_posters_of, order_of, said, write_project
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image, ImageCms
from poster_trials import body_alone, fitted, order, panel_of, press_of, sentence
from printer_files import FOGRA39
from words import MARKS, words

from oxalis_panels.cli.summary import explained
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.model.collection import Figure, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.composing import Order
from oxalis_panels.poster.figures import (
    ACROSS,
    HIGHEST,
    LOGO,
    check_resolution,
    crop,
    places,
    printed,
    proportion,
)
from oxalis_panels.poster.fit import fit, kept
from oxalis_panels.poster.line_breaking import is_weak
from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.separation import for_press, for_screen
from oxalis_panels.poster.spare_room import room
from oxalis_panels.printers.printer import Condition
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.sheet import A1, AROUND, MM_PER_POINT, SIZES, half, points

PANEL = """---
figure:
  file: {file}
  alt: Deux "mains" qui se serrent
  credit: {credit}
---
# Un titre

- ✓ Un constat.
"""
CONDITION = Condition("FOGRA39", FOGRA39)
WIDTH = 486
"""Of the text of a poster, in mm."""
FINE = (2880, 600)
"""Pixels: 150 dpi and a little more at that width."""


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return the file of a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


THREE = PANEL.replace("Un constat.", "\n- ✓ ".join(sentence(count) for count in (22, 21, 20)))
"""A panel of three findings, with a picture."""


def project(
    folder: Path, data: bytes, file: str = "mains.png", credit: str = "Camille Untel", text: str = PANEL
) -> Path:
    """Write a project of one panel with a picture."""
    write_project(folder, mains=text.format(file=file, credit=credit))
    (folder / "panels" / file).write_bytes(data)
    return folder


def press(picture: Image.Image, ink: int = 300, **options: object) -> Image.Image:
    """Return what is printed of a picture."""
    data = for_press(encoded(picture, **options), WIDTH, CONDITION, ink, "four")  # type: ignore[arg-type]
    found = Image.open(io.BytesIO(data))
    if found.mode == "CMYK":
        assert found.format == "JPEG"
        return found
    assert found.mode == "L"  # black ink alone
    none = Image.new("L", found.size)
    return Image.merge("CMYK", [none, none, none, found.point(lambda value: 255 - value)])


def pixel(picture: Image.Image) -> tuple[int, ...]:
    """Return the four inks in the middle of a picture, from 0 to 255."""
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def test_a_picture_is_converted_through_the_profile() -> None:
    """Blue comes out as Little CMS itself converts it: relative colorimetric, black point compensated."""
    blue = Image.new("RGB", (9, 9), (40, 80, 200))
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(FOGRA39)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    expected = ImageCms.applyTransform(blue, transform)
    assert expected is not None
    assert pixel(press(blue)) == pytest.approx(pixel(expected), abs=3)


def test_white_stays_paper_and_glass_becomes_white() -> None:
    """No ink on white, nor on what is transparent, however it is stored."""
    for picture in (
        Image.new("RGB", (9, 9), "white"),
        Image.new("RGBA", (9, 9), (200, 0, 0, 0)),
        Image.new("LA", (9, 9), (0, 0)),
    ):
        assert pixel(press(picture)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16"])
def test_any_kind_of_picture_can_be_printed(mode: str) -> None:
    """Bitmaps, greys of 8 and 16 bits and palettes print as black where they are black."""
    picture = Image.new(mode, (9, 9), (0, 0, 0, 255) if mode == "RGBA" else 0)
    assert pixel(press(picture))[3] > 200


def test_the_pictures_own_profile_counts() -> None:
    """Red, in a profile whose red and blue are exchanged, prints as blue does; one for inks is no use."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    red, blue = Image.new("RGB", (9, 9), "#f00"), Image.new("RGB", (9, 9), "#00f")
    assert pixel(press(red, icc_profile=exchanged)) == pytest.approx(pixel(press(blue)), abs=3)
    assert pixel(press(red, icc_profile=FOGRA39)) == pixel(press(red))
    assert pixel(press(red, icc_profile=b"damaged")) == pixel(press(red))


@pytest.mark.parametrize("ink", [300, 280, 240])
def test_no_spot_of_a_picture_exceeds_the_ink_of_its_printer(ink: int) -> None:
    """Black keeps all its black, and colours give way; noise, the worst for JPEG, included."""
    noise = Image.merge("RGB", [Image.effect_noise((120, 120), 200) for _ in "rgb"])
    grain = Image.effect_noise((400, 400), 90).convert("RGB")
    dark = noise.point(lambda value: max(0, value - 100))
    for picture in (Image.new("RGB", (64, 64), "black"), dark, grain):
        printed = press(picture, ink).tobytes()
        assert max(sum(printed[n : n + 4]) for n in range(0, len(printed), 4)) <= 255 * ink / 100
    assert pixel(press(Image.new("RGB", (64, 64), "black"), ink))[3] > 240


def test_a_picture_in_inks_keeps_them() -> None:
    """CMYK without a profile is taken for what the printer wants."""
    assert pixel(press(Image.new("CMYK", (64, 64), (10, 200, 30, 40)), kind="TIFF")) == pytest.approx(
        (10, 200, 30, 40), abs=2
    )


def test_a_photograph_lying_on_its_side_stands_up() -> None:
    """The way a camera was held is in the file; so is the size that a panel counts with."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert press(Image.new("RGB", (60, 20)), kind="JPEG", exif=exif).size == (20, 60)


def test_a_huge_picture_is_reduced_to_300_dpi() -> None:
    """More points are not seen; a smaller picture keeps those that it has."""
    assert press(Image.new("RGB", (8000, 100))).size == (5741, 72)
    assert press(Image.new("RGB", (800, 100))).size == (800, 100)


def test_the_screen_gets_srgb() -> None:
    """Pictures in inks, greys and RGB alike."""
    for picture, kind in ((Image.new("CMYK", (9, 9)), "TIFF"), (Image.new("L", (9, 9), 255), "PNG")):
        shown = Image.open(io.BytesIO(for_screen(encoded(picture, kind), FOGRA39)))
        assert (shown.mode, shown.getpixel((4, 4))) == ("RGB", (255, 255, 255))


def test_the_picture_of_a_panel_is_printed_in_cmyk(built: Built, tmp_path: Path) -> None:
    """It is in the file once, in DeviceCMYK, with all its points; no other colour came with it."""
    glow = Image.radial_gradient("L").resize(FINE)
    made = project(tmp_path, encoded(Image.merge("RGB", [glow, glow.point(lambda value: value // 2), glow])))
    report, _ = build_posters_of(built.lend_fonts(made))
    assert report.diagnostics == ()
    with pikepdf.open(tmp_path / "output" / "print" / "01-mains-a1.pdf") as document:
        assert inks.mistakes(document) == []
        (picture,) = (
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image
        )
        assert picture.ColorSpace == Name.DeviceCMYK
        assert (int(picture.Width), int(picture.Height)) == FINE
        assert picture.Filter == Name.DCTDecode
    again, remade = build_posters_of(made)
    assert (again.diagnostics, remade) == ((), [])
    (tmp_path / "panels" / "mains.png").write_bytes(encoded(Image.new("RGB", FINE, "red")))
    assert build_posters_of(made)[1] == ["mains"]


def figure(width: int, height: int, *, drawn: bool = False, alt: str = "Une image") -> Figure:
    """Return a picture of this size."""
    return Figure("m.png", (Text(alt),), (), (), width, height, drawn, b"", Span(Source("m.md")))


RATIOS = ((9, 16), (2, 3), (3, 4), (1, 1), (4, 3), (3, 2), (16, 9), (2, 1), (3, 1))
SOME, MANY = 107, 128
"""Words of panels as authors write them."""


@pytest.mark.parametrize(
    ("pixels", "drawn", "count", "widths"),
    [
        ((4000, 1000), False, MANY, [263, 224.7, ACROSS]),
        ((4000, 1000), True, MANY, [227, ACROSS]),
        ((1800, 1000), True, MANY, [227, 204.3, 181.6, ACROSS]),
        ((3000, 2000), False, MANY, [263, 204.3, 181.6, 158.9, 136.2, 224.7]),
        ((3000, 2000), False, 20, [263, 204.3, 181.6, 158.9, 136.2, 224.7, 240, 260, 280, 300]),
        ((3000, 2000), True, 20, [227, 204.3, 181.6, 158.9, 136.2]),
        ((3000, 4000), False, MANY, [227, 204.3, 181.6, 158.9, 136.2]),
        ((9, 16), True, 20, [180, 162, 144, 126, 108]),
        ((1000, 3000), False, MANY, [106.7, 96, 85.3, 74.7, 64]),
    ],
)
def test_where_a_picture_may_stand(
    pixels: tuple[int, int],
    *,
    drawn: bool,
    count: int,
    widths: list[float],
) -> None:
    """A photograph that does not stand goes on to the edge; a few words leave room for wider ones."""
    side = half(points(0))
    found = places(figure(*pixels, drawn=drawn), count, 999)
    assert [ACROSS if place.across else round(place.width(side), 1) for place in found] == widths


@pytest.mark.parametrize("count", [8, MANY])
@pytest.mark.parametrize("drawn", [False, True])
def test_no_picture_is_too_high_or_wider_than_it_says(*, drawn: bool, count: int) -> None:
    """At any size of type, an upright one included; what it needs points for is its greatest width."""
    for width, height in (*RATIOS, (4, 1), (12, 1), (1, 3), (1, 12)):
        shown = figure(100 * width, 100 * height, drawn=drawn)
        for place in places(shown, count, 9999):
            for step in range(place.largest + 1):
                wide = place.width(half(points(step)))
                assert wide / proportion(shown) <= HIGHEST + 0.01
                assert wide + A1.bleed * place.bleeds <= printed(place) + 0.01
                assert place.left(half(points(step))) > 0.7 * half(points(step))


def test_a_drawing_never_bleeds() -> None:
    """Nor does a photograph that its author does not want at the edge; others do where they can."""
    for pixels in RATIOS:
        for count in (8, SOME):
            assert not any(place.bleeds for place in places(figure(*pixels, drawn=True), count, 9999))
            kept_in = replace(figure(*pixels), bleed=False)
            assert not any(place.bleeds for place in places(kept_in, count, 9999))
    assert all(places(figure(*pixels), SOME, 9999)[0].bleeds for pixels in RATIOS[3:])


@pytest.mark.parametrize("alt", ["Le logo d’Oxalis", "Emblème de la ville"])
def test_a_logo_is_small(alt: str) -> None:
    """A drawing that is said to be one; not a photograph of one."""
    (place,) = places(figure(3000, 1000, drawn=True, alt=alt), SOME, 9999)
    assert place.width(half(36)) == pytest.approx(LOGO)
    assert places(figure(3000, 1000, alt=alt), SOME, 9999)[0].width(half(36)) > LOGO


def test_a_picture_stands_where_it_has_points_enough() -> None:
    """What is too coarse to go across or to bleed stands in the column, smaller if it must."""
    for most in (500, 300, 265, 220, 140):
        assert all(printed(place) <= most for place in places(figure(1500, 1000), SOME, most))
    (narrowest,) = places(figure(1500, 1000), SOME, 100)
    assert narrowest.width(half(36)) == pytest.approx(136.2)


@given(
    pixels=st.tuples(st.integers(1, 9999), st.integers(1, 9999)),
    focus=st.tuples(st.integers(0, 100), st.integers(0, 100)),
)
def test_a_focus_crops_a_fifth_at_most(pixels: tuple[int, int], focus: tuple[int, int]) -> None:
    """Towards 3:2 or 4:5, the focus being among what is shown; without one, and of drawings, nothing."""
    whole, said = (0.0, 0.0, 1.0, 1.0), f"{focus[0]}% {focus[1]}%"
    assert crop(figure(*pixels)) == crop(replace(figure(*pixels, drawn=True), focus=said)) == whole
    shown = replace(figure(*pixels), focus=said)
    left, top, right, bottom = crop(shown)
    assert min(left, top) >= 0
    assert max(right, bottom) <= 1 + 1e-9
    assert (right - left) * (bottom - top) >= 0.8 - 1e-9
    assert left - 1e-9 <= focus[0] / 100 <= right + 1e-9
    assert top - 1e-9 <= focus[1] / 100 <= bottom + 1e-9
    ratio, wished = pixels[0] / pixels[1], 1.5 if pixels[0] >= pixels[1] else 0.8
    assert abs(log(proportion(shown) / wished)) <= abs(log(ratio / wished)) + 1e-9


@pytest.mark.parametrize(
    ("pixels", "papers", "severity", "wanted"),
    [
        ((1341, 280), "a1", None, 0),
        ((1340, 280), "a1", "warning", 1341),
        ((1073, 224), "a1", "warning", 1341),
        ((1072, 224), "a1", "error", 1341),
        ((756, 1134), "a1", None, 0),
        ((755, 1133), "a1", "warning", 756),
        ((1341, 280), "a3 a0", "error", 1898),
        ((671, 140), "a3", None, 0),
    ],
)
def test_a_coarse_picture_is_told(
    pixels: tuple[int, int], papers: str, severity: str | None, wanted: int, tmp_path: Path
) -> None:
    """Under the printer's resolution a warning, under four fifths an error: where it needs the fewest points.

    Of several sizes of paper the largest counts. What is told is the width needed.
    """
    checked = check(project(tmp_path, encoded(Image.new("L", pixels, 200)))).value
    assert checked is not None
    sizes = [SIZES[name] for name in papers.split()]
    found = list(check_resolution(checked.typeset.panels, sizes, checked.printer))
    assert [(each.key, each.severity, each.values["pixels"], each.span.text) for each in found] == (
        [("figure-coarse", severity, wanted, "mains.png")] if severity else []
    )


def built_of(built: Built, made: Path) -> BuildReport:
    """Build the posters of a project, with the fonts at hand."""
    return build_posters_of(built.lend_fonts(made))[0]


def test_a_template_that_enlarges_a_picture_is_told_by_the_check_of_the_file(
    built: Built, tmp_path: Path
) -> None:
    """Only the finished file shows what a template of the project's own does with a picture."""
    made = project(tmp_path, encoded(Image.new("L", (1300, 1950), 200)))
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    css = (ROOT / "templates" / "poster" / "poster.css").read_text(encoding="utf-8")
    own = tmp_path / "templates" / "poster" / "poster.css"
    own.write_text(css + "\nfigure { width: 300mm }\n", encoding="utf-8")
    (found,) = built_of(built, made).diagnostics
    assert (found.key, found.severity, found.values["found"]) == ("preflight-resolution", "error", 110)


@pytest.mark.parametrize(
    ("pixels", "grey", "text"),
    [
        ((2000, 3000), True, PANEL),
        ((3000, 2000), False, THREE),
        ((3000, 2000), True, THREE),
        ((2000, 2000), False, THREE),
        ((4000, 1000), True, PANEL),
    ],
)
def test_a_picture_stands_right_of_the_first_column(
    *, pixels: tuple[int, int], grey: bool, text: str, built: Built, tmp_path: Path
) -> None:
    """As wide as it is said to be, bleed added; it comes last in the file, behind all words of the panel."""
    data = encoded(Image.new("L", pixels, 200) if grey else Image.linear_gradient("L").resize(pixels))
    made = project(tmp_path, data, text=text)
    report = built_of(built, made)
    assert report.diagnostics == ()
    assert report.posters is not None
    ((chosen, *_),) = report.posters.trials.values()
    survey = read((tmp_path / "output" / "print" / "01-mains-a1.pdf").read_bytes())
    assert not isinstance(survey, Unreadable)
    (picture,) = (mark.box for mark in survey.painted.marks if mark.kind == "picture")
    mm = 25.4 / 72
    bleeds = (picture.right - picture.left) * mm > chosen.width + 1
    assert (picture.right - picture.left) * mm == pytest.approx(chosen.width + A1.bleed * bleeds, abs=0.1)
    edge = A1.width + 2 * A1.bleed if bleeds else A1.bleed + A1.left + A1.column
    assert picture.right * mm == pytest.approx(edge, abs=0.1)
    assert bleeds == (not grey)
    sides = [mark.box for mark in survey.painted.marks if mark.kind == "text"]
    main = [box for box in sides if box.bottom < picture.top and box.top > A1.bleed / mm + 70 / mm]
    level = [box for box in main if box.top > picture.bottom]
    if chosen.share == ACROSS:
        assert level == []
    else:
        assert level
        assert max(box.right for box in level) < picture.left
    with pypdfium2.PdfDocument(tmp_path / "output" / "print" / "01-mains-a1.pdf") as document:
        layer = words(document[0].get_textpage().get_text_range())
    wanted = words(text.partition("# Un titre")[2].replace("- ✓", "")) + words("Camille Untel")
    kept_words = [word for word in layer if word not in MARKS]
    assert any(kept_words[at : at + len(wanted)] == wanted for at in range(len(kept_words)))


def with_pictures(
    folder: Path, fonts: Path, pixels: tuple[int, int], drawn: str = "drawing", **panels: str
) -> Order:
    """Return the jobs for panels that all have one picture, of this size."""
    head = "---\nfigure:\n  file: m.png\n  alt: Une image\n---\n"
    write_project(folder, **{slug: head + text for slug, text in panels.items()})
    (folder / "panels" / "m.png").write_bytes(
        encoded(
            Image.new("L", pixels, 200) if drawn == "drawing" else Image.linear_gradient("L").resize(pixels)
        )
    )
    composed = order_of(folder, fonts).value
    assert composed is not None
    return composed


def fitted_with_pictures(order: Order) -> list[Fit]:
    """Return how the text of each poster is set, the picture being at hand."""
    press = press_of(order)
    press.take({each.address: for_screen(each.data, FOGRA39) for job in order.jobs for each in job.pictures})
    found = [fit(press, job, order.series) for job in order.jobs]
    assert all(isinstance(each, Fit) for each in found)
    return [each for each in found if isinstance(each, Fit)]


@pytest.mark.parametrize("site", ["", "site_url: https://exemple.fr/panneaux/\n"], ids=["", "address"])
@pytest.mark.parametrize("kind", ["photograph", "drawing"])
def test_a_text_of_some_words_is_read_at_ease_beside_any_picture(
    site: str, kind: str, built: Built, tmp_path: Path
) -> None:
    """From 9:16 to 3:1, with a code to scan or without: 36 points or more."""
    small: dict[tuple[int, int, str], float] = {}
    for width, height in RATIOS:
        folder = tmp_path / f"{width}-{height}"
        (folder / "panels").mkdir(parents=True)
        (folder / "panels" / "collection.yaml").write_text(f"title: Bilan\n{site}", encoding="utf-8")
        pixels = (round(2000 * width / max(width, height) * 2), round(2000 * height / max(width, height) * 2))
        texts = {"constats": panel_of((11,), *[(12,)] * 8), "points": panel_of((8, *[15] * 8))}
        composed = with_pictures(folder, built.fonts, pixels, kind, **texts)
        with body_alone():
            found = fitted_with_pictures(composed)
        small |= {
            (width, height, slug): each.sizes.body
            for slug, each in zip(texts, found, strict=True)
            if each.sizes.body < 36
        }
    assert small == {}


def test_type_beside_a_picture_is_held(built: Built, tmp_path: Path) -> None:
    """At 54 points, or 72 for a short text; no line of it ends on « la » where there is room."""
    texts = {"peu": panel_of((8,)), "moyen": panel_of((20,), (20,), (22,)), "assez": panel_of((100,))}
    for pixels in ((1500, 2000), (3000, 1000)):
        composed = with_pictures(tmp_path / str(pixels[0]), built.fonts, pixels, **texts)
        found = fitted_with_pictures(composed)
        assert found[0].tried[0].held
        assert not found[2].tried[0].held
        assert found[0].sizes.body == 71.9
        assert max(each.sizes.body for each in found[1:]) <= 54
        blocks = press_of(composed).text(found[0].layout.html, found[0].sizes).blocks
        for block in (each for each in blocks if len(each.pieces) > 1):  # a mark stands alone
            ends = [one.text for one, other in pairwise(block.pieces) if one.line != other.line]
            assert [end for end in ends if is_weak(end)] == []


def test_a_picture_below_a_short_column_ends_where_the_other_does(built: Built, tmp_path: Path) -> None:
    """On its last line, its own text beginning at the top; at the head where the columns are even."""
    texts = {"uneven": panel_of((6, *[9] * 5), (4,)), "even": panel_of((6, *[9] * 3), (6, *[9] * 2))}
    composed = with_pictures(tmp_path, built.fonts, (1500, 2000), **texts)
    uneven, even = fitted_with_pictures(composed)
    assert (uneven.sizes.below, even.sizes.below) == (True, False)
    press = press_of(composed)
    ends = {each.identifier: each for each in press.measure(uneven.layout.html, uneven.sizes).items}
    baseline = 0.26 * uneven.sizes.body * MM_PER_POINT
    assert ends["figure"].bottom == pytest.approx(ends["f1p5"].bottom - baseline, abs=0.01)
    assert ends["f2"].bottom == pytest.approx(ends["f2"].height, abs=0.01)
    assert ends["figure"].bottom - ends["figure"].height > ends["f2"].bottom + AROUND
    items = press.measure(even.layout.html, even.sizes).items
    assert next(each for each in items if each.identifier == "figure").bottom < items[-2].bottom


def test_a_text_that_gets_a_picture_has_sizes_found_anew(built: Built, tmp_path: Path) -> None:
    """Type that was right without one is too large beside it."""
    text = panel_of((45,))
    bare = order(tmp_path / "sans", built.fonts, peu=text)
    (before,) = fitted(bare)
    assert isinstance(before, Fit)
    pictured = with_pictures(tmp_path / "avec", built.fonts, (1500, 2000), peu=text)
    (found,) = fitted_with_pictures(pictured)
    press, (job,) = press_of(pictured), pictured.jobs
    assert kept(press, job, pictured.series, replace(before, place=0)) is None
    assert kept(press, job, pictured.series, found) is not None


def test_explain_says_why_type_is_no_larger(built: Built, tmp_path: Path) -> None:
    """Beside a picture, of a text of a few words; and what it would be without."""
    made = project(tmp_path, encoded(Image.new("L", (2000, 3000), 200)))
    told = list(explained(built_of(built, made), FRENCH))
    (chosen,) = (each for each in told if "choisi" in each)
    assert chosen.startswith("  choisi\u00a0: 2 colonnes, image de 213 mm de large, corps 71,9 points")
    assert chosen.endswith(" pas plus grand à côté d’une image")
    assert told[-1].startswith("  sans l’image")


def test_a_picture_beside_a_text_takes_none_of_its_words(built: Built, tmp_path: Path) -> None:
    """What can be added to a text of a few words does not depend on how high the picture beside it is."""
    texts = {"peu": panel_of((8,))}
    rooms = []
    for pixels in ((1000, 1000), (1500, 2000)):
        composed = with_pictures(tmp_path / str(pixels[1]), built.fonts, pixels, **texts)
        (found,), (job,) = fitted_with_pictures(composed), composed.jobs
        rooms.append(room(press_of(composed), job, composed.series, found))
    assert min(each.before_smaller(8) for each in rooms) > 40


def test_text_that_leaves_no_room_for_its_picture_stops_the_build(built: Built, tmp_path: Path) -> None:
    """The height of a picture counts like the text's; what is told is how large type would be without it."""
    made = project(tmp_path, encoded(Image.new("L", (3000, 2000), 200)))
    panel = made / "panels" / "01-mains.md"
    text = panel.read_text(encoding="utf-8").replace("- ✓", f"{'Encore une phrase. ' * 150}\n\n- ✓")
    panel.write_text(text, encoding="utf-8")
    (overflow,) = built_of(built, made).diagnostics
    assert (overflow.key, FRENCH.value(overflow.values["item"])) == ("poster-overflow", "paragraphe 1")
    assert FRENCH.value(overflow.values["bare"]) == " (environ 32 points sans son image)"


@pytest.mark.parametrize(
    ("kind", "file", "suffix"),
    [
        ("PNG", "mains.png", "png"),
        ("JPEG", "Mes mains.JPG", "jpg"),
        ("WEBP", "m.webp", "webp"),
        ("TIFF", "m.tif", "png"),
    ],
)
def test_the_site_shows_the_picture(kind: str, file: str, suffix: str, built: Built, tmp_path: Path) -> None:
    """As a figure with its size, description and credit, under a name that changes with the picture."""
    data = encoded(Image.new("RGB", (60, 40), "red"), kind)
    made = project(tmp_path, data, file, '"Photo : [Camille](https://exemple.fr/)"')
    report = build(Request(built.lend_fonts(made), tmp_path / "output", posters=False), lambda *_: None)
    assert report.diagnostics == ()
    (shown,) = (tmp_path / "output" / "site" / "mains").glob(f"*.{suffix}")
    assert kind == "TIFF" or shown.read_bytes() == data
    with Image.open(shown) as picture:
        assert picture.size == (60, 40)
    for page, root in (("mains/index.html", "../"), ("tout/index.html", "../")):
        html = (tmp_path / "output" / "site" / page).read_text(encoding="utf-8")
        assert f'<img src="{root}mains/{shown.name}" alt="Deux «\u00a0mains\u00a0» qui se serrent"' in html
        assert ' width="60" height="40"' in html
        credit = 'Photo\u00a0: <a href="https://exemple.fr/">Camille</a>'
        assert f'<span class="credit">{credit}</span></figcaption>' in html


def test_a_picture_among_the_panels_is_no_panel(tmp_path: Path) -> None:
    """It lies where panels lie; one that no panel names yet is no more than a warning."""
    write_project(tmp_path, un="# Un titre\n\n- ✓ Un constat.\n")
    (tmp_path / "panels" / "photo.jpg").write_bytes(b"")
    assert said(check(tmp_path).diagnostics) == ["figure-unused"]


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("spoil", [_cut, lambda _: b"", lambda _: b"<svg/>"])
def test_a_damaged_picture_is_told_when_it_is_read(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """Half a file, nothing at all, and a drawing, which is no picture."""
    data = spoil(encoded(Image.effect_noise((300, 300), 50)))
    assert said(read_project(project(tmp_path, data)).diagnostics) == ["figure-not-picture"]
