"""Running git: the one place that does, so that git runs nothing else.

A repository may be anybody's, and its configuration and attributes name programs: monitors, hooks, filters,
signers, ways to fetch what is missing. Only commands that read objects are run, and what could start a
program all the same is turned off. Commands that look at the index or the working tree are never run: git
would run filters over files first (`is_blob` compares them itself).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from oxalis_panels.model.value import value

TIMEOUT_S = 60
"""Seconds to wait for the result: a repository with a long history on a slow disk."""
SETTINGS = {
    "core.fsmonitor": "",
    "core.hooksPath": "/dev/null",
    "core.quotePath": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",  # a signature is checked by a program
    "safe.bareRepository": "explicit",  # a folder of the project may pretend to be a repository
}
"""Overrides a repository's own configuration."""
VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "none",  # an old git fetches what a partial clone lacks despite the next one
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
SHA1_DIGITS = 40
FOREIGN = {
    *("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"),
}
"""Variables that git sets when it runs this program (in a hook), perhaps for another repository."""


@value
class GitResult:
    """What a git command returned."""

    code: int
    out: bytes
    complaint: str
    """First line of its standard error."""


@value
class Entry:
    """A file of a commit."""

    mode: str
    identifier: str
    """Object id of its content."""
    path: str


def run(project: Path, *arguments: str, given: bytes = b"") -> GitResult:
    """Run git in the folder of a project, `given` as its input. Raises OSError when there is no git."""
    return finish(start(project, *arguments), given)


def start(project: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start git without waiting; `finish` returns its result. Raises OSError when there is no git."""
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return subprocess.Popen(  # noqa: S603 - no shell, and callers check what is named by people
        [_program(), "--no-pager", *settings, "-C", str(project), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**kept, **VARIABLES},
    )


def finish(process: subprocess.Popen[bytes], given: bytes = b"") -> GitResult:
    """Wait for git and return its result; after `TIMEOUT_S` it is killed, and has failed."""
    try:
        out, complaint = process.communicate(given, TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return GitResult(1, b"", f"{TIMEOUT_S} s")
    lines = complaint.decode("utf-8", "replace").strip().split("\n")
    return GitResult(process.returncode, out, lines[0].removeprefix("fatal: "))


def git_folders(project: Path) -> tuple[Path, Path] | None:
    """Return the folders in which git keeps the `HEAD` of a project and its branches; None without git."""
    try:
        result = run(project, "rev-parse", "--absolute-git-dir", "--git-common-dir")
    except OSError:
        return None
    own, _, common = result.out.decode("utf-8", "surrogateescape").rstrip("\n").partition("\n")
    return None if result.code else (Path(own), Path(project, common))


def _program() -> str:
    """Return the path of git: never one in the project, where the search would begin on Windows."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if Path(folder).is_absolute() and (found := shutil.which(str(Path(folder, name)))):
            return found
    raise FileNotFoundError(name)


def entries(listing: bytes) -> Iterator[Entry]:
    """Yield the files that `ls-tree -r -z` lists."""
    for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        mode, _kind, identifier = facts.split(" ")
        yield Entry(mode, identifier, path)


def is_blob(data: bytes, identifier: str) -> bool:
    """Return whether an object id is that of these bytes, or of these with CRLF changed to LF."""
    new = "sha1" if len(identifier) == SHA1_DIGITS else "sha256"
    return any(
        hashlib.new(new, b"blob %d\0%b" % (len(each), each), usedforsecurity=False).hexdigest() == identifier
        for each in (data, data.replace(b"\r\n", b"\n"))
    )
