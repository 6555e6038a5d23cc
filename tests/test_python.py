"""The public interface: what `oxalis_panels` exports, and that its page shows what it does."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from builds import ROOT, environment

import oxalis_panels

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """Return what stands in the fences of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(code: str, folder: Path) -> str:
    """Return what a new Python prints."""
    arguments = [sys.executable, "-P", "-c", code]
    done = subprocess.run(
        arguments, cwd=folder, env=environment({}), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def public() -> list[str]:
    """Return the names that are promised."""
    return list(oxalis_panels.__all__)


def test_the_page_prints_what_it_says(tmp_path: Path) -> None:
    """Each block is run after the one before, in the project that the page shows first."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "01-offre.md").write_text(blocks("markdown")[0], "utf-8")
    mark = "—— block\n"
    printed = run(f"print({mark!r}, end='')\n".join(blocks("python")), tmp_path)
    assert printed.split(mark) == blocks("text")


@pytest.mark.parametrize("name", public())
def test_a_public_name_is_there_and_told(name: str) -> None:
    """It comes from where it is said to be, has a docstring, and stands in the table of the page."""
    found = getattr(oxalis_panels, name)
    assert found is getattr(import_module(oxalis_panels.HOME[name]), name)
    assert found.__doc__ or name == "Severity"  # two words
    assert f"`{name}`" in PAGE.partition("## All names")[2]
    assert name in dir(oxalis_panels)


def test_nothing_is_named_in_one_place_alone() -> None:
    """What editors see, what is promised and what can be loaded are the same; no name is that of a room."""
    (shown,) = (
        node.body
        for node in ast.parse(Path(oxalis_panels.__file__).read_text("utf-8")).body
        if isinstance(node, ast.If)
    )
    seen = {
        alias.name: node.module for node in shown if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert seen == oxalis_panels.HOME
    assert sorted(public()) == sorted(seen)
    with pytest.raises(AttributeError, match="has no attribute 'bild'"):
        _ = oxalis_panels.bild


def test_importing_it_loads_nothing(tmp_path: Path) -> None:
    """The command line pays for what it uses, and so does every other program."""
    code = (
        "import sys, importlib; there = {*sys.modules}; import oxalis_panels; print(*{*sys.modules} - there)"
    )
    assert run(code, tmp_path) == "oxalis_panels\n"
