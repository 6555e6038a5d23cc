"""Every kind of picture that people have: the right inks on paper, the right colours on the screen.

One line for each kind, in one flat colour; what is not said about a file (its inks, its greys) is what the
rule in `rendering/colours.py` says.
"""

import io
import struct
import zlib
from base64 import b64decode
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from builds import drawn, said, told, write_project
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import ImageFileDirectory_v2
from printer_files import FOGRA39

from oxalis_panels.model.collection import Figure
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.pipeline.check import check
from oxalis_panels.poster.separation import for_press, for_screen, way_of
from oxalis_panels.printers.printer import Condition, Grey
from oxalis_panels.reading.pictures import look_at
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.figures import site_picture

PRESS = Condition("FOGRA39", FOGRA39)
OTHER = FOGRA39.replace(b"FOGRA39", b"FOGRA51").replace(
    "FOGRA39".encode("utf-16-be"), "FOGRA51".encode("utf-16-be")
)
"""The profile of another condition."""
SAME = FOGRA39[:-4] + b"\1\1\1\1"
"""Another file for the same condition, as its data say."""
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SWAPPED = SRGB.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
"""A profile whose red and blue are exchanged."""
SIZE = (48, 40)
RED, BLUE, WHITE, BLACK, GREY = (255, 0, 0), (0, 0, 255), (255,) * 3, (0,) * 3, (128,) * 3
RED_INKS, BLUE_INKS = (0, 97, 97, 0), (93, 85, 0, 0)
"""As Little CMS converts them, in percent."""
NONE, K, K_GREY = (0, 0, 0, 0), (0, 0, 0, 100), (0, 0, 0, 62)
"""62 % of black ink on this paper is as light as the middle grey of a screen."""
INKS, SHOWN = (10, 80, 30, 20), (187, 73, 106)
AGAIN = (3, 80, 25, 26)
"""The same colour, separated anew: more of it in black."""
HALF, PINK = (0, 0, 0, 50), (0, 60, 0, 0)
K_SHOWN = (31, 31, 30)
"""Black ink alone is not as black as four; a screen shows that."""
LOSSY = 6
"""Of 255: what compression changes in a flat colour."""


