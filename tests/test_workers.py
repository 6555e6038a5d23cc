"""Processes that work for this one: they have what they need, and end with it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from builds import ROOT, environment

from oxalis_panels.system.workers import within

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server, and bounds")
SCRIPT = """
import os
from oxalis_panels.system.workers import Workers, start_early, started_early
if __name__ == "__main__":
    start_early(["json"])
    with Workers(["json"], 2, os.write, 1, b"ready\\n") as workers:
        print(started_early(), *workers.map(abs, [-1, -2]))
"""


@LINUX
@pytest.mark.parametrize("length", [75, 76, 250])
def test_the_path_of_the_temporary_folder_may_be_long(tmp_path: Path, length: int) -> None:
    """The address of a fork server has room for 75 bytes of it; with a longer one there is none."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        left = length - len(short) - 1
        folder = Path(short, "é" * (left // 2) + "e" * (left % 2))
        folder.mkdir()
        run = subprocess.run(
            [sys.executable, script],
            env=environment({"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (run.stdout.replace("ready\n", ""), run.stderr) == (f"{length == 75} 1 2\n", "")
        assert list(folder.iterdir()) == []


def _more_than_there_is() -> int:
    return len(bytes(2_000_000_000))


def _for_ever() -> None:
    while True:
        pass


@LINUX
def test_what_is_bounded_gives_its_result_or_nothing() -> None:
    """Nothing for what takes too much memory or time, or crashes; a mistake of ours is raised here."""
    assert within(10**9, 9, abs, -1) == (1,)
    assert within(10**9, 9, _more_than_there_is) == ()
    assert within(10**9, 1, _for_ever) == ()
    assert within(10**9, 9, os._exit, 1) == ()
    with pytest.raises(ZeroDivisionError):
        within(10**9, 9, divmod, 1, 0)


@LINUX
def test_who_waits_for_itself_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process may that runs out of memory."""
    monkeypatch.setattr("oxalis_panels.system.workers.SPARE", 0)
    before = time.monotonic()
    assert within(10**9, 1, signal.pause) == ()
    assert time.monotonic() - before < 9
