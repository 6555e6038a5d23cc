"""The rooms of the code (`docs/design/architecture.md`): who may import what, read from the source itself."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "oxalis_panels"
PLAN = ROOT / "docs" / "design" / "architecture.md"
ROOM = re.compile(r"^\| `(\w+)/` \|", re.MULTILINE)
LIBRARIES = {
    "yaml": ("reading/yaml_nodes.py",),
    "markdown_it": ("reading/inline.py", "reading/page.py", "authoring/importing/markdown.py"),
    "jinja2": ("rendering/",),
    "weasyprint": ("rendering/layout_engine.py",),
    "pikepdf": ("poster/", "inspection/", "authoring/importing/pdf_bounds.py"),
    "starlette": ("serving/",),
    "uvicorn": ("serving/",),
    "watchfiles": ("serving/",),
    "spylls": ("language/spelling/hunspell.py",),
    "click": ("cli/",),
    "subprocess": ("system/git.py",),
}
"""Each heavy or sensitive library, and the only places that may import it."""
Imports = Mapping[str, frozenset[str]]
"""Each module, and those of ours that it imports: anywhere in it, for types alone too."""


def rooms() -> list[str]:
    """Return the rooms in the order of the plan: each may import only those that stand below it."""
    return ROOM.findall(PLAN.read_text(encoding="utf-8"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _named(path: Path) -> tuple[str, ...]:
    """Return every module named in an import statement of a file, wherever it stands in it."""
    return tuple(_names(path))


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imports(package: Path) -> Imports:
    files = {_module(path, package): path for path in package.rglob("*.py")}
    return {module: frozenset(_modules(path, files)) for module, path in files.items()}


def _modules(path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of ours that a file imports: of `from a.b import c`, `a.b.c` or else `a.b`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module in files:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in files else node.module


def _upward(imports: Imports, order: list[str]) -> list[str]:
    """Return the imports that lead from a lower room to a higher one."""
    floor = {f"{PACKAGE.name}.{room}": number for number, room in enumerate(order)}
    inside = ((a, b) for a, below in sorted(imports.items()) for b in sorted(below))
    return [
        f"{a} → {b}"
        for a, b in inside
        if {_room(a), _room(b)} <= floor.keys() and floor[_room(b)] < floor[_room(a)]
    ]


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _circle(imports: Imports) -> list[str]:
    """Return the modules of one circle, or none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def _importers(library: str) -> list[str]:
    """Return the files of the package that import a module or something in it."""
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name == library or name.startswith(f"{library}.") for name in _named(path))
    )


def test_the_plan_names_the_rooms_that_there_are() -> None:
    """At most fourteen, each with one sentence, and nothing loose beside them but two files."""
    planned = rooms()
    assert len(planned) <= 14
    assert sorted(planned) == sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py"]


def test_no_room_imports_a_higher_one() -> None:
    """Whoever changes a room need look only above it for what may break."""
    assert _upward(_imports(PACKAGE), rooms()) == []


def test_no_modules_go_in_a_circle() -> None:
    """What imports each other can only be read, and understood, as one."""
    assert _circle(_imports(PACKAGE)) == []


def test_a_file_name_stands_at_most_twice() -> None:
    """A name in a search, in a traceback or on a tab says which file it is."""
    names = Counter(path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert {name: number for name, number in names.items() if number > 2} == {}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_only_in_its_room(library: str) -> None:
    """What a library can do wrong is dealt with in one place, and its types stay there."""
    assert [path for path in _importers(library) if not path.startswith(LIBRARIES[library])] == []


def test_imports_are_seen_wherever_they_stand(tmp_path: Path) -> None:
    """An import inside a function, or for types alone, counts like any other: upward, or in a circle."""
    package = tmp_path / "oxalis_panels"
    for path, text in {
        "__init__.py": "",
        "high/__init__.py": "",
        "high/a.py": "from oxalis_panels.low.b import x\n",
        "low/__init__.py": "from oxalis_panels.high import f\nfrom oxalis_panels.high.a import x\n",
        "low/b.py": "def f():\n    from oxalis_panels.high import a\n",
        "low/c.py": "if TYPE_CHECKING:\n    import oxalis_panels.high.a\n",
    }.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    imports = _imports(package)
    assert _upward(imports, ["high", "low"]) == [
        "oxalis_panels.low → oxalis_panels.high",
        "oxalis_panels.low → oxalis_panels.high.a",
        "oxalis_panels.low.b → oxalis_panels.high.a",
        "oxalis_panels.low.c → oxalis_panels.high.a",
    ]
    assert set(_circle(imports)) == {"oxalis_panels.high.a", "oxalis_panels.low.b"}


def test_the_model_imports_the_standard_library_only() -> None:
    """It can be understood, and used, without anything else."""
    names = {name.partition(".")[0] for path in (PACKAGE / "model").glob("*.py") for name in _named(path)}
    assert names - sys.stdlib_module_names == {"oxalis_panels"}


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5 mishandles `(…)?+`, `(…)*+`, `(…)++` (gh-106052); `(?>…)` is always right."""
    wrong = [path.name for path in PACKAGE.rglob("*.py") if re.search(r"\)[?*+]\+", path.read_text("utf-8"))]
    assert wrong == []