def flat(mode: str, colour: object, kind: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """Return the file of a picture in one colour."""
    return encoded(Image.new(mode, SIZE, colour), kind, **options)  # type: ignore[arg-type]


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """Return the file of a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def inked(kind: str = "TIFF", inks: tuple[int, ...] = INKS, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """Return the file of a picture in inks, given in percent."""
    return flat("CMYK", tuple(round(2.55 * ink) for ink in inks), kind, **options)


def palette(colour: tuple[int, int, int], kind: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """Return the file of a picture with a palette, in its second colour."""
    picture = Image.new("P", SIZE, 1)
    picture.putpalette([9, 9, 9, *colour])
    return encoded(picture, kind, **options)


def png(colour_type: int, depth: int, pixel: bytes) -> bytes:
    """Return a PNG in a form that Pillow does not write; `pixel` is repeated."""
    width, height = SIZE

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + pixel * width) * height)
    head = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tagged(mode: str, colour: object, **tags: int) -> bytes:
    """Return a TIFF with tags that Pillow would write otherwise."""
    info = ImageFileDirectory_v2()
    for name, value in tags.items():
        info[{"photometric": 262}[name]] = value
    return flat(mode, colour, "TIFF", tiffinfo=info)


def moving(kind: str, first: tuple[int, int, int], second: tuple[int, int, int]) -> bytes:
    """Return an animation."""
    other = Image.new("RGB", SIZE, second)
    return flat("RGB", first, kind, save_all=True, append_images=[other], duration=100)


def without_adobe(data: bytes) -> bytes:
    """Return a JPEG in inks that does not say that it is a negative, and is none."""
    start = data.index(b"\xff\xee")
    return data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4], "big") :]


LINE: dict[str, tuple[bytes, tuple[int, ...], tuple[int, ...]]] = {
    # On paper, in percent of each ink; on the screen and on the site, in sRGB.
    "jpeg": (flat("RGB", RED, "JPEG"), RED_INKS, RED),
    "jpeg progressive": (flat("RGB", RED, "JPEG", progressive=True), RED_INKS, RED),
    "jpeg grey": (flat("L", 128, "JPEG"), K_GREY, GREY),
    "jpeg inks": (inked("JPEG"), INKS, SHOWN),
    "jpeg inks, of this press": (inked("JPEG", K, icc_profile=FOGRA39), K, K_SHOWN),
    "jpeg inks, not negative": (without_adobe(inked("JPEG", (90, 20, 70, 80))), INKS, SHOWN),
    "jpeg of several": (encoded(Image.new("RGB", SIZE, RED), "MPO", save_all=True), RED_INKS, RED),
    "png 1": (flat("1", 0), K, BLACK),
    "png 1 white": (flat("1", 1), NONE, WHITE),
    "png 2 bits": (png(0, 8, b"\x80"), K_GREY, GREY),
    "png L": (flat("L", 128), K_GREY, GREY),
    "png L, one level transparent": (flat("L", 128, transparency=128), NONE, WHITE),
    "png LA": (flat("LA", (128, 255)), K_GREY, GREY),
    "png LA transparent": (flat("LA", (0, 0)), NONE, WHITE),
    "png LA half": (flat("LA", (0, 127)), K_GREY, GREY),
    "png P": (palette(RED), RED_INKS, RED),
    "png P grey": (palette(GREY), K_GREY, GREY),
    "png P transparent": (palette(RED, transparency=1), NONE, WHITE),
    "png P half": (palette(BLACK, transparency=bytes([255, 127])), K_GREY, GREY),
    "png RGB": (flat("RGB", BLUE), BLUE_INKS, BLUE),
    "png RGB black": (flat("RGB", BLACK), K, BLACK),
    "png RGB, one colour transparent": (flat("RGB", RED, transparency=RED), NONE, WHITE),
    "png RGBA": (flat("RGBA", (*RED, 255)), RED_INKS, RED),
    "png RGBA transparent": (flat("RGBA", (*RED, 0)), NONE, WHITE),
    "png 16 bits": (flat("I;16", 128 * 257), K_GREY, GREY),
    "png LA 16 bits": (png(4, 16, b"\x80\x80\xff\xff"), K_GREY, GREY),
    "png RGB 16 bits": (png(2, 16, b"\xff\xff\0\0\0\0"), RED_INKS, RED),
    "png RGBA 16 bits": (png(6, 16, b"\xff\xff\0\0\0\0\0\0"), NONE, WHITE),
    "png moving": (moving("PNG", RED, BLUE), RED_INKS, RED),
    "png, profile": (flat("RGB", RED, icc_profile=SWAPPED), BLUE_INKS, BLUE),
    "png, profile of inks": (flat("RGB", RED, icc_profile=FOGRA39), RED_INKS, RED),
    "png, profile damaged": (flat("RGB", RED, icc_profile=SRGB[:300]), RED_INKS, RED),
    "png L, profile of colours": (flat("L", 128, icc_profile=SWAPPED), K_GREY, GREY),
    "png P, profile": (palette(RED, icc_profile=SWAPPED), BLUE_INKS, BLUE),
    "tiff 1": (flat("1", 0, "TIFF"), K, BLACK),
    "tiff 1 group 4": (flat("1", 0, "TIFF", compression="group4"), K, BLACK),
    "tiff 1 group 3": (flat("1", 1, "TIFF", compression="group3"), NONE, WHITE),
    "tiff L": (flat("L", 128, "TIFF"), K_GREY, GREY),
    "tiff L lzw": (flat("L", 128, "TIFF", compression="tiff_lzw"), K_GREY, GREY),
    "tiff L deflate": (flat("L", 128, "TIFF", compression="tiff_adobe_deflate"), K_GREY, GREY),
    "tiff L packbits": (flat("L", 128, "TIFF", compression="packbits"), K_GREY, GREY),
    "tiff LA": (flat("LA", (128, 255), "TIFF"), K_GREY, GREY),
    "tiff P": (palette(RED, "TIFF"), RED_INKS, RED),
    "tiff PA": (flat("PA", (0, 255), "TIFF"), K, BLACK),
    "tiff RGB": (flat("RGB", RED, "TIFF"), RED_INKS, RED),
    "tiff RGB jpeg": (flat("RGB", RED, "TIFF", compression="jpeg"), RED_INKS, RED),
    "tiff RGBA": (flat("RGBA", (*RED, 0), "TIFF"), NONE, WHITE),
    "tiff of several": (
        flat("RGB", RED, "TIFF", save_all=True, append_images=[Image.new("L", SIZE)]),
        RED_INKS,
        RED,
    ),
    "tiff 16 bits": (flat("I;16", 128 * 257, "TIFF"), K_GREY, GREY),
    "tiff 16 bits big-endian": (flat("I;16B", 128 * 257, "TIFF"), K_GREY, GREY),
    "tiff 16 bits, white is 0": (tagged("I;16", 127 * 257, photometric=0), K_GREY, GREY),
    "tiff YCbCr": (encoded(Image.new("RGB", SIZE, RED).convert("YCbCr"), "TIFF"), RED_INKS, RED),
    "tiff Lab": (flat("LAB", (136, 208, 195), "TIFF"), RED_INKS, (250, 3, 11)),
    "tiff inks": (inked(), INKS, SHOWN),
    "tiff inks, of this press": (inked(icc_profile=FOGRA39), INKS, SHOWN),
    "tiff inks, of this condition": (inked(icc_profile=SAME), INKS, SHOWN),
    "tiff inks, of another press": (inked(icc_profile=OTHER), AGAIN, SHOWN),
    "tiff black, of another press": (
        inked(inks=(0, 0, 0, 50), icc_profile=OTHER),
        (0, 0, 0, 50),
        (158, 158, 158),
    ),
    "tiff magenta, of another press": (
        inked(inks=(0, 60, 0, 0), icc_profile=OTHER),
        (0, 60, 0, 0),
        (241, 135, 183),
    ),
    "tiff full inks": (inked(inks=(100, 100, 100, 100)), (67, 67, 67, 100), BLACK),
    "webp": (flat("RGB", RED, "WEBP"), RED_INKS, RED),
    "webp transparent": (flat("RGBA", (*RED, 0), "WEBP", lossless=True, exact=True), NONE, WHITE),
    "webp moving": (moving("WEBP", RED, BLUE), RED_INKS, RED),
    "webp, profile": (flat("RGB", RED, "WEBP", lossless=True, icc_profile=SWAPPED), BLUE_INKS, BLUE),
    "avif": (flat("RGB", RED, "AVIF"), RED_INKS, RED),
    "avif transparent": (flat("RGBA", (*RED, 0), "AVIF"), NONE, WHITE),
    "avif moving": (moving("AVIF", RED, BLUE), RED_INKS, RED),
    "gif": (palette(RED, "GIF"), RED_INKS, RED),
    "gif transparent": (palette(RED, "GIF", transparency=1), NONE, WHITE),
    "gif moving": (moving("GIF", RED, BLUE), RED_INKS, RED),
}


HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAALQAAgAAAAACoAABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVp"
    "bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADmaXBjbwAAAHZo"
    "dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAA"
    "AwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAA"
    "AAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAKAAAAAEAAAAAAAAAAv///+gAAAACAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90"
    "AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAOBtZGF0AAAAsCgBrwa4kcWb"
    "FP+1Eo9Qpv98wB3//0jFvIf2LxxwSbzq2ce1F+u48AWMNz763vTBwWqCRDBCvPWenokVv/7ux05p0bdG/FDn1SwL4RdoND5s"
    "hkoeKx+KaRC1UAVP40fb4PDuksY9xZgKBzPS+2TzTs+rP6U/6T254qtLvBfGeV8xsUpTJXettnGbm8JiOM0qxCPF4nMbMXSf"
    "p5/UAs/n/r8lTU5pp0nD9kSJVvL/Q0OAAAAABkV4aWYAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"
)
"""A photograph that a telephone was held upright for: white above, red below; Pillow cannot write such."""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="10" height="10" fill="#f00"/>'
    '<path d="M10 0h10v10h-10z"/><circle cx="25" cy="5" r="4" fill="#808080"/></svg>'
)


def opened(data: bytes) -> Image.Image:
    """Return a picture as any program reads it."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def middle(picture: Image.Image) -> tuple[int, ...]:
    """Return the pixel in the middle of a picture."""
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    return found if isinstance(found, tuple) else (int(str(found)),)


def as_inks(data: bytes) -> tuple[float, ...]:
    """Return the inks in the middle of a picture for the press, in percent."""
    picture = opened(data)
    if picture.mode == "L":  # in black ink alone
        return 0, 0, 0, 100 - middle(picture)[0] / 2.55
    assert picture.mode == "CMYK"
    return tuple(ink / 2.55 for ink in middle(picture))


def as_shown(data: bytes) -> tuple[int, ...]:
    """Return what a browser shows in the middle of a picture on white, in sRGB."""
    picture = opened(data)
    profile = picture.info.get("icc_profile")
    assert picture.mode != "CMYK"
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256).convert("L")
    layer = picture.convert("RGBA")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "L" if profile[16:20] == b"GRAY" else "RGB"
        shown = ImageCms.profileToProfile(
            picture.convert(mode), source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        assert shown is not None
        shown.putalpha(layer.getchannel("A"))
        layer = shown
    return middle(Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer))[:3]


