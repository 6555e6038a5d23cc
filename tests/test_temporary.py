"""The temporary folder: nothing stays in it; what it refuses is told, and a process that the system ends."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from builds import (
    ROOT,
    SHORT,
    Built,
    build_posters_of,
    drawn,
    environment,
    order_of,
    said,
    told,
    write_project,
)

from oxalis_panels.poster import distributing, presses
from oxalis_panels.poster.job import Job, NotMade
from oxalis_panels.system import temporary, workers

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
SMALLEST = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from oxalis_panels.__main__ import main
main()
"""
"""No file may be as long as a font: what a full disk does, without being allowed to make one."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Return an empty temporary folder whose path is short, as sockets want it."""
    short = Path("/", "tmp")
    with tempfile.TemporaryDirectory(dir=short if short.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def project(tmp_path: Path, built: Built) -> Path:
    """Return a project of two panels in a repository, one of them changed since."""
    folder = built.lend_fonts(write_project(tmp_path / "expo", un=SHORT, deux=SHORT))
    if git := shutil.which("git"):
        who = ("-c", "user.name=x", "-c", "user.email=x@x")
        for arguments in (("init", "-q"), ("add", "panels"), (*who, "commit", "-q", "-m", "Début")):
            subprocess.run([git, "-C", folder, *arguments], check=True)
    return write_project(folder, un=SHORT.replace("assez", "vraiment"))


def begin(project: Path, place: Path, *arguments: str, code: str = "") -> subprocess.Popen[str]:
    """Start the command line with a temporary folder."""
    entry = ("-c", code) if code else ("-m", "oxalis_panels")
    return subprocess.Popen(
        [sys.executable, "-P", *entry, *arguments],
        cwd=project,
        env=environment({"TMPDIR": str(place)}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(project: Path, place: Path, *arguments: str, code: str = "") -> tuple[int, str]:
    """Run the command line; return its exit code and what it says of mistakes."""
    with begin(project, place, *arguments, code=code) as process:
        _, errors = process.communicate()
    return process.returncode, errors


COMMANDS = [
    ("build",),
    ("build", "--panel", "un"),
    ("deliver",),
    ("capacity",),
    pytest.param(
        ("diff", "--format", "pdf"), marks=pytest.mark.skipif(not shutil.which("git"), reason="git")
    ),
    pytest.param(
        ("diff", "--format", "html"), marks=pytest.mark.skipif(not shutil.which("git"), reason="git")
    ),
]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_nothing_stays_in_the_temporary_folder(
    project: Path, place: Path, arguments: tuple[str, ...]
) -> None:
    """Fonts are unpacked there, in processes that end without tidying up."""
    code, errors = run(project, place, *arguments)
    said = [
        code_of for code_of in re.findall(r"\[([a-z-]+)\]", errors) if not code_of.startswith("delivery-")
    ]
    assert (code, said, "Traceback" in errors) == (0, [], False), errors
    assert list(place.iterdir()) == []


@LINUX
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_temporary_folder_that_takes_no_fonts_is_told(
    project: Path, place: Path, arguments: tuple[str, ...]
) -> None:
    """In words, once, whichever process met it; and nothing stays."""
    code, errors = run(project, place, *arguments, code=SMALLEST)
    assert (code, errors.count("[temporary-folder]"), "Traceback" in errors) == (1, 1, False), errors
    assert list(place.iterdir()) == []
    assert [path.name for path in (project / "output").iterdir() if path.name[0] != "."] == []


def test_without_any_temporary_folder_it_is_told_in_these_words(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None that is named, none that the system has."""

    def none() -> NoReturn:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(temporary, "_ours", [])
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "gettempdir", none)
    monkeypatch.delenv("TMPDIR", raising=False)
    report, _ = build_posters_of(project)
    assert drawn(report.diagnostics, project) == told("temporary-folder")


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_temporary_folder_that_is_none_is_passed_over(project: Path, tmp_path: Path, name: str) -> None:
    """Python looks for another one."""
    (tmp_path / "file").touch()
    assert run(project, tmp_path / name, "capacity") == (0, "")


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task").glob("*/children")  # each thread has its own
    return [int(each) for path in found for each in path.read_text("utf-8").split()]


def _workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes that make a command's posters, once there are some; none when it has ended."""
    while process.poll() is None:
        with suppress(FileNotFoundError, ProcessLookupError):  # one that has just ended
            begun = [each for child in _children(process.pid) for each in _children(child)]
            if found := [
                each for each in begun if b"forkserver" in Path(f"/proc/{each}/cmdline").read_bytes()
            ]:
                return found
        time.sleep(0.01)
    return []


@LINUX
@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[3], COMMANDS[5]])
def test_a_process_that_the_system_ends_is_told(
    project: Path, place: Path, arguments: tuple[str, ...]
) -> None:
    """As it does when memory is short: in words, or its work is done by another one; nothing stays."""
    with begin(project, place, *arguments) as process:
        while begun := _workers(process):
            time.sleep(0.2)
            for each in begun:
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        _, errors = process.communicate()
    told_once = (process.returncode, errors.count("[poster-ended]")) == (1, 1)
    assert "Traceback" not in errors
    assert told_once or (process.returncode, errors) == (0, ""), errors  # who never began is done without
    assert list(place.iterdir()) == []


def _killed(_job: Job) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


@LINUX
def test_a_lost_process_is_told_in_these_words(tmp_path: Path, built: Built) -> None:
    """Each of its posters says why there is none."""
    order = order_of(write_project(tmp_path, un=SHORT, deux=SHORT), built.fonts).value
    assert order is not None
    made = list(distributing.each(order.series, order.jobs, _killed))
    assert sorted(each.slug for each in made if isinstance(each, NotMade)) == ["deux", "un"]
    assert {drawn([each.why], tmp_path) for each in made if isinstance(each, NotMade)} == {
        told("poster-ended")
    }


@LINUX
def test_what_a_killed_run_left_goes_with_the_next(project: Path, place: Path) -> None:
    """All its processes are ended; a run that lives keeps its folder, and so does what is not surely ours."""
    with begin(project, place, "build") as process:
        helpers = _children(process.pid)
        begun = _workers(process)
        helpers = [*helpers, *_children(process.pid)]
        for each in (process.pid, *begun, *helpers):
            os.kill(each, signal.SIGKILL)
        process.communicate()
    for path in (*place.glob("tmp*"), *place.glob("cc*")):
        path.unlink()  # Python's own and gcc's, looking for a library: killed at that moment, they stay
    left = {path.name.partition("-")[0] for path in place.iterdir()}
    assert left == {"oxalis", "pymp"}
    for name in ("oxalis-panels-notes", "pymp-theirs"):
        (place / name).mkdir()
        (place / name / "mine.txt").touch()
    with begin(project, place, "build") as living:
        assert _workers(living)
        living.send_signal(signal.SIGSTOP)
        (alive,) = (path for path in place.glob("oxalis-panels-*") if path.name != "oxalis-panels-notes")
        assert run(project, place, "capacity") == (0, "")
        assert alive.is_dir()
        living.send_signal(signal.SIGCONT)
        living.communicate()
    assert living.returncode == 0
    assert sorted(path.name for path in place.iterdir()) == ["oxalis-panels-notes", "pymp-theirs"]


@LINUX
def test_a_link_in_a_folder_that_was_left_leads_nowhere_else(tmp_path: Path, place: Path) -> None:
    """Only what Python itself made for that run is removed with it."""
    left, kept = place / "oxalis-panels-left", tmp_path / "kept"
    for folder in (left, kept):
        folder.mkdir()
    (left / ".lock").touch()
    (left / "beside").symlink_to(kept)
    code = "import sys; from oxalis_panels.system import temporary; print(temporary.folder())"
    run(ROOT, place, code=code)
    assert (left.exists(), kept.exists(), list(place.iterdir())) == (False, True, [])


@pytest.mark.parametrize(
    "failure", [MemoryError(), RecursionError("too deep"), PermissionError(errno.EACCES, "")]
)
def test_what_a_layout_takes_from_the_machine_is_told(
    tmp_path: Path, built: Built, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """As is a template that gives too much, or too deep."""
    monkeypatch.setattr(workers, "MOST_PROCESSES", 1)
    order = order_of(write_project(tmp_path, un=SHORT), built.fonts).value
    assert order is not None

    def fail(*_: object) -> NoReturn:
        raise failure

    def refuse(job: Job) -> object:
        return presses.with_presses(job, fail)

    (made,) = distributing.each(order.series, order.jobs, refuse)
    assert isinstance(made, NotMade)
    assert said((made.why,)) in (["poster-ended"], ["poster-template"], ["temporary-folder"])
