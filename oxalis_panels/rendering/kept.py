"""What is costly to make, kept between builds: believed only if whole, and never needed.

A kept file is the SHA-256 of its content, then the content.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = 32
"""Bytes before the content."""


def recall(file: Path) -> bytes | None:
    """Return the content kept in `file`; None if it is not there, or damaged."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    content = data[DIGEST:]
    return content if hashlib.sha256(content).digest() == data[:DIGEST] else None


def keep(file: Path, content: bytes) -> None:
    """Keep the content. A disk that refuses costs the next build the making of it, no more."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")  # two commands may make the same thing at once
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(hashlib.sha256(content).digest() + content)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink()
