"""A cache of files that are costly to make: only intact ones are used, and none is ever needed.

A cached file is the SHA-256 of its content, then the content. Files of one kind share a suffix and a folder;
when one is added, those that no build has used lately are removed.
"""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from oxalis_panels.system.bounded import read_bytes

DIGEST = 32
"""Bytes before the content."""
LARGEST = 200_000_000
"""Limit in bytes; the largest, a picture in CMYK, has twenty million."""
DAY = 86_400
"""Seconds. The time of a file that is used is renewed once a day, not at every build."""
LATELY = 60 * DAY
"""Seconds after which an unused file is removed: longer than a text rests between two drafts."""
NEW = ".new"
"""Suffix of a file that is being written."""


def made_once(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return the content cached in `file`; if there is none, make it and cache it there."""
    content = recall(file)
    if content is None:
        content = make()
        keep(file, content)
    return content


def recall(file: Path) -> bytes | None:
    """Return the content cached in `file`; None if the file is missing or damaged."""
    try:
        data = read_bytes(file, LARGEST)
    except OSError:
        return None
    content = data[DIGEST:]
    if hashlib.sha256(content).digest() != data[:DIGEST]:
        return None
    with suppress(OSError):  # a read-only cache will do
        if _age(file) > DAY:
            os.utime(file)
    return content


def keep(file: Path, content: bytes) -> bool:
    """Cache the content; return whether that worked. If not, the next build makes it again."""
    new = file.with_name(f"{file.name}.{os.getpid()}{NEW}")  # two commands may make the same thing at once
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(hashlib.sha256(content).digest() + content)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink()
        return False
    _forget(file.parent, file.suffix)
    return True


def _forget(folder: Path, suffix: str) -> None:
    """Remove the files of one kind that were not used lately, and the unfinished ones of killed builds."""
    with suppress(OSError):
        for file in folder.iterdir():
            if file.suffix in {suffix, NEW} and _age(file) > (DAY if file.suffix == NEW else LATELY):
                file.unlink()


def _age(file: Path) -> float:
    """Return how many seconds ago a file was made, or used."""
    return time.time() - file.stat().st_mtime