def on_site(data: bytes) -> bytes:
    """Return what the site gets of a picture."""
    return site_picture(Figure("p", (), (), (), *look_at(data), data, Span(Source("x"))), FOGRA39)


@pytest.mark.parametrize("kind", LINE)
def test_paper(kind: str) -> None:
    """In the inks expected, within two percent."""
    data, inks, _ = LINE[kind]
    assert as_inks(for_press(data, 20, PRESS, 300)) == pytest.approx(inks, abs=2)


@pytest.mark.parametrize("kind", LINE)
def test_sheet_on_the_screen(kind: str) -> None:
    """In sRGB, without a profile."""
    data, _, colour = LINE[kind]
    shown = for_screen(data, FOGRA39)
    assert (opened(shown).format, opened(shown).mode, opened(shown).info.get("icc_profile")) == (
        "JPEG",
        "RGB",
        None,
    )
    assert as_shown(shown) == pytest.approx(colour, abs=LOSSY)


@pytest.mark.parametrize("kind", LINE)
def test_site(kind: str) -> None:
    """As a browser shows it, which takes greys and colours without a profile for sRGB; nothing moves."""
    data, _, colour = LINE[kind]
    shown = on_site(data)
    assert opened(shown).format in {"JPEG", "PNG", "WEBP"}
    assert getattr(opened(shown), "n_frames", 1) == 1
    assert as_shown(shown) == pytest.approx(colour, abs=LOSSY)


