"""The picture of a panel: its addresses on the site and on paper, and its file for the web."""

from __future__ import annotations

import io
import warnings
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from oxalis_panels.model.collection import Figure
from oxalis_panels.reading.slugs import fold
from oxalis_panels.rendering.metadata import without_metadata

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNATURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
"""The first bytes of the formats that browsers show, whatever the file is called."""
COMPRESSED = b"ftyp"
"""At bytes 4 to 8 of formats (HEIC, AVIF) that become a WebP: as a PNG photographs would be heavy."""
SHOWN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"})
"""Modes of pictures that browsers show in the right colours; CMYK, for example, is none."""
WIDEST = 1600
"""Pixels: the widest column of text, on a screen with two pixels for each."""
HIGHEST = 16_000
"""Pixels: the limit of WebP and of browsers."""
QUALITY = 85
"""Of a picture that had to be compressed again."""


def paper_address(figure: Figure) -> str:
    """Return the address under which a poster finds the picture in memory."""
    return f"picture:{_key(figure)}.jpg"


def site_path(slug: str, figure: Figure) -> str:
    """Return the path of the picture on the site, which changes with the picture: caches show no old one."""
    name = fold(PurePosixPath(figure.file).stem) or "image"
    return f"{slug}/{name}-{_key(figure)}{_suffix(figure)}"


def site_picture(figure: Figure, press: bytes) -> bytes:
    """Return the picture as browsers show it: upright, without metadata, `WIDEST` pixels wide at most.

    A picture that is all this already keeps its pixels; others are compressed again; a TIFF becomes a PNG.
    CMYK becomes sRGB, from its own profile or that of `press`. Of an animation only the first frame stays.
    """
    if _is_ready(figure):
        return without_metadata(figure.data)
    # Pillow, for pictures alone
    from oxalis_panels.rendering.colours import joined, open_any, size_within, strips, to_srgb  # noqa: PLC0415

    opened = open_any(figure.data, (WIDEST, 1))
    size = size_within(opened.image, WIDEST, HIGHEST)
    if opened.image.mode == "CMYK":
        inks = map(to_srgb(opened, press), strips(opened.image, size))
        return _saved(joined(inks, size), _suffix(figure), None)
    shown = strips(opened.image, size, white=False)
    return _saved(joined(shown, size), _suffix(figure), opened.profile)


def _is_ready(figure: Figure) -> bool:
    """Return whether a picture can be published as it is, without its metadata."""
    if not figure.data.startswith(tuple(SIGNATURES)) or figure.width > WIDEST or figure.height > HIGHEST:
        return False
    from PIL import Image  # noqa: PLC0415 - as above

    from oxalis_panels.reading.pictures import ORIENTATION, own_profile  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata do no harm
        with Image.open(io.BytesIO(figure.data)) as picture:
            still = getattr(picture, "n_frames", 1) == 1 or picture.format == "MPO"
            upright = picture.getexif().get(ORIENTATION, 1) == 1
            bad_profile = "icc_profile" in picture.info and own_profile(picture) is None
            return still and upright and not bad_profile and picture.mode in SHOWN


def _saved(picture: Image, suffix: str, profile: bytes | None) -> bytes:
    buffer = io.BytesIO()
    options: dict[str, Any] = {
        ".jpg": {"format": "JPEG", "quality": QUALITY, "optimize": True},
        ".webp": {"format": "WEBP", "quality": QUALITY},
        ".png": {"format": "PNG", "optimize": True},
    }[suffix]
    picture.save(buffer, icc_profile=profile, exif=b"", **options)
    return without_metadata(buffer.getvalue())


def _key(figure: Figure) -> str:
    return sha256(figure.data).hexdigest()[:12]


def _suffix(figure: Figure) -> str:
    if figure.data[4:8] == COMPRESSED:
        return ".webp"
    return next((end for start, end in SIGNATURES.items() if figure.data.startswith(start)), ".png")
