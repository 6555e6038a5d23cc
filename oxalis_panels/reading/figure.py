"""The picture that a panel names in its front matter: found, opened, inside the project."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, error
from oxalis_panels.model import Figure
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.reading.fields import Given
    from oxalis_panels.reading.outline import FigureKeys

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
KNOWN = "JPEG, PNG, TIFF, WebP"
ORIENTATION = 0x0112
"""The Exif tag that says how a camera was held."""
LYING = frozenset({5, 6, 7, 8})
"""Its values for pictures that must be turned by a quarter."""


def read_figure(keys: FigureKeys, source: Source, root: Path, found: list[Diagnostic]) -> Figure | None:
    """Return the picture of a panel; None, and all that is wrong, when it cannot be shown."""
    told = len(found)
    if keys.file is None:
        found.append(error("figure-file-missing", keys.span))
    alt = read_inline(keys.alt, found) if keys.alt else ()
    if not alt:
        found.append(error("figure-alt-missing", keys.alt.span if keys.alt else keys.span))
    credit = read_inline(keys.credit, found) if keys.credit else ()
    data = _data(keys.file, source, root, found) if keys.file else None
    if keys.file is None or data is None:
        return None
    size = _size(data)
    if size is None:
        values = {"found": shown(keys.file.value), "known": KNOWN}
        found.append(error("figure-not-picture", keys.file.span, **values))
    if size is None or len(found) > told:
        return None
    return Figure(keys.file.value, alt, credit, *size, data, keys.file.span)


def _data(file: Given[str], source: Source, root: Path, found: list[Diagnostic]) -> bytes | None:
    try:
        path = (root / source.path).parent.joinpath(file.value).resolve()
        if not path.is_relative_to(root.resolve()):
            found.append(error("figure-outside", file.span, found=shown(file.value)))
            return None
        if path.is_file():
            return path.read_bytes()
    except (OSError, ValueError):  # ValueError: a path with a null character
        pass
    found.append(error("figure-not-found", file.span, found=shown(file.value)))
    return None


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a picture that is whole, the right way up; None for anything else."""
    from PIL import Image, ImageFile  # noqa: PLC0415 - only a panel with a picture needs it

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # as WeasyPrint sets it
    huge = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata spoil no picture
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                picture.load()
                width, height = picture.size
                lying = picture.getexif().get(ORIENTATION) in LYING
    except (OSError, SyntaxError, ValueError, EOFError, *huge):  # what Pillow raises for damaged files
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return (height, width) if lying else (width, height)
