"""One folder for each run in the temporary folder of the machine, for all its temporary files.

It is removed at the end of the run. The folder of a killed run is removed by the next run of the same user:
its lock was released with the process. On a disk without locks it stays.
"""

import atexit
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.system.failure import reason
from oxalis_panels.system.locking import TAKEN, hold

PREFIX = "oxalis-panels-"
LOCK = ".lock"
BESIDE = "beside"
"""A link to a folder that Python itself made for this run, and removes unless it is killed."""
PYTHONS = "pymp-"
"""The prefix of such a folder."""

_ours: list[str] = []
"""The last one is the folder of this process, or the one that it borrows."""


def folder() -> str:
    """Return the folder of this run, made at the first call. Raises OSError."""
    if not _ours or not Path(_ours[-1]).is_dir():  # a machine may tidy up under a long run
        _remove_left_over(Path(tempfile.gettempdir()))
        _ours.append(_made())
    return _ours[-1]


def borrow(lent: str) -> None:
    """Use the folder of the process that started this one, which will remove it."""
    _ours.append(lent)


def remember(beside: str) -> None:
    """Let a folder that Python removes at the end of this run be removed with ours if the run is killed."""
    with suppress(OSError):
        Path(folder(), BESIDE).symlink_to(beside)


def remove_left(left: Path) -> None:
    """Remove the folder of a run that was killed, and what Python made for it."""
    with suppress(OSError):
        beside = (left / BESIDE).readlink()
        if beside.name.startswith(PYTHONS) and _is_mine(beside):
            shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(left, ignore_errors=True)


@contextmanager
def temporary_files() -> Iterator[None]:
    """Let libraries make their temporary files in the folder of this run meanwhile. Raises OSError."""
    before, tempfile.tempdir = tempfile.tempdir, folder()
    try:
        yield
    finally:
        tempfile.tempdir = before


def refused(failure: OSError) -> Diagnostic:
    """Return the error for a temporary folder that cannot be written to."""
    place = str(Path(_ours[-1]).parent) if _ours else tempfile.tempdir or os.environ.get("TMPDIR") or "TMPDIR"
    return error("temporary-folder", Span(Source(place)), reason=reason(failure))


def _made() -> str:
    """Make a folder that is locked until the end of this process, and removed then."""
    made = tempfile.mkdtemp(prefix=PREFIX)
    try:
        lock = os.open(Path(made, LOCK), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise

    def remove() -> None:
        os.close(lock)  # Windows removes no open file
        shutil.rmtree(made, ignore_errors=True)

    try:
        hold(lock)
        taken = not Path(made, LOCK).exists()
    except OSError as failure:
        taken = failure.errno in TAKEN
    if taken:  # another run took it for that of a killed one
        remove()
        return _made()
    atexit.register(remove)
    return made


def _remove_left_over(place: Path) -> None:
    """Remove what killed runs left: folders of this user whose lock is free."""
    for path in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if str(path) not in _ours and _is_mine(path) and _is_left(path / LOCK):
                remove_left(path)


def _is_mine(path: Path) -> bool:
    """Return whether it is a folder of this user."""
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _is_left(lock: Path) -> bool:
    """Return True if a lock is free. Raises OSError if it is held, or the disk has no locks."""
    file = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        hold(file)
    finally:
        os.close(file)
    return True
