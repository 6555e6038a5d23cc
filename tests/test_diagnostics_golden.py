"""Mistakes outside the reading of panels: a wrong project in `diagnostics/<key>/`, and what is said of it.

To add one: a folder named as the code (and its case), in it a project with the mistake, and `expected.txt`:
all that `check` says; where another command finds it, that command in `command.txt`. `reading/diagnostics/`
holds reading's.
"""

import ast
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from builds import SHORT, TOLD, Built, in_this_process, told, write_project
from click.testing import CliRunner
from diagnostics_run import GOLDEN, command_of, folders, project_of, said

from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import Diagnostic, code_of
from oxalis_panels.pipeline.check import review
from oxalis_panels.reading.project import read_project
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.explanations import keys

TESTS = Path(__file__).parent
READING = TESTS / "reading" / "diagnostics"
PRINTERS = TESTS / "poster" / "printers"
COLOURS = ("ocre", "prune")


@pytest.mark.parametrize("code", folders())
def test_mistake_is_told_in_these_words(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: Built
) -> None:
    """The project has this mistake, and the command says exactly what `expected.txt` holds."""
    fonts = built.fonts if command_of(code) != ["check"] else None
    monkeypatch.chdir(project_of(code, tmp_path, fonts))
    with in_this_process():
        text = said(code)
    assert f"[{code_of(code)}]" in text
    assert text == (GOLDEN / code / "expected.txt").read_text(encoding="utf-8")


def test_the_words_of_every_code_are_held_by_a_test() -> None:
    """Each code has a wrong project, or a file with all that is said of it; no code is excepted."""
    known = {path.parent.name for folder in (GOLDEN, READING) for path in folder.glob("*/expected.txt")}
    known |= {path.stem for folder in (PRINTERS, TOLD) for path in folder.glob("*.txt")}
    known |= _told_of_documents() | _told_of_print_files()
    assert set(keys()) - known == set()


def test_every_text_in_told_is_held_by_a_test() -> None:
    """A file that no test compares with anything would prove nothing."""
    assert {path.stem for path in TOLD.glob("*.txt")} - _named_in_tests() == set()


def test_what_the_system_refuses_to_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template or a finished file behind a permission: permissions do not stop who runs tests as root."""
    refused = ["panel.html", "affiche.pdf"]
    write_project(tmp_path, un=SHORT)
    for path in (tmp_path / "templates/site/panel.html", tmp_path / "affiche.pdf"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    real = os.open

    def refusing(path: str, *more: int) -> int:
        if Path(path).name in refused:
            raise PermissionError(13, "denied")
        return real(path, *more)

    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["check"])
    assert done.exit_code > 0
    assert "templates/site/panel.html: erreur" in done.stderr
    assert "[file-unreadable]" in done.stderr
    done = CliRunner().invoke(cli, ["preflight", "affiche.pdf"])
    assert done.exit_code > 0
    assert done.stderr == told("file-unreadable.preflight")


def test_every_folder_has_a_code() -> None:
    """No folder is left over from a code that is gone, and no text that a test holds to."""
    kept = {path.stem for path in TOLD.glob("*.txt")}
    assert (set(folders()) | kept) - set(keys()) == set()


@pytest.mark.parametrize("code", [key for key, about in keys().items() if "wrong" in about])
def test_the_example_of_an_explanation_is_true(code: str, tmp_path: Path) -> None:
    """In the wrong project of the code stands the wrong text; the right one in its place mends it."""
    wrong, right = keys()[code]["wrong"], keys()[code]["right"]
    project = _copied(code, tmp_path)
    (file,) = (path for path in project.rglob("*.*") if wrong.encode() in path.read_bytes())
    before = _number(code, project)
    file.write_text(file.read_text(encoding="utf-8").replace(wrong, right, 1), encoding="utf-8")
    assert _number(code, project) < before


@pytest.mark.parametrize("code", [*sorted(path.name for path in READING.iterdir()), *folders()])
def test_a_repair_repairs(code: str, tmp_path: Path) -> None:
    """What is shown to be written instead, written, is one mistake of this kind less; twice there is none."""
    if code in folders() and command_of(code) != ["check"]:
        return
    project = _copied(code, tmp_path)
    found = [each for each in _found(code, project) if each.key == code and each.repair]
    for each in found[:1]:
        assert each.repair
        before = _number(code, project)
        (project / each.span.source.path).write_text(each.repair.text, encoding="utf-8")
        assert _number(code, project) < before


def _copied(code: str, place: Path) -> Path:
    return project_of(code, place) if code in folders() else project_of(code, place, home=READING)


def _found(code: str, project: Path) -> tuple[Diagnostic, ...]:
    """Return what the room of a code finds: reading alone for its own, all of `check` for the others."""
    if code in folders():
        return review(project).diagnostics
    return read_project(project, colours=COLOURS).diagnostics


def _number(code: str, project: Path) -> int:
    return sum(each.key == code for each in _found(code, project))


def _told_of_documents() -> set[str]:
    """Return the keys of what is said in the golden files of `import`."""
    return _held("import-", TESTS.glob("importing/golden/*/attendu.txt"))


def _told_of_print_files() -> set[str]:
    """Return the keys of the check before print whose words are told of the bad files."""
    return _held("preflight-", TESTS.glob("preflight/messages/*.txt"))


def _held(prefix: str, files: Iterable[Path]) -> set[str]:
    """Return the keys that begin with `prefix` whose messages stand in one of the files."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    french = catalogue("fr").entry
    patterns = {key: re.escape(french(key)["message"]) for key in keys() if key.startswith(prefix)}
    return {key for key, words in patterns.items() if re.search(re.sub(r"\\{.+?\\}", ".+", words), said)}


@cache
def _named_in_tests() -> frozenset[str]:
    """Return every string of the tests that may be a code."""
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    strings = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    key = re.compile(r"[a-z]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)?")
    return frozenset(word for string in strings for word in key.findall(string))
