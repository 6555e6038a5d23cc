"""What the picture of a panel is called, on the site and on paper, and how the web gets it."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from oxalis_panels.reading.slugs import fold

if TYPE_CHECKING:
    from oxalis_panels.model import Figure

SIGNATURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
"""The first bytes of the formats that browsers show, whatever the file is called."""


def paper_address(figure: Figure) -> str:
    """Return the address under which a poster finds the picture in memory."""
    return f"picture:{_key(figure)}.jpg"


def site_path(slug: str, figure: Figure) -> str:
    """Return the path of the picture on the site; it changes with the picture: no cache shows the old one."""
    name = fold(PurePosixPath(figure.file).stem) or "image"
    return f"{slug}/{name}-{_key(figure)}{_suffix(figure)}"


def site_picture(figure: Figure) -> bytes:
    """Return the picture as browsers show it: the file as it is, a TIFF as a PNG."""
    if figure.data[:3] in SIGNATURES or figure.data[:4] in SIGNATURES:
        return figure.data
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a TIFF needs it

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(figure.data)) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(buffer, "PNG")
    return buffer.getvalue()


def _key(figure: Figure) -> str:
    return sha256(figure.data).hexdigest()[:12]


def _suffix(figure: Figure) -> str:
    return next((end for start, end in SIGNATURES.items() if figure.data.startswith(start)), ".png")
