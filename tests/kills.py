"""Commands that are killed (SIGKILL): at the n-th call that changes the disk, or after some time.

    python tests/kills.py FOLDER COMMAND…

copies `FOLDER/start` to `FOLDER/1`, `FOLDER/2` …, runs the command in each, kills it right before its first,
second … of these calls, and ends with the copy in which it was not killed any more. Linux and macOS only.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from oxalis_panels.cli.main import cli

NAMING = ("rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir")
"""The calls that give a name, or take it away."""
CALLS = (*NAMING, "fsync")
"""And the one after which a file is whole under a temporary name."""


def before_each(names: Sequence[str], heed: Callable[[], None]) -> None:
    """Have `heed` called before each of these calls, in this process, to its end."""
    for name in names:
        setattr(os, name, partial(_heeded, getattr(os, name), heed))


def _heeded(call: Callable[..., Any], heed: Callable[[], None], *given: Any, **options: Any) -> Any:  # noqa: ANN401
    heed()
    return call(*given, **options)


def run(project: Path, arguments: Sequence[str]) -> None:
    """Run a command in a project in this process, which then has all loaded that it needs."""
    os.chdir(project)
    CliRunner().invoke(cli, arguments)


def killed_at(n: int, project: Path, arguments: Sequence[str]) -> bool:
    """Run a command in a project, and kill it at its n-th call; False if it has no more than n - 1."""
    left = n

    def heed() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return _was_killed(_begin(project, arguments, partial(before_each, CALLS, heed)))


def killed_after(seconds: float, project: Path, arguments: Sequence[str]) -> bool:
    """Run a command in a project, and kill it after some time; False if it has ended before."""
    child = _begin(project, arguments, lambda: None)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)  # of no effect on a child that has ended and is waited for
    return _was_killed(child)


def killed_in_moves(seconds: float, project: Path, arguments: Sequence[str]) -> bool:
    """Run a command in a project, and kill it some time after its first call that names a file."""
    read, write = os.pipe()
    child = _begin(project, arguments, partial(before_each, NAMING, partial(_tell, write)))
    os.close(write)
    os.read(read, 1)  # nothing comes where it ended without such a call
    os.close(read)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _was_killed(child)


def seconds_of_moves(project: Path, arguments: Sequence[str]) -> float:
    """Run a command in a project; return the time from its first call that names a file to its last."""
    read, write = os.pipe()
    child = _begin(project, arguments, partial(before_each, NAMING, partial(_tell, write)))
    os.close(write)
    times = []
    while os.read(read, 1):
        times.append(time.perf_counter())
    os.close(read)
    _was_killed(child)
    return times[-1] - times[0]


def _tell(pipe: int) -> None:
    with suppress(BrokenPipeError):  # it was heard the first time
        os.write(pipe, b"!")


def _begin(project: Path, arguments: Sequence[str], prepare: Callable[[], None]) -> int:
    """Run a command in a copy of this process; return its number."""
    child = os.fork()
    if child == 0:
        os.chdir(project)
        prepare()
        os._exit(CliRunner().invoke(cli, arguments).exit_code)
    return child


def _was_killed(child: int) -> bool:
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status)


def main(folder: Path, arguments: Sequence[str]) -> None:
    """Kill a command at each of its calls in turn."""
    shutil.copytree(folder / "start", folder / "0", symlinks=True)
    run(folder / "0", arguments)
    shutil.rmtree(folder / "0")
    n, killed = 0, True
    while killed:
        n += 1
        shutil.copytree(folder / "start", folder / str(n), symlinks=True)
        killed = killed_at(n, folder / str(n), arguments)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
