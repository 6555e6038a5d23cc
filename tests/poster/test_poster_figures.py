"""The picture of a panel: in the inks of the press on paper, as it is on the site, and never too coarse."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import inks
import pikepdf
import pytest
from builds import FRENCH, ROOT, Built, build_posters_of, order_of, said, write_project
from pikepdf import Name
from PIL import Image, ImageCms
from poster_trials import panel_of, press_of
from printer_files import FOGRA39

from oxalis_panels.cli.summary import explained
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.model.collection import Figure
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.composing import Order
from oxalis_panels.poster.figures import check_resolution, shown_width, stands_beside
from oxalis_panels.poster.fit import fit, kept
from oxalis_panels.poster.line_breaking import is_weak
from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.separation import for_press, for_screen
from oxalis_panels.poster.spare_room import room
from oxalis_panels.poster.trials import SHORTEST_LINE
from oxalis_panels.printers.printer import Condition
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.sheet import A1, SIZES

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


def project(folder: Path, data: bytes, file: str = "mains.png", credit: str = "Camille Untel") -> Path:
    """Write a project of one panel with a picture."""
    write_project(folder, mains=PANEL.format(file=file, credit=credit))
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


@pytest.mark.parametrize(
    ("pixels", "width", "beside"),
    [
        ((4000, 1000), 486, False),
        ((3000, 2000), 486, False),
        ((4000, 3000), 432, False),
        ((1200, 1000), 388.8, False),
        ((1000, 1000), 243, True),
        ((3000, 4000), 243, True),
        ((2000, 3000), 216, True),
        ((1000, 3000), 108, True),
    ],
)
def test_no_picture_is_too_high(pixels: tuple[int, int], width: float, beside: bool) -> None:  # noqa: FBT001 - a column of the table
    """It is as wide as the text up to 324 mm of height; an upright one takes half of the width at most."""
    figure = Figure("m.png", (), (), *pixels, b"", Span(Source("m.md")))
    assert shown_width(figure, A1) == pytest.approx(width, abs=0.01)
    assert stands_beside(figure) == beside
    assert shown_width(figure, A1) * figure.height / figure.width <= 324.01


@pytest.mark.parametrize(
    ("pixels", "papers", "severity", "wanted"),
    [
        ((2880, 600), "a1", None, 0),
        ((2860, 600), "a1", "warning", 2871),
        ((2300, 600), "a1", "warning", 2871),
        ((2290, 600), "a1", "error", 2871),
        ((1280, 1920), "a1", None, 0),
        ((1270, 1905), "a1", "warning", 1276),
        ((2880, 600), "a3 a0", "error", 4064),
        ((1440, 300), "a3", None, 0),
    ],
)
def test_a_coarse_picture_is_told(
    pixels: tuple[int, int], papers: str, severity: str | None, wanted: int, tmp_path: Path
) -> None:
    """Under the printer's resolution a warning, under four fifths an error: as wide as it is really printed.

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
    own.write_text(css + "\n.beside > figure { width: 300mm }\n", encoding="utf-8")
    (found,) = built_of(built, made).diagnostics
    assert (found.key, found.severity, found.values["found"]) == ("preflight-resolution", "error", 110)


def test_an_upright_picture_stands_beside_the_text(built: Built, tmp_path: Path) -> None:
    """It is printed as wide as it is said to be; the text is not below it but at its left."""
    made = project(tmp_path, encoded(Image.new("L", (2000, 3000), 200)))
    report = built_of(built, made)
    assert report.diagnostics == ()
    assert next(each for each in explained(report, FRENCH) if "choisi" in each).startswith(
        "  choisi\u00a0: 1 colonne à côté de l’image, corps"
    )
    survey = read((tmp_path / "output" / "print" / "01-mains-a1.pdf").read_bytes())
    assert not isinstance(survey, Unreadable)
    (picture,) = (mark.box for mark in survey.painted.marks if mark.kind == "picture")
    assert (picture.right - picture.left) * 25.4 / 72 == pytest.approx(216, abs=0.1)
    words = [
        mark.box for mark in survey.painted.marks if mark.kind == "text" and mark.box.top > picture.bottom
    ]
    beside = [box for box in words if box.bottom < picture.top]
    assert beside
    assert max(box.right for box in beside) < picture.left


def with_pictures(folder: Path, fonts: Path, pixels: tuple[int, int], **panels: str) -> Order:
    """Return the jobs for panels that all have one picture, of this size."""
    head = "---\nfigure:\n  file: m.png\n  alt: Une image\n---\n"
    write_project(folder, **{slug: head + text for slug, text in panels.items()})
    (folder / "panels" / "m.png").write_bytes(encoded(Image.new("L", pixels, 200)))
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


