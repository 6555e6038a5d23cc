"""One build at a time in one output folder."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, error
from oxalis_panels.system.failure import TOP, place, refused

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"
"""Name of the file at the top of the output folder."""
TAKEN = frozenset({0, errno.EACCES, errno.EAGAIN, errno.EDEADLK})
"""What the systems answer when another process has the lock; any other answer: this disk has no locks.

Wine gives no number.
"""


@contextmanager
def lock(folder: Path) -> Iterator[tuple[Diagnostic, ...]]:
    """Hold `folder` (made if missing) from reading its manifest until the commit; yield what forbids it.

    The system releases the lock when the process ends, however it ends; the empty `.lock` file stays. Another
    process is kept out, another thread of this one is not. On a disk without locks there is none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as failure:
        yield (_refused(folder, failure),)
        return
    try:
        yield () if _take(file) else (error("output-locked", place(folder)),)
    finally:
        os.close(file)


def _refused(folder: Path, failure: OSError) -> Diagnostic:
    """Return what forbids writing: most often, the path is not a directory."""
    if folder.is_symlink() and not folder.exists():
        return error("output-in-the-way.broken-link", place(folder))
    if folder.is_file():
        return error("output-in-the-way.place", place(folder))
    return refused(folder, TOP, failure)


def _take(file: int) -> bool:
    try:
        hold(file)
    except OSError as failure:
        return failure.errno not in TAKEN
    return True


def hold(file: int) -> None:
    """Lock an open file until this process ends or closes it.

    Raises OSError, one of `TAKEN` where another process has it.
    """
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
