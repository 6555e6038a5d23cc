"""A picture's file → its pixels in one of a few kinds, the right way up, and what its numbers mean.

Every picture is opened here: paper, screen and site start from the same pixels and the same profile.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from PIL import Image, ImageCms, ImageFile
from PIL.Image import Transpose

from oxalis_panels.model.value import value
from oxalis_panels.reading.drawings import drawing_size, is_drawing

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "AVIF", "GIF")
MOST_PIXELS = 250_000_000
"""The largest telephones have 200 million."""
MOST_BYTES = 520_000_000
"""What pixels may take while they are read; an A1 sheet in colour at 400 dpi takes 495 million."""
ORIENTATION = 0x0112
"""The Exif tag that says how a camera was held."""
LYING = frozenset({5, 6, 7, 8})
"""Its values for pictures that must be turned by a quarter."""
PHOTOMETRIC, WHITE_IS_ZERO = 262, 0
"""The TIFF tag that says what the numbers mean, and its value for negatives."""
DEPTH, TWELVE = 258, 12
"""The TIFF tag that says how many bits a number has, and the value that Pillow reads without filling 16."""
BYTES: Final = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""What Pillow keeps for a pixel; four bytes in all other modes."""
AVIF = (b"avif", b"avis")
"""How the kind of file begins that Pillow reads by itself."""
WHOLE: Final = {"WEBP": 12, "AVIF": 12, "HEIF": 12}
"""Bytes for each pixel of formats that are unpacked in several copies, whatever they hold."""
UNKNOWN_RANGE: Final = frozenset({"I", "F"})
"""Modes of which nobody knows which number is white."""
PLAIN: Final = {"PA": "RGBA", "La": "LA", "RGBa": "RGBA"}
KINDS: Final = frozenset({"1", "L", "LA", "RGB", "RGBA", "CMYK"})
"""The modes in which pictures leave this module."""
SPACES: Final = {"1": b"GRAY", "L": b"GRAY", "LA": b"GRAY", "CMYK": b"CMYK", "P": b"RGB "}
"""The colour space that a profile must be for (ICC.1:2010, 7.2.6), by mode; that of the others is RGB."""


SAMPLE = 600
"""Rows and columns of a picture that tell what kind it is."""
FLAT_COLOURS, FLAT = 16, 0.85
"""A picture of which so few colours are so great a part was drawn: a camera never gives the same twice."""


class DeepPixelsError(ValueError):
    """Pixels of 32 bits, or with a sign: what is white among them is not said."""


class HeavyPictureError(ValueError):
    """A picture that would fill the memory."""

    def __init__(self, size: tuple[int, int], most: int) -> None:
        """Take width and height, and the most pixels that a picture of this kind may have."""
        super().__init__(size)
        self.size, self.most = size, most


UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError)
"""What Pillow and pi-heif raise for damaged files."""


@value
class Opened:
    """A picture the right way up."""

    image: Image.Image
    """In one of `KINDS`; of several frames the first."""
    profile: bytes | None
    """Its ICC profile, if it has one for the kind of numbers that its file has."""


def look_at(data: bytes) -> tuple[int, int, bool]:
    """Return width and height of a picture that is whole, the right way up, and whether it was drawn.

    Every byte of a JPEG is looked at, but an eighth of its rows and columns is made of it: that takes a
    sixty-fourth of the memory. Raises `UNREADABLE`, among them the two errors above.
    """
    if is_drawing(data):
        return *drawing_size(data), True
    with _opening(data) as picture:
        size = picture.size
        lying = picture.getexif().get(ORIENTATION) in LYING and picture.format != "TIFF"  # Pillow turns these
        picture.draft(None, (1, 1))
        picture.load()
        flat = not picture.mode.startswith("I;16") and is_flat(sample_of(picture))
        drawn = picture.has_transparency_data or flat
    return (*size[::-1], drawn) if lying else (*size, drawn)


def sample_of(picture: Image.Image) -> Image.Image:
    """Return some of the pixels of a picture, none of them mixed."""
    size = (min(SAMPLE, picture.width), min(SAMPLE, picture.height))
    return picture.resize(size, Image.Resampling.NEAREST)


def is_flat(sample: Image.Image) -> bool:
    """Whether a picture has a few colours, and little between them: a chart, a plan, a logo."""
    pixels = sample.width * sample.height
    most = FLAT_COLOURS + int((1 - FLAT) * pixels)  # of more colours, so few cannot be so great a part
    counts = sorted((count for count, _ in sample.getcolors(most) or ()), reverse=True)
    return sum(counts[:FLAT_COLOURS]) >= FLAT * pixels


