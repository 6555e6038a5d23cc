"""Work in other processes: posters, their preview, files of other people.

On Linux a fork server, a process without threads, imports what the work needs and is then copied: half the
time that new interpreters take, and their memory shared. Elsewhere each process starts anew: forking is
unsafe on macOS once its frameworks are loaded, and Windows cannot do it. So it does where the path of the
temporary folder is too long for the address of a fork server.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from multiprocessing import active_children, get_context, parent_process, resource_tracker
from multiprocessing.connection import Listener
from multiprocessing.context import BaseContext
from multiprocessing.forkserver import ensure_running, set_forkserver_preload
from pathlib import Path
from threading import Event, Thread, active_count
from typing import Any, TypeVar

from oxalis_panels.system import temporary
from oxalis_panels.system.interrupts import held_back

T = TypeVar("T")

MOST_PROCESSES = 3 if (os.cpu_count() or 1) >= 4 else 2  # noqa: PLR2004 - so many cores leave one for the rest
"""Each takes some 60 MB: with this one they stay under the 300 MB that a small machine can spare."""
SPARE = 8
"""Seconds that a process may wait for others besides its own time."""
REFUSED = (OSError, EOFError, ImportError, NotImplementedError)
"""What is raised where the system lets no process begin, or has no semaphores (no /dev/shm)."""

_turns: list[AbstractContextManager[object]] = []
"""What makes the workers of one series wait for each other."""
_early = Event()
"""Set once a fork server has been started before there was work for it."""


class Workers(ProcessPoolExecutor):
    """Processes that work for this one, and end with it, however it ends."""

    def __init__(
        self, needed: Sequence[str], number: int, prepare: Callable[..., object] | None = None, *given: object
    ) -> None:
        """Have up to `number` processes, each of which first calls `prepare`, if any, with what is `given`.

        `needed` names the modules that the work needs besides those that are imported here; where it needs
        none, this process is copied, if it can be. Raises one of `REFUSED`, as `submit` does.
        """
        lent = ""
        with suppress(OSError):  # without a folder, the other process tells why it has none
            lent = temporary.folder()
        with _interrupts_held_back():  # from the process that looks after the semaphores, too
            context = _context(needed)
            started = (lent, gc.get_threshold(), context.Lock(), prepare, given)
            super().__init__(number, mp_context=context, initializer=_start, initargs=started)

    def submit(self, task: Callable[..., T], /, *given: Any, **named: Any) -> Future[T]:  # noqa: ANN401 - as the library has it
        """Have a task done; it may begin a process, and wait for the fork server."""
        with _interrupts_held_back():
            return super().submit(task, *given, **named)

    def kill(self) -> None:
        """End all processes, whatever they are doing: a layout may take for ever."""
        for process in active_children():
            process.kill()
        self.shutdown(cancel_futures=True)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End them when their work is done, or is no longer wanted."""
        if kind:
            self.kill()
        self.shutdown()


def start_early(needed: Sequence[str]) -> None:
    """Have modules imported by the fork server while this process still reads: there will be work for it.

    Only a matter of time: without it, or where it fails, the first task waits for the same imports.
    """
    if _has_fork_server() and not _early.is_set():
        set_forkserver_preload(list(needed))
        with suppress(*REFUSED), _interrupts_held_back():
            ensure_running()
            _early.set()


def started_early() -> bool:
    """Whether processes are ready sooner than this one could be."""
    return _early.is_set()


def within(memory: int, seconds: int, task: Callable[..., T], *given: object) -> tuple[T, ...]:
    """Do a task with something foreign in a process that may take so many more bytes, and so much time.

    Its result is returned alone; nothing if it took more, or crashed. Where there can be no such process, the
    task is done without these bounds.
    """
    if sys.platform != "linux":
        return (task(*given),)
    try:
        workers = Workers((), 1)
    except REFUSED:
        return (task(*given),)
    with suppress(BrokenProcessPool, MemoryError, TimeoutError), workers:
        try:
            future = workers.submit(_bounded, memory, seconds, task, *given)
        except REFUSED:
            return (task(*given),)
        return (future.result(seconds + SPARE),)  # one that runs out of memory may wait for itself for ever
    return ()


def one_at_a_time() -> AbstractContextManager[object]:
    """Return what a worker holds while it needs much memory: two at once would take twice as much."""
    return _turns[0] if _turns else nullcontext()


@cache
def _has_fork_server() -> bool:
    """Tell whether there is a fork server here; its address has room for some 75 bytes of folder."""
    if sys.platform != "linux":
        return False
    try:
        with Listener(family="AF_UNIX") as listener:
            temporary.remember(str(Path(listener.address).parent))  # Python makes it once, and keeps it
    except OSError:
        return False
    return True


def _context(needed: Sequence[str]) -> BaseContext:
    """Return the way to start processes on this system."""
    if not needed and sys.platform == "linux" and active_count() == 1:  # a copy has no other threads
        return get_context("fork")
    if not _has_fork_server():
        return get_context("spawn")
    set_forkserver_preload(list(needed))
    return get_context("forkserver")


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C and the end of the terminal back: here for now, for good in processes begun meanwhile."""
    if sys.platform != "win32":
        with held_back(term=False), suppress(*REFUSED):  # where it cannot begin, nor can the others
            resource_tracker.ensure_running()  # first: once it has begun, it lets Ctrl-C through again
    with held_back(term=False):
        yield


def _start(
    lent: str,
    threshold: tuple[int, int, int],
    turn: AbstractContextManager[object],
    prepare: Callable[..., object] | None,
    given: tuple[object, ...],
) -> None:
    """Make this process ready to work for the one that has begun it, and look for garbage as seldom."""
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    Thread(target=_end_with_parent, args=(lent,), daemon=True).start()
    if lent:
        temporary.borrow(lent)
    _turns[:] = [turn]
    if prepare:
        prepare(*given)
    gc.freeze()  # what the processes share stays shared, what is prepared stays: neither is looked through


def _end_with_parent(lent: str) -> None:
    """End this process when the parent is killed: nobody would take its work, nor remove its files."""
    parent = parent_process()
    if parent:
        parent.join()
        temporary.remove_left(Path(lent))
        os._exit(1)


def _bounded(memory: int, seconds: int, task: Callable[..., T], *given: object) -> T:
    """Do a task in this process, which may take no more, and says nothing."""
    import resource  # noqa: PLC0415 - Windows has none

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    limits = {resource.RLIMIT_AS: most, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0}
    for what, limit in limits.items():
        resource.setrlimit(what, (limit, limit))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stderr__.fileno() if sys.__stderr__ else 2)
    return task(*given)
