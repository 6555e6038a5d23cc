"""What `import` says of real documents, word for word: what it leaves aside, and what it refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import odfdo
import pytest
from builds import told
from click.testing import CliRunner
from office_files import inside, run, saved, word, writer

from oxalis_panels.authoring.formatting import source_text
from oxalis_panels.cli.main import cli

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


@dataclass(frozen=True)
class Case:
    """A document about which there is one thing to say."""

    name: str
    make: Callable[[Path], object]
    code: str
    panels: str
    """All of them, as they are written."""


def word_with_contents(path: Path) -> None:
    """Save a table of contents before a title."""
    document = word()
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Budget\t2", style="TOC 1")
    document.add_heading("Budget", 1)
    document.add_paragraph("✓ assaini")
    saved(document, path)


def writer_with_contents(path: Path) -> None:
    """Save one as LibreOffice keeps it."""
    document = writer()
    contents = odfdo.TOC(title="Budget 2", entry_levels_title="")
    document.body.append(contents)
    document.body.append(odfdo.Header(1, "Budget"))
    document.body.append(odfdo.Paragraph("✓ assaini"))
    saved(document, path)


def word_with_touching_emphasis(path: Path) -> None:
    """Save bold that ends in a comma, the next word right behind it: Markdown has no way to write that."""
    document = word()
    document.add_heading("Budget", 1)
    paragraph = document.add_paragraph("✓ ")
    paragraph.add_run("assaini,").bold = True
    paragraph.add_run("suivi")
    saved(document, path)


def word_with_link(path: Path) -> None:
    """Save a link to a file on somebody's disk."""
    document = word()
    document.add_heading("Budget", 1)
    link = document.part.relate_to("file:///C:/bilan.xlsx", RELATION, is_external=True)
    inside(document.add_paragraph("✓ voir "), f'hyperlink r:id="{link}"', run("le tableau"))
    saved(document, path)


def text(content: str) -> Callable[[Path], object]:
    """Save a plain text."""
    return lambda path: path.write_text(content, encoding="utf-8")


