"""git, asked about a project: the one place that runs it, so that it runs nothing else.

A repository may be anybody's, and its configuration and attributes name programs: monitors, hooks, filters,
signers, ways to fetch what is missing. Only questions that read objects are asked, and what could start a
program all the same is turned off. The index and the working tree are never asked about: git would have
filters go over files first (`is_blob` looks at them itself).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from oxalis_panels.model.value import frozen

TIMEOUT_S = 60
"""Seconds to wait for an answer: a repository with a long history on a slow disk."""
SETTINGS = {
    "core.fsmonitor": "",
    "core.hooksPath": "/dev/null",
    "core.quotePath": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",  # a signature is checked by a program
    "safe.bareRepository": "explicit",  # a folder of the project may pretend to be a repository
}
"""What goes before a repository's own configuration."""
VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "none",  # in a partial clone an old git fetches what it lacks, whatever it is told
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
FOREIGN = {
    *("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"),
}
"""Set where git itself runs this program (in a hook), and then about another repository."""


@frozen
class GitResult:
    """What git answered."""

    code: int
    out: bytes
    complaint: str


@frozen
class Entry:
    """A file of a version."""

    mode: str
    identifier: str
    """Of its content."""
    path: str


def ask(project: Path, *arguments: str, given: bytes = b"") -> GitResult:
    """Return what git says in the folder of a project. Raises OSError when there is no git."""
    return answer(begin(project, *arguments), given)


def begin(project: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Ask without waiting for the `answer`. Raises OSError when there is no git."""
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return subprocess.Popen(  # noqa: S603 - no shell, and callers check what is named by people
        [_program(), "--no-pager", *settings, "-C", str(project), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**kept, **VARIABLES},
    )


def answer(asked: subprocess.Popen[bytes], given: bytes = b"") -> GitResult:
    """Return what git says; after `TIMEOUT_S` it is ended, and has failed."""
    try:
        out, complaint = asked.communicate(given, TIMEOUT_S)
    except subprocess.TimeoutExpired:
        asked.kill()
        asked.communicate()
        return GitResult(1, b"", f"{TIMEOUT_S} s")
    lines = complaint.decode("utf-8", "replace").strip().split("\n")
    return GitResult(asked.returncode, out, lines[0].removeprefix("fatal: "))


def places(project: Path) -> tuple[Path, Path] | None:
    """Return the folders in which git keeps the `HEAD` of a project and its branches; None without git."""
    try:
        said = ask(project, "rev-parse", "--absolute-git-dir", "--git-common-dir")
    except OSError:
        return None
    own, _, common = said.out.decode("utf-8", "surrogateescape").rstrip("\n").partition("\n")
    return None if said.code else (Path(own), Path(project, common))


def _program() -> str:
    """Return the git of this machine: never one that a project holds, where the search begins on Windows."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(folder) and (found := shutil.which(os.path.join(folder, name))):  # noqa: PTH117, PTH118
            return found
    raise FileNotFoundError(name)


def entries(listing: bytes) -> Iterator[Entry]:
    """Yield the files that `ls-tree -r -z` lists."""
    for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        mode, _kind, identifier = facts.split(" ")
        yield Entry(mode, identifier, path)


def is_blob(data: bytes, identifier: str) -> bool:
    """Whether a content that git keeps is these bytes, or these with the line ends of Windows changed."""
    new = "sha1" if len(identifier) == 40 else "sha256"  # noqa: PLR2004 - the digits of the older one
    return any(
        hashlib.new(new, b"blob %d\0%b" % (len(each), each), usedforsecurity=False).hexdigest() == identifier
        for each in (data, data.replace(b"\r\n", b"\n"))
    )