def open_picture(data: bytes, wanted: tuple[int, int]) -> Opened:
    """Return a picture that may be smaller than it was, but in no direction than `wanted` in pixels.

    Raises as `look_at`, which looked at it before.
    """
    with _opening(data) as picture:
        exif = picture.getexif().get(ORIENTATION, 1)
        width, height = wanted[::-1] if exif in LYING else wanted
        picture.draft(None, (max(1, width), max(1, height)))
        picture.load()
        profile = own_profile(picture)
        turned = exif if picture.format != "TIFF" else 1
        upright = _upright(_plain(picture), turned)
        upright.info = {}  # what its author says of it goes nowhere
        return Opened(upright, profile)


def own_profile(picture: Image.Image) -> bytes | None:
    """Return the profile of a picture as it was opened; None for one that is not for its kind of numbers."""
    profile = picture.info.get("icc_profile")
    if not isinstance(profile, bytes) or profile[16:20] != SPACES.get(picture.mode, b"RGB "):
        return None
    return profile if picture.mode != "LAB" and _is_usable(profile) else None


def _is_usable(profile: bytes) -> bool:
    mode = {b"GRAY": "L", b"CMYK": "CMYK"}.get(profile[16:20], "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ImageCms.PyCMSError):
        return False
    return True


def profile_of_inks(data: bytes) -> bytes | None:
    """Return the profile of a picture in four inks; None for one without, and for any other picture."""
    if is_drawing(data):
        return None
    with _opening(data) as picture:
        return own_profile(picture) if picture.mode == "CMYK" else None


@contextmanager
def _opening(data: bytes) -> Iterator[Image.Image]:
    """Open a picture of which we know how to read the pixels, and that does not fill the memory."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # as WeasyPrint sets it
    bound, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is lower, and is reported
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata spoil no picture
            with Image.open(io.BytesIO(data), formats=_formats(data)) as picture:
                most = min(MOST_PIXELS, MOST_BYTES // _bytes_a_pixel(picture))
                if picture.width * picture.height > most:
                    raise HeavyPictureError(picture.size, most)
                if picture.mode in UNKNOWN_RANGE:
                    raise DeepPixelsError(picture.mode)
                yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
        Image.MAX_IMAGE_PIXELS = bound


def _formats(data: bytes) -> tuple[str, ...]:
    """Return the formats that a file may have; the photographs of iPhones need a library of their own."""
    if data[4:8] != b"ftyp" or data[8:12] in AVIF:
        return FORMATS
    with suppress(ImportError):  # an installation that somebody put together by hand
        from pi_heif import register_heif_opener  # noqa: PLC0415 - megabytes, for such a photograph alone

        register_heif_opener()
        return (*FORMATS, "HEIF")
    return FORMATS


def _bytes_a_pixel(picture: Image.Image) -> int:
    """Return what reading takes for a pixel; a JPEG is read smaller, unless it comes in several scans."""
    if picture.format in {"JPEG", "MPO"}:
        return 4 if picture.info.get("progressive") else 1
    return WHOLE.get(picture.format or "", BYTES.get(picture.mode, 4))


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in one of `KINDS`."""
    mode = picture.mode
    if mode.startswith("I;16"):
        return _high_bytes(picture)
    if mode == "CMYK" and picture.format in {"JPEG", "MPO"} and "adobe" not in picture.info:
        # Photoshop's are negatives, and say so; Pillow takes all others for such, too.
        return picture.point(_inverted)
    if mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        converted = ImageCms.profileToProfile(picture, lab, ImageCms.createProfile("sRGB"), outputMode="RGB")
        assert converted is not None  # it is None only for a picture changed in place
        return converted
    if mode in PLAIN:
        return picture.convert(PLAIN[mode])
    if picture.has_transparency_data:
        return picture.convert("LA" if mode in {"1", "L", "LA"} else "RGBA")
    return picture if mode in KINDS else picture.convert("RGB")


def _high_bytes(picture: Image.Image) -> Image.Image:
    """Return 12 or 16 bits of grey as 8."""
    tags = getattr(picture, "tag_v2", {})
    if tags.get(DEPTH) == (TWELVE,):
        picture = picture.point(lambda value: value * 16)
    order = "B" if picture.mode.endswith("B") else ""
    grey = Image.frombytes("L", picture.size, picture.tobytes(), "raw", f"L;16{order}")
    return grey.point(_inverted) if tags.get(PHOTOMETRIC) == WHITE_IS_ZERO else grey


def _inverted(value: int) -> int:
    return 255 - value


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return a picture turned and mirrored as its camera says."""
    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture
