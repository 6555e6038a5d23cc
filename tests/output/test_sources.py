"""`new --renumber`, `fmt`, `import`, `init`: killed, refused or interrupted at any step, no text is lost."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest
from builds import environment, told
from click.testing import CliRunner, Result
from saboteur import Saboteur

from oxalis_panels.authoring import sources
from oxalis_panels.cli.main import cli

TESTS = Path(__file__).parent.parent
Files = dict[str, bytes]
PANELS = {
    "panels/01-un.md": "# Un\n\n✓ premier texte\n",
    "panels/02-deux.yaml": "findings:\n  - ✓: deuxième texte\n    →: [point]\ntitle: Deux\n",
    "panels/03-trois.md": "# Trois\n\n✓ troisième texte\n",
    "panels/09-neuf.markdown": "# Neuf\n\n✓ neuvième texte\n",
}
"""None in its canonical form; a gap in front of the last, which need not move."""
DOCUMENT = "Notre budget\n\n✓ constat un\n→ point\n\nNotre équipe\n\n✓ constat deux\n→ point\n"
NEW = ["new", "Entre", "--number", "1", "--renumber"]
MOVED = {"01-un.md": "02-un.md", "02-deux.yaml": "03-deux.yaml", "03-trois.md": "04-trois.md"}
CASES = {
    "new": NEW,
    "fmt": ["fmt"],
    "import": ["import", "texte.txt"],
    "import --output": ["import", "texte.txt", "--output", "neuf/dossier"],
    "templates": ["templates", "site/home.html", "poster/poster.css"],
    "init": ["init", "neuf"],
}
STEPS = range(1, 18)
"""More than `new`, `fmt` and `import` have here (a test below says so)."""


def write(folder: Path) -> Path:
    """Write the project that every command here begins with; one panel is a link to a text elsewhere."""
    (folder / "panels").mkdir(parents=True)
    for name, text in PANELS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "texte.txt").write_text(DOCUMENT, encoding="utf-8")
    (folder / "textes").mkdir()
    (folder / "panels/03-trois.md").rename(folder / "textes/a.md")
    (folder / "panels/03-trois.md").symlink_to("../textes/a.md")
    return folder


def state(folder: Path) -> Files:
    """Return every file below a folder; of a link, that it is one. An empty folder ends in `/`."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        f"{name}/" if path.is_dir() else name: str(path.readlink()).encode()
        if path.is_symlink()
        else content(path)
        for name, path in found.items()
        if not path.is_dir() or not any(path.iterdir())
    }


def content(path: Path) -> bytes:
    """Return the bytes of a file; nothing of a folder."""
    return b"" if path.is_dir() else path.read_bytes()


