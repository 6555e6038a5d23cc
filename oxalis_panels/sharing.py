"""Work on many panels, shared among the processors of the machine.

Panels do not depend on each other, so what is made of them can be made anywhere. A copy of this process
(`fork`) begins with all that has been read, and gives back only what it made: copying a collection to a new
process would take longer than setting its type. Where that is impossible, or fails, this process does all of
it, and what is made is the same. Linux only: forking is unsafe on macOS once its frameworks are loaded, and
Windows cannot do it. A process with threads is not copied either.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

MANY = 100
"""Panels from which a second process is worth its start, some hundredths of a second."""
MOST_PROCESSES = 4
"""With this one: each more takes a little memory, and less and less time is left to be won."""
SPARE = 8
"""Seconds that a process may wait for others besides its own time."""
LOTS = 255
"""Tasks that can be numbered with one byte."""
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end a copy without a word: the process that it works for has something to say."""


def lots_of(number: int) -> list[range]:
    """Part so many panels into runs that can be worked on at the same time; few of them stay together."""
    size = number if processors(number) == 1 else max(MANY // 4, -(-number // (LOTS // 2)))
    return [range(start, min(start + size, number)) for start in range(0, number, max(size, 1))]


def processors(panels: int) -> int:
    """Return how many processes are to share the work on so many panels, this one included."""
    if sys.platform != "linux" or panels < MANY or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


@contextmanager
def aside(task: Callable[[], T], panels: int) -> Iterator[Callable[[], T]]:
    """Have a task about so many panels done by another process meanwhile; what is given waits for its result.

    The result must be picklable. With one processor, and where the other process fails, the task is done when
    its result is asked for; that is also where its exceptions are raised.
    """
    copy = _begin(task) if processors(panels) > 1 else None
    if copy is None:
        yield task
        return

    def result() -> T:
        given = copy.result()
        return given[0] if given else task()

    try:
        yield result
    finally:
        copy.end()


def within(memory: int, seconds: int, task: Callable[[], T]) -> tuple[T, ...]:
    """Do a task with something foreign in a process that may take so many more bytes, and so much time.

    Its result, which must be picklable, is returned alone; nothing if it took more, or crashed. Where there
    can be no such process, the task is done without these bounds.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return (task(),)

    def bounded() -> tuple[T, ...] | Exception:
        import resource  # noqa: PLC0415 - Windows has none

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        for what, limit in (
            (resource.RLIMIT_AS, most),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (limit, limit))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stderr__.fileno() if sys.__stderr__ else 2)
        try:
            return (task(),)
        except MemoryError:
            return ()
        except Exception as failure:  # noqa: BLE001 - a bug is raised where it can be seen
            return failure

    copy = _begin(bounded)
    if copy is None:
        return (task(),)
    try:  # one that runs out of memory may wait for itself for ever
        done = select.select([copy.answer], [], [], seconds + SPARE)[0]
        given = copy.result() if done else ()
    finally:
        copy.end()
    for each in given:
        if isinstance(each, Exception):
            raise each
        return each
    return ()


def shared(tasks: Sequence[Callable[[], T]], panels: int) -> list[T]:
    """Do tasks about so many panels, each by whichever process is free; return their results in order.

    Results must be picklable, tasks may not count on each other, and long ones should come first.
    """
    others = processors(panels) - 1
    if not others or not 1 < len(tasks) <= LOTS:
        return [task() for task in tasks]
    numbers, begin = os.pipe()  # everyone takes the next number from it: reading one byte is undivided
    try:
        os.write(begin, bytes(range(len(tasks))))
        os.close(begin)
        done = _done(tasks, numbers, others)
    finally:
        os.close(numbers)
    return [done[number] if number in done else task() for number, task in enumerate(tasks)]


def _done(tasks: Sequence[Callable[[], T]], numbers: int, others: int) -> dict[int, T]:
    """Return what this process and the others did; what one had taken that failed is missing."""

    def work() -> dict[int, T]:
        taken = iter(lambda: os.read(numbers, 1), b"")
        return {number: tasks[number]() for (number,) in taken}

    with ExitStack() as running:
        copies = [copy for copy in (_begin(work) for _ in range(others)) if copy]
        for copy in copies:
            running.callback(copy.end)
        done = work()
        for copy in copies:
            for others_work in copy.result():
                done |= others_work
    return done


@dataclass(slots=True)
class _Copy(Generic[T]):
    """A copy of this process that works on something."""

    pid: int
    answer: int
    """The end of a pipe where its result comes out."""

    def result(self) -> tuple[T, ...]:
        """Wait for the result and return it alone; nothing if the copy failed."""
        import pickle  # noqa: PLC0415 - few collections are large enough

        with (
            open(self.answer, "rb", closefd=False) as file,
            suppress(EOFError, pickle.UnpicklingError),  # what it said before it failed
        ):
            return (pickle.load(file),)  # noqa: S301 - our own words; what ends here, not when the copy is gone
        return ()

    def end(self) -> None:
        """End the copy, whether it is done or not."""
        os.close(self.answer)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _begin(task: Callable[[], T]) -> _Copy[T] | None:
    """Have a copy of this process do a task; None where the system refuses another process."""
    answer, mouth = os.pipe()
    signals = {getattr(signal, name) for name in ENDING}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # until the copy knows how to take them
    try:
        pid = os.fork()
        if not pid:
            _work(task, mouth, signals)
    except OSError:
        os.close(answer)
        return None
    finally:
        os.close(mouth)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return _Copy(pid, answer)


def _work(task: Callable[[], object], mouth: int, signals: set[signal.Signals]) -> NoReturn:
    """Do a task as a copy and end, without a word: the process that is copied does again what fails."""
    failed = 1
    try:
        import pickle  # noqa: PLC0415 - as above

        for each in signals:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
        gc.disable()  # it looks through all that was copied, and little dies in so short a life
        with open(mouth, "wb", closefd=False) as file:
            pickle.dump(task(), file, pickle.HIGHEST_PROTOCOL)
        failed = 0
    finally:
        os._exit(failed)
