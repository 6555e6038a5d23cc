"""Every mistake that reading knows: a wrong project in `diagnostics/<code>/` and its exact French message.

To add one: a folder named as the code, in it `panels/` with the mistake, and `expected.txt`.
"""

import ast
from pathlib import Path

import pytest
from wrong_projects import MADE

from oxalis_panels.reading.project import read_project
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw
from oxalis_panels.words.explanations import keys

HERE = Path(__file__).parent
GOLDEN = HERE / "diagnostics"
READING = HERE.parent.parent / "oxalis_panels" / "reading"
FOLDERS = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def _reading_codes() -> set[str]:
    """Return every code of the catalogue that the source of the reading room names, for panels."""
    files = {*READING.glob("*.py"), READING.parent / "system" / "bounded.py"}
    files -= {READING / "own_words.py", READING / "choosing.py"}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    strings = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return strings & set(keys())


@pytest.mark.parametrize("code", FOLDERS)
def test_mistake_is_told_in_these_words(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project has this mistake, and nothing more or less is said than `expected.txt`."""
    root = GOLDEN / code
    if code in MADE:
        root = tmp_path
        MADE[code](root, monkeypatch)
    diagnostics = read_project(root, colours=("ocre", "prune")).diagnostics
    assert code in {diagnostic.key for diagnostic in diagnostics}
    told = "\n\n".join(draw(diagnostic, catalogue("fr")) for diagnostic in diagnostics)
    assert told + "\n" == (GOLDEN / code / "expected.txt").read_text(encoding="utf-8")


def test_every_mistake_has_an_example() -> None:
    """No diagnostic of the reading room goes without a folder here, and no folder without a diagnostic."""
    assert set(FOLDERS) == _reading_codes()
