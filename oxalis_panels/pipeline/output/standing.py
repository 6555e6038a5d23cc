"""What stands on the disk where an output file would go; looks only, follows no symbolic link."""

import os
import stat
from enum import Enum
from pathlib import Path, PurePosixPath

from oxalis_panels.model.value import value
from oxalis_panels.pipeline.output.manifest import Manifest, digest
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.system.bounded import LargeFileError, read_bytes

LARGEST = 500_000_000
"""Bytes; the booklet of a hundred posters has a fifth of that."""


class Kind(Enum):
    """What a path leads to."""

    NOTHING = "nothing"
    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"
    """A device, a pipe, a socket: never to be opened."""


@value
class PathState:
    """The first thing on the way to a path that is not a plain folder."""

    kind: Kind
    path: PurePosixPath
    """The path that was asked for, or the one of its parents that is in its way."""


def look(folder: Path, path: PurePosixPath) -> PathState:
    """Return what stands at `path`, or in the way to it. Raises OSError where looking is forbidden."""
    for place in (*reversed(path.parents[:-1]), path):
        kind = _kind(folder / place)
        if kind is Kind.NOTHING:
            return PathState(kind, path)
        if kind is not Kind.FOLDER:
            return PathState(kind, place)
    return PathState(Kind.FOLDER, path)


def read(folder: Path, path: PurePosixPath) -> bytes | None:
    """Return the bytes of the plain file at `path`; None when there is none. Raises OSError."""
    return content(folder / path) if look(folder, path) == PathState(Kind.FILE, path) else None


def content(file: Path) -> bytes | None:
    """Return the bytes of a plain file; None of one that is too large to be ours. Raises OSError."""
    try:
        return read_bytes(file, LARGEST)
    except LargeFileError:
        return None


def contents(folder: Path, path: PurePosixPath) -> tuple[set[PurePosixPath], set[PurePosixPath]]:
    """Return the folders (`path` among them) and everything else below `path`. Raises OSError."""
    folders, others = {path}, set()
    with os.scandir(folder / path) as found:
        for one in found:
            if one.is_dir(follow_symlinks=False):
                below = contents(folder, path / one.name)
                folders |= below[0]
                others |= below[1]
            else:
                others.add(path / one.name)
    return folders, others


def reuse(folder: Path, manifest: Manifest, path: PurePosixPath, made_from: str) -> Artifact | None:
    """Return the file that an earlier build made from the same inputs, if it is still there untouched."""
    entry = manifest.files.get(path)
    if entry is None or entry.made_from != made_from:
        return None
    try:
        data = read(folder, path)
    except OSError:
        return None
    if data is None or digest(data) != entry.sha256:
        return None
    return Artifact(path, data, made_from)


def _kind(file: Path) -> Kind:
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return Kind.NOTHING
    if stat.S_ISLNK(mode):
        return Kind.LINK
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER
