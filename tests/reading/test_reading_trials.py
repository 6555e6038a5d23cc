"""What people did when they tried the program without knowing it: nothing joined, hidden or told twice."""

from pathlib import Path

import pytest

from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.diagnostics import Parsed, line_and_column
from oxalis_panels.reading.project import read_project


def _read(root: Path, text: str | bytes, name: str = "02-budget.md") -> Parsed[Collection]:
    """Read one file as the only panel of a project."""
    (root / "panels").mkdir()
    (root / "panels" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_project(root)


def _told(root: Path, text: str | bytes, name: str = "02-budget.md") -> list[tuple[str, int]]:
    """Return what is said of one file: codes and lines."""
    parsed = _read(root, text, name)
    return [(each.key, line_and_column(each.span)[0]) for each in parsed.diagnostics]


@pytest.mark.parametrize("letter", "o§üØàvq")
def test_a_pasted_bullet_is_never_joined_to_the_line_above(letter: str, tmp_path: Path) -> None:
    """Word's bullets arrive as letters and a tab: each line lacks its mark, and is told."""
    text = f"# Titre\n\n•\t✓ constat\n{letter}\tsous point\n"
    assert _told(tmp_path, text) == [("item-without-mark", 4)]


@pytest.mark.parametrize("letter", "o§üØàvq")
def test_a_pasted_bullet_before_a_mark_is_left_out(letter: str, tmp_path: Path) -> None:
    """With its mark behind it, the pasted bullet is no part of the text."""
    parsed = _read(tmp_path, f"# Titre\n\n{letter}\t✓ constat\n{letter}\t→ point\n")
    assert parsed.value is not None
    finding = parsed.value.panels[0].findings[0]
    assert (plain(finding.text), [plain(point.text) for point in finding.points]) == ("constat", ["point"])


@pytest.mark.parametrize("line", ["où l’on décide", "à la fin", "o 3 points", "v2 du site"])
def test_a_line_that_begins_with_such_a_letter_is_text(line: str, tmp_path: Path) -> None:
    """Without a tab behind it, a letter is a letter."""
    parsed = _read(tmp_path, f"# Titre\n\n- ✓ constat\n{line}\n")
    assert parsed.value is not None
    assert plain(parsed.value.panels[0].findings[0].text) == f"constat {line}"


@pytest.mark.parametrize(
    "start",
    [
        *(b"PK\x03\x04\x14", b"%PDF-1.7\n%\xe2", rb"{\rtf1\ansi", b"\xd0\xcf\x11\xe0\xa1"),
        *(
            b"\xff\xd8\xff\xe0",
            b"\x89PNG\r\n",
            b"GIF89a",
            b"II*\0",
            b"RIFF\1\2\3\4WEBP",
            b"\0\0\0\x20ftypheic",
        ),
    ],
)
@pytest.mark.parametrize("name", ["02-budget.md", "02-budget.yaml"])
def test_a_renamed_document_is_called_a_document(start: bytes, name: str, tmp_path: Path) -> None:
    """Another extension makes no text of a document, and its encoding is not what is wrong."""
    assert _told(tmp_path, start + b" rest", name) == [("file-not-read.disguised", 1)]


@pytest.mark.parametrize("line", ["- → ✓ texte", "- ✓✓ texte", "- ✓ ✓ → texte", "✓→ texte"])
def test_marks_in_a_row_are_one_mistake(line: str, tmp_path: Path) -> None:
    """The second mark is too much: it is not in the middle of the text as well."""
    assert _told(tmp_path, f"# Titre\n\n- ✓ constat\n{line}\n") == [("mark-twice", 4)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("> Citation", "foreign-markup.quote"),
        ("***", "foreign-markup.rule"),
        ("## Sous-titre", "heading-level"),
    ],
)
def test_a_stray_paragraph_is_told_in_the_same_run(line: str, code: str, tmp_path: Path) -> None:
    """What has no place in a panel does not hide the mistake behind it."""
    text = f"# Titre\n\n- ✓ constat\n\n{line}\n\n**Un autre paragraphe**\n"
    assert _told(tmp_path, text) == [(code, 5), ("paragraph-stray", 7)]


@pytest.mark.parametrize("hyphens", ["--", "—", "–––", "----", "***"])
def test_a_misspelt_opening_of_a_header_is_one_mistake(hyphens: str, tmp_path: Path) -> None:
    """The lines between are still the header, and no separator or late title is told."""
    text = f"{hyphens}\norder: 2\nfigure:\n  file: a.png\n{hyphens}\n\n# Titre\n\n- ✓ constat\n"
    (tmp_path / "a.png").touch()
    told = _told(tmp_path, text)
    assert [code for code, _ in told if not code.startswith("figure")] == ["front-matter.dashes"]


def test_a_dash_above_a_text_is_no_header(tmp_path: Path) -> None:
    """Only a field that a panel has makes a header of what stands between two lines."""
    assert ("foreign-markup.rule", 1) in _told(tmp_path, "--\nNote : bon\n\n# Titre\n\n- ✓ constat\n")


