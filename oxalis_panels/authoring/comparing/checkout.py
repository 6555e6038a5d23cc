"""The files of a project at a commit → a temporary folder."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

from oxalis_panels.authoring.comparing.repository import Commit, Repository
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.rendering.folders import is_ignored
from oxalis_panels.system.bounded import TEXT, files_below, read_bytes
from oxalis_panels.system.failure import reason
from oxalis_panels.system.git import Entry, entries, is_blob

FOLDERS = ("panels", "pages", "printers", "messages")
"""All that a check of a project reads, but for templates: they are code, and a version's is never run."""
TEMPLATES = "templates"
FILE, LINK, SUBMODULE = "100", "120", "160"
"""How git's modes begin."""
LARGEST = 200_000_000
"""Bytes of a file that a check could read: a picture."""
HOLE = bytes(TEXT + 1)
"""Stands for a file that is larger than that, and is as much too large for a text."""
AT_ONCE = 64_000_000
"""Bytes of files that are asked for together."""
POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-.+\n)*"
    rb"oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,12})\n"
)
"""A file that stands for a large one kept elsewhere."""


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
    listed = list(entries(said.out))
    files = [each for each in listed if each.mode.startswith(FILE)]
    try:
        texts = _blobs(repository, [each.identifier for each in files])
        if texts is None:
            return (error("diff-incomplete", span, version=commit.short),)
        for each, data in zip(files, texts, strict=True):
            _write(folder, each.path.removeprefix(repository.prefix), _whole(repository, data))
        found = [_other(repository, commit, each, folder) for each in listed if each not in files]
    except OSError as failure:
        return (error("diff-cannot-copy", span, reason=reason(failure)),)
    return tuple(each for each in found if each)


def templates_differ(repository: Repository, before: Commit, after: Commit | None) -> bool:
    """Whether two versions have other templates; None: the files in the folder."""
    kept = _templates(repository, before)
    if after:
        return kept != _templates(repository, after)
    folder = repository.project / TEMPLATES
    files = files_below(folder).items()
    standing = {normalize("NFC", name): file for name, file in files if not is_ignored(file, folder)}
    try:
        same = all(is_blob(read_bytes(file, LARGEST), kept.get(name, "")) for name, file in standing.items())
    except OSError:
        same = False
    return kept.keys() != standing.keys() or not same


def _templates(repository: Repository, commit: Commit) -> dict[str, str]:
    """Return the names that git has for the templates of a version, under their paths."""
    top = f"{repository.prefix}{TEMPLATES}"
    said = repository.ask("ls-tree", "-r", "-z", "--full-tree", commit.identifier, "--", top)
    kept = {each.path.removeprefix(f"{top}/"): each.identifier for each in entries(said.out)}
    paths = [path for path in kept if not is_ignored(Path(top, path), Path(top))]
    return {normalize("NFC", path): kept[path] for path in paths}  # on macOS git may write them otherwise


def _blobs(repository: Repository, identifiers: Sequence[str]) -> list[bytes] | None:
    """Return the contents of objects, many asked for at once; None when git lacks one."""
    said = repository.ask("cat-file", "--batch-check", given=_lines(identifiers))
    facts = [line.split() for line in said.out.splitlines()]
    if [each[1:2] for each in facts] != [[b"blob"]] * len(identifiers):
        return None
    sizes = dict(zip(identifiers, (int(each[2]) for each in facts), strict=True))
    found: dict[str, bytes] = {each: HOLE for each, size in sizes.items() if size > LARGEST}
    waiting = [each for each in sizes if each not in found]
    while waiting:
        some, room = [waiting.pop()], AT_ONCE
        while waiting and (room := room - sizes[some[-1]]) >= sizes[waiting[-1]]:
            some.append(waiting.pop())
        contents = _contents(repository, some)
        if contents is None:
            return None
        found |= zip(some, contents, strict=True)
    return [found[each] for each in identifiers]


def _lines(identifiers: Sequence[str]) -> bytes:
    return "".join(f"{each}\n" for each in identifiers).encode()


def _contents(repository: Repository, identifiers: Sequence[str]) -> list[bytes] | None:
    said = repository.ask("cat-file", "--batch", given=_lines(identifiers))
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


def _whole(repository: Repository, data: bytes) -> bytes:
    """Return what a pointer of Git LFS stands for, if its store has it: its filter may be any program."""
    found = POINTER.fullmatch(data)
    if found is None:
        return data
    name = found[1].decode()
    folder = repository.ask("rev-parse", "--git-common-dir").out.decode().rstrip("\n")
    try:
        kept = read_bytes(
            repository.project / folder / "lfs" / "objects" / name[:2] / name[2:4] / name, LARGEST
        )
    except OSError:
        return data
    return kept if hashlib.sha256(kept).hexdigest() == name else data


def _other(repository: Repository, commit: Commit, entry: Entry, folder: Path) -> Diagnostic | None:
    """Write the file that a link leads to; return a warning for what cannot be followed."""
    path = entry.path.removeprefix(repository.prefix)
    shown = Span(Source(f"{commit.short}:{path.encode('utf-8', 'replace').decode()}"))
    if entry.mode.startswith(SUBMODULE):
        return warning("diff-left-out.submodule", shown)
    given = f"{commit.identifier}:{entry.path}\n".encode("utf-8", "surrogateescape")
    said = repository.ask("cat-file", "--batch-check", "--follow-symlinks", given=given)
    parts = said.out.split()
    if said.code or parts[1:2] != [b"blob"] or "\n" in entry.path:
        return warning("diff-left-out.link", shown)
    data = _blobs(repository, [parts[0].decode()])
    _write(folder, path, data[0] if data else b"")
    return None


def _write(folder: Path, path: str, data: bytes) -> None:
    """Write a file; one whose path leads out of the folder, which no honest repository holds, is left out."""
    file = folder / path
    if ".." in file.parts or not file.is_relative_to(folder):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
