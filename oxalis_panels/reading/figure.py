"""The picture that a panel names in its front matter: found, opened, inside the project."""

from __future__ import annotations

import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from oxalis_panels.bounded import MEGABYTE, LargeFileError, SpecialFileError, read_bytes, unread
from oxalis_panels.diagnostics import Diagnostic, Source, error
from oxalis_panels.frozen import frozen
from oxalis_panels.messages import Phrase
from oxalis_panels.model import Figure
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown

if TYPE_CHECKING:
    from oxalis_panels.reading.fields import Given
    from oxalis_panels.reading.outline import FigureKeys

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
KNOWN = "JPEG, PNG, TIFF, WebP"
LARGEST = 200_000_000
"""Bytes of a picture's file."""
MOST_PIXELS = 89_000_000
"""Pixels of a picture, which takes four bytes for each while it is worked on, several times over."""
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
    elif size.pixels > MOST_PIXELS:
        pixels = {"width": size.width, "height": size.height, "n": _millions(size.pixels)}
        limit = Phrase("figure.pixels", {"n": _millions(MOST_PIXELS)})
        found.append(_too_large(keys.file, Phrase("figure.sides", pixels), limit))
    if size is None or len(found) > told:
        return None
    return Figure(keys.file.value, alt, credit, size.width, size.height, data, keys.file.span)


def _too_large(file: Given[str], size: Phrase, limit: Phrase) -> Diagnostic:
    return error("figure-too-large", file.span, found=shown(file.value), size=size, limit=limit)


def _millions(number: int) -> int:
    """Return a number in millions, rounded up: what is above a limit must not look like it."""
    return -(-number // MEGABYTE)


def _data(file: Given[str], source: Source, root: Path, found: list[Diagnostic]) -> bytes | None:
    try:
        path = os.path.realpath((root / source.path).parent / file.value)
        if Path(path).is_relative_to(os.path.realpath(root)):
            return read_bytes(path, LARGEST)
        found.append(error("figure-outside", file.span, found=shown(file.value)))
    except SpecialFileError as failure:
        found.append(unread(failure, file.span))
    except LargeFileError:
        limit = Phrase("figure.bytes", {"n": LARGEST // MEGABYTE})
        found.append(_too_large(file, Phrase("figure.more", {"limit": limit}), limit))
    except (OSError, ValueError):  # ValueError: a path with a null character
        found.append(error("figure-not-found", file.span, found=shown(file.value)))
    return None


@frozen
class _Size:
    """Of a picture the right way up."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def _size(data: bytes) -> _Size | None:
    """Return the size of a picture that is whole, or too large to be looked through; None for anything else.

    Every byte of a JPEG is looked at, but an eighth of its rows and columns is made of it: that takes a
    sixty-fourth of the memory.
    """
    from PIL import Image, ImageFile  # noqa: PLC0415 - only a panel with a picture needs it

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # as WeasyPrint sets it
    bound, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours goes before it, and is told
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata spoil no picture
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                size = _Size(*picture.size)
                if size.pixels > MOST_PIXELS:
                    return size
                picture.draft(None, (1, 1))
                picture.load()
                lying = picture.getexif().get(ORIENTATION) in LYING
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):  # what Pillow raises for damaged files
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
        Image.MAX_IMAGE_PIXELS = bound
    return _Size(size.height, size.width) if lying else size
