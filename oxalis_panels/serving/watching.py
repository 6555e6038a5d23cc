"""Which changes of files there are to heed, as soon as they come to rest."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

import watchfiles

from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.serving.filesystems import is_silent
from oxalis_panels.system import git

FOLDERS = ("panels", "templates", "messages", "printers")
"""Of a project: everything that its site and its posters are made from."""
GIT = ".git"
BRANCHES = ("refs/heads", "reftable")
"""Folders of git that say which commit is the last of a branch."""
MOST_LINKS = 40
"""Links that lead to each other, as many as Linux follows."""
TEXTS = frozenset({".md", ".yaml", ".yml", ".html", ".css", ".js", ".toml"})
"""Endings of what people edit."""
REST = 6
"""Milliseconds without a change, after which a file is taken to be written."""
PATIENCE = 60
"""Milliseconds for which changes that follow each other are gathered at the most."""
GLANCE = 150
"""Milliseconds from one look to the next, where the file system does not tell."""
RETURN = 0.1
"""Seconds given to a file that has been emptied, or moved away, before it is taken to stay so."""
AGAIN = 0.1
"""Seconds before a folder that has just gone is looked for again."""


class Watch:
    """Sets `changed` when something that is served may have changed; it may be set once too often."""

    def __init__(self, project: Path, *, poll: bool) -> None:
        """Watch a project; `poll` looks at all its files again and again instead of waiting to be told."""
        self.changed = asyncio.Event()
        self.poll = poll or is_silent(project)
        self._project = project.resolve()
        self._pictures: frozenset[Path] = frozenset()
        self._ended = asyncio.Event()
        """Has all that is watched opened anew."""

    def heed(self, pictures: Iterable[Path]) -> None:
        """Heed the pictures of panels, too: they may lie anywhere in the project."""
        found = frozenset(Path(os.path.realpath(path)) for path in pictures)
        if found != self._pictures:
            self._pictures = found
            self._ended.set()

    async def run(self) -> None:
        """Watch until this is cancelled. Folders may go and come back."""
        while True:
            self._ended.clear()
            try:
                kept = await asyncio.to_thread(git.places, self._project)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._around(kept))
                    group.create_task(self._inside(kept))
                    group.create_task(self._anew())
            except* OSError:  # a folder went while it was being opened
                await asyncio.sleep(AGAIN)

    async def _anew(self) -> None:
        """Have everything read once the folders are open: until then changes are not seen."""
        await asyncio.sleep(AGAIN)
        self.changed.set()

    async def _around(self, kept: tuple[Path, Path] | None) -> None:
        """Heed single files elsewhere, and the project's own folder, in which the others may come and go.

        `kept` is where git keeps what it knows of the project: dates change with each commit.
        """
        single = self._elsewhere() | ({kept[0] / "HEAD", kept[1] / "packed-refs"} if kept else set())
        places = {self._project, *(path.parent for path in single if path.parent.is_dir())}
        async for paths in self._batches(sorted(places), recursive=False):
            comes = any(path.parent == self._project and path.name in {*FOLDERS, GIT} for path in paths)
            if comes or paths & single:
                self._changed(anew=comes)

    async def _inside(self, kept: tuple[Path, Path] | None) -> None:
        """Heed the folders of the project that are there, branches, and the templates of the program."""
        folders = [*(self._project / name for name in FOLDERS), shipped_templates()]
        folders += [kept[1] / name for name in BRANCHES] if kept else []
        places = [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
        linked = self._elsewhere()
        async for paths in self._batches(places, recursive=True):
            if any(map(_is_being_written, paths)):
                await asyncio.sleep(RETURN)
            self._changed(anew=self._elsewhere() != linked)

    def _changed(self, *, anew: bool) -> None:
        self.changed.set()
        if anew:
            self._ended.set()

    def _elsewhere(self) -> frozenset[Path]:
        """Return what is shown and lies outside the project's folders: files behind links, and pictures."""
        folders = [Path(os.path.realpath(self._project / name)) for name in FOLDERS]
        names = (Path(top, name) for folder in folders for top, _, names in os.walk(folder) for name in names)
        found = {step for path in names for step in _behind(path)} | self._pictures
        return frozenset(path for path in found if not any(map(path.is_relative_to, folders)))

    async def _batches(self, places: list[Path], *, recursive: bool) -> AsyncIterator[set[Path]]:
        """Yield the files of each batch of changes."""
        async for batch in watchfiles.awatch(
            *places,
            watch_filter=_matters,
            stop_event=self._ended,
            step=REST,
            debounce=PATIENCE,
            rust_timeout=1000,
            recursive=recursive,
            force_polling=self.poll or None,
            poll_delay_ms=GLANCE,
            ignore_permission_denied=True,
        ):
            yield {Path(path) for _, path in batch}


def _behind(path: Path) -> Iterator[Path]:
    """Yield where a link leads, one link after the other; nothing of what is none."""
    for _ in range(MOST_LINKS):
        if not path.is_symlink():
            return
        way = path.parent / path.readlink()
        path = Path(os.path.realpath(way.parent), way.name)
        yield path


def _is_being_written(path: Path) -> bool:
    """Tell whether an editor seems to have emptied a file, or moved it away, to write it anew at once."""
    if path.suffix not in TEXTS or path.name.startswith("."):
        return False
    try:
        return path.stat().st_size == 0
    except OSError:
        return True


def _matters(_: watchfiles.Change, path: str) -> bool:
    """Leave out what editors keep beside a file while it is open."""
    name = Path(path).name
    return not (name.startswith((".#", ".~", "~$")) or name.endswith(("~", ".swp", ".swx", ".swo")))