@pytest.mark.parametrize("pixels", [(1500, 2000), (1000, 3000)])
def test_lines_beside_a_picture_are_not_too_short(
    pixels: tuple[int, int], built: Built, tmp_path: Path
) -> None:
    """Those of findings hold some 24 letters, however few there are; with room left, none ends on « la »."""
    texts = {f"p{words}": panel_of((words,), (words // 2, words, words)) for words in (8, 15, 30)}
    composed = with_pictures(tmp_path, built.fonts, pixels, **texts, seul=panel_of((12,)))
    for found in fitted_with_pictures(composed):
        assert found.tried[0].characters >= SHORTEST_LINE
        blocks = press_of(composed).text(found.layout.html, found.sizes).blocks
        for block in (each for each in blocks if len(each.pieces) > 1):  # a mark stands alone
            letters = sum(len(piece.text) + 1 for piece in block.pieces)
            wide = sum(piece.width + block.space for piece in block.pieces)
            assert block.room * letters / wide > 23
            ends = [one.text for one, other in pairwise(block.pieces) if one.line != other.line]
            assert not found.tried[0].held or [end for end in ends if is_weak(end)] == []


def test_type_is_held_only_beside_a_picture(built: Built, tmp_path: Path) -> None:
    """Few words above a picture get as large as they can; many beside one, no larger than fits."""
    texts = {"peu": panel_of((8,)), "beaucoup": panel_of((20, *[14] * 8))}
    beside = fitted_with_pictures(with_pictures(tmp_path / "debout", built.fonts, (1500, 2000), **texts))
    below = fitted_with_pictures(with_pictures(tmp_path / "couchee", built.fonts, (4000, 1000), **texts))
    assert [found.tried[0].held for found in beside] == [True, False]
    assert [found.tried[0].held for found in below] == [False, False]
    assert below[0].step > beside[0].step


def test_a_picture_that_is_now_upright_has_sizes_found_anew(built: Built, tmp_path: Path) -> None:
    """The type of a text above a wide picture is too large beside an upright one."""
    texts = {"peu": panel_of((8,))}
    (wide,) = fitted_with_pictures(with_pictures(tmp_path / "couchee", built.fonts, (4000, 1000), **texts))
    upright = with_pictures(tmp_path / "debout", built.fonts, (1500, 2000), **texts)
    (found,) = fitted_with_pictures(upright)
    press, (job,) = press_of(upright), upright.jobs
    assert kept(press, job, upright.series, replace(wide, place=0)) is None
    assert kept(press, job, upright.series, found) is not None


def test_explain_says_why_type_is_no_larger(built: Built, tmp_path: Path) -> None:
    """Beside a picture, of a text of a few words: its lines would be too short."""
    made = project(tmp_path, encoded(Image.new("L", (2000, 3000), 200)))
    (chosen,) = (each for each in explained(built_of(built, made), FRENCH) if "choisi" in each)
    assert chosen.endswith("\u202f; pas plus grand, pour que les lignes ne soient pas trop courtes")


def test_a_picture_beside_a_text_takes_none_of_its_words(built: Built, tmp_path: Path) -> None:
    """What can be added to a text of a few words does not depend on how high the picture beside it is."""
    texts = {"peu": panel_of((8,))}
    rooms = []
    for pixels in ((1000, 1000), (1500, 2000)):
        composed = with_pictures(tmp_path / str(pixels[1]), built.fonts, pixels, **texts)
        (found,), (job,) = fitted_with_pictures(composed), composed.jobs
        rooms.append(room(press_of(composed), job, composed.series, found))
    assert rooms[0].before_smaller(8) == rooms[1].before_smaller(8) > 40


def test_text_that_leaves_no_room_for_its_picture_stops_the_build(built: Built, tmp_path: Path) -> None:
    """The height of a picture counts like the text's; the place that is told is the picture's."""
    made = project(tmp_path, encoded(Image.new("L", (3000, 2000), 200)))
    panel = made / "panels" / "01-mains.md"
    text = panel.read_text(encoding="utf-8").replace("- ✓", f"{'Encore une phrase. ' * 150}\n\n- ✓")
    panel.write_text(text, encoding="utf-8")
    (overflow,) = built_of(built, made).diagnostics
    assert (overflow.key, FRENCH.value(overflow.values["item"])) == ("poster-overflow", "image")
    assert overflow.span.text == "mains.png"


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
        assert '<figcaption>Photo\u00a0: <a href="https://exemple.fr/">Camille</a></figcaption>' in html


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
