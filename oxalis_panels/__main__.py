"""Where the command line starts, and how it ends when it is cut short.

Ctrl-C may come while the program is still being loaded, and the output may be closed or full: neither is a
mistake of the program, so neither shows a traceback.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys

INTERRUPTED, CLOSED, ENDED, FULL = 130, 141, 143, 1
"""Exit codes: 128 and the number of the signal, as shells have it after SIGINT, SIGPIPE and SIGTERM; or 1."""
SELDOM = 50_000
"""New objects after which Python looks for dead cycles: a collection is a tree that lives to the end, and
looking through it all the time takes a tenth of a build."""
GONE = frozenset({errno.EPIPE, errno.EINVAL})
"""What the systems say of a pipe that nobody reads; Windows has the second."""


def main() -> None:
    """Run the command line. Ctrl-C ends it with one sentence and 130, an output that takes nothing with 1."""
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))  # what is half done is undone, and cleaned up
    try:
        from oxalis_panels.cli import main as run  # noqa: PLC0415 - loading it may be interrupted, too

        try:
            run()
        finally:  # not at Python's own end, where a failure could only be told as a traceback
            sys.stdout.flush()
    except KeyboardInterrupt:
        _interrupted()
    except OSError as failure:
        if not _is_of_an_output(failure):
            raise
        _unheard(failure)


def _interrupted() -> None:
    """Say it and end. A second Ctrl-C changes nothing any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from oxalis_panels.commands.speech import spoken  # noqa: PLC0415 - as above

    sys.stderr.write(f"{spoken(sys.argv[1:], os.environ).text('report.interrupted')}\n")
    sys.exit(INTERRUPTED)


def _is_of_an_output(failure: OSError) -> bool:
    """Tell whether stdout or stderr failed: they have no file name, unlike what the program opens itself."""
    return failure.filename is None and failure.errno in {*GONE, errno.ENOSPC, errno.EIO, errno.EBADF}


def _unheard(failure: OSError) -> None:
    """End without a word where nobody listens, and with a sentence where the output is full."""
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # Python would flush it once more at its end, and complain
            os.dup2(silence, stream.fileno())
    if failure.errno in GONE:
        sys.exit(CLOSED)
    from oxalis_panels.commands.speech import spoken  # noqa: PLC0415 - as above

    words = spoken(sys.argv[1:], os.environ)
    sys.stderr.write(f"{words.text('report.no_output', reason=failure.strerror)}\n")
    sys.exit(FULL)


if __name__ == "__main__":
    main()
