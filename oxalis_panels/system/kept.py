"""What is costly to make, kept between builds: believed only if whole, and never needed.

A kept file is the SHA-256 of its content, then the content. Files of one kind have one suffix and one folder;
when one is added, those go that no build has asked for lately.
"""

from __future__ import annotations

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
"""Bytes; the largest, a picture in the inks of the press, has twenty million."""
DAY = 86_400
"""Seconds. A file that is asked for gets a new time once a day, not at every build."""
LATELY = 60 * DAY
"""Seconds after which a file that nobody asks for goes: longer than a text rests between two drafts."""
NEW = ".new"
"""Suffix of a file that is being written."""


def made_once(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return the content kept in `file`; made, and kept there, if it is not."""
    content = recall(file)
    if content is None:
        content = make()
        keep(file, content)
    return content


def recall(file: Path) -> bytes | None:
    """Return the content kept in `file`; None if it is not there, or damaged."""
    try:
        data = read_bytes(file, LARGEST)
    except OSError:
        return None
    content = data[DIGEST:]
    if hashlib.sha256(content).digest() != data[:DIGEST]:
        return None
    with suppress(OSError):  # a cache that may only be read is as good
        if _age(file) > DAY:
            os.utime(file)
    return content


def keep(file: Path, content: bytes) -> bool:
    """Keep the content; tell whether the disk let us. If not, the next build makes it again, no more."""
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
    """Remove the files of one kind that were not asked for lately, and what a killed build left half made."""
    with suppress(OSError):
        for file in folder.iterdir():
            if file.suffix in {suffix, NEW} and _age(file) > (DAY if file.suffix == NEW else LATELY):
                file.unlink()


def _age(file: Path) -> float:
    """Return how many seconds ago a file was made, or asked for."""
    return time.time() - file.stat().st_mtime