def textured(spread: int = 60) -> Image.Image:
    """Return a grey photograph, as far as a machine can tell."""
    return Image.effect_noise((400, 300), spread)


def scanned() -> Image.Image:
    """Return a page of text as a scanner gives it: paper that is not quite white, letters not quite black."""
    page = Image.effect_noise((400, 300), 5).point(lambda value: value + 110)
    for row in range(20, 280, 12):
        page.paste(40, (30, row, 370, row + 2))
    return page


@pytest.mark.parametrize(
    ("picture", "grey", "way"),
    [
        (textured(), "black", "black"),
        (textured(), "four", "four"),
        (textured().convert("RGB"), "four", "four"),
        (Image.radial_gradient("L"), "four", "four"),
        (scanned(), "four", "line"),
        (scanned().convert("RGB"), "four", "line"),
        (textured().convert("1"), "four", "line"),
        (Image.new("L", SIZE, 90), "four", "line"),
        (textured().convert("RGB").point([*range(256), *range(256), *[9] * 256]), "four", "colour"),
    ],
)
def test_what_a_picture_is_taken_for(picture: Image.Image, grey: Grey, way: str) -> None:
    """Lines and letters are black whatever the printer says; greys are greys in any kind of file."""
    data = encoded(picture, "PNG")
    assert way_of(data, PRESS, grey) == way
    found = opened(for_press(data, 200, PRESS, 300, grey))
    assert found.mode == ("CMYK" if way in {"four", "colour"} else "L")