def run(folder: Path, arguments: list[str]) -> Result:
    """Run a command in a project, in this process."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(cli, arguments)
    finally:
        os.chdir(before)


def temporary(folder: Path) -> list[Path]:
    """Return the temporary files below a folder."""
    return sorted(folder.rglob(".oxalis-panels-*.tmp"))


def names(folder: Path) -> list[str]:
    """Return the names of the panels."""
    return sorted(path.name for path in (folder / "panels").iterdir())


def killed(place: Path, arguments: list[str]) -> list[Path]:
    """Kill a command at each of its calls in turn; return the projects that are left, the last one done."""
    write(place / "start")
    asked = [sys.executable, str(TESTS / "kills.py"), str(place), *arguments]
    subprocess.run(asked, env=environment({}), check=True)
    return sorted((path for path in place.iterdir() if path.name != "start"), key=lambda path: int(path.name))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_a_new_killed_at_any_step_leaves_each_text_under_one_name(tmp_path: Path) -> None:
    """The old one or the next; the same command then goes on, unless the new panel is there already."""
    *projects, done = killed(tmp_path, NEW)
    before, after = state(tmp_path / "start"), state(done)
    assert len(projects) == 6  # the new panel written; three renamed; its name given; the temporary one gone
    for project in projects:
        found = state(project)
        for path, data in before.items():
            name = Path(path).name
            places = {path, f"panels/{MOVED.get(name, name)}"}
            assert [place for place, other in found.items() if other == data and place in places], project
            assert sum(other == data for other in found.values()) == 1
        assert run(project, ["check"]).exit_code == 0
        made = "panels/01-entre.md" in found
        assert run(project, ["new", "Autre"] if made else NEW).exit_code == 0
        assert temporary(project) == []
        assert made or state(project) == after


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_a_fmt_killed_at_any_step_leaves_each_panel_as_it_was_or_formed(tmp_path: Path) -> None:
    """Whole, under its name; the next one forms the rest and takes away what the killed one left."""
    *projects, done = killed(tmp_path, ["fmt"])
    before, after = state(tmp_path / "start"), state(done)
    assert (len(projects), names(done)) == (12, names(tmp_path / "start"))
    for project in projects:
        found = state(project)
        files = {path: data for path, data in found.items() if not path.endswith(".tmp")}
        assert files.keys() == before.keys()
        assert all(data in {before[path], after[path]} for path, data in files.items())
        assert run(project, ["fmt"]).exit_code == 0
        assert state(project) == after


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
@pytest.mark.parametrize("case", ["import", "import --output", "templates", "init"])
def test_what_makes_new_files_killed_at_any_step_leaves_whole_files(tmp_path: Path, case: str) -> None:
    """All that was there, some of what is new, no half file; run again, the command works or says why not."""
    *projects, done = killed(tmp_path, CASES[case])
    before, after = state(tmp_path / "start"), state(done)
    for project in projects:
        found = state(project)
        files = {path: data for path, data in found.items() if not path.endswith((".tmp", "/"))}
        assert before.items() <= files.items() <= after.items()
        assert run(project, ["check"]).exit_code == 0
        again = run(project, CASES[case])
        there = files.keys() - before.keys()
        if case == "init" and any(path.startswith("neuf/panels/") for path in there):
            assert "[init-panels]" in again.stderr
        elif case == "templates" and there:
            assert "[template-there]" in again.stderr
        else:
            assert again.exit_code == 0
            assert ("[import-there]" in again.stderr) == (case.startswith("import") and bool(there))
            assert temporary(project) == []
            assert there or state(project) == after


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("case", ["new", "import", "import --output"])
@pytest.mark.parametrize("n", STEPS)
def test_a_failure_at_any_step_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, n: int, failure: BaseException
) -> None:
    """Every file has its name and bytes again, nothing is left over; a refusal of the disk is told."""
    project = write(tmp_path / "a")
    before = state(project)
    with monkeypatch.context() as patch:
        Saboteur(patch, n, failure)
        done = run(project, CASES[case])
    if done.exit_code:
        assert state(project) == before
        assert isinstance(failure, KeyboardInterrupt) or "[file-unwritten]" in done.stderr
    else:
        assert before != state(project)
        assert temporary(project) == []


@pytest.mark.parametrize("n", STEPS)
def test_a_failure_while_fmt_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    """The other panels are formed, this one stays."""
    project, other = write(tmp_path / "a"), write(tmp_path / "b")
    run(other, ["fmt"])
    before, after = state(project), state(other)
    with monkeypatch.context() as patch:
        Saboteur(patch, n, OSError(errno.ENOSPC, "No space left on device"))
        done = run(project, ["fmt"])
    found = state(project)
    left = [path for path, data in found.items() if data != after[path]]
    assert all(found[path] == before[path] for path in left)
    assert done.stderr.count("[file-unwritten]") == len(left) <= 1
    assert temporary(project) == []


@pytest.mark.parametrize("case", ["new", "fmt", "import"])
def test_the_steps_above_are_all_the_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """A command ends before the last number that the tests above try."""
    with monkeypatch.context() as patch:
        saboteur = Saboteur(patch, len(STEPS), OSError())
        assert run(write(tmp_path / "a"), CASES[case]).exit_code == 0
    assert saboteur.left > 0


@pytest.mark.parametrize("n", STEPS)
def test_a_disk_that_fails_for_good_is_reported_truthfully(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Each file that could not be put back is named, by the name that it has; no text is lost."""
    project = write(tmp_path / "a")
    before = state(project)
    with monkeypatch.context() as patch:
        Saboteur(patch, n, OSError(errno.EIO, "Input/output error"), for_ever=True)
        done = run(project, NEW)
    after = {path: data for path, data in state(project).items() if not path.endswith(".tmp")}
    moved = sorted(after.keys() - before.keys())
    assert done.exit_code == (1 if n <= 6 else 0)
    if done.exit_code:
        assert set(before.values()) <= set(after.values())
        assert len(after) == len(before) + (n == 6)
        assert [path for path in moved if f"{path}: erreur" not in done.stderr] == []
        assert ("[file-unwritten]" in done.stderr) == (not moved)


def test_what_cannot_be_undone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last panel has its new name when the disk fails."""
    project = write(tmp_path / "a")
    with monkeypatch.context() as patch:
        Saboteur(patch, 3, OSError(errno.EIO, "Input/output error"), for_ever=True)
        done = run(project, NEW)
    assert done.stderr == told("file-not-undone")


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the new panel nor by one that is renamed; all that was done is undone."""
    for name in ("01-entre.md", "02-un.md"):
        project = write(tmp_path / name)
        theirs = project / "panels" / name
        before = state(project)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", lambda _, theirs=theirs: theirs.write_bytes(b"theirs"))
            done = run(project, NEW)
        assert (done.exit_code, "(existe déjà)" in done.stderr) == (1, True)
        assert state(project) == {**before, f"panels/{name}": b"theirs"}


def test_a_disk_without_hard_links_works_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a memory stick; a name that is taken is refused there too."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    project = write(tmp_path / "a")
    assert run(project, NEW).exit_code == 0
    assert [*names(project), *temporary(project)] == [
        "01-entre.md",
        *sorted(MOVED.values()),
        "09-neuf.markdown",
    ]
    path = PurePosixPath("panels/01-entre.md")
    assert [each.key for each in sources.add(project, {path: b"x"})] == ["file-unwritten.new"]
    assert temporary(project) == []


