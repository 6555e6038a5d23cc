"""What colours a picture has: one rule for paper, for the sheet on the screen and for the site.

The profile in its file counts. Without one, red, green and blue are sRGB, inks are those of the press that
the sheets are made for, and greys have the tones of sRGB.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from math import ceil

from PIL import Image, ImageCms
from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

from oxalis_panels.reading.drawings import drawing_size, is_drawing
from oxalis_panels.reading.pictures import Opened, open_picture

STRIP = 64
"""Rows that are worked on at once, so that little memory is taken besides the picture."""
REACH = 6
"""So many rows above and below a strip, in its own size, have a part in its pixels when it is reduced."""
GREYS = frozenset({"1", "L", "LA"})


def open_any(data: bytes, wanted: tuple[int, int]) -> Opened:
    """Return a picture, or a drawing drawn, that may be smaller than it was, but no smaller than `wanted`."""
    if not is_drawing(data):
        return open_picture(data, wanted)
    from oxalis_panels.rendering.drawings import drawn  # noqa: PLC0415 - WeasyPrint, for drawings alone

    width, height = drawing_size(data)
    scale = min(1, max(wanted[0] / width, wanted[1] / height))
    return Opened(drawn(data, (max(1, round(width * scale)), max(1, round(height * scale)))), None)


def profile_of(opened: Opened, press: bytes) -> ImageCmsProfile:
    """Return what the numbers of a picture mean; those of greys without a profile as sRGB of equal parts."""
    mine = opened.profile or (press if opened.image.mode == "CMYK" else None)
    return read_profile(mine) if mine else srgb()


def srgb() -> ImageCmsProfile:
    """Return the colours of the web."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def read_profile(icc: bytes) -> ImageCmsProfile:
    """Return a profile as Little CMS needs it."""
    return ImageCms.ImageCmsProfile(io.BytesIO(icc))


def transform(source: ImageCmsProfile, target: ImageCmsProfile, modes: tuple[str, str]) -> ImageCmsTransform:
    """Return how to go from one profile to another: relatively, the black point compensated."""
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.buildTransform(source, target, *modes, intent, flags)


def transformed(strip: Image.Image, way: ImageCmsTransform) -> Image.Image:
    """Return a picture that has gone through a transform."""
    done = ImageCms.applyTransform(strip, way)
    assert done is not None  # noqa: S101 - it is None only for a picture changed in place
    return done


def size_within(picture: Image.Image, width: int, height: int) -> tuple[int, int]:
    """Return the size of a picture that is no larger than it needs to be."""
    scale = min(1, width / picture.width, height / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def strips(picture: Image.Image, size: tuple[int, int], *, white: bool = True) -> Iterator[Image.Image]:
    """Yield a picture in a size, from top to bottom, `STRIP` rows at a time: the whole is not copied.

    What is transparent becomes `white`, unless it shall stay.
    """
    width, height = size
    scale = picture.height / height
    for top in range(0, height, STRIP):
        first, last = top * scale, min(top + STRIP, height) * scale
        above, below = max(0, int(first - REACH * scale)), min(picture.height, ceil(last + REACH * scale))
        if size == picture.size:
            above, below = int(first), int(last)
        strip = picture.crop((0, above, picture.width, below))
        strip = on_white(strip) if white else strip
        if size != picture.size:
            strip = strip.convert("L") if strip.mode == "1" else strip  # of which Pillow would leave rows out
            box = (0, first - above, picture.width, last - above)
            strip = strip.resize((width, min(STRIP, height - top)), box=box, reducing_gap=3)
        yield strip


def joined(rows: Iterable[Image.Image], size: tuple[int, int]) -> Image.Image:
    """Return a picture of strips."""
    whole, top = Image.new("1", (0, 0)), 0
    for strip in rows:
        whole = whole if top else Image.new(strip.mode, size)
        whole.paste(strip, (0, top))
        top += strip.height
    return whole


def to_srgb(opened: Opened, press: bytes) -> Callable[[Image.Image], Image.Image]:
    """Return what makes red, green and blue in sRGB of a strip of a picture on white."""
    picture = opened.image
    if picture.mode != "CMYK" and opened.profile is None:
        return lambda strip: strip.convert("RGB")
    mode = {"CMYK": "CMYK", "RGB": "RGB", "RGBA": "RGB"}.get(picture.mode, "L")
    way = transform(profile_of(opened, press), srgb(), (mode, "RGB"))
    return lambda strip: transformed(strip.convert(mode), way)


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency: what shows through is white."""
    if picture.mode not in {"LA", "RGBA"}:
        return picture
    mode = picture.mode[:-1]
    ground = Image.new(mode, picture.size, "white")
    ground.paste(picture.convert(mode), (0, 0), picture.getchannel("A"))
    return ground
