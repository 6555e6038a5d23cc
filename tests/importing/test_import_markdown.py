"""`import` of Markdown as programs write it: what its author meant, nothing that was hidden, no word lost."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oxalis_panels.authoring.importing.making import ImportResult, make, make_panels
from oxalis_panels.authoring.importing.sources import read_document_bytes
from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.words.catalogue import catalogue

PANELS = Path(__file__).parents[2] / "panels"
WORDS = catalogue("fr")


def imported(text: str) -> tuple[ImportResult | None, tuple[Diagnostic, ...]]:
    """Make panels from a Markdown text."""
    read = read_document_bytes("pad.md", text.encode())
    assert read.value is not None, read.diagnostics
    made = make_panels(read.value)
    return made.value, (*read.diagnostics, *made.diagnostics)


def body(text: str) -> str:
    """Return the only panel that a text under a title makes, without that title."""
    made, _ = imported(f"# Titre\n\n{text}")
    assert made is not None
    (panel,) = made.files.values()
    return panel.removeprefix("# Titre\n\n").removesuffix("\n")


def said(text: str) -> list[tuple[str, object]]:
    """Return what is said of a text: codes, and the words that each quotes."""
    return [(each.key, each.values.get("found")) for each in imported(f"# Titre\n\n{text}")[1]]


def sentences(found: Iterable[Diagnostic]) -> str:
    """Return messages as they are read."""
    return "\n".join(WORDS.diagnostic(each.key, each.values)[0] for each in found)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"R\&D \- 1\. essai\!, _très_ __bon__ &eacute;t&eacute;", "R&D - 1. essai!, *très* **bon** été"),
        ("<https://a.fr/x_y_z>", "[https://a.fr/x_y_z](https://a.fr/x_y_z)"),
        ("[ici][lien] et [là](https://b.fr)\n\n[lien]: https://a.fr", "[ici](https://a.fr) et [là](https://b.fr)"),
        ("10^6^ et m<sup>2</sup>, H~2~O, 10^-3^, 1^er^, 2<sup>nde</sup>", "10⁶ et m², H₂O, 10⁻³, 1er, 2nde"),
        ("10^x2^ et 4<sup>a\n5</sup>", "10^x2 et 4^a\\\n5"),
        ("une ligne  \nl’autre\\\nla troisième", "une ligne\\\nl’autre\\\nla troisième"),
        ("Présents : Léa\nExcusé : Tom", "Présents : Léa\\\nExcusé : Tom"),
        ("Un <b>mot</b> <i>et</i> <a href='https://a.fr'>un lien</a><br>puis", "Un **mot** *et* [un lien](https://a.fr)\\\npuis"),
        ("Bonjour <prénom>, 3 < 5", "Bonjour <prénom>, 3 < 5"),
        ("Cher <nom>", r"Cher \<nom\>"),
        ("Terme\n: ce qu’il veut dire", "Terme : ce qu’il veut dire"),
        ("Terme\n\n:   ce qu’il\n    veut dire", "Terme : ce qu’il\\\nveut dire"),
        ("- un\n        - deux\n\t- trois", "- ✓ un\n  - → deux\n  - → trois"),
        ("* a\n+ b\n- c", "- ✓ a\n- ✓ b\n- ✓ c"),
        ("3. trois\n3. quatre", "- ✓ 3. trois\n- ✓ 4. quatre"),
        ("✓ un\n→ deux\n– trois", "- ✓ un\n  - → deux\n  - → trois"),
        ("- :white_check_mark: fait", "- ✓ fait"),
        ("- [x] ~~fait~~", "- ✓ fait"),
        ("voir [[Page|la page]], [[Autre]]", "voir la page, Autre"),
        ("> [!note]- Titre\n> Texte", "Titre\\\nTexte"),
        (":::warning Attention\nTexte\n:::", "Attention\\\nTexte"),
        ("<details><summary>Plus</summary>\n\nTexte\n\n</details>", "Plus\n\nTexte"),
        ("<ul><li>un</li><li>deux</li></ul>", "- ✓ un\n- ✓ deux"),
        ("++ajouté++ et C++, a == b == c, ~30 à ~40 €", "ajouté et C++, a == b == c, \\~30 à \\~40 €"),
        ("à 12:30:45, ratio 3:2:1", "à 12:30:45, ratio 3:2:1"),
        ("| a | b |\n|---|---|\n| Résultat | - 8 400 € |", "a\n\nb\n\nRésultat\n\n\\- 8 400 €"),
        ("`a*b*` et ``c``", r"a\*b\* et c"),
        ("    du texte en retrait", "du texte en retrait"),
    ],
)  # fmt: skip
def test_markdown_is_read_as_its_author_meant_it(typed: str, written: str) -> None:
    """Signs become what they stand for; what is text stays text."""
    assert body(typed).replace(r"\~", "~") == written.replace(r"\~", "~")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("a ~~parti~~ b", ("import-left-out.struck", "parti")),
        ("a ~~parti\nen **deux** lignes~~ b", ("import-left-out.struck", "parti en **deux** lignes")),
        ("a ~parti~ b", ("import-left-out.struck", "parti")),
        ("a <del>parti</del> b", ("import-left-out.deleted", "parti")),
        ("a <s>parti <b>loin</b></s> b", ("import-left-out.struck", "parti <b>loin</b>")),
        ("a <s>parti\n\nb", ("import-left-out.struck", "parti")),
        ("a <!-- parti --> b", ("import-left-out.comment", "parti")),
        ("<!-- parti\n\nloin -->\n\nb", ("import-left-out.comment", "parti loin")),
        ("a\n\n<!-- parti\nloin\n\nb", ("import-left-out.comment", "parti loin")),
        ("a %%parti%% b", ("import-left-out.comment", "parti")),
        ("%%\nparti\n\nloin\n%%\n\nb", ("import-left-out.comment", "parti loin")),
        ("a[^n] b\n\n[^n]: parti\n  loin", ("import-left-out.footnote", "parti loin")),
        ("a^[parti] b", ("import-left-out.footnote", "parti")),
        ("a[^parti] b", ("import-left-out.footnote", "[^parti]")),
        ("b\n\n[^n]: parti", ("import-left-out.footnote", "parti")),
        ("```mermaid\nparti\n```\nb", ("import-left-out.markup", "mermaid parti")),
        ("![parti](a.png)\n\nb", ("import-left-out.picture", "parti")),
        ("![](dossier/parti%20loin.png)\n\nb", ("import-left-out.picture", "parti loin.png")),
        ("<img alt='parti' src=a>\n\nb", ("import-left-out.picture", "parti")),
        ("![[parti.png|300]]\n\nb", ("import-left-out.picture", "parti.png")),
        ("![[parti]]\n\nb", ("import-left-out.markup", "![[parti]]")),
        ("a ^parti1\n\nb", ("import-left-out.markup", "^parti1")),
        ("## a {#parti .x}\n\nb", ("import-left-out.markup", "{#parti .x}")),
        ("#parti #loin/x\n\nb", ("import-left-out.markup", "#parti #loin/x")),
        ("###### tags: `parti`\n\nb", ("import-left-out.markup", "###### tags: `parti`")),
        ("a :parti: b", ("import-left-out.markup", ":parti:")),
        ("{%pdf https://parti.fr %}\n\nb", ("import-left-out.markup", "{%pdf https://parti.fr %}")),
        ("[TOC]\n\nb", ("import-left-out.contents", "[TOC]")),
        ("[[_TOC_]]\n\nb", ("import-left-out.contents", "[[_TOC_]]")),
        ("*[CA]: parti\n\nb", ("import-left-out.markup", "*[CA]: parti")),
        ("> b\n> [name=Parti] [color=red]", ("import-left-out.markup", "[name=Parti] [color=red]")),
        ("[parti]: loin\n\nb", ("import-left-out.markup", "[parti]: loin")),
        ("a [b](https://a.fr 'parti')", ("import-left-out.markup", "parti")),
        ("a [](https://parti.fr) b", ("import-left-out.markup", "https://parti.fr")),
        ("| a |\n|---|\n| b | parti |", ("import-left-out.markup", "parti")),
        ("a <script>parti</script> b", ("import-left-out.markup", "parti")),
        ("b [a](Page%20loin.md)", ("import-plain.link", "a")),
        ("a ==marqué== b", ("import-plain.look", "marqué")),
        ("a `code` b", ("import-plain.look", "code")),
        ("> cité\n\nb", ("import-plain.look", "cité")),
        ("a^abc^ b", ("import-plain.raised", "abc")),
        ("| a |\n|---|\n| b |", ("import-order.table", "a b")),
    ],
)
def test_what_no_panel_holds_is_told_in_full(typed: str, told: tuple[str, object]) -> None:
    """And it is in no panel, but for the words that only lose their look."""
    assert told in said(typed)
    made, _ = imported(f"# Titre\n\n{typed}")
    assert made is not None
    assert "parti" not in "".join(made.files.values())
    assert "b" in "".join(made.files.values())


def test_a_title_of_several_lines_is_written_in_form() -> None:
    """On one line, with one blank in the place of each of its line ends."""
    made, _ = imported("# Bilan<br><br>du pôle\n\na")
    assert made is not None
    assert list(made.files.values()) == ["# Bilan du pôle\n\na\n"]


def test_an_empty_box_is_told_line_by_line() -> None:
    """Obsidian's other boxes (begun, given up) are not ticked either."""
    told = said("- [x] a\n- [ ] b\n- [-] c\n  - [/] d\n- ☐ e\n- ☑ f\n- [X] g")
    assert [found for code, found in told if code == "import-mark.unticked"] == ["b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("---\ntitle: Bilan\ntags:\n- a\n---\n\n# Titre\n\nb", "title: Bilan tags: - a"),
        ("---\ntitle: Bilan\n...\n# Titre\n\nb", "title: Bilan"),
        ("# Titre\n\nStatut: relu\nLien: https://a.fr\n\nb", "Statut: relu Lien: https://a.fr"),
    ],
)
def test_fields_are_no_text(typed: str, fields: str) -> None:
    """YAML above the text, and the properties that Notion writes under its title."""
    made, found = imported(typed)
    assert made is not None
    assert list(made.files.values()) == ["# Titre\n\nb\n"]
    assert [each.values["found"] for each in found] == [fields]


