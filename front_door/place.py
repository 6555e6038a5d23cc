"""Where the environment is, whether it is ready, and how to hand over to it.

This module runs before every command: it imports `os` and `sys` only (pathlib alone would cost 15 ms).
"""

import os
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
VENV = os.path.join(PROJECT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))

FRONT_DOOR = "OXALIS_PANELS_FRONT_DOOR"
"""Variable that passes how this was typed (Python, `build.py`), for commands that the program suggests."""

DROPPED = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
"""Variables that processes in `.venv` do not get.

With PYTHONDONTWRITEBYTECODE every start would compile all modules (WeasyPrint: 2.2 s instead of 0.8 s); the
others would make the Python of `.venv` import modules from elsewhere.
"""


def stamp(name: str) -> str:
    """Return the file that proves that `requirements/NAME.txt` is installed; it is written last."""
    return os.path.join(VENV, f"{name}.installed")


def recipe(name: str) -> bytes:
    """Return the content of a stamp: all that an installation depends on (Python, folder, pins)."""
    head = os.fsencode(f"{sys.implementation.cache_tag} {PROJECT}\n")
    return head + _read(os.path.join(PROJECT, "requirements", f"{name}.txt"))


def is_ready(names: tuple[str, ...]) -> bool:
    """Return whether `.venv` works and holds these requirements, for this Python and this place."""
    return os.access(PYTHON, os.X_OK) and all(_read(stamp(name)) == recipe(name) for name in names)


def environment() -> dict[str, str]:
    """Return the variables for whatever runs in `.venv`."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    if not WINDOWS and not kept.get("HOME"):
        kept.pop("HOME", None)  # empty, it would send the caches of pip and fontconfig to "/.cache"
        kept.setdefault("XDG_CACHE_HOME", os.path.join(VENV, "cache"))
    return kept


def hand_over(arguments: list[str]) -> int:
    """Become the Python of `.venv`, in the project's folder.

    On Windows, where a process cannot become another, run it and return its exit code.
    """
    command = [PYTHON, "-P", *arguments]  # -P: no module is taken from the current folder
    variables = {**environment(), FRONT_DOOR: "\n".join((_python(), sys.argv[0]))}
    os.chdir(PROJECT)
    import signal

    if not WINDOWS:
        # until the program is ready for it: Python would show a traceback for a Ctrl-C while it starts
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execve(PYTHON, command, variables)  # noqa: S606 - a shell would only slow it
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program answers Ctrl-C, and says how it ended
    return subprocess.call(command, env=variables)


def _python() -> str:
    """Return the Python that was typed, by name only if the shell finds one of that name."""
    name = os.path.basename(sys.orig_argv[0])
    if WINDOWS and os.path.isabs(sys.orig_argv[0]):  # what the launcher starts; somebody has typed `py`
        return "py"
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = any(os.access(os.path.join(folder, name), os.X_OK) for folder in folders)
    return name if found else sys.orig_argv[0]


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""
