"""One task for each job, on every core that there is, in processes that have their presses ready."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels.poster.presses import start_presses
from oxalis_panels.poster.processes import interrupts_held_back, processes, started_early

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oxalis_panels.poster.job import Job, Series

T = TypeVar("T")

MOST_PROCESSES = 2
"""Each takes some 90 MB: with this one they stay under the 300 MB that a small machine can spare."""


def each(series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T]:
    """Yield what a task gives for each job, in any order; the presses of the series are ready."""
    with TemporaryDirectory(prefix="oxalis-panels-", ignore_cleanup_errors=True) as folder:
        yield from _each_in(folder, series, jobs, task)


def _each_in(folder: str, series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T]:
    """Yield what each task gives; `folder` is for the fonts that WeasyPrint unpacks and leaves behind."""
    count = min(MOST_PROCESSES, len(jobs), os.cpu_count() or 1)
    ready = started_early() and MOST_PROCESSES > 1
    pool = _pool(series, count, folder) if count > 1 or ready else None
    if pool is None:
        start_presses(series, folder)
        yield from map(task, jobs)
        return
    try:
        with interrupts_held_back():
            futures = [pool.submit(task, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(series: Series, count: int, folder: str) -> ProcessPoolExecutor | None:
    """Return a pool of processes; None where the system has no semaphores (a container without /dev/shm)."""
    try:
        with interrupts_held_back():  # from the process that looks after the semaphores, too
            return ProcessPoolExecutor(
                count, mp_context=processes(), initializer=_start_worker, initargs=(series, folder)
            )
    except (ImportError, OSError):
        return None


def _start_worker(series: Series, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _end_with_parent(folder)
    start_presses(series, folder)


def _end_with_parent(folder: str) -> None:
    """End this process when the parent is killed: nobody would take its posters, nor remove its files."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
