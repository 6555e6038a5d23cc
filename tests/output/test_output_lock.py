"""Two builds at once in one folder."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builds import told
from output_folder import build, said, standing
from output_words import in_words

from oxalis_panels.system.locking import lock

HOLD = """
import sys
from pathlib import Path
from oxalis_panels.system.locking import lock

with lock(Path(sys.argv[1])) as problems:
    print(len(problems), flush=True)
    sys.stdin.read()
"""


def _hold(folder: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock until it is killed, and wait until it has it."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    return process


def test_a_second_build_is_refused_until_the_first_is_dead(tmp_path: Path) -> None:
    """The lock dies with its process, however that ends, and the file that stays stops nobody."""
    with _hold(tmp_path) as first:
        assert in_words(tmp_path, build(tmp_path, {"a": b"1"})) == told("output-locked")
        assert standing(tmp_path) == {}
        first.kill()
    assert (tmp_path / ".lock").exists()
    assert build(tmp_path, {"a": b"1"}) == ()


def test_another_folder_is_free(tmp_path: Path) -> None:
    """One lock per output folder."""
    with _hold(tmp_path / "one") as first:
        assert build(tmp_path / "two", {"a": b"1"}) == ()
        first.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks by other means")
def test_a_disk_without_locks_still_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks know no locks: better no lock than no build."""

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.lockf", refuse)
    with lock(tmp_path) as problems:
        assert problems == ()


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """The lock would make a file wherever the link leads."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.lock").symlink_to(tmp_path / "elsewhere")
    assert said(tmp_path / "output", build(tmp_path / "output", {"a": b"1"})) == [
        ("output-refused.other", "")
    ]
    assert not (tmp_path / "elsewhere").exists()
