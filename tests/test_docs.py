"""What the documents show is what the program does."""

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from oxalis_panels.printers.keys import KEYS
from oxalis_panels.reading.fields import Table
from oxalis_panels.reading.project import read_project
from oxalis_panels.reading.settings import ACCESSIBILITY, DELIVERY, LEGAL, SETTINGS
from oxalis_panels.reading.yaml_panel import FIGURE, HEADER
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "ecrire-un-panneau.md"


def _block_after(sentence: str) -> str:
    """Return the indented block that follows a sentence of the guide."""
    after = GUIDE.read_text(encoding="utf-8").split(sentence, 1)[1].lstrip("\n")
    lines = []
    for line in after.split("\n"):
        if line and not line.startswith("    "):
            break
        lines.append(line)
    return dedent("\n".join(lines)).strip() + "\n"


def test_the_guide_shows_the_message_that_its_wrong_panel_gets(tmp_path: Path) -> None:
    """The example of a mistake in the guide is what an editor really reads."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "03-offre.md").write_text(_block_after("Avec ce fichier :"), encoding="utf-8")
    parsed = read_project(tmp_path)
    drawn = "\n".join(draw(each, catalogue("fr")) for each in parsed.diagnostics)
    assert drawn
    assert _block_after("le programme répond :").startswith(drawn)


def test_the_first_panel_of_the_guide_has_no_mistake(tmp_path: Path) -> None:
    """The panel that the guide and the README teach by is a correct one."""
    (tmp_path / "panels").mkdir()
    text = _block_after("## À quoi ça ressemble")
    (tmp_path / "panels" / "03-offre.md").write_text(text, encoding="utf-8")
    parsed = read_project(tmp_path)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert len(parsed.value.panels[0].findings[0].points) == 2


def test_links_in_the_documents_lead_to_files() -> None:
    """A relative link in a document of the repository leads to a file that is there."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "templates" / "README.md"]
    dead = [
        (document.name, target)
        for document in documents
        for target in re.findall(r"\]\((?!//)([^)#:]+?)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize(
    ("document", "above", "keys", "inside"),
    [
        ("design/panel-format.md", "## The header", HEADER.fields, [FIGURE]),
        ("design/panel-format.md", "## The collection", SETTINGS.fields, [DELIVERY, LEGAL, ACCESSIBILITY]),
        ("imprimeurs.md", "| champ |", KEYS, []),
    ],
)
def test_tables_of_keys_are_those_of_the_program(
    document: str, above: str, keys: Mapping[str, object], inside: list[Table]
) -> None:
    """Every key has its row, in the order of the program's table; that of a mapping names what is in it."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8").partition(above)[2]
    rows = re.findall(r"^\| (`.*?) \|(.*)$", text.partition("\n#")[0], re.MULTILINE)
    assert [key for cell, _ in rows for key in re.findall(r"`(\w+)`", cell)] == list(keys)
    for table in inside:
        (row,) = (row for cell, row in rows if cell == f"`{table.name}`")
        assert set(re.findall(r"`(\w+)`", row)) == set(table.fields)
