"""Ctrl-C, the end of the terminal and of the system, held back for a moment.

A library in C++ that is cut short while it loads (pikepdf) ends the process in its own words; a process that
has just begun shows a traceback.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    import ctypes


@contextmanager
def held_back(*, term: bool = True) -> Iterator[None]:
    """Have signals wait until this is over; in processes begun meanwhile, for good.

    Without `term`, SIGTERM comes through: it is how those are ended. On Windows Ctrl-C is lost meanwhile.
    """
    if sys.platform == "win32":
        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler  # without a handler of ours: Ctrl-C alone
        ignore(None, True)  # noqa: FBT003 - it takes no keyword
        try:
            yield
        finally:
            ignore(None, False)  # noqa: FBT003 - as above
        return
    held = {signal.SIGINT, signal.SIGHUP} | ({signal.SIGTERM} if term else set())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