CASES = (
    Case(
        "sommaire",
        word_with_contents,
        "import-left-out.contents",
        "# Budget\n\n- ✓ assaini\n",
    ),
    Case(
        "sommaire",
        writer_with_contents,
        "import-left-out.contents",
        "# Budget\n\n- ✓ assaini\n",
    ),
    Case(
        "gras.docx",
        word_with_touching_emphasis,
        "import-plain.emphasis",
        "# Budget\n\n- ✓ assaini,suivi\n",
    ),
    Case(
        "lien.docx",
        word_with_link,
        "import-plain.link",
        "# Budget\n\n- ✓ voir le tableau\n",
    ),
    Case(
        "titres.txt",
        text("# Budget\n\n✓ assaini\n\n# Équipe\n"),
        "import-empty",
        "# Budget\n\n- ✓ assaini\n---\ndraft: true\n---\n\n# Équipe\n",
    ),
    Case(
        "pages.txt",
        text("Bilan\n# Un\n✓ fait\n\fBilan\n# Deux\n✓ dit\n\fBilan\n# Trois\n✓ vu\n"),
        "import-left-out.running",
        "# Un\n\n- ✓ fait\n# Deux\n\n- ✓ dit\n# Trois\n\n- ✓ vu\n",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_left_aside_is_told_in_these_words(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, at its place, with what can be done; the rest becomes panels."""
    monkeypatch.chdir(tmp_path)
    case.make(Path(case.name))
    done = CliRunner().invoke(cli, ["import", case.name])
    assert (done.exit_code, done.stderr) == (0, told(case.code))
    written = [path.read_text("utf-8") for path in sorted((tmp_path / "panels").iterdir())]
    assert "".join(written) == case.panels


def test_a_panel_that_is_there_already_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an import that was killed, or run twice; it is imported all the same."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("# Budget\n\n✓ assaini\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["import", "a.txt"]).stderr == ""
    done = CliRunner().invoke(cli, ["import", "a.txt"])
    assert (done.exit_code, done.stderr) == (0, told("import-there"))
    assert sorted(path.name for path in Path("panels").iterdir()) == ["01-budget.md", "02-budget-2.md"]


def refused(*arguments: str) -> str:
    """Return what is said of a file that gives no panels, which is all there is."""
    done = CliRunner().invoke(cli, ["import", *arguments])
    assert (done.exit_code, done.stdout) == (1, "")
    return done.stderr


def test_a_thousand_titles_are_no_panels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of addresses, say; nothing is written."""
    monkeypatch.chdir(tmp_path)
    text("# Titre\n\n✓ constat\n\n" * 1000)(Path("liste.txt"))
    assert refused("liste.txt") == told("import-too-large.panels")
    assert [*Path().iterdir()] == [Path("liste.txt")]


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="a file that can be opened but not read is Linux's"
)
def test_a_disk_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is there and opens, and then the system gives an error, as a worn disk does."""
    monkeypatch.chdir(tmp_path)
    assert refused("/proc/self/mem") == told("file-unreadable.import")


def test_a_lost_word_is_a_fault_of_ours_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a defect of this program can lose one: the proof, which reads the panels again, finds it."""
    real = source_text.written

    def forgetful(given: Any) -> str | None:  # noqa: ANN401 - stands for a function of many types
        said = real(given)
        return said.replace("assaini", "assainie") if said else said

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("oxalis_panels.authoring.importing.writing.written", forgetful)
    text("# Budget\n\n✓ assaini\n")(Path("a.txt"))
    assert refused("a.txt") == told("unproved.import")
    assert [*Path().iterdir()] == [Path("a.txt")]


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the panels should go."""
    monkeypatch.chdir(tmp_path)
    text("# Budget\n\n✓ assaini\n")(Path("a.txt"))
    assert refused("a.txt", "--output", "a.txt/panneaux") == told("file-unwritten.new")
    assert [*Path().iterdir()] == [Path("a.txt")]


def places(*arguments: str) -> list[str]:
    """Return the place of each thing that is said of an import."""
    said = CliRunner().invoke(cli, ["import", *arguments]).stderr.replace("\u00a0", " ").split("\n")
    return [place for place, between, _ in (line.partition(": attention :") for line in said) if between]


def test_a_paragraph_is_named_by_its_first_words_and_its_panel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word has no line numbers; what is in no paragraph is given the panel alone, headers not even that."""
    monkeypatch.chdir(tmp_path)
    document = word()
    document.sections[0].header.paragraphs[0].text = "Document de travail"
    document.add_heading("Bilan", 0)
    document.add_heading("Offre", 1)
    document.add_paragraph("✓ Un bilan complet, rempli avec toute l’équipe du pôle formation")
    document.add_paragraph("A" * 60)
    document.add_heading("Budget", 1)
    document.add_paragraph("→ assaini")
    document.styles.add_style("TOC 1", 1)
    document.add_paragraph("Budget\t2", style="TOC 1")
    document.add_paragraph("Suite du constat")
    saved(document, Path("bilan.docx"))
    assert places("bilan.docx", "--output", "ailleurs") == [
        "bilan.docx",
        "bilan.docx, « Bilan »",
        "bilan.docx, « AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA… » → ailleurs/01-offre.md",
        "bilan.docx, « → assaini » → ailleurs/02-budget.md",
        "bilan.docx → ailleurs/02-budget.md",
        "bilan.docx, « Suite du constat » → ailleurs/02-budget.md",
    ]


def test_what_is_to_be_checked_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two panels to look at are two files; a text keeps its line numbers."""
    monkeypatch.chdir(tmp_path)
    text("# Un\n\n- fait\n\n# Deux\n\n- dit\n")(Path("a.txt"))
    said = CliRunner().invoke(cli, ["import", "a.txt", "--dry-run"]).stderr
    assert [line for line in said.split("\n") if "aide" in line] == [
        "  aide\u00a0: Vérifiez panels/01-un.md.",
        "  aide\u00a0: Vérifiez panels/02-deux.md.",
    ]
    assert places("a.txt", "--dry-run") == [
        "a.txt:3:1 → panels/01-un.md",
        "a.txt:7:1 → panels/02-deux.md",
    ]


def test_nothing_leads_to_a_panel_that_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was doubtful is told with the mistake, and names no file."""
    monkeypatch.chdir(tmp_path)
    text("# Un\n\n- fait\n- " + "a " * 60_000)(Path("a.txt"))
    said = refused("a.txt")
    assert ("[text-too-long]" in said, "panels/" in said, "Vérifiez ce panneau." in said) == (
        True,
        False,
        True,
    )
