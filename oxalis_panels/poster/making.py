"""Jobs → print files, on every core that there is."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.poster.fit import Overflow
    from oxalis_panels.poster.job import Job, Series
    from oxalis_panels.poster.print import Press

MOST_PROCESSES = 2
"""Each takes some 90 MB: with this one they stay under the 300 MB that a small machine can spare."""


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster that has been made."""

    slug: str
    pdf: bytes
    step: int
    """The step of the scale that its body text reached."""


def make(series: Series, jobs: Sequence[Job]) -> Iterator[Poster | tuple[Job, Overflow]]:
    """Yield each poster as it is done, in any order; for a text that does not fit, where it stops."""
    processes = min(MOST_PROCESSES, len(jobs), os.cpu_count() or 1)
    pool = _pool(series, processes) if processes > 1 else None
    if pool is None:
        _start(series, interruptible=True)
        yield from map(_made, jobs)
        return
    try:
        with _interrupts_held_back():
            futures = [pool.submit(_made, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(series: Series, processes: int) -> ProcessPoolExecutor | None:
    """Return a pool of processes; None where the system has no semaphores (a container without /dev/shm)."""
    try:
        return ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=_start, initargs=(series,)
        )
    except (ImportError, OSError):
        return None


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C back here, and for good from the processes started meanwhile, which inherit this."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_presses: dict[str, tuple[Series, Press]] = {}
"""The press of this process: it keeps fonts and style sheet between jobs."""


def _start(series: Series, *, interruptible: bool = False) -> None:
    from oxalis_panels.poster.print import Press  # noqa: PLC0415 - half a second, only where posters are made

    if not interruptible:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _presses["it"] = (series, Press(series.fonts, series.css, series.sheet))


def _made(job: Job) -> Poster | tuple[Job, Overflow]:
    from oxalis_panels.poster.finish import finish  # noqa: PLC0415 - as above
    from oxalis_panels.poster.fit import Fit, fit  # noqa: PLC0415

    series, press = _presses["it"]
    found = fit(press, job, series)
    if not isinstance(found, Fit):
        return job, found
    pdf = finish(press.pdf(found.layout.html, found.sizes), job, series)
    return Poster(job.slug, pdf, found.step)