def test_black_in_a_drawing_with_colours_is_black_ink() -> None:
    """Letters of a chart in four inks would have coloured edges; its colours stay colours."""
    chart = Image.new("RGB", (120, 60), "white")
    chart.paste(RED, (0, 0, 40, 60))
    chart.paste(BLACK, (40, 0, 80, 60))
    found = opened(for_press(encoded(chart, "PNG"), 20, PRESS, 300))
    shown = [found.getpixel((x, 30)) for x in (20, 60, 100)]
    expected = [tuple(2.55 * ink for ink in RED_INKS), (0, 0, 0, 255), (0, 0, 0, 0)]
    assert [pytest.approx(one, abs=6) for one in expected] == shown


@pytest.mark.skipif(find_spec("pi_heif") is None, reason="pi-heif is not installed")
def test_a_photograph_of_an_iphone() -> None:
    """Upright everywhere; the site gets a WebP, which browsers show."""
    assert look_at(HEIC)[:2] == (40, 64)
    for shown in (for_screen(HEIC, FOGRA39), on_site(HEIC)):
        assert opened(shown).getpixel((20, 8)) == pytest.approx((255, 255, 255), abs=9)
        assert opened(shown).getpixel((20, 56)) == pytest.approx(RED, abs=40)
    assert opened(on_site(HEIC)).format == "WEBP"


