"""What is being served now, who looks at it, and how a change reaches them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable
from secrets import token_hex
from time import perf_counter

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.serving.answers import OURS
from oxalis_panels.serving.edition import Edition, Editor
from oxalis_panels.serving.posters import Posters
from oxalis_panels.serving.watching import Watch
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.report import counted, drawn

Told = Callable[[tuple[Diagnostic, ...], float], None]

SETTLING = 0.15
"""Seconds for which a mistake must stand before it is shown: a file may be half written."""
LAG = 0.5
"""Seconds for which editions that are overtaken while they are made are passed over for the next one."""
SHEET = re.compile(rf"{OURS}affiches/([^/]+)/")
"""The address of the page with one poster."""
BREATH = 15.0
"""Seconds after which a silent stream says that it lives."""


class Desk:
    """The last good edition, and what is wrong with the project since."""

    def __init__(
        self, editor: Editor, words: Catalogue, told: Told, lost: Callable[[], None] = lambda: None
    ) -> None:
        """Serve what `editor` makes; `told` hears what was found, and the seconds it took.

        `lost` hears when the system has ended a process that makes posters.
        """
        self.edition: Edition | None = None
        self.posters = Posters(editor.cache, self._next, self.looked_at, lost)
        self.words = words
        self.failed = False
        """Whether a mistake forbids a newer edition than `edition`."""
        self._editor = editor
        self._told = told
        self._found: tuple[Diagnostic, ...] = ()
        self._number = 0
        self._behind = 0.0
        """Since when editions have been overtaken; 0: the last one was not."""
        self._server = token_hex(4)
        self._listeners: dict[asyncio.Queue[str | None], str] = {}

    async def renew(self, watch: Watch | None = None) -> None:
        """Make a new edition, to be shown unless `watch` sees that files were being written meanwhile."""
        started = perf_counter()
        made = await asyncio.to_thread(self._editor.edition)
        seconds = perf_counter() - started
        if watch is not None and await self._is_overtaken(watch, wrong=made.value is None):
            return
        self.failed = made.value is None
        self.edition = made.value or self.edition
        self._found = made.diagnostics
        self._next()
        self._told(made.diagnostics, seconds)
        if made.value is not None:
            if watch is not None:
                watch.heed(made.value.pictures(self._editor.project))
            await self.posters.renew(made.value)

    async def follow(self, watch: Watch) -> None:
        """Make a new edition at each change, until this is cancelled."""
        while True:
            await watch.changed.wait()
            watch.changed.clear()
            try:
                await self.renew(watch)
            except OSError:  # a file went while it was being read
                await asyncio.sleep(SETTLING)
                watch.changed.set()

    async def _is_overtaken(self, watch: Watch, *, wrong: bool) -> bool:
        """Tell whether files changed again meanwhile; for one that is wrong, wait whether they do."""
        if wrong:
            return await _comes(watch, SETTLING)
        now = perf_counter()
        self._behind = (self._behind or now) if watch.changed.is_set() else 0.0
        if not self._behind or now - self._behind > LAG:
            self._behind = 0.0
            return False
        return True

    def _next(self) -> None:
        """Tell everyone who looks that there is something new."""
        self._number += 1
        for queue in self._listeners:
            queue.put_nowait(self.state())

    def looked_at(self) -> frozenset[str]:
        """Return the panels whose posters somebody has before their eyes."""
        found = map(SHEET.fullmatch, self._listeners.values())
        return frozenset(match[1] for match in found if match)

    def close(self) -> None:
        """End all streams."""
        for queue in self._listeners:
            queue.put_nowait(None)

    def state(self) -> str:
        """Return what a page has to know, as JSON."""
        texts = list(drawn(self._found, self.words))
        state = {
            "server": self._server,
            "number": self._number,
            "failed": self.failed,
            "summary": self._summary(),
            "problems": texts,
        }
        return json.dumps(state, ensure_ascii=False)

    def _summary(self) -> str:
        """Return in a sentence what is wrong; the empty string if nothing is."""
        if not self._found:
            return ""
        count = counted(self._found, self.words)
        return self.words.text("serve.kept", count=count) if self.failed else count

    async def stream(self, page: str = "") -> AsyncGenerator[str, None]:
        """Yield the state now and after each change, as server-sent events (HTML Standard, 9.2).

        `page` is the address of the page that listens.
        """
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = page
        await self.posters.wake()
        try:
            yield f"retry: 400\ndata: {self.state()}\n\n"
            while True:
                try:
                    state = await asyncio.wait_for(queue.get(), BREATH)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if state is None:
                    return
                yield f"data: {state}\n\n"
        finally:
            self._listeners.pop(queue, None)


async def _comes(watch: Watch, seconds: float) -> bool:
    """Wait for another change, so long; leave it to be seen by others."""
    try:
        await asyncio.wait_for(watch.changed.wait(), seconds)
    except TimeoutError:
        return False
    return True
