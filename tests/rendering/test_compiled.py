"""Templates kept compiled: the same pages and the same mistakes, whatever stands in the cache."""

from __future__ import annotations

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
def project(tmp_path: Path) -> Path:
    """Return a project with a template of its own, compiled once."""
    write_project(tmp_path / "é 点")
    _write(tmp_path / "é 点", "{{ 1 + 1 }}")
    assert _render(tmp_path / "é 点").value == "2"
    return tmp_path / "é 点"


def _write(project: Path, text: str) -> None:
    file = project / "templates" / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _render(project: Path) -> Parsed[str]:
    """Render in a program that has just been started."""
    RUNNING.clear()
    return Templates(TemplateFolders.of(project), FRENCH, project / "cache").render(NAME)


def _kept(project: Path) -> list[Path]:
    return sorted((project / "cache" / FOLDER).iterdir())


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
    assert (found.code, found.span.text) == ("template-mistake", "{{ 1 / 0 }}")
    assert found.values["path"] == str(moved / "templates" / NAME)
