"""When each panel was last changed, as git knows it; nothing where git knows nothing for sure."""

from __future__ import annotations

import os
import subprocess
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER = "panels"
PATIENCE = 30
"""Seconds to wait for git: a repository with a long history on a slow disk."""
GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-C")
"""`fsmonitor` could start a program that a repository names."""
LOG = ("log", "--relative", "-c", "--no-renames", "--name-only", "-z", "--format=tformat:%x01%cI%x01%D", "--")
STATUS = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--")
PREFIX = ("rev-parse", "--show-prefix")
FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Set where git itself runs this program (in a hook), and then about another repository."""


@frozen
class History:
    """What is known of the files of a project."""

    changed: Mapping[str, datetime] = field(default_factory=dict)
    """When the last commit that touched each file was made, in its own zone; paths from the project's folder.

    Files that have changed since, that git does not follow, or whose last commit a shallow clone may lack
    are left out: no date rather than a wrong one.
    """
    root: str = ""
    """The project's folder in its repository: empty or ending in `/`."""


def read_history(project: Path) -> History:
    """Ask git, three questions at once and each for all files; nothing without git or a repository."""
    try:
        asked = [_ask(project, *LOG, FOLDER), _ask(project, *STATUS, FOLDER), _ask(project, *PREFIX)]
    except OSError:
        return History()
    answers = [_answer(each) for each in asked]
    if any(answer is None for answer in answers):
        return History()
    log, status, root = (answer or "" for answer in answers)
    root = root.rstrip("\n")
    uncertain = {entry[3:].removeprefix(root) for entry in status.split("\0")}  # as the repository sees them
    changed = {path: date for path, date in _last_changes(log) if date and path not in uncertain}
    return History(changed, root)


def _ask(project: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - no shell, and no argument from a text
        [*GIT, str(project), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


def environment() -> dict[str, str]:
    """Return the environment in which git is asked: about this project, in English, without taking locks."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _answer(asked: subprocess.Popen[bytes]) -> str | None:
    """Return what git says; None when it fails or takes too long."""
    try:
        said, _ = asked.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        asked.kill()
        asked.communicate()
        return None
    return said.decode("utf-8", "surrogateescape") if asked.returncode == 0 else None


def _last_changes(log: str) -> Iterator[tuple[str, datetime | None]]:
    """Yield each file once, with the date of the newest commit that names it.

    None where that commit is "grafted": the first of a shallow clone names all files, whoever changed them.
    """
    seen: set[str] = set()
    parts = log.split("\x01")[1:]
    for date, rest in zip(parts[::2], parts[1::2], strict=True):
        decorations, *paths = rest.split("\0")
        sure = "grafted" not in decorations.split(", ")
        for path in (each.lstrip("\n") for each in paths):
            if path and path not in seen:
                seen.add(path)
                yield path, datetime.fromisoformat(date) if sure else None
