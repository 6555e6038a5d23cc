"""Reading files that anybody may have put there: regular files only, and only up to a limit.

A pipe would block, a device would be read without end, a sparse file would fill the memory.
"""

import errno
import os
import stat
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Span, error
from oxalis_panels.words.catalogue import Words

TEXT = 1_000_000
"""Limit in bytes for a text that people write: the longest real panel has two thousand."""
TEMPLATE = 10_000_000
"""Limit in bytes for a template: a style sheet may have fonts and pictures inside."""
MEGABYTE = 1_000_000
WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Does not block if a pipe has taken the place of the file since it was checked."""
KINDS = {stat.S_IFIFO: "pipe", stat.S_IFCHR: "device", stat.S_IFBLK: "device", stat.S_IFSOCK: "socket"}


class SpecialFileError(OSError):
    """A path leads to a pipe, a device or a socket."""

    def __init__(self, path: str, kind: str) -> None:
        """Take the path and the kind, a key of `file_kind` in the catalogue."""
        super().__init__(errno.EINVAL, os.strerror(errno.EINVAL), path)
        self.kind = kind


class LargeFileError(OSError):
    """A file is larger than the limit."""

    def __init__(self, path: str, limit: int) -> None:
        """Take the path, and the limit in bytes."""
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), path)
        self.limit = limit


def read_bytes(path: str | Path, limit: int = TEXT) -> bytes:
    """Return the bytes of a file; links are followed.

    Raises OSError: `LargeFileError` for one of more than `limit` bytes, `SpecialFileError` for a pipe, a
    device or a socket, IsADirectoryError for a folder, and those of the system.
    """
    name = os.fspath(path)
    _check(name, os.stat(name), limit)  # noqa: PTH116 - before opening: a device may already do something
    with open(name, "rb", opener=lambda *_: os.open(name, WITHOUT_WAITING)) as file:
        size = _check(name, os.fstat(file.fileno()), limit)
        # First the size that is reported, so that no large buffer is made; then what a growing file has more.
        data = file.read(size + 1)
        data += file.read(limit + 1 - len(data)) if len(data) > size else b""
    if len(data) > limit:
        raise LargeFileError(name, limit)
    return data


def _check(name: str, state: os.stat_result, limit: int) -> int:
    """Return the size of a regular file. Raises OSError for anything else, and above `limit`."""
    kind = stat.S_IFMT(state.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if kind != stat.S_IFREG:
        raise SpecialFileError(name, KINDS.get(kind, "device"))
    if state.st_size > limit:
        raise LargeFileError(name, limit)
    return state.st_size


def files_below(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its relative path, sorted; links to folders are not followed."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def read_error(failure: OSError, span: Span) -> Diagnostic:
    """Return the error for a file, named at `span`, that `read_bytes` could not read."""
    if isinstance(failure, LargeFileError):
        return error("file-too-large", span, limit=failure.limit // MEGABYTE)
    if isinstance(failure, SpecialFileError):
        return error("file-special.kind", span, kind=Words(f"file_kind.{failure.kind}"))
    if isinstance(failure, IsADirectoryError):
        return error("file-special.kind", span, kind=Words("file_kind.folder"))
    return error("file-unreadable.source", span)
