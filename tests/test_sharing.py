"""Work shared among processes: the same as if one had done all of it.

Each test runs a small program: the processes that run these tests have threads, and are never copied.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from builds import ROOT, environment, write_project

if TYPE_CHECKING:
    from pathlib import Path

PRELUDE = """
import os, signal
from oxalis_panels.sharing import aside, lots_of, shared
os.sched_getaffinity = lambda _: range(PROCESSORS)
this = os.getpid()
def orphans():
    try:
        return os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return "none"
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does everything")


def _says(program: str, processors: int = 2, cwd: Path = ROOT) -> str:
    """Return what a program says when it runs on so many processors; it must not complain."""
    text = PRELUDE.replace("PROCESSORS", str(processors)) + program
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=cwd,
        env=environment({}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.rstrip()


@pytest.mark.parametrize("processors", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(processors: int) -> None:
    """Whoever did a task, its result stands where the task stood."""
    program = "print(shared([lambda n=n: n * n for n in range(9)], 100))"
    assert _says(program, processors) == str([n * n for n in range(9)])


@pytest.mark.parametrize(
    ("panels", "processors", "expected"), [(99, 2, 1), (100, 1, 1), (100, 2, 2), (100, 3, 3)]
)
def test_as_many_processes_work_as_there_are_processors(panels: int, processors: int, expected: int) -> None:
    """Few panels are not worth a second process."""
    program = f"""
import time
def task():
    time.sleep(0.05)
    return os.getpid()
print(len(set(shared([task] * 12, {panels}))), orphans())
"""
    assert _says(program, processors) == f"{expected} none"


def test_what_a_copy_leaves_undone_is_done_here() -> None:
    """A process that is killed, or fails, costs time and nothing else, and says nothing."""
    program = """
import time
def task(n):
    if os.getpid() != this:
        os.kill(os.getpid(), signal.SIGKILL) if n % 2 else 1 / 0
    time.sleep(0.01)
    return n
print(shared([lambda n=n: task(n) for n in range(20)], 100))
with aside(lambda: task(0), 100) as result:
    print(result())
with aside(lambda: task(1), 100) as result:
    print(result())
print(orphans())
"""
    assert _says(program, 4) == f"{list(range(20))}\n0\n1\nnone"


def test_a_mistake_of_the_program_is_raised_where_its_result_is_wanted() -> None:
    """An exception is a bug: it must show here, with its traceback, whoever met it first."""
    program = """
def task():
    raise LookupError("no such thing")
for attempt in (lambda: shared([task, task], 100), lambda: ask()):
    def ask():
        with aside(task, 100) as result:
            result()
    try:
        attempt()
    except LookupError as mistake:
        print(mistake, orphans())
"""
    assert _says(program) == "no such thing none\nno such thing none"


@pytest.mark.parametrize("value", ["()", "None", "'x' * 10_000_000"])
def test_a_result_may_be_nothing_or_large(value: str) -> None:
    """The other process did the work: it is not done again because nothing came of it."""
    program = f"""
import sys
with aside(lambda: (os.getpid() == this, {value}), 100) as result:
    print(result() == (False, {value}))
with aside(lambda: {value}, 100) as result:
    print(result() == {value})
"""
    assert _says(program) == "True\nTrue"


def test_a_process_with_threads_is_never_copied() -> None:
    """A copy has none of the threads, and waits forever for what they hold."""
    program = """
from threading import Event, Thread
end = Event()
Thread(target=end.wait).start()
print(set(shared([os.getpid] * 9, 100)) == {this})
end.set()
"""
    assert _says(program) == "True"


@pytest.mark.parametrize(
    ("number", "processors"), [(0, 2), (1, 2), (99, 2), (100, 2), (1001, 2), (99_999, 4), (500, 1)]
)
def test_lots_hold_every_panel_once_in_order(number: int, processors: int) -> None:
    """There are never more than can be numbered, and one where one process works."""
    program = f"""
found = lots_of({number})
print([n for lot in found for n in lot] == list(range({number})), len(found) < 250)
"""
    assert _says(program, processors) == "True True"


BUILD = """
from hashlib import sha256
from pathlib import Path
from oxalis_panels.pipeline import build
from oxalis_panels.request import Request
report = build(Request(Path(), Path("output"), posters=False), lambda *_: None)
for path in sorted(path for path in Path("output/site").rglob("*") if path.is_file()):
    print(path, sha256(path.read_bytes()).hexdigest())
print(*(each for each in report.diagnostics if each.severity == "error" or report.plan), sep="\\n")
"""
"""Builds a site, and says what was made and what was found, in the order in which it was found."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a project of 120 panels, built by one process, and what that said."""
    words = ("zzyxa", "zzyxb", "zzyxc", "zzyxd")
    texts = {
        f"pan-{n}": f"# Titre {n}\n\n- ✓ Le [voisin](../pan-{n * 7 % 120}/), en {words[n % 4]}.\n"
        for n in range(120)
    }
    project = write_project(tmp_path_factory.mktemp("many"), **texts)
    return project, _says(BUILD, 1, project)


def test_a_site_is_the_same_whoever_made_it(many: tuple[Path, str], tmp_path: Path) -> None:
    """With one process and with three: the same files, and the same is said in the same order."""
    project, alone = many
    copy = shutil.copytree(
        project, tmp_path / "copy", ignore=shutil.ignore_patterns("site", ".manifest.json")
    )
    assert _says(BUILD, 3, copy) == alone
    assert alone.count(".html") > 120
    assert alone.count("'spelling-unknown'") == 120


def test_a_template_mistake_on_every_page_is_told_once_whoever_met_it(
    many: tuple[Path, str], tmp_path: Path
) -> None:
    """What templates do wrong is said once, with its place."""
    copy = shutil.copytree(
        many[0], tmp_path / "copy", ignore=shutil.ignore_patterns("site", ".manifest.json")
    )
    (copy / "templates" / "site").mkdir(parents=True)
    (copy / "templates" / "site" / "panel.html").write_text("{{ nothing }}\n", encoding="utf-8")
    said = _says(BUILD, 3, copy)
    assert said == _says(BUILD, 1, copy)
    assert said.count("Diagnostic(code='template-mistake'") == 1
