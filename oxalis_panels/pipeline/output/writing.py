"""Carrying out a plan: all of it, or nothing."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic, error
from oxalis_panels.pipeline.output.manifest import union
from oxalis_panels.pipeline.output.planning import Plan
from oxalis_panels.reading.files import FOLDER as SOURCES
from oxalis_panels.reading.files import MARK
from oxalis_panels.rendering.artifact import MANIFEST, STAGING
from oxalis_panels.system.failure import HALF_WRITTEN, TOP, place, reason, refused

OURS = PurePosixPath(MANIFEST)
AT_ONCE = 8
"""Files that the disk is asked for at the same time: more gain nothing."""


def commit(folder: Path, plan: Plan) -> tuple[Diagnostic, ...]:
    """Make `folder` what `plan` says, holding its `lock`; return what went wrong, nothing if it is done.

    Whatever replaces a file is on the disk before the first one moves: a power cut leaves the old or the new.
    A file that is new has no old version to lose: the next build makes it again if it was cut short. When the
    disk refuses, or the person interrupts (KeyboardInterrupt goes on), every step is taken back; what cannot
    be is named. A process killed in between leaves whole files, some new, some old, all of them known to the
    manifest: the next build goes on.
    """
    staging = Staging(folder)
    try:
        if not plan.changes:
            staging.clear()
            return ()
        staging.open()
        _carry_out(staging, plan)
    except OSError as failure:
        return _take_back(staging, failure)
    except BaseException:
        if not staging.undo():
            _tidy(staging)
        raise
    _tidy(staging)
    return ()


def _carry_out(staging: Staging, plan: Plan) -> None:
    """Write everything aside, then move: first the manifest of old and new, last the new one."""
    both = staging.write(OURS, union(plan.before, plan.after).dump())
    create = [(new.path, staging.write(new.path, new.data, settled=False)) for new in plan.create]
    update = [(artifact.path, staging.write(artifact.path, artifact.data)) for artifact in plan.update]
    after = staging.write(OURS, plan.after.dump())
    staging.settle()
    blocking, stale = _split(plan)
    staging.put(OURS, both)
    for path in blocking:
        staging.take_away(path)
    for path in sorted(plan.before.files.keys() - plan.after.files.keys()):
        staging.prune(path)
    for path, waiting in create:
        staging.put(path, waiting, new=True)
    for path, waiting in update:
        staging.put(path, waiting)
    for path in stale:
        staging.take_away(path)
    staging.put(OURS, after)


def _split(plan: Plan) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Return the removals that make room (a file where a folder goes, or the reverse), and the others."""
    files = {artifact.path for artifact in plan.create}
    folders = {parent for path in files for parent in path.parents}
    blocking = [path for path in plan.remove if path in folders or not files.isdisjoint(path.parents)]
    return blocking, [path for path in plan.remove if path not in blocking]


def _take_back(staging: Staging, failure: OSError) -> tuple[Diagnostic, ...]:
    """Undo, and say the cause; or, where undoing fails too, which files are not what they were."""
    refusal = refused(staging.folder, staging.at, failure)
    lost = staging.undo()
    if not lost:
        _tidy(staging)
        return (refusal,)
    folder = staging.folder
    return tuple(error(HALF_WRITTEN, place(folder, path), reason=reason(why)) for path, why in lost)


def _tidy(staging: Staging) -> None:
    """Remove the staging folder if the system lets us; otherwise the next build does."""
    with contextlib.suppress(OSError):
        staging.clear()


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
        """Write what will stand at `path`, to be `settled` or not; return where it waits. Raises OSError."""
        self.at = path
        waiting = self._new_name()
        with waiting.open("xb") as file:
            file.write(data)
        if settled:
            self._waiting.append((path, waiting))
        return waiting

    def settle(self) -> None:
        """Bring what is to be settled to the disk, all at once: a tenth of the time. Raises OSError."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            settled = pool.map(_settle, (waiting for _, waiting in self._waiting))
            for path, _ in self._waiting:
                self.at = path
                next(settled)
        self._waiting.clear()

    def put(self, path: PurePosixPath, waiting: Path, *, new: bool = False) -> None:
        """Move a file into place, over the one of ours unless it is `new`. Raises OSError."""
        self.at = path
        target = self.folder / path
        if not new:
            self._remember(path)
        elif os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        else:
            self._done.append((path, None))
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.replace(target)

    def take_away(self, path: PurePosixPath) -> None:
        """Remove a file of ours and the folders that it leaves empty. Raises OSError."""
        self.at = path
        self._remember(path)
        (self.folder / path).unlink()
        self.prune(path)

    def prune(self, path: PurePosixPath) -> None:
        """Remove the parents of a file that is gone, as far as they are empty; never the output folder."""
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
            if path == OURS and lost:
                continue
            try:
                self._restore(path, old)
            except OSError as failure:
                if path != OURS and not self._stands(path, old):
                    lost.append((path, failure))
        return lost

    def _is_of_a_build(self) -> bool:
        """Whether the folder is marked, or is what a build leaves and not among sources."""
        names = {path.name for path in self.room.iterdir()}
        if MARK in names or not names:
            return True
        left = (self.folder / MANIFEST).exists() or all(map(str.isdigit, names))
        return left and not (self.folder / SOURCES).exists()

    def _new_name(self) -> Path:
        self._count += 1
        return self.room / str(self._count)

    def _remember(self, path: PurePosixPath) -> None:
        """Keep the old file under a second name (a copy, with its time, where the disk has no hard links)."""
        target = self.folder / path
        old = None
        if os.path.lexists(target):
            if sys.platform == "win32" and not target.is_symlink():
                target.chmod(stat.S_IWRITE)  # what is read-only can be neither replaced nor removed there
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
            old.replace(target)


def _settle(waiting: Path) -> None:
    file = os.open(waiting, os.O_RDWR)  # Windows flushes only what may be written
    try:
        os.fsync(file)
    finally:
        os.close(file)
