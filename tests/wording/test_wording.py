"""Doubts about the wording of panels: those that are true, and silence where there is nothing to say."""

from pathlib import Path

import pytest
from builds import ROOT, command, said, write_project

from oxalis_panels.pipeline.check import check, review

LONG = "Une coopérative qui écoute, " + "co-construit, " * 24 + "évolue."


def told(folder: Path, text: str, settings: str = "", name: str = "un") -> list[str]:
    """Return the codes of what is said of a panel with this text and these settings."""
    write_project(folder, **{name: f"# Titre\n\n{text}\n"})
    (folder / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    return said(review(folder).diagnostics)


def found(folder: Path, text: str, settings: str = "") -> list[str]:
    """Return the words at fault in a panel."""
    told(folder, text, settings)
    return [each.span.text for each in review(folder).diagnostics]


def test_the_doubts_about_the_real_panels_are_few_and_true() -> None:
    """Six sentences of more than 25 words, two abbreviations that nothing explains, one slip."""
    assert [(each.key, each.values["found"]) for each in check(ROOT).diagnostics] == [
        ("abbreviation-unexplained", "ES"),
        ("abbreviation-unexplained", "GRAP"),
        ("sentence-long", "Le recrutement de la"),
        ("sentence-long", "Bilan mitigé car si"),
        ("sentence-long", "La réalisation d’un état"),
        ("sentence-long", "L’évolution de Louty, voire"),
        ("sentence-long", "Pas de grand mouvement"),
        ("sentence-long", "Un duo CA/DG qui"),
        ("spelling", "dispositf"),
    ]


@pytest.mark.parametrize("words", [25, 26])
def test_a_sentence_may_have_25_words(words: int, tmp_path: Path) -> None:
    """The twenty-sixth is one too many, and the place is where they begin to be."""
    text = " ".join(["mot"] * (words - 1) + ["fin"])
    assert found(tmp_path, f"- ✓ {text}") == ([] if words == 25 else ["fin"])


@pytest.mark.parametrize(
    "text",
    [
        "Un mot. " * 20,
        "« Bigre ! » dit-elle. " + "Mot " * 20 + "… Et puis " + "mot " * 20,
        "Mot " * 20 + "(mot). (Mot " + "mot " * 20 + ")",
        "Mot " * 20 + "? 15 " + "mot " * 20,
    ],
)
def test_sentences_are_told_apart(text: str, tmp_path: Path) -> None:
    """By a full stop or another final sign, and what begins behind it, brackets and quotes aside."""
    assert [code for code in told(tmp_path, f"- ✓ {text}") if code == "sentence-long"] == []


@pytest.mark.parametrize("abbreviation", ["M. Martin", "J. Martin", "art. 12", "J.-P. Martin", "cf. Oxalis"])
def test_the_full_stop_of_an_abbreviation_ends_no_sentence(abbreviation: str, tmp_path: Path) -> None:
    """A long sentence with M. Martin in it is one sentence."""
    text = "mot " * 14 + abbreviation + " mot" * 14
    assert told(tmp_path, f"- ✓ {text}") == ["sentence-long"]


def test_a_sentence_over_several_lines_is_found(tmp_path: Path) -> None:
    """However its lines are broken, it is underlined from its twenty-sixth word on."""
    lines = [" ".join(f"mot{line}{word}" for word in range(10)) for line in range(3)]
    assert found(tmp_path, "- ✓ " + "\n  ".join(lines)) == ["mot25 mot26 mot27 mot28 mot29"]
    assert found(tmp_path, "- ✓ mot30\n  " + "\n  ".join(lines)) == ["mot24 mot25 mot26 mot27 mot28 mot29"]


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("Le PSE du CSE", ["PSE", "CSE"]),
        ("Le PSE, puis le PSE", ["PSE"]),
        ("Le PSE (plan de sauvegarde de l’emploi)", []),
        ("Le plan de sauvegarde de l’emploi (PSE)", []),
        ("Un plan (PSE) puis rien", ["PSE"]),
        ("Le comité SI (Systèmes d’Information) et les SI", []),
        ("L’offre OXALIS", []),
        ("Le XXe siècle, Louis XIV, le chapitre IV", []),
        ("Avec le COVID, en PDF, sans TVA", []),
        ("www.SITE.FR et X@MAIL.FR, A4, H2O, ENTREPRENEUR·ES", []),
        ("UN TEXTE TOUT EN GRANDES LETTRES", []),
        ("Bigre! et CA/DG", ["CA", "DG"]),
    ],
)
def test_an_abbreviation_is_told_once_where_nothing_explains_it(
    text: str, abbreviations: list[str], tmp_path: Path
) -> None:
    """Capitals that are a name, a number, an address or everyday words are none."""
    assert found(tmp_path, f"- ✓ {text}", "organisation: Oxalis\n") == abbreviations


