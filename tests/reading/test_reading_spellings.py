"""Every way of typing that `panel-format.md` accepts: all files of `spellings/` read to the same panel.

Each line of `signs.txt` is a way to type ✓ and →.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oxalis_panels.model.collection import Panel
from oxalis_panels.reading.project import read_project

SPELLINGS = Path(__file__).parent / "spellings"
PLAIN = SPELLINGS / "plain.md"
FILES = sorted(path.name for path in SPELLINGS.iterdir() if path.suffix != ".txt")
SIGNS = (SPELLINGS / "signs.txt").read_text(encoding="utf-8").splitlines()[2:]
TITLE = "# Rétablir l’offre\n"
TITLES = (
    "# Rétablir l’offre ##\n",
    "#\u00a0Rétablir l’offre\n",
    "Rétablir l’offre\n================\n",
    f"---\n---\n{TITLE}",
    f"---\norder: 3\n...\n{TITLE}",
    f"\n---\n\n# rien\n\n---\n\n{TITLE}",
    "---\ntitle: Rétablir l’offre\n---\n",
    '---\ntitle: "Rétablir l’offre"\n---\n# Un autre titre\n',
)


def _read(folder: Path, name: str, data: bytes) -> Panel:
    """Read one file as panel 3 of a project; it must not even raise a doubt."""
    (folder / "panels").mkdir()
    (folder / "panels" / f"03-offre{Path(name).suffix}").write_bytes(data)
    parsed = read_project(folder)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value.panels[0]


@pytest.fixture
def expected(tmp_path: Path) -> Panel:
    """Return the panel as the example of the documentation spells it."""
    (tmp_path / "expected").mkdir()
    return _read(tmp_path / "expected", "plain.md", PLAIN.read_bytes())


@pytest.mark.parametrize("name", FILES)
def test_spelling_reads_to_the_same_panel(name: str, tmp_path: Path, expected: Panel) -> None:
    """Indentation, wrapping, blank lines and YAML change nothing of the panel."""
    assert _read(tmp_path, name, (SPELLINGS / name).read_bytes()) == expected


@pytest.mark.parametrize("signs", SIGNS)
def test_marks_and_bullets_read_to_the_same_panel(signs: str, tmp_path: Path, expected: Panel) -> None:
    """However a ✓ and a → are typed, pasted or put right by a word processor."""
    finding, point = (sign.removesuffix("texte") for sign in signs.split("\t"))
    text = PLAIN.read_text(encoding="utf-8").replace("- ✓ ", finding).replace("- → ", point)
    assert _read(tmp_path, "plain.md", text.encode()) == expected


@pytest.mark.parametrize("title", TITLES)
def test_titles_and_headers_read_to_the_same_panel(title: str, tmp_path: Path, expected: Panel) -> None:
    """A title may stand in the header, which goes before the heading; a header may say nothing."""
    text = PLAIN.read_text(encoding="utf-8").replace(TITLE, title)
    assert _read(tmp_path, "plain.md", text.encode()) == expected


@pytest.mark.parametrize(
    "respell",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "  \n\n"),
    ],
    ids=["crlf", "cr", "bom", "nfd", "no-last-line-end", "blanks-everywhere"],
)
def test_bytes_of_other_systems_read_to_the_same_panel(
    respell: Callable[[str], str], tmp_path: Path, expected: Panel
) -> None:
    """Line ends of Windows and of old Macs, byte order marks and decomposed accents change nothing."""
    text = PLAIN.read_text(encoding="utf-8").replace("introduction\nen", "introduction en")
    panel = _read(tmp_path, "plain.md", respell(text).encode())
    assert panel == replace(expected, span=panel.span)
