"""Templates kept compiled: the same pages and the same mistakes, whatever stands in the cache."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from builds import FRENCH, write_project

from oxalis_panels.rendering.compiled import FOLDER, RUNNING
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.diagnostics import Parsed

NAME = "site/404.html"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with a template of its own, compiled once."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "prefix"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    write_project(tmp_path / "é 点")
    _write(tmp_path / "é 点", "{{ 1 + 1 }}")
    assert _render(tmp_path / "é 点").value == "2"
    return tmp_path / "é 点"


@pytest.fixture
def program(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose template comes with the program, and is not compiled yet."""
    (project / "cache" / FOLDER).rename(project / "gone")
    monkeypatch.setattr("oxalis_panels.rendering.compiled.shipped_templates", lambda: project / "templates")
    return project


def _write(project: Path, text: str) -> None:
    file = project / "templates" / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _render(project: Path) -> Parsed[str]:
    """Render in a program that has just been started."""
    RUNNING.clear()
    return Templates(TemplateFolders.of(project), FRENCH, project / "cache").render(NAME)


def _kept(project: Path) -> list[Path]:
    return sorted((project / "cache" / FOLDER).glob("*"))


def _beside(project: Path) -> list[Path]:
    """Return what is kept where Python is told to keep the code of the program."""
    return sorted((project.parent / "prefix").rglob("*.template"))


def test_a_template_is_compiled_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build does without Jinja's compiler."""
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert _render(project).value == "2"


def test_a_running_program_needs_no_cache(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It compiles a template once, and again when its text is another."""
    templates = Templates(TemplateFolders.of(project), FRENCH)
    assert templates.render(NAME).value == "2"
    _write(project, "{{ 1 + 3 }}")
    assert Templates(TemplateFolders.of(project), FRENCH).render(NAME).value == "4"
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert Templates(TemplateFolders.of(project), FRENCH).render(NAME).value == "4"


def test_a_changed_template_is_compiled_again(project: Path) -> None:
    """It is known by its text, not by its time; the old one is still there for whoever changes back."""
    _write(project, "{{ 1 + 2 }}")
    assert _render(project).value == "3"
    assert len(_kept(project)) == 2


@pytest.mark.parametrize("damage", [b"", b"x" * 80])
def test_damaged_code_is_never_run(project: Path, damage: bytes) -> None:
    """It is compiled again, and kept again."""
    (file,) = _kept(project)
    whole = file.read_bytes()
    file.write_bytes(damage + whole[len(damage) : -1])
    assert _render(project).value == "2"
    assert file.read_bytes() == whole


def test_a_project_that_moved_has_its_mistakes_where_it_is_now(project: Path, tmp_path: Path) -> None:
    """Compiled code names the file that it was made from: it is not taken for that of another place."""
    _write(project, "\n{{ 1 / 0 }}")
    moved = project.rename(tmp_path / "moved")
    first, second = _render(moved), _render(moved)
    assert first.diagnostics == second.diagnostics
    (found,) = second.diagnostics
    assert (found.key, found.span.text) == ("template-mistake", "{{ 1 / 0 }}")
    assert found.values["path"] == str(moved / "templates" / NAME)


def test_a_template_of_the_program_is_kept_beside_its_modules(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for all projects: another output folder, or none, does without Jinja's compiler too."""
    assert _render(program).value == "2"
    assert (len(_beside(program)), _kept(program)) == (1, [])
    monkeypatch.setattr("jinja2.Environment.compile", None)
    RUNNING.clear()
    assert Templates(TemplateFolders.of(program), FRENCH).render(NAME).value == "2"


def test_a_template_of_a_project_is_not_kept_beside_the_program(project: Path) -> None:
    """It belongs to the project, whose output folder may be removed at any time."""
    assert (_beside(project), len(_kept(project))) == ([], 1)


@pytest.mark.parametrize("hindered", ["written", "asked"])
def test_a_program_that_is_only_read_keeps_its_templates_in_the_output_folder(
    program: Path, monkeypatch: pytest.MonkeyPatch, hindered: str
) -> None:
    """Its folder may belong to another person; or Python is asked to write no code there."""
    if hindered == "written":
        (program.parent / "prefix").write_text("no folder")
    else:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _render(program).value == "2"
    assert (_beside(program), len(_kept(program))) == ([], 1)
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert _render(program).value == "2"


def test_code_beside_the_program_is_used_where_none_may_be_written(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python uses its own."""
    assert _render(program).value == "2"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert (_render(program).value, _kept(program)) == ("2", [])


@pytest.mark.parametrize("damage", [b"", b"x" * 80])
def test_damaged_code_beside_the_program_is_made_again(program: Path, damage: bytes) -> None:
    """It is never run."""
    _render(program)
    (file,) = _beside(program)
    whole = file.read_bytes()
    file.write_bytes(damage + whole[len(damage) : -1])
    assert _render(program).value == "2"
    assert (file.read_bytes(), _kept(program)) == (whole, [])


@pytest.mark.parametrize("other", ["text", "jinja2", "markupsafe", "python", "environment"])
def test_another_state_of_the_program_never_runs_code_of_this_one(
    program: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    """An upgrade changes templates, libraries, Python or our environment; their code stands side by side."""
    _render(program)
    monkeypatch.setattr(
        "oxalis_panels.rendering.compiled.installed", lambda name: "9" if name == other else ""
    )
    if other == "text":
        _write(program, "{{ 1 + 2 }}")
    elif other == "python":
        monkeypatch.setattr("oxalis_panels.rendering.compiled.MAGIC_NUMBER", b"9")
    elif other == "environment":
        (program / "environment.py").write_text("another")
        monkeypatch.setattr(
            "oxalis_panels.rendering.html_environment.__file__", str(program / "environment.py")
        )
    assert _render(program).value == ("3" if other == "text" else "2")
    assert len(_beside(program)) == 2


def test_the_templates_that_come_with_the_program_are_taken_for_its_own(project: Path) -> None:
    """From the folder where the wheel or the checkout has them, whatever the project has beside."""
    RUNNING.clear()
    Templates(TemplateFolders.of(project), FRENCH, project / "cache").render("serve/waiting.html")
    assert (len(_beside(project)), len(_kept(project))) == (1, 1)