def test_a_drawing_is_drawn_as_finely_as_it_is_printed() -> None:
    """A logo has no pixels of its own; its black and its greys are black ink, its colours colours."""
    data = LOGO.encode()
    assert look_at(data) == (8200, 2733, True)
    printed = opened(for_press(data, 400, PRESS, 300))
    assert printed.size == (4725, 1575)
    shown = [printed.getpixel((x, 800)) for x in (800, 2400, 3900)]
    expected = [tuple(2.55 * ink for ink in inks) for inks in (RED_INKS, K, K_GREY)]
    assert [pytest.approx(one, abs=6) for one in expected] == shown
    for found in (opened(for_screen(data, FOGRA39)), opened(on_site(data))):
        colours = [found.getpixel((int(found.width * part), found.height // 2)) for part in (0.2, 0.5, 0.8)]
        assert [pytest.approx(one, abs=LOSSY) for one in (RED, BLACK, GREY)] == colours
    grey = opened(for_press(LOGO.replace("#f00", "#222").encode(), 100, PRESS, 300, "four"))
    assert grey.mode == "L"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<text y='9'>Oxalis</text>", "figure-drawing"),
        ("<g><foreignObject/></g>", "figure-drawing"),
        ("<image href='photo.jpg' width='9' height='9'/>", "figure-drawing"),
        ("<image href='data:image/png;base64,AA' width='9' height='9'/>", "figure-drawing"),
        ("<use href='https://example.org/logo.svg#a'/>", "figure-drawing"),
        ("<style>@import url(https://example.org/a.css)</style>", "figure-drawing"),
        ("<rect fill='url(https://example.org/a.svg#b)'/>", "figure-drawing"),
        ("<path", "figure-not-picture"),
        ("<rect fill='url( \"a.svg#b\" )'/>", "figure-drawing"),
        ("<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use href='#a'/>", None),
        ("<clipPath id='a'/><rect style='fill: url( #a); clip-path: url(\"#a\")'/>", None),
    ],
)
def test_a_drawing_depends_on_nothing(part: str, code: str | None, tmp_path: Path) -> None:
    """Text, pictures and other files are refused by `check`; what is inside the drawing itself is not."""
    write_project(tmp_path, un="---\nfigure:\n  file: l.svg\n  alt: Un logo\n---\n# Un\n\n- ✓ Oui.\n")
    (tmp_path / "panels" / "l.svg").write_text(LOGO.replace("</svg>", f"{part}</svg>"), encoding="utf-8")
    assert said(read_project(tmp_path).diagnostics) == ([code] if code else [])


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("viewBox='0 0 0 0' width='30mm' height='10mm'", None),
        ("viewBox='0 0 100% 100%' width='30' height='10'", None),
        ("viewBox='0 0 1e-320 1e-320'", "figure-drawing"),
        ("width='100%' height='100%'", "figure-drawing"),
    ],
)
def test_a_drawing_says_its_sides(head: str, code: str | None, tmp_path: Path) -> None:
    """In a box, or in width and height where the box says nothing."""
    write_project(tmp_path, un="---\nfigure:\n  file: l.svg\n  alt: Un logo\n---\n# Un\n\n- ✓ Oui.\n")
    drawing = LOGO.replace('viewBox="0 0 30 10"', head)
    (tmp_path / "panels" / "l.svg").write_text(drawing, encoding="utf-8")
    assert said(read_project(tmp_path).diagnostics) == ([code] if code else [])


def test_greys_keep_their_tones() -> None:
    """No level of a photograph in black ink is lost, but for what black ink cannot tell apart."""
    ramp = Image.linear_gradient("L").resize((256, 256))
    printed = opened(for_press(encoded(ramp.convert("RGB"), "PNG"), 200, PRESS, 300))
    levels = printed.getcolors(256) or []
    assert len(levels) > 180


def test_a_picture_of_another_press_is_told(tmp_path: Path) -> None:
    """In `check`; one of the same press, or without a profile, needs no word."""
    panel = "---\nfigure:\n  file: p.tif\n  alt: Une image\n---\n# Un\n\n- ✓ Oui.\n"
    write_project(tmp_path, un=panel)
    for profile, code in ((FOGRA39, []), (SAME, []), (None, []), (OTHER, ["figure-inks"])):
        (tmp_path / "panels" / "p.tif").write_bytes(inked(icc_profile=profile))
        found = check(tmp_path).diagnostics
        assert said(found) == code
    assert drawn(found, tmp_path) == told("figure-inks")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (flat("F", 0.5, "TIFF"), "figure-deep"),
        (flat("I", 40_000, "TIFF"), "figure-deep"),
        (flat("RGB", RED, "BMP"), "figure-not-picture"),
        (b"<?xml version='1.0' encoding='unicode'?>" + LOGO.encode(), "figure-not-picture"),
        (flat("RGB", RED, "JPEG2000"), "figure-not-picture"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(data: bytes, code: str, tmp_path: Path) -> None:
    """By `check`, before anything is built."""
    write_project(tmp_path, un="---\nfigure:\n  file: p.png\n  alt: Une image\n---\n# Un\n\n- ✓ Oui.\n")
    (tmp_path / "panels" / "p.png").write_bytes(data)
    assert said(read_project(tmp_path).diagnostics) == [code]
