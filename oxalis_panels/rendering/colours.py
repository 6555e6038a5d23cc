"""What colours a picture has: one rule for paper, for the sheet on the screen and for the site.

The profile in its file counts. Without one, red, green and blue are sRGB, inks are those of the press that
the sheets are made for, and greys have the tones of sRGB.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageCms

from oxalis_panels.reading.drawings import drawing_size, is_drawing
from oxalis_panels.reading.pictures import Opened, open_picture

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

STRIP = 256
"""Rows that are worked on at once, so that little memory is taken besides the picture."""
GREYS = frozenset({"1", "L", "LA"})


def open_any(data: bytes, wanted: tuple[int, int]) -> Opened:
    """Return a picture, or a drawing drawn, that may be smaller than it was, but no smaller than `wanted`."""
    if not is_drawing(data):
        return open_picture(data, wanted)
    from oxalis_panels.poster.drawings import drawn  # noqa: PLC0415 - WeasyPrint, for drawings alone

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


def transformed(picture: Image.Image, way: ImageCmsTransform, mode: str) -> Image.Image:
    """Return a picture that has gone through a transform to `mode`."""
    done = Image.new(mode, picture.size)
    for top in range(0, picture.height, STRIP):
        strip = picture.crop((0, top, picture.width, min(top + STRIP, picture.height)))
        found = ImageCms.applyTransform(strip, way)
        assert found is not None  # noqa: S101 - it is None only for a picture changed in place
        done.paste(found, (0, top))
    return done


def in_srgb(opened: Opened, press: bytes) -> Image.Image:
    """Return a picture in sRGB: red, green and blue, or grey; its transparency stays."""
    picture = opened.image
    if picture.mode != "CMYK" and opened.profile is None:
        return picture
    alpha = picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None
    mode = {"CMYK": "CMYK", "RGB": "RGB", "RGBA": "RGB"}.get(picture.mode, "L")
    way = transform(profile_of(opened, press), srgb(), (mode, "RGB"))
    done = transformed(picture.convert(mode) if picture.mode != mode else picture, way, "RGB")
    if alpha:
        done.putalpha(alpha)
    return done


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency: what shows through is white."""
    if picture.mode not in {"LA", "RGBA"}:
        return picture
    mode = picture.mode[:-1]
    ground = Image.new(mode, picture.size, "white")
    ground.paste(picture.convert(mode), (0, 0), picture.getchannel("A"))
    return ground


def reduced(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return a picture that is no larger than it needs to be."""
    scale = min(width / picture.width, height / picture.height)
    if scale >= 1:
        return picture
    if picture.mode == "1":  # of which Pillow would leave rows out
        picture = picture.convert("L")
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, reducing_gap=3)
