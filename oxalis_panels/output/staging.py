"""Moving files into place so that every step can be taken back."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
from pathlib import Path, PurePosixPath

from oxalis_panels.output.artifact import MANIFEST, STAGING
from oxalis_panels.output.failure import TOP
from oxalis_panels.reading.files import FOLDER as SOURCES
from oxalis_panels.reading.files import MARK

AT_ONCE = 8
"""Files that the disk is asked for at the same time: more gain nothing."""


class Staging:
    """A folder inside the output folder where new files wait, and where the old ones stay until all is done.

    It is on the same disk as the output, so a move is a rename: no reader ever sees half a file.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare for `folder`; nothing is made yet."""
        self.folder = folder
        self.room = folder / STAGING
        self.at = TOP
        """What is being worked on, relative to the output folder: the file to name if the disk refuses."""
        self._count = 0
        self._waiting: list[tuple[PurePosixPath, Path]] = []
        self._folders: set[str] = set()
        """Made or found by `put`; forgotten when something is taken away."""
        self._done: list[tuple[PurePosixPath, Path | None]] = []

    def clear(self) -> None:
        """Remove the folder and whatever a killed build left in it. Raises OSError.

        Also where it may be a person's, or hold the texts of a `new` that was killed (see `staged`).
        """
        self.at = PurePosixPath(STAGING)
        if os.path.lexists(self.room):
            if not (self.room.is_symlink() or self._is_of_a_build()):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            shutil.rmtree(self.room)

    def open(self) -> None:
        """Make the folder, empty. Raises OSError."""
        self.clear()
        self.at = TOP
        self.room.mkdir(parents=True)
        (self.room / MARK).touch()

    def write(self, path: PurePosixPath, data: bytes, *, settled: bool = True) -> Path:
        """Write what will stand at `path`, and return where it waits. Raises OSError.

        Unless it need not be `settled`: then the system brings it to the disk when it likes.
        """
        self.at = path
        waiting = self._new_name()
        with open(waiting, "xb") as file:  # noqa: PTH123 - half the time of `waiting.open`, for each file
            file.write(data)
        if settled:
            self._waiting.append((path, waiting))
        return waiting

    def settle(self) -> None:
        """Bring what is to be settled down to the disk. Raises OSError.

        Afterwards and several at once: the disk then takes one turn for many files, not a turn for each, and
        a tenth of the time.
        """
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - most commands write nothing

        with ThreadPoolExecutor(AT_ONCE) as pool:
            settled = pool.map(_settle, (waiting for _, waiting in self._waiting))
            for path, _ in self._waiting:
                self.at = path
                next(settled)
        self._waiting.clear()

    def put(self, path: PurePosixPath, waiting: Path, *, new: bool = False) -> None:
        """Move a file into place, over the one of ours unless it is `new`. Raises OSError."""
        self.at = path
        target = os.path.join(self.folder, path)  # noqa: PTH118 - strings: `Path` takes longer than the disk
        if not new:
            self._remember(path)
        elif os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        else:
            self._done.append((path, None))
        self._make_folder(os.path.dirname(target))  # noqa: PTH120 - as above
        os.replace(waiting, target)  # noqa: PTH105 - the one call that every test of failure breaks

    def take_away(self, path: PurePosixPath) -> None:
        """Remove a file of ours and the folders that it leaves empty. Raises OSError."""
        self.at = path
        self._remember(path)
        (self.folder / path).unlink()
        self.prune(path)

    def prune(self, path: PurePosixPath) -> None:
        """Remove the parents of a file that is gone, as far as they are empty; never the output folder."""
        self._folders.clear()
        for parent in path.parents[:-1]:
            with contextlib.suppress(OSError):
                (self.folder / parent).rmdir()

    def undo(self) -> list[tuple[PurePosixPath, OSError]]:
        """Take every step back, the last one first; return the files that are not what they were.

        The first step wrote a manifest that is true of old and new files alike: it stays if anything is lost,
        and is itself no loss.
        """
        lost: list[tuple[PurePosixPath, OSError]] = []
        while self._done:
            path, old = self._done.pop()
            if path == PurePosixPath(MANIFEST) and lost:
                continue
            try:
                self._restore(path, old)
            except OSError as failure:
                if path != PurePosixPath(MANIFEST) and not self._stands(path, old):
                    lost.append((path, failure))
        return lost

    def _is_of_a_build(self) -> bool:
        """Whether the folder is marked, or is what a build leaves and not among sources."""
        names = {path.name for path in self.room.iterdir()}
        if MARK in names or not names:
            return True
        left = (self.folder / MANIFEST).exists() or all(map(str.isdigit, names))
        return left and not (self.folder / SOURCES).exists()

    def _make_folder(self, folder: str) -> None:
        """Make a folder with all above it, unless it is known to stand."""
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            self._folders.add(folder)

    def _new_name(self) -> Path:
        self._count += 1
        return self.room / str(self._count)

    def _remember(self, path: PurePosixPath) -> None:
        """Keep the old file under a second name (a copy, with its time, where the disk has no hard links)."""
        target = self.folder / path
        old = None
        if os.path.lexists(target):
            old = self._new_name()
            try:
                os.link(target, old)
            except OSError:
                shutil.copy2(target, old, follow_symlinks=False)
        self._done.append((path, old))

    def _stands(self, path: PurePosixPath, old: Path | None) -> bool:
        """Whether a path already holds what it held: the step that is to be taken back had failed itself."""
        target = self.folder / path
        if old is None:
            return not os.path.lexists(target)
        try:
            return not target.is_symlink() and filecmp.cmp(old, target, shallow=False)
        except OSError:
            return False

    def _restore(self, path: PurePosixPath, old: Path | None) -> None:
        target = self.folder / path
        if old is None:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            self.prune(path)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(old, target)  # noqa: PTH105 - as above


def _settle(waiting: Path) -> None:
    file = os.open(waiting, os.O_RDWR)  # Windows flushes only what may be written
    try:
        os.fsync(file)
    finally:
        os.close(file)
