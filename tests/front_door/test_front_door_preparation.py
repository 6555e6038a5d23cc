"""When the environment is made, kept or made again, and what stays after a failure."""

import os
import re
import sys
from pathlib import Path

import pytest

from front_door import place, preparation, system

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the environment that stands in is laid out as on Unix"
)


class Commands:
    """Stands for running `python -m venv` and pip: notes what is asked, and does as it is told."""

    def __init__(self) -> None:
        """Start with every command succeeding."""
        self.asked: list[str] = []
        self.failures: dict[str, str] = {}
        self.interrupted = False

    def __call__(self, command: list[str], variables: dict[str, str]) -> str:
        """Note the command by its name, `venv` or that of a requirements file."""
        assert "PIP_USER" not in variables or "venv" in command
        name = "venv" if "venv" in command else Path(command[-1]).stem
        self.asked.append(name)
        if name == "venv":
            make_fake_venv(Path(command[-1]), "#!/bin/sh\n")
        if self.interrupted:
            raise KeyboardInterrupt
        return self.failures.get(name, "")


def make_fake_venv(venv: Path, script: str) -> None:
    """Write what stands for a virtual environment: an executable, and a folder for packages."""
    python = venv / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(script, "utf-8")
    python.chmod(0o755)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (venv / "lib" / version / "site-packages").mkdir(parents=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty project that the front door takes for its own."""
    root = tmp_path / "un été à Oxalis"
    (root / "requirements").mkdir(parents=True)
    (root / "requirements" / "run.txt").write_text("a==1\n", "utf-8")
    (root / "requirements" / "dev.txt").write_text("b==1\n", "utf-8")
    for module in (place, preparation):
        paths = {"PROJECT": root, "VENV": root / ".venv"}
        for name, path in paths.items():
            monkeypatch.setattr(module, name, str(path) if module is place else path)
    monkeypatch.setattr(place, "PYTHON", str(root / ".venv" / "bin" / "python"))
    monkeypatch.setattr(preparation, "LOCK", root / ".venv.lock")
    monkeypatch.setattr(system, "missing", list)
    monkeypatch.delenv("OXALIS_PANELS_LANG", raising=False)
    return root


@pytest.fixture
def commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Return the record of the commands that preparing this project asks for."""
    assert not list(project.glob(".venv*"))
    record = Commands()
    monkeypatch.setattr(preparation, "failure_of", record)
    return record


def test_a_fresh_folder_is_prepared_once(commands: Commands) -> None:
    """The environment is made and the program's libraries installed; afterwards there is nothing to do."""
    preparation.prepare(("run",))
    preparation.prepare(("run",))
    assert commands.asked == ["venv", "run"]
    assert place.is_ready(("run",))


def test_the_tools_are_added_to_what_is_there(commands: Commands) -> None:
    """`test` after `build` installs the tools of contributors and nothing else."""
    preparation.prepare(("run",))
    preparation.prepare(("run", "dev"))
    assert commands.asked == ["venv", "run", "dev"]
    assert place.is_ready(("run", "dev"))


def change_pins(project: Path, _: pytest.MonkeyPatch) -> None:
    """Pin another version."""
    (project / "requirements" / "run.txt").write_text("a==2\n", "utf-8")


def change_python(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use another version of Python."""
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")


def lose_python(project: Path, _: pytest.MonkeyPatch) -> None:
    """Remove the Python that the environment was made with."""
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(project / "gone")


def lose_stamp(project: Path, _: pytest.MonkeyPatch) -> None:
    """Leave an environment as an interrupted installation would."""
    (project / ".venv" / "run.installed").write_bytes(b"")


@pytest.mark.parametrize("change", [change_pins, change_python, lose_python, lose_stamp])
def test_what_is_out_of_date_or_broken_is_made_again_from_nothing(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    """No file of the former environment stays."""
    preparation.prepare(("run",))
    leftover = project / ".venv" / "leftover"
    leftover.touch()
    assert callable(change)
    change(project, monkeypatch)
    assert not place.is_ready(("run",))
    preparation.prepare(("run",))
    assert commands.asked == ["venv", "run", "venv", "run"]
    assert not leftover.exists()


def test_an_environment_that_a_person_made_is_kept(
    project: Path, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    """It gets another name, which is told, and the next free one when that is taken."""
    (project / ".venv.1").mkdir()
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "mine").touch()
    preparation.prepare(("run",))
    assert commands.asked == ["venv", "run"]
    assert place.is_ready(("run",))
    assert (project / ".venv.2" / "mine").exists()
    assert "je le garde sous le nom .venv.2." in capsys.readouterr().err


def test_an_environment_of_another_folder_is_not_ready(
    commands: Commands, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project that was moved or copied does not trust the environment that came along."""
    preparation.prepare(("run",))
    assert commands.asked == ["venv", "run"]
    monkeypatch.setattr(place, "PROJECT", str(project.rename(project.with_name("moved"))))
    assert not place.is_ready(("run",))


def test_an_interrupted_set_up_leaves_nothing(project: Path, commands: Commands) -> None:
    """Ctrl-C while pip works removes the half-made environment."""
    commands.interrupted = True
    with pytest.raises(KeyboardInterrupt):
        preparation.prepare(("run",))
    assert not (project / ".venv").exists()


@pytest.mark.parametrize(
    ("language", "expected"), [("", "La connexion à internet"), ("en", "Does the internet connection")]
)
def test_a_failure_of_pip_is_told_with_the_end_of_what_it_says(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, language: str, expected: str
) -> None:
    """The message is in the person's language, quotes the last lines only, and nothing half made stays."""
    monkeypatch.setenv("OXALIS_PANELS_LANG", language)
    commands.failures["run"] = "\n".join(f"pip line {number}" for number in range(100))
    with pytest.raises(SystemExit) as end:
        preparation.prepare(("run",))
    message = str(end.value.code)
    assert expected in message
    assert [f"pip line {number}" for number in range(85, 100)] == re.findall(r"pip line \d+", message)
    assert not (project / ".venv").exists()


@pytest.mark.parametrize(
    ("output", "then"),
    [("no network", ["dev"]), ("Installing collected packages: b\ndisk full", ["venv", "run", "dev"])],
)
def test_tools_that_cannot_be_installed_do_not_cost_the_program(
    commands: Commands, output: str, then: list[str]
) -> None:
    """`build` still works; the next `test` starts from nothing only if pip had begun to write."""
    preparation.prepare(("run",))
    commands.failures["dev"] = output
    with pytest.raises(SystemExit):
        preparation.prepare(("run", "dev"))
    assert place.is_ready(("run",))
    commands.failures.clear()
    commands.asked.clear()
    preparation.prepare(("run", "dev"))
    assert commands.asked == then


def test_a_linked_environment_is_let_go_and_not_emptied(project: Path, commands: Commands) -> None:
    """When `.venv` is a link, what it leads to belongs to somebody else."""
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    (project / ".venv").symlink_to(elsewhere)
    preparation.prepare(("run",))
    assert commands.asked == ["venv", "run"]
    assert (elsewhere / "precious").exists()


def test_a_folder_that_cannot_be_written_is_a_message(project: Path, commands: Commands) -> None:
    """The system's own words are passed on, without a traceback."""
    (project / ".venv.lock").mkdir()
    with pytest.raises(SystemExit, match=r"n’a pas pu être préparé.*\.venv\.lock"):
        preparation.prepare(("run",))
    assert commands.asked == []


def test_settings_of_pip_are_obeyed_only_for_reaching_an_index(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PIP_USER would install elsewhere; PIP_CERT may be the only way to the network."""
    seen: dict[str, str] = {}
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_CERT", "/some/authority.pem")

    def note(command: list[str], variables: dict[str, str]) -> str:
        seen.update(variables)
        return commands(command, variables)

    monkeypatch.setattr(preparation, "failure_of", note)
    preparation.prepare(("run",))
    assert seen["PIP_CERT"] == "/some/authority.pem"


def test_nothing_leads_the_environment_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that change where Python finds or keeps modules stay outside."""
    for name in place.DROPPED:
        monkeypatch.setenv(name, "/elsewhere")
    assert not place.DROPPED & place.environment().keys()


@pytest.mark.skipif(os.name == "nt", reason="HOME means nothing on Windows")
def test_without_a_home_the_caches_stay_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty HOME is no HOME, rather than the root of the disk."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert "HOME" not in place.environment()
    assert place.environment()["XDG_CACHE_HOME"] == str(Path(place.VENV) / "cache")
