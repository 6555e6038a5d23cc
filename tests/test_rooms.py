"""The rooms of the code (`docs/design/architecture.md`): who may import what, read from the source itself."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "oxalis_panels"
ALLOWED = {
    "yaml": ("reading/yaml_nodes.py",),
    "markdown_it": ("reading/inline.py", "importing/markdown.py"),
    "jinja2": ("rendering/",),
    "weasyprint": ("rendering/layout_engine.py",),
    "pikepdf": ("poster/", "preflight/", "importing/pdf_bounds.py"),
    "starlette": ("serving/",),
    "uvicorn": ("serving/",),
    "watchfiles": ("serving/",),
    "spylls": ("spelling/hunspell.py",),
    "click": ("cli.py", "commands/"),
    "subprocess": ("git.py",),
}
"""Each heavy or sensitive library, and the only places that may import it."""


def _imports(path: Path) -> Iterator[str]:
    """Yield every module named in an import statement of a file, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _importers(module: str) -> list[str]:
    """Return the files of the package that import a module or something in it."""
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name == module or name.startswith(f"{module}.") for name in _imports(path))
    )


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_imported_only_in_its_room(library: str) -> None:
    """What a library can do wrong is dealt with in one place, and its types stay there."""
    assert [path for path in _importers(library) if not path.startswith(ALLOWED[library])] == []


def test_nothing_imports_the_command_line() -> None:
    """The command line knows everything else; nothing knows it, except the module that starts it."""
    assert [path for path in _importers("oxalis_panels.cli") if path != "__main__.py"] == []
    importers = _importers("oxalis_panels.commands")
    assert [path for path in importers if not path.startswith(("__main__.py", "cli.py", "commands/"))] == []


def test_the_model_imports_the_standard_library_only() -> None:
    """The model can be understood, and used, without any other room; `texts` is a part of it."""
    names = {name for file in ("model.py", "texts.py") for name in _imports(PACKAGE / file)}
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"oxalis_panels"}
    ours = {name.split(".")[1] for name in names if name.startswith("oxalis_panels")}
    assert ours == {"diagnostics", "frozen", "model"}


@pytest.mark.parametrize("room", ["reading", "rendering"])
def test_what_all_outputs_share_knows_none_of_them(room: str) -> None:
    """Pictures, for one, are opened and drawn in the same way for the site and for paper."""
    above = ("oxalis_panels.poster.", "oxalis_panels.site.")
    found = [
        (path.name, name)
        for path in (PACKAGE / room).glob("*.py")
        for name in _imports(path)
        if name.startswith(above)
    ]
    assert found == []


def test_imports_inside_functions_are_seen(tmp_path: Path) -> None:
    """An import hidden in a function or behind a type check counts like any other."""
    source = tmp_path / "hidden.py"
    source.write_text("def f():\n    import yaml.nodes\n    from click import echo\n", encoding="utf-8")
    assert sorted(_imports(source)) == ["click", "click.echo", "yaml.nodes"]


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5 mishandles `(…)?+`, `(…)*+`, `(…)++` (gh-106052); `(?>…)` is always right."""
    wrong = [path.name for path in PACKAGE.rglob("*.py") if re.search(r"\)[?*+]\+", path.read_text("utf-8"))]
    assert wrong == []
