"""One task for each job of a series, on every core that there is, in processes that have its presses ready.

Presses, for paper and for the screen, keep fonts and style sheet from one job to the next.
"""

import gc
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.model.value import value
from oxalis_panels.poster.engine_words import OBSTACLES, ended, obstacle
from oxalis_panels.poster.figures import enlargement
from oxalis_panels.poster.job import NEEDED, Job, NotMade, Series
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.separation import for_press, for_screen
from oxalis_panels.system import temporary, workers
from oxalis_panels.system.workers import REFUSED, Workers, one_at_a_time, started_early

T = TypeVar("T")


@value
class Presses:
    """What makes the posters of a series."""

    series: Series
    paper: Press
    screen: Press


_ready: list[Presses] = []
_obstacles: list[Diagnostic] = []
"""Why this process has none."""


def each(series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T | NotMade]:
    """Yield what a task gives for each job, in any order; the presses of the series are ready.

    A process that the system ends takes the others with it: none of their jobs is made.
    """
    jobs = sorted(jobs, key=lambda job: len(job.layouts[0].html), reverse=True)  # none comes last, alone
    begun = _workers(series, len(jobs))
    with begun or nullcontext():
        futures = _submitted(begun, jobs, task) if begun else None
        if futures is not None:
            for future in as_completed(futures):
                lost = isinstance(future.exception(), BrokenProcessPool)
                yield NotMade(futures[future].slug, ended()) if lost else _fetched(future.result())
            left = [job for job in jobs if job not in futures.values()]
            yield from (NotMade(job.slug, ended()) for job in left)
            return
    start_presses(series)
    yield from map(task, jobs)


def with_presses(job: Job, task: Callable[[Presses, Job], T]) -> T | NotMade:
    """Return what a task makes of a job and its pictures, or what is in its way."""
    if _obstacles:
        return NotMade(job.slug, _obstacles[0])
    (presses,) = _ready
    try:
        with one_at_a_time() if job.pictures else nullcontext():
            _take_pictures(job, presses)
            made = task(presses, job)
            _leave_pictures(presses)
            gc.collect()
            return made
    except OBSTACLES as failure:
        return NotMade(job.slug, obstacle(failure))


def start_presses(series: Series) -> None:
    """Make the presses of a series ready in this process."""
    _obstacles.clear()
    _ready.clear()
    try:
        paper = Press(series.fonts, series.css, series.sheet)
        css = on_screen(series.css + series.screen.css, series.screen, series.condition)
        screen = Press(series.fonts, css, replace(series.sheet, bleed=0))
        _ready.append(Presses(series, paper, screen))
    except OBSTACLES as failure:
        _obstacles.append(obstacle(failure))  # reported with the first poster: a pool cannot


def _workers(series: Series, jobs: int) -> Workers | None:
    """Return processes for so many jobs; None where this one is as good, or the system lets none begin."""
    number = min(workers.MOST_PROCESSES, jobs, os.cpu_count() or 1)
    if number > 1 or (started_early() and workers.MOST_PROCESSES > 1):
        with suppress(*REFUSED):
            return Workers(NEEDED, number, start_presses, series)
    return None


def _submitted(
    begun: Workers, jobs: Sequence[Job], task: Callable[[Job], T]
) -> dict[Future[T | Path], Job] | None:
    """Return the jobs under what will be made of them; None where the system lets no process begin.

    Those that are missing came after the end of a process.
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


def _take_pictures(job: Job, presses: Presses) -> None:
    """Give both presses the pictures of a job, each in its own colours."""
    series = presses.series
    larger, press = enlargement(series.papers), series.condition
    presses.paper.take(
        {
            picture.address: for_press(picture.data, picture.width * larger, press, series.ink, series.grey)
            for picture in job.pictures
        }
    )
    presses.screen.take({picture.address: for_screen(picture.data, press.icc) for picture in job.pictures})


def _leave_pictures(presses: Presses) -> None:
    """Forget the pictures of a job, which a process that waits would hold for nothing."""
    presses.paper.take({})
    presses.screen.take({})
