"""The posters of the snapshot that is served, each as it was last laid out; open ones come first."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import monotonic

from oxalis_panels.model.collection import Panel
from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.artifacts import poster_inputs
from oxalis_panels.pipeline.capacity import PanelRoom, panel_room
from oxalis_panels.poster.composing import Order, compose
from oxalis_panels.poster.engine_words import ended
from oxalis_panels.poster.job import Job, Series
from oxalis_panels.poster.measure import Fit, Overflow
from oxalis_panels.poster.previewing import Preview, glance, measure, picture, preview, start
from oxalis_panels.poster.shortcomings import overflowing, small_type, wide_word
from oxalis_panels.rendering.sheet import SIZES
from oxalis_panels.serving.snapshot import Reading
from oxalis_panels.system.workers import REFUSED, Workers

GENTLE = 19
"""By how much the process that nobody waits for is nicer than the others."""
QUIET_S = 1.0
"""Seconds after a save in which nothing is begun that nobody waits for: what is seen comes first."""


@value
class PosterState:
    """A poster as it was last laid out."""

    digest: str
    """Of its inputs."""
    preview: Preview
    room: PanelRoom | None
    """The space left on it; None until it is measured."""
    diagnostics: tuple[Diagnostic, ...]
    pdf: bytes
    """The last sheet that could be drawn."""

    @property
    def version(self) -> str:
        """Digest of the sheet; empty while there is none."""
        return sha256(self.pdf).hexdigest()[:12] if self.pdf else ""


class LivePosters:
    """Lays the posters out in two processes: one for the poster that is open, one for the others."""

    def __init__(
        self,
        cache: Path,
        changed: Callable[[], None],
        viewed: Callable[[], frozenset[str]],
        lost: Callable[[], None],
    ) -> None:
        """Keep fonts in `cache`, as a build does; `changed` is called after each poster.

        `viewed` returns the slugs whose posters are made before the others; `lost` is called for each process
        that the system has ended.
        """
        self.shown: dict[str, PosterState] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()
        """What is wrong with all of them: a mistake in a template, a title that is too long."""
        self._cache = cache
        self._changed = changed
        self._on_lost = lost
        self._order: Order | None = None
        self._digests: dict[str, str] = {}
        self._series: tuple[Series | None, str] = (None, "")
        self._panels: dict[str, Panel] = {}
        self._viewed = viewed
        self._renewed = 0.0
        self._work = asyncio.Condition()
        self._drawing = ThreadPoolExecutor(1)
        self._workers: list[Workers] = []
        self._lost: set[str] = set()
        """Digests of posters whose process was ended while it made them."""

    async def refresh(self, reading: Reading) -> None:
        """Take what was read of a project; posters with another digest are made again."""
        self._renewed = monotonic()
        composed = await asyncio.to_thread(self._compose, reading)
        self.diagnostics = composed.diagnostics
        self._order = composed.value
        if self._order is not None:
            if self._series[0] != self._order.series:  # its fonts take long to digest
                self._series = (self._order.series, self._order.series.digest)
            self._digests = {job.slug: job.made_from(self._series[1]) for job in self._order.jobs}
            self._panels = {panel.slug: panel for panel in reading.checked.typeset.panels}
            self.shown = {slug: each for slug, each in self.shown.items() if slug in self._digests}
        await self.wake()

    def is_fresh(self, slug: str) -> bool:
        """Return whether a poster is shown as its files are now."""
        return slug in self.shown and self.shown[slug].digest == self._digests.get(slug)

    async def drawn(self, pdf: bytes, width: int, part: tuple[int, ...]) -> bytes:
        """Return a BMP of a sheet `width` pixels wide, or of a part of it: left, top, width, height."""
        return await asyncio.get_running_loop().run_in_executor(self._drawing, picture, pdf, width, part)

    async def run(self) -> None:
        """Make posters until this is cancelled; end the processes then."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._work_through(gentle=False))
                group.create_task(self._work_through(gentle=True))
        finally:
            for workers in self._workers:
                workers.kill()
            self._drawing.shutdown(wait=False, cancel_futures=True)

    def _compose(self, reading: Reading) -> Parsed[Order]:
        inputs = poster_inputs(reading.checked, reading.fonts, self._cache / "fonts")
        return compose(reading.checked.typeset, inputs)

    async def wake(self) -> None:
        """Wake the two tasks: something is new, or another poster was opened."""
        async with self._work:
            self._work.notify_all()

    async def _work_through(self, *, gentle: bool) -> None:
        """Make one poster after another: the one that is looked at, or gently whatever is left to be done."""
        workers = await self._started(gentle=gentle)
        while True:
            async with self._work:
                await self._work.wait_for(lambda: self._next(gentle=gentle) is not None)
            left = self._renewed + QUIET_S - monotonic()
            if gentle and left > 0:
                await asyncio.sleep(left)
                continue
            job, order = self._next(gentle=gentle), self._order
            if job is None or order is None:  # gone meanwhile
                continue
            try:
                await self._make(workers, order, job)
                if self._next(gentle=gentle) is None:
                    workers.submit(gc.collect)
            except BrokenProcessPool:  # the process was killed: by the system, for memory
                self._lose(job)
                self._workers.remove(workers)
                workers = await self._started(gentle=gentle)

    async def _started(self, *, gentle: bool) -> Workers:
        while True:
            try:
                workers = await asyncio.to_thread(start, GENTLE if gentle else 0)
            except REFUSED:  # the system lets no process begin, for now
                await asyncio.sleep(QUIET_S)
                continue
            self._workers.append(workers)
            return workers

    def _lose(self, job: Job) -> None:
        """Report that a process was ended; its poster is tried once more, then only after a change."""
        self._on_lost()
        digest, shown = self._digests.get(job.slug, ""), self.shown.get(job.slug)
        if digest in self._lost:
            lost = Preview(job.slug, why=ended())
            self.shown[job.slug] = PosterState(digest, lost, None, (ended(),), shown.pdf if shown else b"")
            self._changed()
        self._lost.add(digest)

    def _next(self, *, gentle: bool) -> Job | None:
        """Return the poster to be made next: an open one that has changed or, if `gentle`, any other."""
        viewed, jobs = self._viewed(), self._order.jobs if self._order else ()
        urgent = [job for job in jobs if job.slug in viewed and not self.is_fresh(job.slug)]
        if not gentle:
            return next(iter(urgent), None)
        wanted = [job for job in jobs if job not in urgent and self._is_wanted(job.slug)]
        return min(wanted, key=lambda job: job.slug not in viewed, default=None)

    def _is_wanted(self, slug: str) -> bool:
        """Return whether a poster, as its files are now, is not made, only estimated, or not measured."""
        if not self.is_fresh(slug):
            return True
        shown = self.shown[slug]
        return not shown.preview.sure or (shown.room is None and not shown.preview.why)

    async def _make(self, workers: Workers, order: Order, job: Job) -> None:
        """Make a poster, or measure what is left on it; what has been overtaken meanwhile is not shown."""
        digest, panel = self._digests[job.slug], self._panels[job.slug]
        shown = self.shown.get(job.slug)
        if shown and shown.digest == digest and shown.preview.sure:
            measured = partial(measure, order.series, job, shown.preview.found)
            room = await asyncio.get_running_loop().run_in_executor(workers, measured)
            made = room and replace(shown, room=panel_room(panel, room))
        else:
            seen = await self._preview(workers, order, job)
            pdf = seen.pdf or (shown.pdf if shown else b"")
            made = PosterState(digest, seen, None, _diagnostics(panel, seen), pdf)
        if made and self._digests.get(job.slug) == digest:
            self.shown[job.slug] = made
            self._changed()
            await self.wake()

    async def _preview(self, workers: Workers, order: Order, job: Job) -> Preview:
        """Lay a poster out; one that is looked at is first seen in the sizes that it had."""
        shown, loop = self.shown.get(job.slug), asyncio.get_running_loop()
        last = shown.preview.found if shown else None
        if isinstance(last, Fit) and job.slug in self._viewed() and not self.is_fresh(job.slug):
            first = await loop.run_in_executor(workers, glance, order.series, job, last)
            if first:
                return first
        return await loop.run_in_executor(workers, preview, order.series, job)


def _diagnostics(panel: Panel, preview: Preview) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that a build would give for a poster."""
    if preview.why:
        return (preview.why,)
    if isinstance(preview.found, Overflow):
        return (overflowing(panel, preview.found),)
    assert preview.found is not None
    trial = preview.found.tried[0]
    return (*wide_word(panel, trial), *small_type(panel, trial, (SIZES["a1"],)))
