"""Watching the files that a project is made from, and waiting until they are written.

File systems that raise no events are polled: on a network drive, or in a folder shared with a virtual
machine, what another machine writes raises none here.
"""

import asyncio
import ctypes
import os
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

try:
    import watchfiles
except ImportError:  # a Windows without what Rust builds on, or whose guards do not let it load
    EVENTS = False
else:
    EVENTS = True

from oxalis_panels.reading.files import SOURCES, folded_name
from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.system import git

GIT = ".git"
BRANCHES = ("refs/heads", "reftable")
"""Folders of git that say which commit is the last of a branch."""
MAX_LINKS = 40
"""Links that lead to each other; Linux follows as many."""
TEXTS = frozenset({".md", ".yaml", ".yml", ".html", ".css", ".js", ".toml"})
"""Suffixes of the files that people edit."""
STEP_MS = 6
"""How long nothing may change before a file counts as written."""
DEBOUNCE_MS = 60
"""How long changes that follow each other are gathered at most."""
POLL_S = 0.15
"""How often files are looked at where the file system raises no events."""
REWRITE_S = 0.1
"""How long a file that was emptied, or moved away, is given to come back."""
RETRY_S = 0.1
"""After how long a folder that has just gone is looked for again."""


class Watch:
    """Sets `changed` when something that is served may have changed; sometimes once too often."""

    def __init__(self, project: Path, *, poll: bool) -> None:
        """Watch a project; `poll` looks at all its files again and again instead of waiting for events."""
        self.changed = asyncio.Event()
        self.poll = poll or not EVENTS or is_silent(project)
        self._project = project.resolve()
        self._pictures: frozenset[Path] = frozenset()
        self._restart = asyncio.Event()
        """Ends the current watchers, so that all folders are opened again."""

    def watch_pictures(self, pictures: Iterable[Path]) -> None:
        """Watch the pictures of panels, too: they may be anywhere in the project."""
        found = frozenset(Path(os.path.realpath(path)) for path in pictures)
        if found != self._pictures:
            self._pictures = found
            self._restart.set()

    async def run(self) -> None:
        """Watch until this is cancelled. Folders may go and come back."""
        while True:
            self._restart.clear()
            try:
                kept = await asyncio.to_thread(git.git_folders, self._project)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._watch_files(kept))
                    group.create_task(self._watch_folders(kept))
                    group.create_task(self._read_again())
            except* OSError:  # a folder was removed while it was being opened
                await asyncio.sleep(RETRY_S)

    async def _read_again(self) -> None:
        """Report a change once the folders are open: those made until then were not seen."""
        await asyncio.sleep(RETRY_S)
        self.changed.set()

    async def _watch_files(self, kept: tuple[Path, Path] | None) -> None:
        """Watch single files elsewhere, and the project's own folder, in which the others may come and go.

        `kept` is where git keeps the project's `HEAD` and its branches: dates change with each commit.
        """
        single = self._elsewhere() | ({kept[0] / "HEAD", kept[1] / "packed-refs"} if kept else set())
        places = {self._project, *(path.parent for path in single if path.parent.is_dir())}
        known = set(map(folded_name, single))  # macOS reports names as it has them, not as they were typed
        own = folded_name(self._project)
        async for paths in self._batches(sorted(places), recursive=False):
            comes = any(folded_name(path.parent) == own and path.name in {*SOURCES, GIT} for path in paths)
            if comes or not known.isdisjoint(map(folded_name, paths)):
                self._changed(restart=comes)

    async def _watch_folders(self, kept: tuple[Path, Path] | None) -> None:
        """Watch the folders of the project that exist, branches, and the templates of the program."""
        folders = [*(self._project / name for name in SOURCES), shipped_templates()]
        folders += [kept[1] / name for name in BRANCHES] if kept else []
        places = [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
        linked = self._elsewhere()
        async for paths in self._batches(places, recursive=True):
            if any(map(_is_being_written, paths)):
                await asyncio.sleep(REWRITE_S)
            self._changed(restart=self._elsewhere() != linked)

    def _changed(self, *, restart: bool) -> None:
        self.changed.set()
        if restart:
            self._restart.set()

    def _elsewhere(self) -> frozenset[Path]:
        """Return the served files outside the project's folders: targets of links, and pictures."""
        folders = [Path(os.path.realpath(self._project / name)) for name in SOURCES]
        names = (Path(top, name) for folder in folders for top, _, names in os.walk(folder) for name in names)
        found = {step for path in names for step in _targets(path)} | self._pictures
        return frozenset(path for path in found if not any(map(path.is_relative_to, folders)))

    async def _batches(self, places: list[Path], *, recursive: bool) -> AsyncIterator[set[Path]]:
        """Yield the files of each batch of changes."""
        if self.poll:
            async for paths in _polled(places, self._restart, recursive=recursive):
                yield paths
            return
        async for batch in watchfiles.awatch(
            *places,
            watch_filter=lambda _, path: _matters(path),
            stop_event=self._restart,
            step=STEP_MS,
            debounce=DEBOUNCE_MS,
            rust_timeout=1000,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            yield {Path(path) for _, path in batch}


async def _polled(
    places: Sequence[Path], stop: asyncio.Event, *, recursive: bool
) -> AsyncIterator[set[Path]]:
    """Yield the files of each batch of changes, by looking at all of them again and again."""
    before = await asyncio.to_thread(_state, places, recursive=recursive)
    while not stop.is_set():
        await asyncio.sleep(POLL_S)
        after = await asyncio.to_thread(_state, places, recursive=recursive)
        if changed := {path for path, _ in before.items() ^ after.items() if _matters(str(path))}:
            yield changed
        before = after


def _state(places: Iterable[Path], *, recursive: bool) -> dict[Path, tuple[int, int]]:
    """Return when each file was changed, and its size; of a folder, that it is there."""
    state: dict[Path, tuple[int, int]] = {}
    for place in places:
        for top, folders, names in os.walk(place):
            state |= dict.fromkeys((Path(top, name) for name in folders), (0, 0))
            for name in names:
                with suppress(OSError):  # gone meanwhile
                    found = Path(top, name).stat()
                    state[Path(top, name)] = (found.st_mtime_ns, found.st_size)
            if not recursive:
                break
    return state


def _targets(path: Path) -> Iterator[Path]:
    """Yield where a link leads, one link after the other; nothing for a path that is no link."""
    for _ in range(MAX_LINKS):
        if not path.is_symlink():
            return
        target = path.parent / path.readlink()
        path = Path(os.path.realpath(target.parent), target.name)
        yield path


def _is_being_written(path: Path) -> bool:
    """Return whether an editor seems to have emptied a file, or moved it away, to write it again at once."""
    if path.suffix not in TEXTS or path.name.startswith("."):
        return False
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def _matters(path: str) -> bool:
    """Leave out what editors keep beside a file while it is open."""
    name = Path(path).name
    return not (name.startswith((".#", ".~", "~$")) or name.endswith(("~", ".swp", ".swx", ".swo")))


SILENT = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs", "ceph", "glusterfs"}
    | {"9p", "virtiofs", "vboxsf", "prl_fs", "fakeowner", "fuse", "fuseblk", "macfuse", "osxfuse"}
)
"""Types as the systems name them; `fuse.sshfs` and the like count as `fuse`."""
MOUNTS = Path("/proc/self/mountinfo")
REMOTE = 4
"""What Windows calls a network drive (GetDriveTypeW)."""


def is_silent(folder: Path) -> bool:
    """Return whether a folder is on a file system known to raise no events; False if that is unknown."""
    place = folder.resolve()
    if sys.platform == "win32":
        return place.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == REMOTE
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # macOS has no such table; its own network volumes stand here
        return place.is_relative_to("/Volumes") and place.stat().st_dev != Path("/").stat().st_dev
    return kind_of(PurePosixPath(place.as_posix()), table).partition(".")[0] in SILENT


def kind_of(place: PurePosixPath, table: str) -> str:
    """Return the type of the file system of a place, from the text of `/proc/self/mountinfo` (proc(5))."""
    kind, longest = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        columns = before.split(" ")
        if not columns[4:] or not after:  # the fifth is the place where it is mounted
            continue
        mounted = PurePosixPath(columns[4].replace("\\040", " ").replace("\\134", "\\"))
        if place.is_relative_to(mounted) and len(mounted.parts) >= longest:
            kind, longest = after.split(" ")[0], len(mounted.parts)
    return kind
