"""New files beside those of people: all of them or none, and never over another."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import error
from oxalis_panels.messages.system import reason
from oxalis_panels.output.failure import place
from oxalis_panels.output.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from oxalis_panels.diagnostics import Diagnostic

Move = tuple["PurePosixPath", "PurePosixPath"]


def add(
    folder: Path, files: Mapping[PurePosixPath, bytes], moves: Sequence[Move] = ()
) -> tuple[Diagnostic, ...]:
    """Put new files into `folder` (made if missing), first moving others; return what hindered it.

    Paths are relative to `folder`. Nothing is written when a path is taken or the disk refuses; a
    KeyboardInterrupt goes on, everything being undone.
    """
    staging = Staging(folder)
    made = not folder.exists()
    try:
        staging.open()
        waiting = [(path, staging.write(path, data)) for path, data in files.items()]
        for old, new in moves:
            waiting.append((new, staging.write(new, (folder / old).read_bytes())))
            shutil.copymode(folder / old, waiting[-1][1])
        staging.settle()
        for old, _ in moves:
            staging.take_away(old)
        for path, written in waiting:
            staging.put(path, written, new=True)
    except OSError as failure:
        staging.undo()
        _tidy(staging, made=made)
        return (error("file-unwritten", place(folder, staging.at), reason=reason(failure)),)
    except BaseException:
        staging.undo()
        _tidy(staging, made=made)
        raise
    _tidy(staging, made=False)
    return ()


def _tidy(staging: Staging, *, made: bool) -> None:
    """Remove the staging folder, and the folder itself if it was made for nothing."""
    at = staging.at
    with suppress(OSError):
        staging.clear()
        if made:
            staging.folder.rmdir()
    staging.at = at
