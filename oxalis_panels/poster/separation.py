"""Pictures → the inks of the press, and sRGB for the sheets on the screen.

A picture that is in the printer's inks keeps them; black art is printed in black ink, never in four.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from tempfile import TemporaryFile
from typing import IO, Any, Literal

from PIL import Image, ImageChops, ImageCms, ImageMath
from PIL.ImageCms import ImageCmsProfile

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, warning
from oxalis_panels.poster.figures import MM_PER_INCH
from oxalis_panels.printers.printer import Condition, Grey
from oxalis_panels.reading.drawings import is_drawing
from oxalis_panels.reading.pictures import SAMPLE, Opened, is_flat, profile_of_inks, sample_of
from oxalis_panels.rendering.colours import (
    GREYS,
    encoded,
    joined,
    on_white,
    open_any,
    profile_of,
    read_profile,
    size_within,
    strips,
    to_srgb,
    transform,
    transformed,
)
from oxalis_panels.system import temporary

IDEAL = 300
"""Dots per inch: more is not seen and only makes the file heavy."""
QUALITY = 92
SCREEN_WIDTH = 2000
"""Pixels: the width of a large screen."""
COLOURS, BLACK = ("cyan", "magenta", "yellow"), "black"
HIGHEST = 60_000
"""Pixels: what a JPEG can have."""
LOSS = 6
"""In percent of ink: how far JPEG may carry a spot over the limit; in coarse grain, a little further."""
HARMLESS = 60
"""In percent of ink: what has so much less than the limit, no compression carries over it."""
NOISE = 3
"""Of 255: what compression leaves of an ink that is not there, or of a colour in a grey."""
PAPER, BRIGHT, MIDDLE = 0.6, 24, 0.25
"""A scan of lines: this part of it is bare paper, within so many levels, and no more than this half-tones."""

Crop = tuple[float, float, float, float]
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)
"""A part of a picture, from the left and the top to the right and the bottom: here all of it."""
Way = Literal["line", "black", "four", "inks", "other_inks", "colour"]
"""How a picture is printed: lines and letters in black, a grey photograph in black or in four inks, the inks
that it has, inks made from those of another press, colours."""


def for_press(  # noqa: PLR0913, PLR0917 - all that the press knows of a picture
    data: bytes, width: float, press: Condition, ink: int, grey: Grey = "black", crop: Crop = WHOLE
) -> bytes:
    """Return a picture, or a part of it, `width` mm wide, in the inks of a condition: a JPEG; a PNG of lines.

    What black ink prints alone is a picture in grey; `grey` says how grey photographs are printed. Inks
    of the same condition stay as they are; colours go to it relatively, the black point compensated; what is
    transparent becomes white; no spot takes more than `ink` percent. Raises OSError where the temporary
    folder is full: there the strips wait until the picture that they are made from has left the memory.
    """
    way = way_of(data, press, grey)
    with TemporaryFile(dir=temporary.folder()) as waiting:
        wide = ceil(IDEAL * width / MM_PER_INCH)
        size = _write_inks(waiting, data, wide, way=way, press=press, ink=ink, crop=crop)
        waiting.seek(0)
        mode = "L" if way in {"line", "black"} else "CMYK"
        picture = Image.frombuffer(mode, size, waiting.read(), "raw", mode, 0, 1)
    return encoded(picture, "PNG") if way == "line" else _jpeg(picture)


def _write_inks(  # noqa: PLR0913 - what `for_press` was given
    file: IO[bytes], data: bytes, wide: int, *, way: Way, press: Condition, ink: int, crop: Crop
) -> tuple[int, int]:
    """Write the inks of a picture, from top to bottom; return its size."""
    opened = _opened(data, wide, crop)
    size = size_within(opened.image, wide, HIGHEST)
    drawing = way == "colour" and (is_drawing(data) or is_flat(on_white(sample_of(opened.image))))
    separate = _separation(opened, "drawing" if drawing else way, press, ink)
    for strip in strips(opened.image, size):
        file.write(separate(strip).tobytes())
    return size


def way_of(data: bytes, press: Condition, grey: Grey) -> Way:
    """Return how a picture is printed."""
    opened = open_any(data, (SAMPLE, 1))
    picture = opened.image
    if picture.mode == "CMYK":
        own = opened.profile is None or is_of(opened.profile, press)
        return "inks" if own else "other_inks"
    rows = strips(picture, picture.size)
    if picture.mode in {"RGB", "RGBA"} and not all(map(_is_grey, rows)):
        return "colour"
    sample = on_white(sample_of(picture)).convert("L")
    if is_drawing(data) or picture.mode == "1" or is_flat(sample) or _is_scan(sample):
        return "line"
    return grey


def for_screen(data: bytes, press: bytes, crop: Crop = WHOLE) -> bytes:
    """Return a picture, or a part of it, as an sRGB JPEG; `press` is the profile of bare inks."""
    opened = _opened(data, SCREEN_WIDTH, crop)
    size = size_within(opened.image, SCREEN_WIDTH, HIGHEST)
    return _jpeg(joined(map(to_srgb(opened, press), strips(opened.image, size)), size))


def _opened(data: bytes, wide: int, crop: Crop) -> Opened:
    """Return a part of a picture, perhaps reduced, but no narrower than it is wanted."""
    opened = open_any(data, (ceil(wide / (crop[2] - crop[0])), 1))
    if crop == WHOLE:
        return opened
    size = opened.image.size
    left, top, right, bottom = (round(part * side) for part, side in zip(crop, size * 2, strict=True))
    return replace(opened, image=opened.image.crop((left, top, right, bottom)))


def check_separations(collection: Collection, press: Condition) -> Iterator[Diagnostic]:
    """Yield a warning for each picture in the inks of another press: most of its numbers will change."""
    for panel in collection.panels:
        profile = profile_of_inks(panel.figure.data) if panel.figure else None
        if panel.figure and profile and not is_of(profile, press):
            other = read_profile(profile).profile.profile_description or "?"
            yield warning("figure-inks", panel.figure.span, found=other, condition=press.identifier)


def is_of(profile: bytes, press: Condition) -> bool:
    """Whether a profile is that of a condition: the same file, or one whose description or data name it."""
    if profile == press.icc:
        return True
    about = read_profile(profile).profile
    named = re.compile(rf"{re.escape(_letters(press.identifier))}(?!\d)")
    return any(named.search(_letters(text or "")) for text in (about.profile_description, about.target))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _is_grey(strip: Image.Image) -> bool:
    """Whether nothing in a picture has a colour."""
    red, green, blue = strip.split()
    return max(_most(ImageChops.difference(red, other)) for other in (green, blue)) <= NOISE


def _most(band: Image.Image) -> float:
    return float(str(band.getextrema()[1]))


def _is_scan(sample: Image.Image) -> bool:
    """Whether a grey picture is a sheet of paper with lines or letters on it."""
    levels = sample.histogram()
    paper = max(sum(levels[start : start + BRIGHT]) for start in range(128, 256))
    return paper >= PAPER * sum(levels) and sum(levels[64:160]) <= MIDDLE * sum(levels)


def _black(opened: Opened, icc: bytes) -> list[int]:
    """Return the grey for each level of a picture, 0 being full black ink: as light as it was."""
    mode = "L" if opened.profile and opened.image.mode in GREYS else "RGB"
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    none = Image.new("L", ramp.size)
    asked = _light(ramp.convert(mode), profile_of(opened, icc))
    given = _light(Image.merge("CMYK", [none, none, none, ramp]), read_profile(icc))
    rising = given[::-1]
    return [min(255, bisect_left(rising, each)) for each in asked]


def _light(ramp: Image.Image, profile: ImageCmsProfile) -> list[float]:
    """Return how much light each colour of a ramp reflects: 1 for the lightest, 0 for the darkest."""
    lab = read_profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    lightness = transformed(ramp, transform(profile, lab, (ramp.mode, "LAB"))).getchannel("L").tobytes()
    light = [((level / 2.55 + 16) / 116) ** 3 for level in lightness]
    least, most = min(light), max(light)
    return [(each - least) / (most - least) for each in light]


def _separation(
    opened: Opened, way: Way | Literal["drawing"], press: Condition, ink: int
) -> Callable[[Image.Image], Image.Image]:
    """Return what makes the inks of a strip of a picture."""
    if way in {"line", "black"}:
        black = _black(opened, press.icc)
        return lambda strip: strip.convert("L").point(black)
    if way == "inks":
        return lambda strip: _within(strip, ink, ink)
    mode = opened.image.mode
    numbers = "CMYK" if mode == "CMYK" else "L" if mode in GREYS and opened.profile else "RGB"
    change = transform(profile_of(opened, press.icc), read_profile(press.icc), (numbers, "CMYK"))
    black = _black(opened, press.icc) if way == "drawing" else []

    def separate(strip: Image.Image) -> Image.Image:
        inks = transformed(strip.convert(numbers), change)
        if way == "other_inks":
            inks = _with_pure(strip, inks)
        if way == "drawing":
            _blacken(inks, strip, black)
        return _within(inks, ink, ink - LOSS)

    return separate


def _with_pure(before: Image.Image, converted: Image.Image) -> Image.Image:
    """Put back what a picture in the inks of another press had in one ink alone: black stays black."""
    bands, after = before.split(), list(converted.split())
    none = Image.new("L", before.size)
    for index, ink in enumerate(bands):
        others = [each for each in bands if each is not ink]
        most = ImageChops.lighter(ImageChops.lighter(others[0], others[1]), others[2])
        alone = most.point(lambda value: 255 * (value <= NOISE))
        after = [Image.composite(ink if n == index else none, each, alone) for n, each in enumerate(after)]
    return Image.merge("CMYK", after)


def _blacken(inks: Image.Image, strip: Image.Image, black: list[int]) -> None:
    """Have what is grey in a drawing printed in black ink alone."""
    red, green, blue = strip.split()
    none = Image.new("L", red.size)
    only = Image.merge("CMYK", [none, none, none, green.point(black).point(lambda value: 255 - value)])
    colour = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    inks.paste(only, (0, 0), colour.point(lambda value: 255 * (value <= NOISE)))


def _within(strip: Image.Image, ink: int, limit: int) -> Image.Image:
    """Return a strip of which no spot, once it was a JPEG, has more ink than `ink` percent.

    `limit` is what is tried first. A JPEG is made of squares of eight pixels, each by itself: what a strip
    of them becomes is what it will be in the whole.
    """
    if _most_ink(strip) <= ink - HARMLESS:
        return strip
    while True:
        strip = _limited(strip, limit)
        with Image.open(io.BytesIO(_jpeg(strip))) as unpacked:
            over = _most_ink(unpacked) - ink
        if over <= 0:
            return strip
        limit -= ceil(over)


def _bands(picture: Image.Image) -> dict[str, Image.Image]:
    return dict(zip((*COLOURS, BLACK), picture.split(), strict=True))


def _most_ink(picture: Image.Image) -> float:
    """Return the ink on the heaviest spot, in percent."""
    total: Any = ImageMath.lambda_eval(
        lambda band: sum(band[name] for name in (*COLOURS, BLACK)), **_bands(picture)
    )
    return float(total.getextrema()[1]) / 2.55


def _limited(picture: Image.Image, ink: int) -> Image.Image:
    """Take colour, never black, from the spots that have more ink than the limit, in percent."""
    most = int(255 * ink / 100)

    def limited(band: dict[str, Any]) -> object:
        colours = band["cyan"] + band["magenta"] + band["yellow"]
        room = band["min"](colours, band["max"](most - band["black"], 0))
        return band["convert"](band["this"] * room / band["max"](colours, 1), "L")

    bands = _bands(picture)
    less = [ImageMath.lambda_eval(limited, **bands, this=bands[name]) for name in COLOURS]
    return Image.merge("CMYK", [*less, bands["black"]])


def _jpeg(picture: Image.Image) -> bytes:
    return encoded(picture, "JPEG", quality=QUALITY, subsampling=0)
