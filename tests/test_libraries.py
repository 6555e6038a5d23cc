"""What is taken from the inside of libraries: here, a new version that has changed it is named."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import uvicorn
from builds import environment, write_project
from markdown_it import MarkdownIt

from oxalis_panels.system.packages import command_for, pango
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
NO_PANGO = """
import cffi

def dlopen(self, name, flags=0):
    raise OSError(f"no {name}")

cffi.FFI.dlopen = dlopen
"""
ELSEWHERE = """
import os, sys
import cffi, pypdfium2, weasyprint, oxalis_panels.system.temporary  # on this system first: they ask for it
for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
    del sys.modules[name]
sys.platform, folders, linked = sys.argv[1], sys.argv[2], cffi.FFI.dlopen

def dlopen(self, name, flags=0):
    if os.environ.get(sys.argv[3]) != folders:
        raise OSError(name)
    return linked(self, name, flags)

cffi.FFI.dlopen = dlopen
before = dict(os.environ)
from oxalis_panels.rendering.layout_engine import weasyprint
print(weasyprint.__version__, os.environ == before)
"""
"""A system that opens a library only where a variable names the folders of PyPI's."""
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


@pytest.mark.parametrize(
    ("platform", "variable", "folders"),
    [
        ("win32", "PATH", ["gstreamer_libs/bin", "gstreamer_ext_runtime/bin"]),
        ("win32", "WEASYPRINT_DLL_DIRECTORIES", ["gstreamer_libs/bin", "gstreamer_ext_runtime/bin"]),
        ("darwin", "DYLD_FALLBACK_LIBRARY_PATH", ["gstreamer_libs/lib"]),
    ],
)
def test_a_system_without_pango_takes_that_of_pypi(
    tmp_path: Path, platform: str, variable: str, folders: list[str]
) -> None:
    """While WeasyPrint is loaded, its variables lead there alone; afterwards they are as before."""
    for name in ("gstreamer_libs", "gstreamer_ext_runtime"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    wanted = ";".join(str(tmp_path / each) for each in folders)
    run = _ours(["-c", ELSEWHERE, platform, wanted, variable], tmp_path)
    assert (run.stdout.split()[1:], run.stderr) == (["True"], "")


@pytest.mark.parametrize("typed", ["build", "capacity", "serve"])
def test_without_pango_one_is_told_what_to_install(tmp_path: Path, typed: str) -> None:
    """One command to copy and no traceback, from whichever process has missed it."""
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO, encoding="utf-8")
    project = write_project(tmp_path / "project", un="# Un\n\n- ✓ Un\n", deux="# Deux\n\n- ✓ Deux\n")
    run = _ours(["-m", "oxalis_panels", typed, "--project", str(project)], tmp_path)
    assert run.returncode == 1
    assert command_for(pango()) in run.stderr
    assert "Traceback" not in run.stderr


def test_it_is_an_import_that_fails_in_python(tmp_path: Path) -> None:
    """The exception has a name of ours, and says which library is missing."""
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO, encoding="utf-8")
    run = _ours(["-c", "import oxalis_panels.poster.making"], tmp_path)
    assert "PangoMissingError: no libgobject-2.0-0" in run.stderr.splitlines()[-1]


def _ours(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with what a folder adds to its modules."""
    variables = environment({"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"})
    return subprocess.run(
        [sys.executable, *arguments], env=variables, capture_output=True, text=True, check=False, timeout=60
    )


def test_files_are_looked_at_where_their_events_cannot_be_heard(tmp_path: Path) -> None:
    """Watchfiles is compiled: on an old Windows, or a guarded one, it does not load; `serve` goes without."""
    (tmp_path / "watchfiles.py").write_text("raise ImportError('DLL load failed')", encoding="utf-8")
    look = "from oxalis_panels.serving.watching import Watch; print(Watch(Path(), poll=False).poll)"
    run = _ours(["-c", f"from pathlib import Path; {look}"], tmp_path)
    assert (run.stdout, run.stderr) == ("True\n", "")
