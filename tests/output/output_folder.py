"""What the tests of this room share: a build of a few files, and a look at what came of it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.output.planning import plan
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.system.locking import lock

Files = dict[str, bytes]
OLD: Files = {"site/a": b"1", "site/b": b"2", "site/gone/c": b"3", "site/d": b"4", "print/a.pdf": b"5"}
NEW: Files = {"site/a": b"1", "site/b": b"two", "site/new/e": b"6", "site/d/f": b"7", "print/a.pdf": b"five"}
"""One unchanged, two changed, one gone with its folder, one new with its folder, one replaced by a folder."""


def artifacts(files: Mapping[str, bytes]) -> list[Artifact]:
    """Return the artifacts with these paths and bytes."""
    return [Artifact(PurePosixPath(path), data) for path, data in files.items()]


def build(
    folder: Path, files: Mapping[str, bytes], scope: Callable[[PurePosixPath], bool] = lambda _: True
) -> tuple[Diagnostic, ...]:
    """Do what the pipeline does with its artifacts, and return everything it would say."""
    with lock(folder) as problems:
        if problems:
            return problems
        planned = plan(folder, artifacts(files), load_manifest(folder), scope=scope)
        if planned.value is None:
            return planned.diagnostics
        return planned.diagnostics + commit(folder, planned.value)


def standing(folder: Path) -> Files:
    """Return every file of the folder but the lock and the manifest, leftovers included."""
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {
        path: file.read_bytes() for path, file in found.items() if path not in {".lock", ".manifest.json"}
    }


def said(folder: Path, diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """Return the codes of diagnostics and the files they point to, relative to the folder."""
    place = folder.as_posix()
    return [(d.key, d.span.source.path.removeprefix(place).lstrip("/")) for d in diagnostics]
