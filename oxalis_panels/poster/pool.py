"""One task for each job, on every core that there is, in processes that have their presses ready."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels import temporary
from oxalis_panels.poster.engine_words import ended
from oxalis_panels.poster.job import NotMade
from oxalis_panels.poster.presses import start_presses, take_turns
from oxalis_panels.poster.processes import interrupts_held_back, processes, started_early

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from oxalis_panels.poster.job import Job, Series

T = TypeVar("T")

MOST_PROCESSES = 2
"""Each takes some 90 MB: with this one they stay under the 300 MB that a small machine can spare."""


def each(series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T | NotMade]:
    """Yield what a task gives for each job, in any order; the presses of the series are ready.

    A process that the system ends takes the others with it: none of their jobs is made.
    """
    count = min(MOST_PROCESSES, len(jobs), os.cpu_count() or 1)
    ready = started_early() and MOST_PROCESSES > 1
    pool = _pool(series, count) if count > 1 or ready else None
    try:
        futures = _submitted(pool, jobs, task) if pool else None
        if futures is None:
            start_presses(series)
            yield from map(task, jobs)
            return
        for future in as_completed(futures):
            lost = isinstance(future.exception(), BrokenProcessPool)
            yield NotMade(futures[future].slug, ended()) if lost else _fetched(future.result())
    except BaseException:  # Ctrl-C, above all: a layout may take for ever
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        if pool:
            pool.shutdown(wait=True, cancel_futures=True)


def _submitted(
    pool: ProcessPoolExecutor, jobs: Sequence[Job], task: Callable[[Job], T]
) -> dict[Future[T | Path], Job] | None:
    """Return the jobs under what will be made of them; None where the system lets no process begin."""
    try:
        with interrupts_held_back():
            return {pool.submit(_done, task, job): job for job in jobs}
    except (OSError, EOFError):
        pool.shutdown(wait=False, cancel_futures=True)
        return None
    except BrokenProcessPool:  # ended before all had their jobs
        return {_broken(): job for job in jobs}


def _done(task: Callable[[Job], T], job: Job) -> T | Path:
    """Return what a task gives for a job; of one with pictures, the file where it is, for it may be large.

    Through a pipe, both processes would have it twice in their memory.
    """
    made = task(job)
    if job.pictures:
        with suppress(OSError):  # no room there: through the pipe
            handle, name = tempfile.mkstemp(dir=temporary.folder())
            try:
                with os.fdopen(handle, "wb") as file:
                    pickle.dump(made, file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            return Path(name)
    return made


def _fetched(made: T | Path) -> T:
    if not isinstance(made, Path):
        return made
    with made.open("rb") as file:
        result: T = pickle.load(file)  # noqa: S301 - another process of ours wrote it, in the folder of this run
    made.unlink()
    return result


def _broken() -> Future[T]:
    future: Future[T] = Future()
    future.set_exception(BrokenProcessPool())
    return future


def _pool(series: Series, count: int) -> ProcessPoolExecutor | None:
    """Return a pool of processes; None where the system has no semaphores (a container without /dev/shm)."""
    try:
        folder = temporary.folder()
        with interrupts_held_back():  # from the process that looks after the semaphores, too
            context = processes()
            started = (series, folder, context.Lock())
            return ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker, initargs=started)
    except (ImportError, OSError):
        return None


def _start_worker(series: Series, folder: str, turn: AbstractContextManager[object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _end_with_parent(folder)
    temporary.borrow(folder)
    take_turns(turn)
    start_presses(series)


def _end_with_parent(folder: str) -> None:
    """End this process when the parent is killed: nobody would take its posters, nor remove its files."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
