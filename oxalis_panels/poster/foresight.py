"""Whether posters will have to be made: a guess before anything is read, good for saving time alone.

What is made again is decided by digests of what it is made of; times of files can only start the processes
for it too early, or a moment too late.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from oxalis_panels.poster.trials import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = ("panels", "templates", "printers")
"""The folders of a project that posters come from."""


def never_made(cache: Path) -> bool:
    """Whether no build has made posters yet; `cache` is where builds keep what they tried."""
    return not (cache / FILE).is_file()


def edited_since(cache: Path, project: Path) -> bool:
    """Whether something of a project is newer than the last posters made; no if there are none."""
    with suppress(OSError):
        made = (cache / FILE).stat().st_mtime_ns
        return any(time > made for time in _times(project))
    return False


def _times(project: Path) -> Iterator[int]:
    for name in SOURCES:
        for path in (project / name).rglob("*"):
            yield path.stat().st_mtime_ns
