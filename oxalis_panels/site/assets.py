"""Names of files that browsers may keep for ever: they change with what is in the file."""

from __future__ import annotations

from hashlib import sha256

LENGTH = 10
"""Hexadecimal digits: enough for the few files of a site, over all its builds."""


def named(path: str, data: bytes) -> str:
    """Return `style.css` as `style-1a2b3c4d5e.css`, so that no cache shows an old one."""
    stem, dot, end = path.rpartition(".")
    return f"{stem}-{sha256(data).hexdigest()[:LENGTH]}{dot}{end}"
