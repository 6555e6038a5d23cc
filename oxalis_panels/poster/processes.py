"""How the processes that make posters are started: WeasyPrint imported once for all of them, and early.

On Linux a fork server, a process without threads, imports what every poster needs and is then copied: half
the time that two new interpreters take, and their memory shared. Elsewhere each process starts anew: forking
is unsafe on macOS once its frameworks are loaded, and Windows cannot do it.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from oxalis_panels import temporary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import BaseContext

NEEDED = (
    "oxalis_panels.poster.making",
    "oxalis_panels.poster.fit",
    "oxalis_panels.poster.finish",
    "oxalis_panels.poster.pictures",
    "oxalis_panels.poster.previewing",
    "oxalis_panels.poster.screen",
    "oxalis_panels.preflight.checks",
)
"""What makes a poster. One that cannot be imported is left to the process that makes it, which can say so."""

HEAP = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "262144"}
"""For glibc (mallopt(3)), in bytes: memory that a poster no longer needs goes back to the system at once.

A cold build holds 30 MB less at its peak, and takes 4 % longer.
"""
ADDRESS = 107
"""Bytes that the address of a socket may have on Linux (unix(7))."""
ADDED = len("/pymp-12345678/listener-12345678")
"""Bytes that Python adds to the temporary folder for the address of a fork server."""
SHORT = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - Python makes a folder there that nobody else can read
"""Where the address goes when the path of the temporary folder is too long for it."""


def processes() -> BaseContext:
    """Return the way to start processes on this system."""
    if not _can_fork():
        return get_context("spawn")
    for name, value in HEAP.items():
        os.environ.setdefault(name, value)  # read by those processes alone: this one has begun
    context = get_context("forkserver")
    context.set_forkserver_preload(list(NEEDED))
    return context


@cache
def _can_fork() -> bool:
    """Tell whether there is a fork server here, and have the folder for its address where that is short."""
    if sys.platform != "linux":
        return False
    from multiprocessing.util import get_temp_dir  # noqa: PLC0415 - not for those that make no poster

    before = tempfile.tempdir
    for place in _places():
        if len(os.fsencode(place)) + ADDED <= ADDRESS:
            tempfile.tempdir = place
            try:
                temporary.remember(get_temp_dir())  # made once, and kept
            except OSError:
                continue
            finally:
                tempfile.tempdir = before
            return True
    return False


def _places() -> Iterator[str]:
    """Yield where the folder for the address may be."""
    with suppress(OSError):
        yield tempfile.gettempdir()
    yield from SHORT


_started = False
"""Whether the fork server has been started before there was work for it."""


def started_early() -> bool:
    """Whether processes are ready sooner than this one could be."""
    return _started


def start_early() -> None:
    """Have everything imported by another process while this one still reads: posters are about to be made.

    Only a matter of time: without it, or where it fails, the first poster waits for the same imports.
    """
    if not _can_fork():
        return
    # Not for those that make no poster.
    from multiprocessing import resource_tracker  # noqa: PLC0415
    from multiprocessing.forkserver import ensure_running  # noqa: PLC0415

    global _started  # noqa: PLW0603 - there is one fork server in a process
    processes()
    with suppress(OSError, ImportError):
        resource_tracker.ensure_running()  # it lets Ctrl-C through when it starts: not within what follows
        with interrupts_held_back():
            ensure_running()
        _started = True


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C and the end of the terminal back: here for now, for good in processes begun meanwhile."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
