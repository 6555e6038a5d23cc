"""The picture that a panel names in its front matter: found, opened, inside the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from oxalis_panels.bounded import MEGABYTE, LargeFileError, SpecialFileError, read_bytes, unread
from oxalis_panels.diagnostics import Diagnostic, Source, error
from oxalis_panels.messages import Phrase
from oxalis_panels.model import Figure
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.pictures import (
    UNREADABLE,
    DeepPixelsError,
    HeavyPictureError,
    picture_size,
)

if TYPE_CHECKING:
    from oxalis_panels.reading.fields import Given
    from oxalis_panels.reading.outline import FigureKeys

KNOWN = "JPEG, PNG, TIFF, WebP, AVIF, GIF"
LARGEST = 200_000_000
"""Bytes of a picture's file."""


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
    size = _size(keys.file, data, found)
    if size is None or len(found) > told:
        return None
    return Figure(keys.file.value, alt, credit, *size, data, keys.file.span)


def _size(file: Given[str], data: bytes, found: list[Diagnostic]) -> tuple[int, int] | None:
    """Return width and height of a picture that can be shown; None, and why, of any other file."""
    name = shown(file.value)
    try:
        return picture_size(data)
    except DeepPixelsError:
        found.append(error("figure-deep", file.span, found=name))
    except HeavyPictureError as heavy:
        width, height = heavy.size
        pixels = {"width": width, "height": height, "n": _millions(width * height)}
        limit = Phrase("figure.pixels", {"n": heavy.most // MEGABYTE})
        found.append(_too_large(file, Phrase("figure.sides", pixels), limit))
    except UNREADABLE:
        found.append(error("figure-not-picture", file.span, found=name, known=KNOWN))
    return None


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
