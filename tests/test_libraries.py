"""What is taken from the inside of libraries: here, a new version that has changed it is named."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import uvicorn
from builds import environment
from markdown_it import MarkdownIt

from oxalis_panels.words.catalogue import catalogue

NAMED_OTHERWISE = """
import cffi
known = cffi.FFI.dlopen

def dlopen(self, name, flags=0):
    if ".so." in name and "/" not in name and not searched:
        raise OSError(name)
    return known(self, name, flags)

import ctypes.util
search, searched = ctypes.util.find_library, []
ctypes.util.find_library = lambda name: searched.append(name) or search(name)
cffi.FFI.dlopen = dlopen
from oxalis_panels.rendering.layout_engine import weasyprint
print(weasyprint.__version__, bool(searched))
"""
"""A Linux on which no library has the name that WeasyPrint gives it."""
ROOT = Path(__file__).parent.parent
TAUGHT = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""Modules of click with sentences that people meet."""


def texts(module: Path) -> Iterator[str]:
    """Yield every text in the source of a module."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("library", ["click", "jinja2", "markdown-it-py", "uvicorn", "python-docx"])
def test_a_library_whose_inside_is_known_has_an_upper_bound(library: str) -> None:
    """A new great version is tried before it is installed by anybody."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*package["project"]["dependencies"], *package["dependency-groups"]["dev"]]
    assert [",<" in each for each in wanted if each.startswith(f"{library}>")] == [True]


def test_click_still_asks_gettext_for_each_sentence_that_we_translate() -> None:
    """`_` in its modules, for these very sentences."""
    sources = [Path(click.__file__).with_name(f"{name}.py") for name in TAUGHT]
    assert [each.name for each in sources if "gettext as _" not in each.read_text(encoding="utf-8")] == []
    said = {text for source in sources for text in texts(source)} | {"Directory"}  # its title of `directory`
    assert set(catalogue("fr").tables["click"]) - said == set()


def test_uvicorn_still_has_the_methods_that_our_server_replaces() -> None:
    """What takes signals, and what waits for answers under way."""
    assert {"capture_signals", "shutdown"} <= set(vars(uvicorn.Server))


def test_markdown_it_still_has_the_rules_that_are_told_where_they_stand() -> None:
    """By their names; and the one that would hide what is left over."""
    rules = MarkdownIt().inline.ruler.get_all_rules()
    assert {"autolink", "backticks", "emphasis", "html_inline", "image", "link", "strikethrough"} <= set(
        rules
    )
    assert "fragments_join" in MarkdownIt().inline.ruler2.get_all_rules()
    assert callable(MarkdownIt().validateLink)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for as always")
def test_libraries_with_other_names_are_searched_for() -> None:
    """The exact names spare a search; where they are unknown, it is made, and nothing is said."""
    command = [sys.executable, "-c", NAMED_OTHERWISE]
    run = subprocess.run(command, env=environment({}), capture_output=True, text=True, check=True)
    assert (run.stdout.split()[1:], run.stderr) == (["True"], "")