def test_the_glossary_explains(tmp_path: Path) -> None:
    """And so does another panel, wherever it stands in the series."""
    assert told(tmp_path, "- ✓ Le PSE.", "glossary:\n  PSE: plan de sauvegarde de l’emploi\n") == []
    write_project(tmp_path, un="# A\n\n- ✓ Le PSE.\n", deux="# B\n\n- ✓ Le PSE (plan de sauvegarde).\n")
    assert said(review(tmp_path).diagnostics) == []


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        (["un,", "deux,", "trois."], []),
        (["un", "deux", "trois"], []),
        (["un", "deux !", "trois…", "quatre :"], []),
        (["un,", "deux", "trois."], ["  - → deux,"]),
        (["un,", "deux,", "trois"], ["  - → trois."]),
        (["un ;", "deux", "trois."], ["  - → deux;"]),
        (["un", "deux.", "trois"], ["  - → deux"]),
        (["un (voir A.)", "deux.", "trois"], ["  - → trois."]),
        (["« un »", "deux", "trois,"], ["  - → trois"]),
    ],
)
def test_a_list_ends_its_lines_in_one_way(items: list[str], lines: list[str], tmp_path: Path) -> None:
    """The lines that differ are shown as they should be."""
    told(tmp_path, "- ✓ Un bilan :\n" + "".join(f"  - → {item}\n" for item in items))
    repairs = [each.repair for each in review(tmp_path).diagnostics]
    assert [line for repair in repairs if repair for line in repair.lines] == lines


def test_a_yaml_panel_is_repaired_inside_its_quotes(tmp_path: Path) -> None:
    """The sign goes before the quote that ends the value, not behind it."""
    (tmp_path / "panels").mkdir()
    text = 'title: A\nfindings:\n  - "un,"\n  - "deux"\n  - "trois."\n'
    (tmp_path / "panels" / "01-un.yaml").write_text(text, encoding="utf-8")
    (only,) = review(tmp_path).diagnostics
    assert only.repair is None or only.repair.lines == ('  - "deux,"',)


@pytest.mark.parametrize(
    ("settings", "header", "codes"),
    [
        ("", "", ["abbreviation-unexplained", "sentence-long"]),
        ("allow:\n  - sentence-long\n", "", ["abbreviation-unexplained"]),
        ("", "allow: [sentence-long, abbreviation-unexplained]\n", []),
        ("allow:\n  - abbreviation-unexplained: PSE, CSE\n", "", ["sentence-long"]),
        ("allow:\n  - abbreviation-unexplained: CSE\n", "", ["abbreviation-unexplained", "sentence-long"]),
        ("accepter:\n  - sentence-long\n", "", ["key-unknown.misspelt"]),
    ],
)
def test_authors_may_keep_what_they_wrote(
    settings: str, header: str, codes: list[str], tmp_path: Path
) -> None:
    """`allow:` in collection.yaml is for all panels, in a panel for it alone; with words, for these alone."""
    front = f"---\n{header}---\n" if header else ""
    write_project(tmp_path, un=f"{front}# Titre\n\n- ✓ Le PSE est voté.\n- ✓ {LONG}\n")
    (tmp_path / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    assert sorted(said(review(tmp_path).diagnostics)) == codes


def test_what_one_panel_allows_is_told_of_the_others(tmp_path: Path) -> None:
    """A decision about one text is none about the next."""
    text = f"# A\n\n- ✓ {LONG}\n"
    write_project(tmp_path, un=f"---\nallow: [sentence-long]\n---\n{text}", deux=text)
    assert [each.span.source.path for each in review(tmp_path).diagnostics] == ["panels/02-deux.md"]


def test_a_doubt_of_reading_may_be_allowed_too(tmp_path: Path) -> None:
    """Any warning may: here a lone star, that reading tells."""
    settings = "allow: [sign-visible]\n"
    assert told(tmp_path, "- ✓ Une *étoile.") == ["sign-visible.unclosed"]
    assert told(tmp_path, "- ✓ Une *étoile.", settings) == []


def test_an_earlier_code_allows_what_it_did(tmp_path: Path) -> None:
    """Codes that became one may stand in projects; what else the new one says was not decided."""
    assert told(tmp_path, "- ✓ Une *étoile.", "allow: [emphasis-unclosed]\n") == []
    assert told(tmp_path, "- ✓ Une *étoile.", "allow: [tildes-visible]\n") == ["sign-visible.unclosed"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sign-visible.unclosed", []),
        ("sign-visible.tout", ["sign-visible.unclosed", "allow-unknown.misspelt"]),
        ("poster-tiny-type", ["sign-visible.unclosed", "allow-unknown.error"]),
    ],
)
def test_a_case_may_be_allowed_if_it_is_one_and_may_be_a_warning(
    code: str, said: list[str], tmp_path: Path
) -> None:
    """A case that nobody knows, and one that always is an error, are refused where they are named."""
    assert told(tmp_path, "- ✓ Une *étoile.", f"allow: [{code}]\n") == said


def test_strict_stops_at_a_doubt(tmp_path: Path) -> None:
    """`--strict` makes errors of warnings, and a build then shows them in full."""
    write_project(tmp_path, un=f"# A\n\n- ✓ {LONG}\n")
    for asked in (("check",), ("build", "--site")):
        done = command(*asked, "--strict", cwd=tmp_path)
        assert (done.returncode, "[sentence-long]" in done.stderr) == (1, True)
