"""What the picture of a panel is called, on the site and on paper, and how the web gets it."""

from __future__ import annotations

import io
import warnings
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from oxalis_panels.reading.figure import ORIENTATION
from oxalis_panels.reading.slugs import fold
from oxalis_panels.rendering.metadata import without_metadata

if TYPE_CHECKING:
    from PIL.Image import Image

    from oxalis_panels.model import Figure

SIGNATURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
"""The first bytes of the formats that browsers show, whatever the file is called."""
PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
"""What a PNG can hold; inks, for example, it cannot."""
WIDEST = 1600
"""Pixels: the widest column of text, on a screen with two points for each; more only weighs."""
HIGHEST = 16_000
"""Pixels: what a WebP can have, and browsers show."""
QUALITY = 85
"""Of a picture that had to be compressed again."""


def paper_address(figure: Figure) -> str:
    """Return the address under which a poster finds the picture in memory."""
    return f"picture:{_key(figure)}.jpg"


def site_path(slug: str, figure: Figure) -> str:
    """Return the path of the picture on the site; it changes with the picture: no cache shows the old one."""
    name = fold(PurePosixPath(figure.file).stem) or "image"
    return f"{slug}/{name}-{_key(figure)}{_suffix(figure)}"


def site_picture(figure: Figure) -> bytes:
    """Return the picture as browsers show it: upright, without metadata, `WIDEST` pixels wide at most.

    A picture that is so already keeps its pixels; another is compressed again; a TIFF becomes a PNG.
    """
    suffix = _suffix(figure)
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a panel with a picture needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata spoil no picture
        with Image.open(io.BytesIO(figure.data)) as picture:
            lies = picture.getexif().get(ORIENTATION, 1) != 1
            if (
                figure.data.startswith(tuple(SIGNATURES))
                and figure.width <= WIDEST
                and figure.height <= HIGHEST
                and not lies
            ):
                return without_metadata(figure.data)
            profile = picture.info.get("icc_profile")
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)  # without a copy, which may be large
            upright: Image.Image = picture
    if suffix == ".png" and upright.mode not in PNG_MODES:
        upright, profile = upright.convert("RGBA" if upright.has_transparency_data else "RGB"), None
    if upright.width > WIDEST or upright.height > HIGHEST:
        upright = _narrowed(upright)
    return _saved(upright, suffix, profile)


def _narrowed(picture: Image) -> Image:
    """Return a picture within the greatest size; one of few colours gets all colours, which mix."""
    if picture.mode in {"1", "P"}:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    scale = min(1, WIDEST / picture.width, HIGHEST / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, reducing_gap=3)


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
    return next((end for start, end in SIGNATURES.items() if figure.data.startswith(start)), ".png")
