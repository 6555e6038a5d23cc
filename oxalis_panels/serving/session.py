"""What is being served now, the pages that are open, and how a change reaches them."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable
from secrets import token_hex
from time import perf_counter

from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.serving.live_posters import LivePosters
from oxalis_panels.serving.responses import OWN_PREFIX
from oxalis_panels.serving.snapshot import Snapshot, SnapshotBuilder
from oxalis_panels.serving.watching import Watch
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.report import counted, drawn

OnUpdate = Callable[[tuple[Diagnostic, ...], float], None]

SETTLE_S = 0.15
"""For how long a mistake must last before it is shown: a file may be half written."""
MAX_LAG_S = 0.5
"""For how long snapshots that are outdated once they are made are dropped for the next one."""
SHEET = re.compile(rf"{OWN_PREFIX}affiches/([^/]+)/")
"""The address of the page with one poster."""
KEEPALIVE_S = 15.0
"""After how long a silent stream sends a comment, so that the connection is kept."""


class Session:
    """The last good snapshot, and what has been wrong with the project since."""

    def __init__(
        self,
        builder: SnapshotBuilder,
        words: Catalogue,
        on_update: OnUpdate,
        on_worker_lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Serve what `builder` makes; `on_update` is called with its diagnostics and the seconds it took.

        `on_worker_lost` is called when the system has ended a process that makes posters.
        """
        self.snapshot: Snapshot | None = None
        self.posters = LivePosters(builder.cache, self._notify, self.viewed, on_worker_lost)
        self.words = words
        self.failed = False
        """Whether a mistake forbids a newer snapshot than `snapshot`."""
        self._builder = builder
        self._on_update = on_update
        self._found: tuple[Diagnostic, ...] = ()
        self._number = 0
        self._outdated_since = 0.0
        """Since when snapshots have been outdated once made; 0: the last one was not."""
        self._server = token_hex(4)
        self._listeners: dict[asyncio.Queue[str | None], str] = {}

    async def refresh(self, watch: Watch | None = None) -> None:
        """Make a new snapshot, to be shown unless `watch` sees that files were being written meanwhile."""
        started = perf_counter()
        read = await asyncio.to_thread(self._builder.read)
        reading, writing = read.value, watch is not None and watch.changed.is_set()
        first = bool(self.viewed()) and not writing
        if reading and first:  # somebody waits for a poster: it begins before the site is made
            await self.posters.refresh(reading)
        made = await asyncio.to_thread(self._builder.build, reading) if reading else Parsed[Snapshot](None)
        seconds = perf_counter() - started
        if watch is not None and await self._is_outdated(watch, wrong=made.value is None):
            return
        self.failed = made.value is None
        self.snapshot = made.value or self.snapshot
        self._found = read.diagnostics + made.diagnostics
        self._notify()
        self._on_update(self._found, seconds)
        if reading and made.value:
            if watch is not None:
                watch.watch_pictures(made.value.pictures(self._builder.project))
            if not first:
                await self.posters.refresh(reading)

    async def follow(self, watch: Watch) -> None:
        """Make a new snapshot at each change, until this is cancelled."""
        while True:
            await watch.changed.wait()
            watch.changed.clear()
            try:
                await self.refresh(watch)
            except OSError:  # a file was removed while it was being read
                await asyncio.sleep(SETTLE_S)
                watch.changed.set()

    async def _is_outdated(self, watch: Watch, *, wrong: bool) -> bool:
        """Return whether files changed again meanwhile; after a mistake, wait a moment to see if they do."""
        if wrong:
            return await _changes_within(watch, SETTLE_S)
        now = perf_counter()
        self._outdated_since = (self._outdated_since or now) if watch.changed.is_set() else 0.0
        if not self._outdated_since or now - self._outdated_since > MAX_LAG_S:
            self._outdated_since = 0.0
            return False
        return True

    def _notify(self) -> None:
        """Send the new state to every open page."""
        self._number += 1
        for queue in self._listeners:
            queue.put_nowait(self.state())

    def viewed(self) -> frozenset[str]:
        """Return the slugs of the panels whose poster is open in a browser."""
        found = map(SHEET.fullmatch, self._listeners.values())
        return frozenset(match[1] for match in found if match)

    def close(self) -> None:
        """End all streams."""
        for queue in self._listeners:
            queue.put_nowait(None)

    def state(self) -> str:
        """Return what an open page needs, as JSON."""
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
        """Return the number of problems as a sentence; the empty string if there are none."""
        if not self._found:
            return ""
        count = counted(self._found, self.words)
        return self.words.text("serve.kept", count=count) if self.failed else count

    async def stream(self, page: str = "") -> AsyncGenerator[str, None]:
        """Yield the state now and after each change, as server-sent events, to the page at `page`."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = page
        await self.posters.wake()
        try:
            yield f"retry: 400\ndata: {self.state()}\n\n"
            while True:
                try:
                    state = await asyncio.wait_for(queue.get(), KEEPALIVE_S)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if state is None:
                    return
                yield f"data: {state}\n\n"
        finally:
            self._listeners.pop(queue, None)


async def _changes_within(watch: Watch, seconds: float) -> bool:
    """Return whether another change comes in so many seconds; `watch.changed` stays set."""
    try:
        await asyncio.wait_for(watch.changed.wait(), seconds)
    except TimeoutError:
        return False
    return True
