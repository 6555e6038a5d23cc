"""What is said to be typed can be typed where the person stands, however they started the program."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from builds import ROOT, SHORT, command, make_environment, write_project

from oxalis_panels import __version__

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="types in a shell of Unix")

SCRIPT = "#!{python}\nimport sys\nfrom oxalis_panels.__main__ import main\nsys.exit(main())\n"
SILENT = {"OXALIS_PANELS_LANG", "PYTHONPATH", "UV", "UV_RUN_RECURSION_DEPTH", "VIRTUAL_ENV", "SHELL"}
WHEEL = f"oxalis_panels-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an environment `un outil`, in which the program is installed, and a project."""
    place = tmp_path_factory.mktemp("place")
    home = place / "un outil"
    make_environment(home, f"file:///d%C3%A9p%C3%B4t/{WHEEL}")
    script(home / "bin" / "oxalis-panels", SCRIPT.format(python=f"/usr/bin/env {home / 'bin' / 'python'}"))
    write_project(place / "des panneaux", un=SHORT)
    return place


def script(file: Path, text: str) -> None:
    """Write a program; an interpreter whose path has a space cannot stand in its first line."""
    first, rest = text.split("\n", 1)
    python = first.removeprefix("#!/usr/bin/env ")
    lines = f"#!/bin/sh\n'''exec' '{python}' \"$0\" \"$@\"\n' '''\n{rest}" if python != first else text
    file.write_text(lines, encoding="utf-8")
    file.chmod(0o755)


def typed(line: str, place: Path, **variables: str) -> str:
    """Type a line in a shell there; return all that is said. It must succeed."""
    kept = {name: value for name, value in os.environ.items() if name not in SILENT}
    done = subprocess.run(
        ["/bin/bash", "-c", line],
        cwd=place,
        env={**kept, "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout + done.stderr


def ways(place: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the ways to start the program: what is typed, and the variables there."""
    found = {"PATH": f"{place}/un outil/bin:/usr/bin:/bin"}
    return {
        "found": ("oxalis-panels", found),
        "by its path": ("'un outil/bin/oxalis-panels'", {}),
        "by its whole path": (f"'{place}/un outil/bin/oxalis-panels'", {}),
        "in its folder": ("'./un outil/bin/oxalis-panels'", {}),
        "as a module": ("python -m oxalis_panels", found),
        "as a module, by the path of Python": ("'un outil/bin/python' -P -m oxalis_panels", {}),
    }


WAYS = (*ways(Path()),)


@pytest.mark.parametrize("way", WAYS)
def test_a_command_that_is_told_is_typed_as_it_was(way: str, place: Path) -> None:
    """It works again in the same folder; and behind `--project`, on the same project."""
    program, variables = ways(place)[way]
    said = typed(f"{program} explain", place, **variables)
    shown = re.findall(r"exemple\u00a0: (.*) explain CODE$", said, re.MULTILINE)
    assert shown == [re.sub(r"'(\./.*?|un outil.*?|/.*?)'", lambda word: shlex.quote(word[1]), program)]
    assert "typography-time" in typed(f"{shown[0]} explain typography-time", place, **variables)
    wrong = place / "des panneaux" / "panels" / "02-deux.md"
    wrong.write_text(SHORT.replace("constat", "constat à 16h15"), encoding="utf-8")
    said = typed(f"{program} check un --project 'des panneaux'", place, **variables)
    (line,) = re.findall(r"\((.*) (?:le|les) montre\)", said)
    assert "[typography-time]" in typed(line, place, **variables)
    assert f"{program.replace(chr(39), '')} check" in line.replace("'", "")


@pytest.mark.parametrize("way", WAYS)
def test_the_first_steps_of_a_project_work_one_after_the_other(way: str, place: Path) -> None:
    """In a new folder, where a relative path leads elsewhere: the environment is activated once."""
    program, variables = ways(place)[way]
    folder = f"nos {way}"
    said = typed(f"{program} init {shlex.quote(folder)}", place, **variables)
    steps = [line[2:].split("  ")[0].rstrip() for line in said.splitlines() if line.startswith("  ")]
    assert ("source" in said) == ("path" in way or "folder" in way)
    checked = [step.replace(" build", " check") for step in steps if not step.endswith(("FICHIER", "--open"))]
    said = typed(" && ".join(checked), place, **variables)
    assert "Aucune faute." in said
    assert (place / folder / "panels" / "04-titre.md").is_file()


def test_the_guide_shows_the_steps_that_the_program_tells(place: Path) -> None:
    """Who follows the one or the other types the same."""
    guide = (ROOT / "docs" / "installer.md").read_text(encoding="utf-8")
    block = guide.split("oxalis-panels init nos-panneaux\n", 1)[1].split("\n```")[0]
    shown = [line.split("#")[0].strip() for line in block.splitlines()]
    said = typed("'un outil/bin/oxalis-panels' init nos-panneaux", place)
    steps = [line[2:].split("  ")[0].rstrip() for line in said.splitlines() if line.startswith("  ")]
    assert [
        step.replace("'../un outil/bin/activate'", "../panneaux-outil/bin/activate") for step in steps[:3]
    ] == shown


def uv(place: Path, **variables: str) -> Mapping[str, str]:
    """Return the variables of what uv starts: its folder of programs goes before all others."""
    return {"PATH": f"{place}/un outil/bin:/usr/bin:/bin", "UV": "/opt/uv", **variables}


@pytest.mark.parametrize(
    ("variables", "has_uvx", "expected"),
    [
        ({}, True, f"uvx --from /dépôt/{WHEEL} oxalis-panels"),
        ({}, False, f"/opt/uv tool run --from /dépôt/{WHEEL} oxalis-panels"),
        ({"UV_RUN_RECURSION_DEPTH": "1"}, True, "uv run oxalis-panels"),
    ],
)
def test_what_uv_starts_is_started_by_uv_again(
    variables: dict[str, str],
    has_uvx: bool,  # noqa: FBT001 - a column of the table
    expected: str,
    place: Path,
) -> None:
    """`uvx` leaves no program behind: its name alone would be unknown."""
    uvx = place / "un outil" / "bin" / "uvx"
    if has_uvx:
        script(uvx, "#!/bin/sh\n")
    try:
        said = typed("oxalis-panels explain", place, **uv(place, **variables))
    finally:
        uvx.unlink(missing_ok=True)
    assert f": {expected} explain CODE" in said.replace("\u00a0", " ")


def test_the_front_door_is_named_as_it_was_typed() -> None:
    """By another Python, from another folder; a path with signs of our own catalogue breaks nothing."""
    door = "python3.12\n../un été/build.py"
    assert (
        "python3.12 '../un été/build.py' explain CODE"
        in command("explain", OXALIS_PANELS_FRONT_DOOR=door).stdout
    )
    odd = 'python3\n"{a}"\\build.py'
    assert "oxalis-panels explain CODE" in command("explain", OXALIS_PANELS_FRONT_DOOR=odd).stdout
    assert 'a"b\\c' in command("explain", OXALIS_PANELS_FRONT_DOOR='python3\na"b\\c/build.py').stdout
