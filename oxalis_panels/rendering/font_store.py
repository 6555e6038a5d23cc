"""Fonts kept between builds, because making one takes a second: believed only if whole, and never needed.

One file per font: the SHA-256 of what follows, the length of the TrueType file (8 bytes, big-endian), the
TrueType file, the WOFF2 file.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIGEST, LENGTH = 32, 8
"""Bytes of the two fields before the fonts."""


def recall(folder: Path, key: str) -> tuple[bytes, bytes] | None:
    """Return the TrueType and the WOFF2 file kept under `key`; None if they are not there, or damaged."""
    try:
        data = (folder / f"{key}.font").read_bytes()
    except OSError:
        return None
    digest, body = data[:DIGEST], data[DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return None
    cut = LENGTH + int.from_bytes(body[:LENGTH], "big")
    return body[LENGTH:cut], body[cut:]


def keep(folder: Path, key: str, ttf: bytes, woff2: bytes) -> None:
    """Keep both files under `key`. A disk that refuses costs the next build a second, no more."""
    body = len(ttf).to_bytes(LENGTH, "big") + ttf + woff2
    new = folder / f"{key}.{os.getpid()}.new"  # two commands may make the same font at once
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.write_bytes(hashlib.sha256(body).digest() + body)
        new.replace(folder / f"{key}.font")
    except OSError:
        with suppress(OSError):
            new.unlink()
