"""Carrying out a plan: all of it, or nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath

from oxalis_panels.diagnostics import Diagnostic, error
from oxalis_panels.messages.system import reason
from oxalis_panels.output.artifact import MANIFEST
from oxalis_panels.output.failure import HALF_WRITTEN, place, refused
from oxalis_panels.output.manifest import union
from oxalis_panels.output.planning import Plan
from oxalis_panels.output.staging import Staging

OURS = PurePosixPath(MANIFEST)


def commit(folder: Path, plan: Plan) -> tuple[Diagnostic, ...]:
    """Make `folder` what `plan` says, holding its `lock`; return what went wrong, nothing if it is done.

    Whatever replaces a file is on the disk before the first one moves: a power cut leaves the old or the new.
    Where there was none, there is none to lose, and the next build makes again what was cut short. When the
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
    """Tell the removals that make room (a file where a folder goes, or the reverse) from the others."""
    if not plan.remove:
        return [], []
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
