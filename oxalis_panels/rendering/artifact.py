"""A file that this build makes, and which paths such a file may have."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath

from oxalis_panels.model.value import value
from oxalis_panels.reading.files import folded_name
from oxalis_panels.system.locking import LOCK

MANIFEST = ".manifest.json"
STAGING = ".staging"

RESERVED = frozenset({MANIFEST, STAGING, LOCK, ".cache", ".gitignore"})
"""Names at the top of the output folder that no artifact takes; `.gitignore` belongs to the project."""
FORBIDDEN = re.compile(r'[\x00-\x1f\\:*?"<>|\ud800-\udfff]')


@value
class Artifact:
    """A file to be, complete in memory."""

    path: PurePosixPath
    """Relative to the output folder."""
    data: bytes
    made_from: str | None = None
    """Digest of everything that `data` depends on, when making it again is worth avoiding (see `reuse`)."""
    panels: Mapping[str, str] = field(default_factory=dict)
    """Slugs of the panels whose text it holds, each with a digest of that text; empty: of none of them."""

    def __post_init__(self) -> None:
        """Raise ValueError for a path that could leave the output folder: that is a bug, not a mistake."""
        if not is_inside(self.path):
            message = f"not a path for an output file: {str(self.path)!r}"
            raise ValueError(message)


def is_inside(path: PurePosixPath) -> bool:
    r"""Whether `path` names a file below the output folder on every system, and none of the reserved names.

    Windows takes a backslash for a separator and a colon for a drive; no system takes half a surrogate pair.
    """
    parts = path.parts
    if not parts or path.is_absolute() or folded_name(parts[0]) in RESERVED:
        return False
    return ".." not in parts and not FORBIDDEN.search(str(path))


def refuse_clashes(paths: Iterable[PurePosixPath]) -> None:
    """Raise ValueError when two artifacts cannot both exist: one path twice, or a file that is a folder."""
    for path, other in clashes(paths):
        message = f"two output files need the same place: {path} and {other}"
        raise ValueError(message)


def clashes(paths: Iterable[PurePosixPath]) -> Iterator[tuple[PurePosixPath, PurePosixPath]]:
    """Yield each path that cannot exist beside an earlier one, as macOS and Windows compare, with that one.

    >>> [str(other) for _, other in clashes(map(PurePosixPath, ("tout/index.html", "TOUT", "logo.png")))]
    ['tout/index.html']
    """
    files: dict[str, PurePosixPath] = {}
    folders: dict[str, PurePosixPath] = {}
    for path in paths:
        file = folded_name(path)
        above = [str(folder) for folder in PurePosixPath(file).parents]
        others = (files.get(file), folders.get(file), *map(files.get, above))
        if other := next(filter(None, others), None):
            yield path, other
        files.setdefault(file, path)
        for folder in above:
            folders.setdefault(folder, path)
