"""Where the command line starts, and how it ends when it is cut short.

A signal may come while the program is still being loaded, and an output may be closed or full: none of these
is a mistake of the program, so none shows a traceback.
"""

from __future__ import annotations

import sys


def _hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    """Say nothing of a Ctrl-C that comes before `main` can answer, or that Python wraps while it loads."""
    found: BaseException | None = failure
    while found and not isinstance(found, KeyboardInterrupt):
        found = found.__cause__ or found.__context__
    if not found:
        sys.__excepthook__(kind, failure, trace)


sys.excepthook = _hook  # before anything else: what follows takes a while to load

import errno
import gc
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType, TracebackType

SIGNAL_EXIT, CLOSED, FULL = 128, 141, 1
"""Exit codes: a signal's number is added to the first, as shells have it; 141 is that of SIGPIPE."""
GONE = frozenset({errno.EPIPE, errno.EINVAL})
"""What the systems say of a pipe that nobody reads; Windows has the second."""
ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that ask a program to end: from a machine that shuts down, or with the terminal that closes."""


class _Ended(BaseException):
    """One of `ENDING` has come; like Ctrl-C, it passes through everything that cleans up behind itself."""


def main() -> None:
    """Run the command line. A signal ends it with one sentence and its exit code, a full output with 1."""
    import oxalis_panels.system.garbage  # noqa: F401, PLC0415 - for this run, not for who imports `main`

    _open_what_is_closed()
    try:
        _heed_signals()
        from oxalis_panels.cli.main import main as run  # noqa: PLC0415 - loading it may be interrupted, too

        try:
            run()
        finally:  # not at Python's own end, where a failure would be a traceback
            sys.stdout.flush()
            _heed_no_more()  # it is done: there is nothing left to cut short
            gc.freeze()  # all that there is ends with the process: Python would look through it once more
    except KeyboardInterrupt:
        _interrupted(signal.SIGINT)
    except _Ended as end:
        _interrupted(end.args[0])
    except OSError as failure:
        if not _is_of_an_output(failure):
            raise
        _unheard(failure)


def _open_what_is_closed() -> None:
    """Lead closed standard streams (`>&-`) to nowhere, so that no file of ours takes their numbers."""
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - the last of the three, stderr
        pass
    os.close(file)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - to the end


def _heed_signals() -> None:
    """Take what asks to end like Ctrl-C, unless it is ignored (`nohup`), and what `build.py` held back."""
    for name in ENDING:
        number = getattr(signal, name, None)  # Windows lacks one
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise _Ended(number)


def _heed_no_more() -> None:
    for name in ("SIGINT", *ENDING):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _interrupted(number: int) -> NoReturn:
    """Say it and end. A second signal changes nothing any more."""
    _heed_no_more()
    # Python ends by the signal, whatever the exit code, once Ctrl-C has cut short an `exec` of text (a
    # dataclass being made while a module loads); the next `exec` that ends well makes it forget.
    exec("")  # noqa: S102 - nothing
    from oxalis_panels.cli.speech import chosen_catalogue  # noqa: PLC0415 - most runs are never interrupted

    with suppress(OSError):  # the terminal may be what has gone
        sys.stderr.write(f"{chosen_catalogue(sys.argv[1:], os.environ).text('report.interrupted')}\n")
        sys.stderr.flush()
    _silence()
    sys.exit(SIGNAL_EXIT + number)


def _is_of_an_output(failure: OSError) -> bool:
    """Tell whether stdout or stderr failed: they have no file name, unlike what the program opens itself."""
    return failure.filename is None and failure.errno in {*GONE, errno.ENOSPC, errno.EIO, errno.EBADF}


def _unheard(failure: OSError) -> NoReturn:
    """End without a word where nobody listens, and with a sentence where the output is full."""
    _silence()
    if failure.errno in GONE:
        sys.exit(CLOSED)
    from oxalis_panels.cli.speech import chosen_catalogue  # noqa: PLC0415 - most runs can be heard
    from oxalis_panels.system.failure import reason  # noqa: PLC0415 - as above

    words = chosen_catalogue(sys.argv[1:], os.environ)
    with suppress(OSError):
        sys.stderr.write(f"{words.text('report.no_output', reason=reason(failure))}\n")
        sys.stderr.flush()
    _silence()
    sys.exit(FULL)


def _silence() -> None:
    """Lead the streams that fail to nowhere: Python would flush them once more at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
