"""The files of a project at a commit → a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.messages.system import reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from oxalis_panels.comparing.repository import Commit, Repository

FOLDERS = ("panels", "templates", "printers", "messages")
"""All that a check of a project reads."""
FILE, LINK, SUBMODULE = "100", "120", "160"
"""How git's modes begin."""
POINTER = b"version https://git-lfs.github.com/spec/"
"""How a file begins that stands for a large one kept elsewhere."""


@frozen
class _Entry:
    mode: str
    identifier: str
    path: str
    """From the top of the repository."""


def copy_version(repository: Repository, commit: Commit, folder: Path) -> tuple[Diagnostic, ...]:
    """Write the project as it was at a commit into an empty folder; return what went wrong.

    Warnings: a link that leads out of the repository, a folder that is a repository of its own. Errors: an
    object that git cannot give, a disk that refuses.
    """
    wanted = [f"{repository.prefix}{name}" for name in FOLDERS]
    said = repository.ask("ls-tree", "-r", "-z", "--full-tree", commit.identifier, "--", *wanted)
    span = Span(Source(commit.name))
    if said.code:
        return (error("diff-git-refused", span, reason=said.complaint),)
    entries = list(_entries(said.out))
    files = [each for each in entries if each.mode.startswith(FILE)]
    try:
        texts = _blobs(repository, [each.identifier for each in files])
        if texts is None:
            return (error("diff-incomplete", span, version=commit.short),)
        for each, data in zip(files, texts, strict=True):
            _write(folder, each.path.removeprefix(repository.prefix), _whole(repository, each, data))
        found = [_other(repository, commit, each, folder) for each in entries if each not in files]
    except OSError as failure:
        return (error("diff-cannot-copy", span, reason=reason(failure)),)
    return tuple(each for each in found if each)


def _entries(listing: bytes) -> Iterator[_Entry]:
    for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        mode, _kind, identifier = facts.split(" ")
        yield _Entry(mode, identifier, path)


def _blobs(repository: Repository, identifiers: Sequence[str]) -> list[bytes] | None:
    """Return the contents of objects, asked for at once; None when git lacks one."""
    said = repository.ask("cat-file", "--batch", given="".join(f"{each}\n" for each in identifiers).encode())
    found, at = [], 0
    for identifier in identifiers:
        end = said.out.find(b"\n", at)
        facts = said.out[at:end].split(b" ")
        if facts[0] != identifier.encode() or facts[1:2] != [b"blob"]:
            return None
        start, size = end + 1, int(facts[2])
        found.append(said.out[start : start + size])
        at = start + size + 1
    return found


def _whole(repository: Repository, entry: _Entry, data: bytes) -> bytes:
    """Return what a pointer of Git LFS stands for, if the machine can get it."""
    if not data.startswith(POINTER):
        return data
    said = repository.ask("cat-file", "--filters", f"--path={entry.path}", entry.identifier)
    return data if said.code else said.out


def _other(repository: Repository, commit: Commit, entry: _Entry, folder: Path) -> Diagnostic | None:
    """Write the file that a link leads to; return a warning for what cannot be followed."""
    path = entry.path.removeprefix(repository.prefix)
    shown = Span(Source(f"{commit.short}:{path.encode('utf-8', 'replace').decode()}"))
    if entry.mode.startswith(SUBMODULE):
        return warning("diff-submodule", shown)
    given = f"{commit.identifier}:{entry.path}\n".encode("utf-8", "surrogateescape")
    said = repository.ask("cat-file", "--batch", "--follow-symlinks", given=given)
    facts, _, rest = said.out.partition(b"\n")
    parts = facts.split(b" ")
    if said.code or parts[1:2] != [b"blob"] or "\n" in entry.path:
        return warning("diff-link", shown)
    _write(folder, path, rest[: int(parts[2])])
    return None


def _write(folder: Path, path: str, data: bytes) -> None:
    """Write a file; one whose path leads out of the folder, which no honest repository holds, is left out."""
    file = folder / path
    if ".." in file.parts or not file.is_relative_to(folder):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
