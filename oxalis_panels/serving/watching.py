"""Which changes of files there are to heed, as soon as they come to rest."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.serving.filesystems import is_silent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FOLDERS = ("panels", "templates", "messages", "printers")
"""Of a project: everything that its site and its posters are made from."""
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

    async def run(self) -> None:
        """Watch until this is cancelled. Folders may go and come back."""
        while True:
            ended = asyncio.Event()
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._around(ended))
                    group.create_task(self._inside(ended))
                    group.create_task(self._anew())
            except* OSError:  # a folder went while it was being opened
                await asyncio.sleep(AGAIN)

    async def _anew(self) -> None:
        """Have everything read once the folders are open: until then changes are not seen."""
        await asyncio.sleep(AGAIN)
        self.changed.set()

    async def _around(self, ended: asyncio.Event) -> None:
        """Heed the project's own folder, in which the others may come and go: then all are opened anew."""
        async for paths in self._batches([self._project], ended, recursive=False):
            if {path.name for path in paths} & set(FOLDERS):
                self.changed.set()
                ended.set()

    async def _inside(self, ended: asyncio.Event) -> None:
        """Heed the folders of the project that are there, and the templates of the program."""
        own = [self._project / name for name in FOLDERS]
        places = [folder for folder in [*own, shipped_templates()] if folder.is_dir()]
        async for paths in self._batches(list(dict.fromkeys(places)), ended, recursive=True):
            if any(map(_is_being_written, paths)):
                await asyncio.sleep(RETURN)
            self.changed.set()

    async def _batches(
        self, places: list[Path], ended: asyncio.Event, *, recursive: bool
    ) -> AsyncIterator[set[Path]]:
        """Yield the files of each batch of changes."""
        async for batch in watchfiles.awatch(
            *places,
            watch_filter=_matters,
            stop_event=ended,
            step=REST,
            debounce=PATIENCE,
            rust_timeout=1000,
            recursive=recursive,
            force_polling=self.poll or None,
            poll_delay_ms=GLANCE,
            ignore_permission_denied=True,
        ):
            yield {Path(path) for _, path in batch}


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