@pytest.mark.parametrize(
    "text", ["# Titre\n\n- ✓ constat\n", "✓ Un bilan : bon\n\n→ point\n", "# T\n\n✓ a: b: c\n"]
)
def test_markdown_in_a_yaml_file_is_told_to_be_renamed(text: str, tmp_path: Path) -> None:
    """One advice that helps, rather than YAML's quarrel with a text that was never YAML."""
    assert _told(tmp_path, text, "02-budget.yaml") == [("yaml-is-markdown", 1)]


def test_a_yaml_panel_with_a_comment_keeps_its_own_mistakes(tmp_path: Path) -> None:
    """`#` begins a comment in YAML: it does not make a Markdown panel of a file that has fields."""
    text = '# Notre bilan\ntitle: "Budget\nfindings:\n  - ✓ constat\n'
    assert [code for code, _ in _told(tmp_path, text, "02-budget.yaml")] == ["yaml-quote.open"]


def test_a_missing_title_is_shown_at_the_whole_line(tmp_path: Path) -> None:
    """The title is missing above the line, not in the middle of it."""
    (place,) = (each.span for each in _read(tmp_path, "\n  - ✓ constat\n").diagnostics)
    assert place.text == "- ✓ constat"


def test_a_file_name_at_fault_is_shown_without_a_line(tmp_path: Path) -> None:
    """Two files with one number: no line of theirs is wrong."""
    (tmp_path / "panels").mkdir()
    for name in ("02-a.md", "02-b.md"):
        (tmp_path / "panels" / name).write_text("# Titre\n\n- ✓ constat\n", encoding="utf-8")
    (diagnostic,) = read_project(tmp_path).diagnostics
    place = diagnostic.span
    assert (diagnostic.key, place.source.path, place.source.text) == (
        "order-twice.panel",
        "panels/02-b.md",
        "",
    )


def test_a_draft_may_still_have_no_text(tmp_path: Path) -> None:
    """A panel that was put aside with its title alone stops nobody."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "02-a.md").write_text("# Titre\n\n- ✓ constat\n", encoding="utf-8")
    (tmp_path / "panels" / "03-b.md").write_text("---\ndraft: true\n---\n# Titre\n", encoding="utf-8")
    parsed = read_project(tmp_path)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.drafts == ("panels/03-b.md",)


@pytest.mark.parametrize(
    "head", ["draft: false\n\n", "order: 2\ndraft: false\n---\n\n", "\nfigure:\n  file: a.png\n  alt: A.\n\n"]
)
def test_a_header_without_its_hyphens_is_one_mistake(head: str, tmp_path: Path) -> None:
    """A field at the top is told to lack its line, not taken for the first sentence; the repair mends it."""
    (tmp_path / "a.png").touch()
    told = [code for code, _ in _told(tmp_path, f"{head}# Titre\n\n- ✓ constat\n")]
    assert [code for code in told if not code.startswith("figure")] == ["front-matter.missing"]


@pytest.mark.parametrize(
    "line", ["Titre : un mot.", "Texte: un mot.", "note: un mot.", "image de soi: un mot."]
)
def test_a_sentence_with_a_colon_is_no_header(line: str, tmp_path: Path) -> None:
    """A field is one of ours, in lower case, with its colon behind it."""
    assert "front-matter.missing" not in [code for code, _ in _told(tmp_path, f"{line}\n\n- ✓ constat\n")]


@pytest.mark.parametrize(
    ("settings", "repaired"),
    [
        ("lexicon: [Louty, CoopRM\n", "lexicon: [Louty, CoopRM]\n"),
        ("title: [Projet\n", 'title: "[Projet"\n'),
        ("lexicon:\nLouty\n  - CoopRM\n", "lexicon:\n  - Louty\n  - CoopRM\n"),
    ],
)
def test_a_list_is_mended_as_a_list(settings: str, repaired: str, tmp_path: Path) -> None:
    """An open bracket is closed, and a bare word among items becomes one of them."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "01-un.md").write_text("# Un\n\n- ✓ constat\n", encoding="utf-8")
    (tmp_path / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    (told,) = read_project(tmp_path).diagnostics
    assert told.repair
    assert told.repair.text == repaired


@pytest.mark.parametrize(
    ("first", "repaired"),
    [("Notre budget", "# Notre budget"), ("Un bilan complet.", None), ("Bilan :", None)],
)
def test_a_first_line_that_looks_like_a_title_is_offered_as_one(
    first: str, repaired: str | None, tmp_path: Path
) -> None:
    """A sentence may be the introduction: it is left to its author."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "01-un.md").write_text(f"{first}\n\n- ✓ constat\n", encoding="utf-8")
    (told,) = read_project(tmp_path).diagnostics
    assert told.key == "title-missing.markdown"
    assert (told.repair.text.partition("\n")[0] if told.repair else None) == repaired
