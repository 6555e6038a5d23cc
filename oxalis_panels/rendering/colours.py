"""The colours of a picture: one rule for paper, for posters on the screen and for the site.

The profile in its file counts. Without one, RGB and greys are sRGB, and CMYK is that of the press that the
posters are made for.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from math import ceil

from PIL import Image, ImageCms
from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

from oxalis_panels.reading.drawings import drawing_size, is_drawing
from oxalis_panels.reading.pictures import Opened, open_picture

STRIP = 64
"""Rows that are converted at once, so that little memory is needed besides the picture."""
REACH = 6
"""Rows above and below a strip, after reduction, whose pixels count in its own when it is reduced."""
GREYS = frozenset({"1", "L", "LA"})


def open_any(data: bytes, wanted: tuple[int, int]) -> Opened:
    """Return a picture, or a drawing in pixels, perhaps reduced, but no smaller than `wanted`."""
    if not is_drawing(data):
        return open_picture(data, wanted)
    from oxalis_panels.rendering.layout_engine import drawn  # noqa: PLC0415 - WeasyPrint, for drawings alone

    width, height = drawing_size(data)
    scale = min(1, max(wanted[0] / width, wanted[1] / height))
    return Opened(drawn(data, (max(1, round(width * scale)), max(1, round(height * scale)))), None)


def profile_of(opened: Opened, press: bytes) -> ImageCmsProfile:
    """Return the profile of a picture: its own, else that of the `press` for CMYK, else sRGB."""
    icc = opened.profile or (press if opened.image.mode == "CMYK" else None)
    return read_profile(icc) if icc else srgb()


def srgb() -> ImageCmsProfile:
    """Return the profile of the web, sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def read_profile(icc: bytes) -> ImageCmsProfile:
    """Return a profile for Little CMS from the bytes of an ICC file."""
    return ImageCms.ImageCmsProfile(io.BytesIO(icc))


def transform(source: ImageCmsProfile, target: ImageCmsProfile, modes: tuple[str, str]) -> ImageCmsTransform:
    """Return the transform between two profiles: relative colorimetric, with black point compensation."""
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.buildTransform(source, target, *modes, intent, flags)


def transformed(strip: Image.Image, conversion: ImageCmsTransform) -> Image.Image:
    """Return a picture with a transform applied."""
    done = ImageCms.applyTransform(strip, conversion)
    assert done is not None  # it is None only for a picture changed in place
    return done


def size_within(picture: Image.Image, width: int, height: int) -> tuple[int, int]:
    """Return the size in pixels of a picture reduced to fit a width and a height; it is never enlarged."""
    scale = min(1, width / picture.width, height / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def strips(picture: Image.Image, size: tuple[int, int], *, white: bool = True) -> Iterator[Image.Image]:
    """Yield a picture in a size, `STRIP` rows at a time from the top, on white unless `white` is false."""
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
    """Return a picture joined from strips, top to bottom."""
    whole, top = Image.new("1", (0, 0)), 0
    for strip in rows:
        whole = whole if top else Image.new(strip.mode, size)
        whole.paste(strip, (0, top))
        top += strip.height
    return whole


def to_srgb(opened: Opened, press: bytes) -> Callable[[Image.Image], Image.Image]:
    """Return a function that converts a strip of a picture, on white, to RGB in sRGB."""
    picture = opened.image
    if picture.mode != "CMYK" and opened.profile is None:
        return lambda strip: strip.convert("RGB")
    mode = {"CMYK": "CMYK", "RGB": "RGB", "RGBA": "RGB"}.get(picture.mode, "L")
    conversion = transform(profile_of(opened, press), srgb(), (mode, "RGB"))
    return lambda strip: transformed(strip.convert(mode), conversion)


def encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    """Return the bytes of a picture as a file of a kind that Pillow names: `PNG`."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, on a white ground."""
    if picture.mode not in {"LA", "RGBA"}:
        return picture
    mode = picture.mode[:-1]
    ground = Image.new(mode, picture.size, "white")
    ground.paste(picture.convert(mode), (0, 0), picture.getchannel("A"))
    return ground
