"""The front door as a whole, in a copy of it: what it hands over, and what the person sees.

Nothing here uses the network: the copy requires no library.
"""

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from front_door import checks, words

ROOT = Path(__file__).parent.parent.parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no execve and no SIGINT for one process")


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it said."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def copy_to(folder: Path) -> Path:
    """Copy the front door; no requirements, and a command line that tells what it got."""
    shutil.copytree(ROOT / "front_door", folder / "front_door")
    shutil.copy(ROOT / "build.py", folder)
    (folder / "requirements").mkdir()
    (folder / "requirements" / "run.txt").touch()
    (folder / "oxalis_panels").mkdir()
    (folder / "oxalis_panels" / "__main__.py").write_text(
        "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd()]))\nsys.exit(len(sys.argv) - 1)\n",
        "utf-8",
    )
    return folder / "build.py"


def test_both_languages_say_the_same_things() -> None:
    """Every message exists in French and in English, with the same values in it."""

    def values(language: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"{(\w+)", line)) for key, line in words.MESSAGES[language].items()}

    assert values("fr") == values("en")


def test_all_four_checks_run_even_when_one_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pytest gets the arguments; the summary has a line for each; the exit code is 1."""
    asked: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        asked.append(command[3:])
        return int("mypy" in command)

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setenv("OXALIS_PANELS_LANG", "en")
    assert checks.run(["tests/reading", "-k", "x"]) == 1
    assert asked == [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["pytest", *checks.IN_PARALLEL, "tests/reading", "-k", "x"],
    ]
    summary = capfd.readouterr().err.split("──\n")[-1]
    assert re.findall(r"^(\w+) +(\w+)", summary, re.MULTILINE) == [
        ("format", "passed"),
        ("lint", "passed"),
        ("types", "FAILED"),
        ("tests", "passed"),
    ]


def test_an_old_python_is_told_so_in_both_languages() -> None:
    """build.py parses on Python 3.6, and names what is needed and what was found."""
    source = (ROOT / "build.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 1); runpy.run_path('build.py', run_name='__main__')"
    )
    done = run([sys.executable, "-c", pretend], ROOT)
    assert done.returncode == 1
    assert "Il faut Python 3.11 ou plus récent\u202f; celui-ci est Python 3.8.1." in done.stderr
    assert "Python 3.11 or newer is needed; this is Python 3.8.1." in done.stderr


@POSIX
def test_a_first_run_makes_the_environment_and_a_second_one_is_silent(tmp_path: Path) -> None:
    """From any folder; arguments and exit code pass through; standard output is the command's alone."""
    door = copy_to(tmp_path / "un été à Oxalis")
    hostile = {"HOME": "", "PIP_USER": "1", "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    first = run([sys.executable, str(door), "check", "--strict"], tmp_path, **hostile)
    assert (first.returncode, json.loads(first.stdout)) == (2, [["check", "--strict"], str(door.parent)])
    assert len(first.stderr.splitlines()) == 3
    second = run([str(door)], Path("/"), **hostile)
    assert (second.returncode, json.loads(second.stdout)) == (1, [["build"], str(door.parent)])
    assert second.stderr == ""


@POSIX
def test_ctrl_c_during_a_set_up_ends_it_cleanly(tmp_path: Path) -> None:
    """Exit code 130, no traceback, no environment left, and no child that still writes into it."""
    door = copy_to(tmp_path / "project")
    with subprocess.Popen([sys.executable, str(door)], stderr=subprocess.PIPE, encoding="utf-8") as process:
        deadline = time.monotonic() + 120
        while not list(door.parent.glob(".venv/lib/*/site-packages/*")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, len(errors.splitlines())) == (130, 1)
    assert not (door.parent / ".venv").exists()


@POSIX
def test_ctrl_c_while_the_front_door_is_loaded_is_no_traceback(tmp_path: Path) -> None:
    """From its first line on: it ends by the signal, without a word."""
    door = copy_to(tmp_path)
    (tmp_path / "front_door" / "place.py").write_text("import signal\nsignal.raise_signal(2)\n", "utf-8")
    done = run([sys.executable, str(door)], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