def test_slides_are_no_fields() -> None:
    """Three hyphens part slides; what only their speaker sees is no text."""
    made, _ = imported("---\ntype: slide\n---\n\n# Un\n\na\n\nNote: parti\n\n---\n\n# Deux\n\nb")
    assert made is not None
    assert list(made.files.values()) == ["# Un\n\na\n", "# Deux\n\nb\n"]
    made, _ = imported("---\n\n# Un\n\na\n\n---\n\n# Deux\n\nNote: b")
    assert made is not None
    assert list(made.files.values()) == ["# Un\n\na\n", "# Deux\n\nNote: b\n"]


def test_lines_broken_at_a_width_are_joined() -> None:
    """Where a word more had no room; other line ends were typed on purpose."""
    wrapped = (
        "Une phrase que son autrice a laissé couper par son éditeur, à la\n"
        "soixantième colonne, puis encore une fois avant la fin de ce que\nnous lisons."
    )
    assert body(wrapped) == wrapped.replace("\n", " ")


def test_messages_name_the_lines_of_the_file() -> None:
    """As an editor of text counts them."""
    _, found = imported(
        "---\na: b\n---\n\n# Titre\n\nun\ndeux ~~parti~~\n\n- a\n\n| c |\n|---|\n| d |\n\n`e`"
    )
    lines = {each.key: each.span.source.text.count("\n", 0, each.span.start) + 1 for each in found}
    expected = {
        "import-left-out.markup": 1,
        "import-left-out.struck": 8,
        "import-mark.bullets": 10,
        "import-order.table": 12,
        "import-plain.look": 16,
    }
    assert {code: lines[code] for code in expected} == expected


