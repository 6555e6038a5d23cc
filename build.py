#!/usr/bin/env python3
"""The front door: everything from one command, on a machine that has nothing but Python 3.11 or newer.

    python3 build.py                  the website and the posters
    python3 build.py COMMAND …        any command of `oxalis-panels`
    python3 build.py test [ARGUMENT]  format, lint, types and tests (the arguments are for pytest)

The first run prepares `.venv` (see `front_door/`); later ones hand over at once. Whatever the current folder,
commands run in the folder of this file. It must parse on Python 3.6, to be able to say that it is too old.
"""

import sys

if __name__ == "__main__":  # no traceback for a Ctrl-C before it is handled
    sys.excepthook = lambda kind, *rest: (
        None if kind is KeyboardInterrupt else sys.__excepthook__(kind, *rest)
    )

import os
import signal
from io import TextIOWrapper

if sys.version_info < (3, 11):  # noqa: UP036 - the person who reads this message has an older Python
    sys.exit(
        "Il faut Python 3.11 ou plus récent ; celui-ci est Python {0}.\n"
        "Python 3.11 or newer is needed; this is Python {0}.\n\n"
        "    https://www.python.org/downloads/\n"
        "    (Debian 12, Ubuntu 24.04, ou plus récents / or newer · "
        "Fedora : dnf install python3.12)\n".format(".".join(map(str, sys.version_info[:3])))
    )

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))  # absent under PYTHONSAFEPATH

from front_door import place  # an older Python could not read it


def main(arguments: list[str]) -> int:
    """Run the command line, or the checks, in an environment that is ready; return the exit code."""
    testing = arguments[:1] == ["test"]
    wanted = ("run", "dev") if testing else ("run",)
    if not place.is_ready(wanted):
        from front_door import preparation

        preparation.prepare(wanted)
    if testing:
        from front_door import checks

        return checks.run(arguments[1:])
    return place.hand_over(["-m", "oxalis_panels", *arguments, *_default(arguments)])


def _end(number: int, _: object) -> None:
    """Exit as after Ctrl-C, cleaning up what is half made, on a signal of the system or the terminal."""
    sys.exit(128 + number)


def _default(arguments: list[str]) -> list[str]:
    """Return `build` if no command is given, else nothing."""
    rest = [each for each in arguments if not each.startswith("--lang=")]
    if rest[:1] == ["--lang"]:
        rest = rest[2:]
    return [] if rest else ["build"]


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # Windows would write its old code page into files and pipes
    for name in ("SIGTERM", "SIGHUP"):
        wanted = getattr(signal, name, None)  # Windows lacks one
        if wanted and signal.getsignal(wanted) is signal.SIG_DFL:
            signal.signal(wanted, _end)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
