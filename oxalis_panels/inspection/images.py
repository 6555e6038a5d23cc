"""Pictures: their pixels, colour space and inks; and what in any stream a press may refuse."""

import io
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pikepdf
from pikepdf import Stream
from PIL import Image, ImageMath

from oxalis_panels.inspection.colours import BYTE, CMYK, GREY, inks_of, space_of
from oxalis_panels.inspection.objects import entry, filters, name, number, numbers, samples
from oxalis_panels.inspection.survey import Feature, FeatureKind, Picture, Space

MOST_BYTES = 350_000_000
"""A picture of A1 at 300 dpi has 280 million; larger ones are not decoded (and Pillow would warn of them)."""
PROGRESSIVE = 3
"""How many times the memory a JPEG takes that is made of several scans."""
MOST_WORK = 700_000_000
"""Bytes that a picture may take while it is decoded."""
STRIP = 64
"""Rows measured at once, so that adding inks takes little memory."""
SLACK = 1000
"""Bytes behind the samples that are nobody's."""
DEFAULTS = {"DeviceGray": "DefaultGray", "DeviceRGB": "DefaultRGB", "DeviceCMYK": "DefaultCMYK"}
NEGATIVE: dict[int, tuple[float, ...]] = {GREY: (1.0, 0.0), CMYK: (1.0, 0.0) * 4}
MOST_OBJECTS = 300_000
"""Of a file that are looked at; a poster has some hundreds."""
PACKING: dict[str, FeatureKind] = {
    "JPXDecode": "jpeg2000",
    "JBIG2Decode": "jbig2",
    **dict.fromkeys(("LZWDecode", "LZW"), "lzw"),
}
DEEP = 16
"""Bits for each ink of a pixel."""


def picture_of(stream: object, named: Callable[[object], Space]) -> Picture:
    """Return a picture; `named` finds the colour space that a name stands for.

    The dictionary of one that stands inside a content stream will do; its inks are not measured.
    """
    width, height = int(number(entry(stream, "Width"))), int(number(entry(stream, "Height")))
    if entry(stream, "ImageMask") is True:
        return Picture(width, height, None, None)
    written = entry(stream, "ColorSpace")
    packed = "JPEG 2000" if "JPXDecode" in filters(stream) else "?"
    space = named(written) if written is not None else Space("foreign", packed)
    return Picture(width, height, space, _most_ink(stream, space, width, height))


def _most_ink(stream: object, space: Space, width: int, height: int) -> float | None:
    """Return the largest total of a picture of bytes in grey, CMYK or a palette of these.

    Of one in a single ink that cannot be read, return what is never exceeded.
    """
    if space.label == "Indexed" and isinstance(space.tint, bytes) and space.base is not None:
        rows = range(len(space.tint) // max(1, space.base.components))
        totals = [sum(inks) for row in rows if (inks := inks_of(space, [row])) is not None]
        return 100 * max(totals) if totals else None
    count = space.components
    if space.kind not in {"press", "profiled"} or space.label == "Indexed":
        return None
    decode = numbers(entry(stream, "Decode"))
    negative = decode == NEGATIVE.get(count)
    plain = negative or not decode or decode == (0.0, 1.0) * count
    fits = 0 < width * height * count <= MOST_BYTES and number(entry(stream, "BitsPerComponent")) == BYTE
    image = None
    if count in NEGATIVE and not space.inks and plain and fits:
        image, stored_negative = _decoded(stream, "CMYK" if count == CMYK else "L", (width, height))
    if image is None:
        return 100.0 if count == GREY else None
    if count == GREY:
        lightest, darkest = image.getextrema()
        return 100 * (number(darkest) / 255 if negative else 1 - number(lightest) / 255)
    return 100 * max(_totals(image, inverted=negative != stored_negative)) / 255


def _decoded(stream: object, mode: str, size: tuple[int, int]) -> tuple[Image.Image | None, bool]:
    """Return the samples of a picture, and whether Pillow has inverted them, as it does CMYK JPEG."""
    try:
        if filters(stream) == ["DCTDecode"] and isinstance(stream, Stream):
            with warnings.catch_warnings(action="ignore"):
                image = Image.open(io.BytesIO(stream.read_raw_bytes()))
            work = size[0] * size[1] * len(mode) * (PROGRESSIVE if image.info.get("progressive") else 1)
            if (image.size, image.mode) != (size, mode) or work > MOST_WORK:
                return None, False
            image.load()
            return image, mode == "CMYK"
        needed = size[0] * size[1] * len(mode)
        found = samples(stream, needed + size[1] + SLACK)  # PNG's way to predict adds a byte to each row
        if found is None or len(found) < needed:
            return None, False
        pixels: Any = found[:needed]  # Pillow takes any buffer
        return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1), False
    except (pikepdf.PikepdfError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None, False


def _totals(image: Image.Image, *, inverted: bool) -> Iterator[float]:
    """Yield the largest sum of the four inks in each strip of a picture, 255 being one full ink."""
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        bands = dict(zip("cmyk", strip.split(), strict=True))
        total = ImageMath.lambda_eval(lambda each: each["c"] + each["m"] + each["y"] + each["k"], **bands)
        least, most = total.getextrema()
        yield 4 * 255 - least if inverted else most


def mask_of(stream: object) -> bool:
    """Whether a picture has a soft mask, and so is transparent."""
    return isinstance(entry(stream, "SMask"), Stream) or number(entry(stream, "SMaskInData")) > 0


def space_in(resources: object) -> Callable[[object], Space]:
    """Return what finds a colour space by name in some resources, each of them read once."""
    known: dict[str, Space] = {}
    spaces = entry(resources, "ColorSpace")

    def find(thing: object) -> Space:
        key = name(thing)
        if not key:
            return standing(space_of(thing))
        if key not in known:
            declared = entry(spaces, key)
            known[key] = standing(space_of(thing if declared is None else declared))
        return known[key]

    def standing(space: Space) -> Space:
        """Return what the resources put in the place of a device's space (ISO 32000-1, 8.6.5.6)."""
        other = entry(spaces, DEFAULTS.get(space.label, ""))
        return space if other is None else space_of(other)

    return find


def features_of(document: pikepdf.Pdf) -> tuple[tuple[Feature, ...], bool]:
    """Return what is found in the streams of a file, and whether all were looked at."""
    found: dict[Feature, None] = {}
    for thing in islice(document.objects, MOST_OBJECTS):
        if isinstance(thing, Stream):
            picture = name(entry(thing, "Subtype")) == "Image"
            found |= dict.fromkeys(Feature(0, kind) for kind in kinds_of(thing, picture=picture))
    return tuple(found), len(document.objects) <= MOST_OBJECTS


def kinds_of(stream: object, *, picture: bool) -> Iterator[FeatureKind]:
    """Yield what is in a stream, or in the dictionary of a picture inside a content stream."""
    for each in filters(stream):
        if each in PACKING:
            yield PACKING[each]
    if picture and number(entry(stream, "BitsPerComponent")) == DEEP:
        yield "deep"
    if entry(stream, "OPI") is not None:
        yield "opi"
    subtypes = {name(entry(stream, "Subtype")), name(entry(stream, "Subtype2"))}
    if "PS" in subtypes or ("Form" in subtypes and entry(stream, "PS") is not None):
        yield "postscript"
    if "Form" in subtypes and entry(stream, "Ref") is not None:
        yield "reference"
    if name(entry(stream, "Type")) == "EmbeddedFile":
        yield "attachment"
