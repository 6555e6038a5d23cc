# /// script
# requires-python = ">=3.11"
# dependencies = ["lief>=0.17"]
# ///
"""Find out who can install the pins without a compiler: `uv run requirements/engines.py`.

For each system and Python, uv says whether every pin has a wheel. Of the wheels that bring Pango to Windows
and macOS, the libraries are held against what WeasyPrint opens, and their exports against what it calls. The
answer is `engines.toml`; a test holds it against the pins.
"""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lief

FOLDER = Path(__file__).parent
PINS = FOLDER / "run.txt"
TABLE = FOLDER / "engines.toml"
MACOS = "15.0"
"""The oldest macOS that is asked for: uv would take one of its own choice."""
SYSTEMS = ("linux", "windows", "x86_64-apple-darwin", "aarch64-apple-darwin")
"""As uv names them."""
PLACES = {
    "windows": ("gstreamer_libs/bin", ("{}", "{}.dll")),
    "aarch64-apple-darwin": ("gstreamer_libs/lib", ("{}", "lib{}.dylib", "{}.dylib")),
}
"""Where the libraries are, and what `ctypes.util.find_library` makes of a name. All Macs have one wheel."""
NAMED = ("weasyprint", "gstreamer-libs")
"""Pins whose versions the table tells."""


@dataclass
class Library:
    """What WeasyPrint opens."""

    names: tuple[str, ...]
    optional: bool
    calls: set[str]


def run(system: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Return what uv answers, judging for another system."""
    return subprocess.run(  # noqa: S603 - the arguments are this script's own
        ["uv", *command, "--quiet", "--no-deps", "--only-binary", ":all:", "--python-platform", system],  # noqa: S607 - wherever it is installed
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS},
        text=True,
        capture_output=True,
        check=False,
    )


def pythons() -> Iterator[str]:
    """Yield the supported Pythons, from the oldest on; say why the one after the newest is none."""
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    minor = int(project["requires-python"].removeprefix(">=3."))
    while not (why := lacking("linux", f"3.{minor}")):
        yield f"3.{minor}"
        minor += 1
    sys.stderr.write(f"3.{minor}: {why}\n")


def lacking(system: str, python: str) -> str:
    """Return what uv says is missing for a system and a Python; empty: every pin has a wheel."""
    answer = run(system, "pip", "compile", "--python-version", python, str(PINS))
    return answer.stderr.strip() if answer.returncode else ""


def unpacked(pins: dict[str, str], name: str, system: str, folder: str) -> Path:
    """Install one pin for a system into a folder."""
    target = Path(folder, f"{name} {system}")
    answer = run(system, "pip", "install", "--target", str(target), f"{name}=={pins[name]}")
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return target


def opened(weasyprint: Path) -> dict[str, Library]:
    """Return the libraries that WeasyPrint opens, and the functions that it calls in each."""
    sources = [ast.parse(file.read_bytes()) for file in weasyprint.rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    declared: set[str] = set()
    libraries: dict[str, Library] = {}
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="cdef"), args=[ast.Constant(value=str(text))]):
                declared |= set(re.findall(r"(\w+) *\(", re.sub(r"//.*|/\*.*?\*/", "", text)))
            case ast.Assign(
                targets=[ast.Name(name)], value=ast.Call(func=ast.Name("_dlopen"), args=[_, *names]) as call
            ):
                optional = any(each.arg == "allow_fail" for each in call.keywords)
                libraries[name] = Library(tuple(ast.literal_eval(each) for each in names), optional, set())
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(name), attr=attribute) if name in libraries:
                libraries[name].calls |= {attribute} & declared
    return libraries


def exports(file: Path) -> set[str]:
    """Return the functions that a library offers, on every processor that it is for."""
    if file.suffix == ".dll":
        library = lief.PE.parse(file)  # named: what it lends ends with it
        return {str(entry.name) for entry in library.get_export().entries}
    processors = lief.MachO.parse(file)
    return set.intersection(
        *({str(symbol.name).removeprefix("_") for symbol in each.exported_symbols} for each in processors)
    )


def row(site: Path, system: str, library: Library) -> dict[str, object]:
    """Return the row of a library: its file in the wheel, and which functions are found there."""
    place, forms = PLACES[system]
    paths = [f"{place}/{form.format(name)}" for name in library.names for form in forms]
    path = next((path for path in paths if (site / path).is_file()), "")
    missing = sorted(library.calls - (exports(site / path) if path else set()))
    return {
        "file": path,
        "found": len(library.calls) - len(missing),
        "missing": missing,
        "optional": library.optional,
    }


def toml(table: dict[str, object]) -> str:
    """Return a table in one line; strings, numbers and lists are the same in TOML as in JSON."""
    return "{ " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in table.items()) + " }"


def lines() -> Iterator[str]:
    """Yield the table."""
    text = PINS.read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    yield "# Written by `uv run requirements/engines.py`, which says what it means; never by hand.\n"
    yield f"pins = {json.dumps(hashlib.sha256(text.encode()).hexdigest())} # SHA-256 of run.txt"
    yield from (f"{name} = {json.dumps(pins[name])}" for name in NAMED)
    supported = list(pythons())
    yield f"pythons = {json.dumps(supported)}"
    yield f"macos = {json.dumps(MACOS)}"
    yield "\n[lacking] # what keeps a Python of a system from installing wheels alone"
    for system in SYSTEMS:
        answers = {python: lacking(system, python) for python in supported}
        yield f"{system} = {toml({json.dumps(python): why for python, why in answers.items()})}"
    with tempfile.TemporaryDirectory() as folder:
        libraries = opened(unpacked(pins, "weasyprint", "linux", folder))
        for system in PLACES:
            site = unpacked(pins, "gstreamer-libs", system, folder)
            yield f"\n[libraries.{system}] # WeasyPrint's name of each, and the functions that it calls there"
            yield from (f"{name} = {toml(row(site, system, each))}" for name, each in libraries.items())


if __name__ == "__main__":
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(TABLE.read_text(encoding="utf-8"))
