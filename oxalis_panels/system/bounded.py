"""Files that anybody may have put there: read only if they are files, and no more of them than is asked.

A pipe would be waited for, a device read without end, a file of holes would fill the memory.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Span, error
from oxalis_panels.words.catalogue import Words

TEXT = 1_000_000
"""Bytes of a text that people write: the longest real panel has two thousand."""
TEMPLATE = 10_000_000
"""Bytes of a template: a style sheet may carry its fonts and pictures within it."""
MEGABYTE = 1_000_000
WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that took the place of a file since it was looked at must not hold anything up."""
KINDS = {stat.S_IFIFO: "pipe", stat.S_IFCHR: "device", stat.S_IFBLK: "device", stat.S_IFSOCK: "socket"}


class SpecialFileError(OSError):
    """A path leads to something that is neither a file nor a folder."""

    def __init__(self, path: str, kind: str) -> None:
        """Take the path and the kind, a key of the words in `file_kind`."""
        super().__init__(errno.EINVAL, os.strerror(errno.EINVAL), path)
        self.kind = kind


class LargeFileError(OSError):
    """A file is larger than anything it could be."""

    def __init__(self, path: str, most: int) -> None:
        """Take the path, and how many bytes would have been read."""
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), path)
        self.most = most


def read_bytes(path: str | Path, most: int = TEXT) -> bytes:
    """Return the bytes of a file; links are followed.

    Raises OSError: `LargeFileError` for one of more than `most` bytes, `SpecialFileError` for a pipe, a
    device or a socket, IsADirectoryError for a folder, and what the system says of the others.
    """
    name = os.fspath(path)
    _check(name, os.stat(name), most)  # noqa: PTH116 - before opening: a device may already do something
    with open(name, "rb", opener=lambda *_: os.open(name, WITHOUT_WAITING)) as file:
        size = _check(name, os.fstat(file.fileno()), most)
        # No more is set aside than the file takes; then what it is said not to have.
        data = file.read(size + 1)
        data += file.read(most + 1 - len(data)) if len(data) > size else b""
    if len(data) > most:
        raise LargeFileError(name, most)
    return data


def _check(name: str, state: os.stat_result, most: int) -> int:
    """Return the size of what is a file, and no larger than `most`."""
    kind = stat.S_IFMT(state.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if kind != stat.S_IFREG:
        raise SpecialFileError(name, KINDS.get(kind, "device"))
    if state.st_size > most:
        raise LargeFileError(name, most)
    return state.st_size


def files_below(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its path from there, in order; no link to a folder is followed."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def unread(failure: OSError, span: Span) -> Diagnostic:
    """Return the error for a file, named or standing at `span`, that `read_bytes` did not read."""
    if isinstance(failure, LargeFileError):
        return error("file-too-large", span, limit=failure.most // MEGABYTE)
    if isinstance(failure, SpecialFileError):
        return error("file-special.kind", span, kind=Words(f"file_kind.{failure.kind}"))
    if isinstance(failure, IsADirectoryError):
        return error("file-special.kind", span, kind=Words("file_kind.folder"))
    return error("file-unreadable.source", span)
