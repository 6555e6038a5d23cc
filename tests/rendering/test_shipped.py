"""`templates`: the shipped templates listed and copied, for somebody who has only the wheel."""

import sys
from pathlib import Path

import pytest
from builds import command, told, write_project

from oxalis_panels.authoring.own_templates import template_names
from oxalis_panels.rendering.folders import shipped_templates


def test_the_list_says_which_are_the_projects_own(tmp_path: Path) -> None:
    """A line for each, the room first."""
    own = tmp_path / "templates/site/home.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>", encoding="utf-8")
    done = command("--lang", "en", "templates", cwd=tmp_path)
    lines = done.stdout.split("\n\n")[0].split("\n")
    assert tuple(line.split()[0] for line in lines) == template_names()
    assert [line.split()[0] for line in lines if "your own" in line] == ["site/home.html"]


@pytest.mark.parametrize(
    "name", ["site/panel.html", "templates/site/panel.html", "templates\\site\\panel.html"]
)
def test_a_copy_changes_nothing_until_it_is_changed(name: str, tmp_path: Path) -> None:
    """It stands where it replaces ours, and is ours byte for byte."""
    write_project(tmp_path, un="# Un\n\n- ✓ Un.\n")
    done = command("templates", name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Copié\u00a0: templates/site/panel.html\n"
    files = [path for path in (tmp_path / "templates").rglob("*") if path.is_file()]
    assert files == [tmp_path / "templates/site/panel.html"]
    assert files[0].read_bytes() == (shipped_templates() / "site/panel.html").read_bytes()
    assert command("check", "--strict", cwd=tmp_path).returncode == 0


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    """Nor is anything else copied: what was asked for is done whole or not at all."""
    own = tmp_path / "templates/site/home.html"
    own.parent.mkdir(parents=True)
    own.write_text("à moi", encoding="utf-8")
    done = command("templates", "site/panel.html", "site/home.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == told("template-there")
    assert own.read_text(encoding="utf-8") == "à moi"
    assert list(own.parent.iterdir()) == [own]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("panel.html", "site/panel.html"), ("site/pannel.html", "site/panel.html"), ("../secret", "README.md")],
)
def test_a_wrong_name_copies_nothing(typed: str, nearest: str, tmp_path: Path) -> None:
    """The nearest one is named."""
    done = command("--lang", "en", "templates", typed, "site/home.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Did you mean “{nearest}”?" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_name_is_told_in_these_words(tmp_path: Path) -> None:
    """In French; what was meant, and where the list is."""
    done = command("templates", "site/pannel.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    said = done.stderr.replace(f"{sys.executable} -P -m oxalis_panels", "oxalis-panels")
    assert said == told("template-unknown")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """With what the system said, and no traceback."""
    (tmp_path / "templates").write_text("a file", encoding="utf-8")
    done = command("--lang", "en", "templates", "site/home.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "[file-unwritten]" in done.stderr
    assert (tmp_path / "templates").read_text(encoding="utf-8") == "a file"
