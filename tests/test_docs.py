"""What the documents show is what the program does."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from builds import write_project

from oxalis_panels.printers.keys import KEYS
from oxalis_panels.reading.fields import Table
from oxalis_panels.reading.project import read_project
from oxalis_panels.reading.settings import ACCESSIBILITY, DELIVERY, LEGAL, SETTINGS
from oxalis_panels.reading.yaml_panel import FIGURE, HEADER

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\((?!//)([^)#:]*)(#[^)]+)?\)")


def test_the_first_panel_of_the_guide_has_no_mistake(tmp_path: Path) -> None:
    """The panel that the guide and the README teach by is a correct one."""
    guide = (ROOT / "docs" / "ecrire-un-panneau.md").read_text(encoding="utf-8")
    text = guide.split("```markdown\n", 1)[1].split("```", 1)[0]
    parsed = read_project(write_project(tmp_path, offre=text))
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert len(parsed.value.panels[0].findings[0].points) == 2


def test_links_in_the_documents_lead_somewhere() -> None:
    """A relative link in a document of the repository leads to a file, and to a heading in it."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "templates" / "README.md"]
    dead = [
        (document.name, target, anchor)
        for document in documents
        for target, anchor in LINK.findall(document.read_text(encoding="utf-8"))
        if not (file := document.parent / target if target else document).exists()
        or (anchor and anchor[1:] not in anchors(file))
    ]
    assert dead == []


def anchors(document: Path) -> set[str]:
    """Return the names that forges give to the headings of a document."""
    headings = re.findall(r"^#+ (.*)", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


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
