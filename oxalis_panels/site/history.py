"""When each panel was last changed, from git; nothing where that is uncertain."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from oxalis_panels.model.value import value
from oxalis_panels.reading.files import PANELS, SETTINGS
from oxalis_panels.system.bounded import read_bytes
from oxalis_panels.system.git import entries, finish, is_blob, start

FOLDERS = ("panels", "pages")
LOG = ("log", "--relative", "-c", "--no-renames", "--no-ext-diff", "--no-textconv", "--name-only", "-z")
DATES = "--format=tformat:%x01%cI%x01%D"
TREE = ("ls-tree", "-r", "-z", "HEAD", "--", *FOLDERS)
PREFIX = ("rev-parse", "--show-prefix")


@value
class History:
    """What git knows about the texts of a project."""

    changed: Mapping[str, datetime] = field(default_factory=dict)
    """When the last commit that touched each text was made, in its own zone; paths from the project's folder.

    Texts with uncommitted changes, that git does not track, or whose last commit a shallow clone may lack are
    left out: no date rather than a wrong one. So are panels that only the commit that added several names: it
    says when they were copied here, not when they were written.
    """
    root: str = ""
    """The project's folder in its repository: empty or ending in `/`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The path of each text in git, under the same in NFC: on macOS the disk may write accents otherwise."""

    def name(self, path: str) -> str:
        """Return what git calls a text of the project; a text that it does not know, as it is called here."""
        return self.names.get(normalize("NFC", path), path)


def read_history(project: Path) -> History:
    """Run three git commands at once, each for all files; nothing without git or a repository."""
    try:
        started = [start(project, *each) for each in ((*LOG, DATES, "--", *FOLDERS), TREE, PREFIX)]
    except OSError:
        return History()
    results = [finish(each) for each in started]
    if any(each.code for each in results):
        return History()
    log, tree, root = (each.out for each in results)
    kept = {each.path: each.identifier for each in entries(tree)}
    dates = _last_changes(log.decode("utf-8", "surrogateescape"))
    changed = {path: date for path, date in dates.items() if date and _clean(project / path, kept.get(path))}
    names = {normalize("NFC", path): path for path in kept}
    return History(changed, root.decode("utf-8", "surrogateescape").rstrip("\n"), names)


def _clean(file: Path, identifier: str | None) -> bool:
    """Return whether a file is a text, and as it was committed."""
    if identifier is None or file.suffix.lower() not in PANELS:
        return False
    try:
        return is_blob(read_bytes(file), identifier)
    except OSError:
        return False


def _last_changes(log: str) -> Mapping[str, datetime | None]:
    """Return for each file the date of the newest commit that names it.

    None where that commit is "grafted": the first of a shallow clone names all files, whoever changed them.
    None too for a panel that only the first commit with panels names, if that one added several.
    """
    dates: dict[str, datetime | None] = {}
    commits: Counter[str] = Counter()
    first: list[str] = []
    parts = log.split("\x01")[1:]
    for date, rest in zip(parts[::2], parts[1::2], strict=True):
        decorations, *names = rest.split("\0")
        sure = "grafted" not in decorations.split(", ")
        paths = [path for each in names if (path := each.lstrip("\n"))]
        for path in paths:
            dates.setdefault(path, datetime.fromisoformat(date) if sure else None)
        commits.update(paths)
        first = [path for path in paths if _is_panel(path)] or first
    imported = [path for path in first if commits[path] == 1] if len(first) > 1 else []
    return dates | dict.fromkeys(imported)


def _is_panel(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in PANELS and PurePosixPath(path).name not in SETTINGS
