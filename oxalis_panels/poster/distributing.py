"""One task for each job of a series, on every core that there is.

What makes posters (WeasyPrint and all) is imported by the processes that make them, not by the one that
waits.
"""

import gc
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from oxalis_panels.poster.engine_words import ended
from oxalis_panels.poster.job import COVER, Job, NotMade, Series
from oxalis_panels.poster.made import Made, Room, Sheet
from oxalis_panels.poster.measure import Overflow
from oxalis_panels.poster.processes import NEEDED
from oxalis_panels.system import temporary, workers
from oxalis_panels.system.interrupts import held_back
from oxalis_panels.system.packages import PangoMissingError
from oxalis_panels.system.workers import REFUSED, Workers, start_early, started_early

T = TypeVar("T")

BINDING = "oxalis_panels.poster.booklet"
"""What is needed once all posters are made."""


def make(series: Series, jobs: Sequence[Job]) -> Iterator[Made]:
    """Yield each poster as it is done, in any order; for a text that does not fit, where it stops."""
    return each(series, jobs, partial(_done_by, "poster"), BINDING)


def draw(
    series: Series, jobs: Sequence[Job], widths: Sequence[int]
) -> Iterator[Sheet | NotMade | tuple[Job, Overflow]]:
    """Yield pictures of each poster, in any order; for a text that does not fit, where it stops."""
    return each(series, jobs, partial(_done_by, "sheet", widths=widths))


def measure_rooms(series: Series, jobs: Sequence[Job]) -> Iterator[Room | NotMade]:
    """Yield what is left on each poster, in any order."""
    return each(series, jobs, partial(_done_by, "room_on"))


def _begin(series: Series) -> None:
    with held_back():
        from oxalis_panels.poster import making  # noqa: F401, PLC0415 - WeasyPrint and pikepdf, as said above
        from oxalis_panels.poster.presses import start_presses  # noqa: PLC0415 - as above

    start_presses(series)


def _begin_worker(series: Series) -> None:
    """Do the same in another process, which would end without a word: its tasks say what is missing."""
    with suppress(PangoMissingError):
        _begin(series)


def _done_by(task: str, job: Job, **given: object) -> Any:  # noqa: ANN401 - what the task gives
    """Have a function of `making` do its task."""
    from oxalis_panels.poster import making  # noqa: PLC0415 - as above

    return getattr(making, task)(job, **given)


def each(
    series: Series, jobs: Sequence[Job], task: Callable[[Job], T], needed: str = ""
) -> Iterator[T | NotMade]:
    """Yield what a task gives for each job, in any order; the presses of the series are ready.

    A process that the system ends takes the others with it: none of their jobs is made. `needed` names a
    module that this process will need afterwards: it is loaded while the others begin.
    """
    jobs = sorted(jobs, key=lambda job: len(job.layouts[0].html), reverse=True)  # none comes last, alone
    begun = _workers(series, sum(job.slug != COVER for job in jobs))
    with begun or nullcontext():
        if begun and needed:
            start_early(NEEDED)
            with held_back():
                import_module(needed)
        futures = _submitted(begun, jobs, task) if begun else None
        if futures is not None:
            for future in as_completed(futures):
                lost = isinstance(future.exception(), BrokenProcessPool)
                yield NotMade(futures[future].slug, ended()) if lost else _fetched(future.result())
            yield from (NotMade(job.slug, ended()) for job in jobs[len(futures) :])
            return
    _begin(series)
    yield from map(task, jobs)


def _workers(series: Series, posters: int) -> Workers | None:
    """Return processes for so many posters; None where this one is as good, or the system lets none begin."""
    number = min(workers.MOST_PROCESSES, posters, os.cpu_count() or 1)
    if number > 1 or (started_early() and workers.MOST_PROCESSES > 1):
        with suppress(*REFUSED):
            return Workers(NEEDED, number, _begin_worker, series)
    return None


def _submitted(
    begun: Workers, jobs: Sequence[Job], task: Callable[[Job], T]
) -> dict[Future[T | Path], Job] | None:
    """Return the jobs under what will be made of them; None where the system lets no process begin.

    The last ones are missing where a process has ended before they came.
    """
    futures: dict[Future[T | Path], Job] = {}
    try:
        for job in jobs:
            futures[begun.submit(_done, task, job)] = job
    except BrokenProcessPool:
        pass
    except REFUSED:
        begun.kill()
        return None
    return futures


def _done(task: Callable[[Job], T], job: Job) -> T | Path:
    """Return what a task gives for a job; of one with pictures, the file where it is, for it may be large.

    Through a pipe, both processes would have it twice in their memory.
    """
    gc.collect()  # what the job before has left: trees that refer to themselves; nothing else looks for them
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
