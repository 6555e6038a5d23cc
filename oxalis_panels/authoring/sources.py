"""Files of people, put in place whole: new ones over none, others only over what was read; or nothing done.

Each file is written under a temporary name beside its place (`.oxalis-panels-….tmp`), brought down to the
disk, and then given its name in one step. A process that is killed leaves every text under one name, and at
most some temporary files, which a later command removes (`sweep`).
"""

import errno
import os
import platform
import re
import secrets
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic, error
from oxalis_panels.reading.files import STAGING, staged
from oxalis_panels.system.failure import NOT_UNDONE, TOP, place, reason

Move = tuple[PurePosixPath, PurePosixPath]
TEMPORARY = re.compile(r"\.oxalis-panels-([0-9a-f]{8})-(\d{1,9})-[0-9a-f]{8}\.tmp")
"""A name that only a file on its way has: the machine and the process that write it, and a random number."""
DAY = 24 * 60 * 60
"""Seconds after which no command still writes a file, whichever machine it ran on."""


def add(
    folder: Path, files: Mapping[PurePosixPath, bytes], moves: Sequence[Move] = ()
) -> tuple[Diagnostic, ...]:
    """Put new files into `folder` (made if missing), first renaming others; return what hindered it.

    Paths are relative to `folder`; `moves` are carried out in their order, each onto a name that is free by
    then. When a path is taken, the disk refuses or the person interrupts (KeyboardInterrupt goes on), every
    step is taken back; what cannot be is named.
    """
    parents = dict.fromkeys((folder, *((folder / path).parent for path in files)))
    left = [parent / STAGING for parent in parents if staged(parent / STAGING)]
    if left:
        return tuple(error("staging-left", place(each)) for each in left)
    steps = _Steps(folder)
    try:
        for parent in parents:
            sweep(parent)
        waiting = [(path, steps.write(path, data)) for path, data in files.items()]
        for old, new in moves:
            steps.move(old, new)
        for path, temporary in waiting:
            steps.put(path, temporary)
    except OSError as failure:
        at = steps.at
        return steps.undo() or (error("file-unwritten.new", place(folder, at), reason=reason(failure)),)
    except BaseException:
        steps.undo()
        raise
    return ()


def replace(path: Path, data: bytes, before: bytes | None = None) -> bool:
    """Write `data` in the place of a file, if any, with its permissions.

    Return False, and leave it, if it no longer holds `before`. A symbolic link stays one. Raises OSError: the
    file is then what it was.
    """
    path = path.resolve()
    temporary = _temporary_in(path.parent)
    try:
        _write(temporary, data, path)
        if before is not None and not _holds(path, before):
            return False
        temporary.replace(path)
        return True
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove from a folder the temporary files whose process is gone; those that cannot be removed stay.

    Of another machine (a shared disk), and where a process may have inherited the number, those of yesterday.
    """
    with suppress(OSError):
        for path in folder.iterdir():
            name = TEMPORARY.fullmatch(path.name)
            if name and (_is_gone(*name.groups()) or time.time() - path.stat().st_mtime > DAY):
                with suppress(OSError):
                    path.unlink()


class _Steps:
    """What has been done in a folder, so that it can be taken back.

    A step is noted before it is done, and taken back only if it was: Ctrl-C may come in between.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = TOP
        """What is being worked on: the file to name if the disk refuses."""
        self._done: list[tuple[PurePosixPath, Callable[[], None]]] = []

    def write(self, path: PurePosixPath, data: bytes) -> Path:
        """Write a file that is to stand at `path`, under a temporary name beside it. Raises OSError."""
        target = self.folder / path
        missing = list(takewhile(lambda folder: not folder.exists(), target.parents))
        for folder in reversed(missing):
            self._done.append((TOP, partial(_quietly, folder.rmdir)))
            folder.mkdir()
        self.at = path
        temporary = _temporary_in(target.parent)
        self._done.append((path, partial(_quietly, temporary.unlink)))
        _write(temporary, data)
        return temporary

    def move(self, old: PurePosixPath, new: PurePosixPath) -> None:
        """Rename a file: its text has one name before and after. Raises OSError."""
        self.at = old
        self._done.append((new, partial(_move_back, self.folder / old, self.folder / new)))
        _rename(self.folder / old, self.folder / new)

    def put(self, path: PurePosixPath, temporary: Path) -> None:
        """Give a file its name, over no other. Raises OSError."""
        self.at = path
        target = self.folder / path
        self._done.append((path, partial(_withdraw, target, temporary.lstat())))
        try:
            os.link(temporary, target)  # the one call that refuses a name that is taken, on every system
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links, as a memory stick
            _rename(temporary, target)
        else:
            temporary.unlink()

    def undo(self) -> tuple[Diagnostic, ...]:
        """Take every step back, the last one first; return the files that are not what they were."""
        left = []
        while self._done:
            path, take_back = self._done.pop()
            try:
                take_back()
            except OSError as failure:
                left.append(error(NOT_UNDONE, place(self.folder, path), reason=reason(failure)))
        return tuple(left)


def _rename(old: Path, new: Path) -> None:
    """Rename a file onto a name that is free: most systems would replace what has it without a word."""
    if os.path.lexists(new):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    old.replace(new)


def _move_back(old: Path, new: Path) -> None:
    if os.path.lexists(new) and not os.path.lexists(old):
        new.replace(old)


def _withdraw(target: Path, written: os.stat_result) -> None:
    """Remove a file if it is the one that was written here, and nobody else's."""
    with suppress(FileNotFoundError):
        if os.path.samestat(target.lstat(), written):
            target.unlink()


def _quietly(take_back: Callable[[], None]) -> None:
    """Take back what nobody misses: an empty folder, or a file that a later command removes."""
    with suppress(OSError):
        take_back()


def _write(temporary: Path, data: bytes, old: Path | None = None) -> None:
    """Write a file down to the disk, as readable as the `old` one, if there is one. Raises OSError."""
    with temporary.open("xb") as file:
        if old and old.exists() and sys.platform != "win32":  # a copy that is read-only could not be moved
            shutil.copymode(old, temporary)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file is there, and holds these bytes. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(len(data) + 1) == data
    except FileNotFoundError:
        return False


def _temporary_in(folder: Path) -> Path:
    return folder / f".oxalis-panels-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _is_gone(machine: str, process: str) -> bool:
    """Whether a process has ended, as far as this machine can tell; on Windows signal 0 would be Ctrl-C."""
    if machine != _machine() or sys.platform == "win32":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False