def test_a_panel_that_is_a_link_stays_one(tmp_path: Path) -> None:
    """It is renamed by `new`; `fmt` writes the text that it leads to."""
    project = write(tmp_path / "a")
    assert run(project, NEW).exit_code == 0
    assert (project / "panels/04-trois.md").readlink() == Path("../textes/a.md")
    assert run(project, ["fmt"]).exit_code == 0
    assert (project / "panels/04-trois.md").is_symlink()
    assert (project / "textes/a.md").read_text("utf-8") == "# Trois\n\n- ✓ troisième texte\n"


def test_fmt_leaves_what_was_saved_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right before it is replaced, earlier, or gone: the other version stays, and that is told."""
    project = write(tmp_path / "a")
    one, two, three = (project / path for path in [*PANELS][:3])
    real = os.fsync

    def save(file: int) -> None:
        real(file)
        one.write_text("# Un\n\n✓ enregistré entre-temps\n", encoding="utf-8")
        two.write_text("title: Deux\nfindings: [✓: bis]\n", encoding="utf-8")
        three.unlink(missing_ok=True)

    monkeypatch.setattr(os, "fsync", save)
    done = run(project, ["fmt"])
    assert (done.exit_code, done.stdout) == (1, "Mis en forme : panels/09-neuf.markdown\n")
    assert done.stderr.startswith(told("format-changed"))
    assert done.stderr.count("[format-changed]") == 3
    assert one.read_text("utf-8") == "# Un\n\n✓ enregistré entre-temps\n"
    assert two.read_text("utf-8") == "title: Deux\nfindings: [✓: bis]\n"
    assert [*names(project), *temporary(project)] == ["01-un.md", "02-deux.yaml", "09-neuf.markdown"]


def leftover(project: Path) -> str:
    """Leave a temporary file in panels/ as a killed command does; return its name."""
    code = "import os, signal, sys\nfrom pathlib import Path, PurePosixPath\n"
    code += "from oxalis_panels.authoring.sources import add\n"
    code += "os.link = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    code += "add(Path(sys.argv[1]), {PurePosixPath('panels/x.md'): b'# Half'})\n"
    subprocess.run([sys.executable, "-c", code, str(project)], env=environment({}), check=False)
    (path,) = temporary(project)
    return path.name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
@pytest.mark.parametrize("case", ["new", "fmt", "import"])
def test_what_a_killed_command_left_is_removed_once_its_process_is_gone(tmp_path: Path, case: str) -> None:
    """Not while it runs, nor from another machine of the same day; a file of another name is somebody's."""
    project = write(tmp_path / "a")
    panels, name = project / "panels", leftover(project)
    start, machine, process, end = name.rsplit("-", 3)
    of_another = f"{start}-{int(machine, 16) ^ 1:08x}-{process}"
    kept = {f"{start}-{machine}-{os.getppid()}-{end}", f"{of_another}-{end}", ".oxalis-panels-notes.tmp"}
    old = f"{of_another}-{'0' * 8}.tmp"
    for each in (*kept, old):
        (panels / each).write_bytes(b"# Half")
    os.utime(panels / old, (time.time() - 90_000,) * 2)
    assert CliRunner().invoke(cli, ["check", "--project", str(project)]).stderr == ""
    assert len(temporary(project)) == 5
    assert run(project, CASES[case]).exit_code == 0
    assert {path.name for path in temporary(project)} == kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_what_a_killed_command_left_hinders_no_init(tmp_path: Path) -> None:
    """It is no panel."""
    (tmp_path / "panels").mkdir()
    leftover(tmp_path)
    assert run(tmp_path, ["init"]).exit_code == 0
    assert temporary(tmp_path) == []
    assert ".oxalis-panels-*.tmp" in (tmp_path / ".gitignore").read_text("utf-8")


@pytest.mark.parametrize("case", ["new", "import", "templates", "init"])
@pytest.mark.parametrize("place", ["", "panels/", "neuf/"])
def test_texts_that_an_old_version_left_are_never_wiped(tmp_path: Path, case: str, place: str) -> None:
    """They may be the only copies: nothing is written before somebody has looked at them."""
    project = write(tmp_path / "a")
    (project / place / ".staging").mkdir(parents=True)
    (project / place / ".staging/1").write_bytes(b"# Seul")
    before = state(project)
    done = run(project, CASES[case])
    assert (project / place / ".staging/1").read_bytes() == b"# Seul"
    concerned = {"new": ("", "panels/"), "import": ("panels/",), "templates": ("",), "init": ("neuf/",)}
    refused = place in concerned[case]
    assert (done.exit_code, "[staging-left]" in done.stderr) == (int(refused), refused)
    assert not refused or state(project) == before
