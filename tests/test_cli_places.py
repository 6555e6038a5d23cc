"""Every command where nothing is, where nothing may be written, and about files named in any script."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builds import SHORT, command, environment, run_here, standing, write_project

from oxalis_panels.cli.main import COMMANDS

OUTSIDE = {"GIT_CEILING_DIRECTORIES": "/"}
"""A test's folder is in no repository."""
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Takes from who runs the tests as root the right to write everywhere."""
RUNS: dict[str, tuple[list[str], int, str, int, str]] = {
    "init": ([], 0, "", 1, "file-unwritten"),
    "new": (["Notre budget"], 1, "folder-missing", 1, "file-unwritten"),
    "import": (["../texte.txt"], 0, "", 1, "file-unwritten"),
    "check": ([], 1, "folder-missing", 0, ""),
    "explain": ([], 0, "", 0, ""),
    "fmt": ([], 1, "folder-missing", 1, "format-read-only"),
    "diff": ([], 1, "diff-no-repository", 1, "diff-no-repository"),
    "build": (["--site"], 1, "folder-missing", 1, "output-refused"),
    "capacity": ([], 1, "folder-missing", 0, ""),
    "templates": (["site/home.html"], 0, "", 1, "file-unwritten"),
    "printers": ([], 0, "", 0, ""),
    "preflight": (["../texte.txt"], 1, "", 1, ""),
    "deliver": ([], 1, "folder-missing", 1, "output-refused"),
    "schema": (["panel"], 0, "", 0, ""),
}
"""Its arguments; its exit code and what it says in an empty folder; the same in a read-only project."""
SERVED = {"serve"}
"""Works on until it is ended: tests/serving/ has it."""
TEXT = "# Budget\n\n✓ assaini\n"


def run(name: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the table in a folder, without the right to write everywhere."""
    return subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-P", "-m", "oxalis_panels", name, *RUNS[name][0]],
        cwd=cwd,
        env=environment(OUTSIDE),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_command_is_in_the_table() -> None:
    """A new command says here what it does where nothing is, and where nothing may be written."""
    assert set(RUNS) | SERVED == set(COMMANDS)


@pytest.mark.parametrize("name", RUNS)
def test_in_an_empty_folder(name: str, tmp_path: Path) -> None:
    """It does its work, or says what is missing; what it says is all there is."""
    _, code, said, *_ = RUNS[name]
    (tmp_path / "texte.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "vide").mkdir()
    done = run_here(name, *RUNS[name][0], cwd=tmp_path / "vide", **OUTSIDE)
    assert done.exit_code == code
    assert f"[{said}]" in done.stderr if said else done.stderr == ""
    assert code == 0 or standing(tmp_path / "vide") == {}


@pytest.mark.skipif(
    shutil.which("setpriv") is None
    or subprocess.call([*UNPRIVILEGED, "true"], stderr=subprocess.DEVNULL) != 0,
    reason="no setpriv here that takes rights away: apt install util-linux",
)
@pytest.mark.parametrize("name", RUNS)
def test_where_nothing_may_be_written(name: str, tmp_path: Path) -> None:
    """It does what needs no writing, or says why not; not a byte has changed."""
    *_, code, said = RUNS[name]
    (tmp_path / "texte.txt").write_text(TEXT, encoding="utf-8")
    project = tmp_path / "projet"
    panels = {} if name == "init" else {"un": SHORT, "deux": SHORT.replace("- ✓", "* [x]")}
    write_project(project, **panels)
    paths = [project, *project.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = standing(project)
    try:
        done = run(name, project)
    finally:
        for path in paths:
            path.chmod(0o755)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert f"[{said}]" in done.stderr if said else done.stderr == ""
    assert "Mis en forme" not in done.stdout
    assert standing(project) == before


NAMES = ["سيارة.txt", "计划.txt", "🎉 fête.txt", "-x.txt"]
if sys.platform != "win32":  # where no name has two lines
    NAMES.append("deux\nlignes.txt")


@pytest.mark.parametrize("name", NAMES)
def test_documents_named_in_any_script(name: str, tmp_path: Path) -> None:
    """They are read whatever they are called, and a message about one stays on its line."""
    file = tmp_path / "dossier été" / name
    file.parent.mkdir()
    arguments = ("import", "--dry-run", "--", name)
    file.write_text(TEXT, encoding="utf-8")
    assert command(*arguments, cwd=file.parent).returncode == 0
    file.write_text("", encoding="utf-8")
    done = run_here(*arguments, cwd=file.parent)
    assert done.exit_code == 1
    assert done.stderr.split("\n")[0].endswith("[import-nothing]")