@pytest.mark.parametrize("path", sorted(PANELS.glob("*.md")), ids=lambda path: path.name)
def test_a_panel_imported_again_is_the_same_panel(path: Path) -> None:
    """Our own files are Markdown; their header alone is told."""
    text = path.read_text("utf-8")
    made, _ = imported(text)
    assert made is not None
    without = re.compile(r"\A---\n.*?---\n", re.DOTALL)
    (again,) = made.files.values()
    assert without.sub("", again) == without.sub("", text)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("page.html", "<p>Bonjour", "html"),
        ("page.HTM", "Bonjour", "html"),
        ("page.txt", "\n<!-- a -->\n<!DOCTYPE html><title>a</title>", "html"),
        ("page.md", "<html lang=fr><body>a", "html"),
        ("table.csv", "nom,ville\nLéa,Lyon", "csv"),
        ("table.TSV", "nom\tville", "csv"),
        ("table.txt", "nom;ville;an\nLéa;Lyon;1\nTom;Metz;2\n", "csv"),
    ],
)
def test_web_pages_and_tables_of_data_are_refused(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """By what they hold and by their names, with what to do."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["import", str(path)])
    assert done.exit_code == 1
    assert WORDS.text(f"import.format_{kind}") in done.stderr
    assert "[import-format]" in done.stderr


@pytest.mark.parametrize(
    "text", ["a, b, c\nd, e, f\ng, h, i", "un ; deux ; trois\nquatre", "<p> est un signe"]
)
def test_a_text_with_commas_or_signs_is_text(tmp_path: Path, text: str) -> None:
    """Nothing is refused for its looks alone where people write so."""
    path = tmp_path / "texte.txt"
    path.write_text(text, encoding="utf-8")
    assert make(path).value is not None


def test_a_file_beyond_measure_is_refused_at_once() -> None:
    """Its pictures do not count; a text that no panel can hold is told with its line."""
    picture = f"# Titre\n\na ![x](data:image/png;base64,{'A' * 3_000_000})"
    assert imported(picture)[0] is not None
    for text, code in (
        ("mot " * 5_000_000, "import-too-large.file"),
        ("# a\n\n" + "[" * 20_000, "text-too-long"),
    ):
        assert [each.key for each in read_document_bytes("a.md", text.encode()).diagnostics] == [code]


PIECES = [
    *(
        "**",
        "*",
        "_",
        "~~",
        "==",
        "++",
        "^2^",
        "~2~",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[[",
        "]]",
        "|",
        "\\",
        "`",
        "$",
    ),
    *(
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "1998. ",
        "    ",
        "\t",
        "```\n",
        "~~~\n",
        "---\n",
        "===\n",
        "# ",
        "##x",
    ),
    *(
        "<!--",
        "-->",
        "%%",
        "<s>",
        "</s>",
        "<br>",
        "<sup>",
        "</sup>",
        "<b>",
        "<nom>",
        "&eacute;",
        "  \n",
        ": a\n",
    ),
    *(
        "[^1]",
        "[^1]: ",
        "^[",
        "[a]: b\n",
        "[a]",
        ":::info\n",
        ":::\n",
        ":tada:",
        "[x] ",
        "[ ] ",
        "{#id}",
        "[toc]",
    ),
    *(
        "✓ ",
        "→ ",
        "– ",
        "☐ ",
        "a | b\n",
        "|---|---|\n",
        "o\t",
        "\ufffd",
        "\u00ad",
        "é",
        "\u0308",
        "<https://a.fr/\\_b>",
    ),
]


@given(st.lists(st.sampled_from(PIECES) | st.just("MOT "), max_size=50))
@example(["[^1]: ", "MOT ", "\n\n", "[^1]: ", "MOT "])
@example(["MOT ", "\n", "-\x0b", "MOT "])
@example(["o\t", "\n", "MOT "])
@example(["[", "\n", "]", "MOT "])
@example(["> "] * 150 + ["MOT "])
@settings(max_examples=200, deadline=None)
def test_any_markdown_keeps_all_its_words(pieces: list[str]) -> None:
    """Every word of the source, whatever signs stand beside it, is in a panel or in a message."""
    numbered = [f"mot{number}q " if piece == "MOT " else piece for number, piece in enumerate(pieces)]
    text = "".join(numbered)
    made, found = imported(text)
    assert {each.key for each in found if each.severity == "error"} <= {"import-nothing"}
    if made:
        assert made.words == made.kept + made.aside
        told = re.sub(r"\\\n\s*|[\\*_]", "", "".join(made.files.values()) + sentences(found))
        assert [word for word in re.findall(r"mot\d+q", text) if word not in told] == []
