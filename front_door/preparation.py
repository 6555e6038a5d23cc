"""Making `.venv`: one run at a time, and never left half made."""

import errno
import os
import shutil
import sys
import sysconfig
import time
from contextlib import suppress
from pathlib import Path

from front_door import place, system
from front_door.commands import failure_of
from front_door.words import say, text

PROJECT = Path(place.PROJECT)
VENV = Path(place.VENV)
LOCK = PROJECT / ".venv.lock"
PATH_FILE = "oxalis_panels.pth"
"""Adds the project's modules to the environment."""
TAIL = 15
"""Lines shown of pip's output when it fails."""

PIP_SETTINGS = (
    "INDEX_URL EXTRA_INDEX_URL NO_INDEX FIND_LINKS TRUSTED_HOST CERT CLIENT_CERT PROXY RETRIES TIMEOUT "
    "DEFAULT_TIMEOUT CACHE_DIR NO_CACHE_DIR CONFIG_FILE KEYRING_PROVIDER USE_FEATURE"
)
"""Variables of pip that are passed on: how to reach an index. PIP_USER, PIP_TARGET … install elsewhere."""


def prepare(names: tuple[str, ...]) -> None:
    """Make `.venv` ready with the named requirements; end the program with a message when that fails."""
    try:
        with LOCK.open("ab") as lock:
            _acquire(lock.fileno())
            if place.is_ready(names):  # the run that was waited for has done it
                return
            system.require()
            # pip keeps the lock, should this run be killed while pip still writes
            os.set_inheritable(lock.fileno(), True)  # noqa: FBT003 - it takes no keyword
            _set_up(names)
    except OSError as error:
        raise SystemExit(text("disk", error=error)) from None


def _acquire(lock: int) -> None:
    """Wait until no other run holds the file; the system releases it when this run ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        with suppress(PermissionError):
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            return
        say(text("wait"))
        while True:
            try:
                msvcrt.locking(lock, msvcrt.LK_LOCK, 1)
            except OSError as failure:
                if failure.errno != errno.EDEADLK:  # it has tried for ten seconds
                    raise
            else:
                return
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(text("wait"))
        fcntl.flock(lock, fcntl.LOCK_EX)


def _set_up(names: tuple[str, ...]) -> None:
    """Install what is missing: from nothing, unless only the tools of contributors are to be added."""
    begin = time.monotonic()
    try:
        if not place.is_ready(("run",)) or _stamp("dev").exists():
            if VENV.is_dir() and not VENV.is_symlink() and not _is_ours():
                _rename_foreign_venv()
            _remove_venv()
            _make_venv()
        for name in names:
            if not place.is_ready((name,)):
                _install(name)
    except BaseException:  # Ctrl-C too
        if not place.is_ready(("run",)):
            _remove_venv()
        raise
    say(text("ready", seconds=time.monotonic() - begin))


def _is_ours() -> bool:
    """Return whether this program made `.venv`, wholly or in part; somebody may have made one before."""
    marks = (_stamp("run"), _stamp("dev"), _packages() / PATH_FILE)
    return any(mark.exists() for mark in marks)


def _rename_foreign_venv() -> None:
    """Rename a `.venv` that is not ours to the first free name."""
    name = next(name for number in range(1, 1000) if not (PROJECT / (name := f".venv.{number}")).exists())
    VENV.rename(PROJECT / name)
    say(text("renamed", name=name))


def _remove_venv() -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
        return
    for name in ("run", "dev"):  # first the stamps that say that the rest is complete
        _stamp(name).unlink(missing_ok=True)
    if VENV.exists():
        shutil.rmtree(VENV)


def _make_venv() -> None:
    """Make an empty environment that sees the project's modules."""
    say(text("make"))
    python = getattr(sys, "_base_executable", sys.executable)  # not that of the environment just removed
    failure = failure_of([python, "-I", "-m", "venv", place.VENV], place.environment())
    if failure:
        raise SystemExit(text("venv-failed", tail=_tail(failure)))
    packages = _packages()
    # Relative, because Python 3.11 reads this file in the locale's encoding: it must be ASCII.
    (packages / PATH_FILE).write_text(os.path.relpath(PROJECT, packages), encoding="ascii")


def _packages() -> Path:
    return Path(sysconfig.get_path("purelib", "venv", vars={"base": place.VENV}))


def _install(name: str) -> None:
    """Install `requirements/NAME.txt`; its stamp stays empty until all of it is there."""
    say(text(name))
    _stamp(name).write_bytes(b"")
    failure = failure_of(_pip_command(name), _pip_environment())
    if failure:
        if "Installing collected packages" not in failure:  # nothing was touched
            _stamp(name).unlink()
        raise SystemExit(text("pip-failed", tail=_tail(failure)))
    _stamp(name).write_bytes(place.recipe(name))


def _stamp(name: str) -> Path:
    return Path(place.stamp(name))


def _pip_command(name: str) -> list[str]:
    requirements = PROJECT / "requirements" / f"{name}.txt"
    options = "--require-hashes --no-user --no-input --compile --disable-pip-version-check --progress-bar=off"
    return [place.PYTHON, "-I", "-m", "pip", "install", *options.split(), "-r", str(requirements)]


def _pip_environment() -> dict[str, str]:
    kept = {f"PIP_{name}" for name in PIP_SETTINGS.split()}
    variables = place.environment()
    return {name: value for name, value in variables.items() if name in kept or not name.startswith("PIP_")}


def _tail(output: str) -> str:
    return "\n".join(output.splitlines()[-TAIL:])
