"""Dictionaries: the shipped list of French, its making, and those of the system for other languages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from builds import command, said, write_project
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.language.spelling.hunspell import HunspellWords, find_dictionary, read_dictionary
from oxalis_panels.language.spelling.word_list import WordList, french
from oxalis_panels.pipeline.check import check
from requirements.renew_words import expand

TINY = Path(__file__).parent / "dictionary"
SYSTEM = Path("/usr/share/hunspell/fr")
PANEL = "# Grand pan\n\n- ✓ Rades ports, repane grand.\n"


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1)))
def test_a_list_has_its_words_and_no_others(words: Sequence[str]) -> None:
    """Every word is found wherever it stands in the list, and nothing beside it."""
    listed = WordList(b"".join(line + b"\n" for line in sorted({word.encode() for word in words})))
    assert all(word in listed for word in words)
    assert [word for word in (f"{each}x" for each in words) if word in listed and word not in words] == []


def test_every_form_of_a_dictionary_is_listed_and_no_half_one() -> None:
    """Suffixes, suffixes of suffixes and prefixes make forms; a stem that needs one is none by itself."""
    expected = {
        *("pan", "pans", "port", "ports", "portable", "portables", "rads", "l'otro", "grand", "Xan"),
        *("report", "reports", "reportable", "reportables"),
    }
    dictionary = read_dictionary(TINY / "xx")
    forms = expand(dictionary)
    assert expected == forms
    assert [form for form in forms if not dictionary.lookup(form)] == []


@pytest.mark.skipif(not SYSTEM.with_suffix(".dic").is_file(), reason="the list is made from this dictionary")
def test_the_shipped_list_agrees_with_the_dictionary_it_was_made_from() -> None:
    """Of a sample of words, right and wrong, both have the same opinion."""
    words = (
        "dispositif dispositf écoutions journaux chevals œuvre sociocratique coopératrices Lyon mangeassions "
    )
    words += "redevabilités evenement aiguë kWh hectolitres appropriable parmis URSCOP coop état Etat accueil"
    dictionary = read_dictionary(SYSTEM)
    expected = {word: dictionary.lookup(word) for word in words.split()}
    assert expected == {word: french().knows(word) for word in words.split()}


@pytest.mark.parametrize(
    ("language", "file"),
    [("xx", "xx"), ("xx-YY", "xx"), ("XX", "xx"), ("de", "de_AT"), ("de-DE", "de_AT"), ("yy", None)],
)
def test_a_dictionary_is_found_by_its_language(language: str, file: str | None, tmp_path: Path) -> None:
    """The region that is asked for goes first, then the language, then any of its regions."""
    for name in ("xx", "de_AT", "yy"):
        (tmp_path / f"{name}.aff").touch()
    for name in ("xx", "de_AT"):
        (tmp_path / f"{name}.dic").touch()
    assert find_dictionary(language, {"DICPATH": str(tmp_path)}) == (tmp_path / file if file else None)


def test_verdicts_are_kept_so_that_the_dictionary_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run with the same words reads no dictionary; another dictionary makes all verdicts void."""
    words = HunspellWords(TINY / "xx", tmp_path)
    expected = {word: words.knows(word) for word in ("pans", "panx", "grand")}
    words.save()
    read: list[Path] = []
    monkeypatch.setattr("oxalis_panels.language.spelling.hunspell.read_dictionary", read.append)
    again = HunspellWords(TINY / "xx", tmp_path)
    assert (
        expected
        == {word: again.knows(word) for word in expected}
        == {"pans": True, "panx": False, "grand": True}
    )
    assert read == []
    for end in (".aff", ".dic"):
        text = (TINY / f"xx{end}").read_text(encoding="utf-8") + "\n"
        (tmp_path / f"xx{end}").write_text(text, encoding="utf-8")
    HunspellWords(tmp_path / "xx", tmp_path).knows("pans")
    assert read == [tmp_path / "xx"]


def test_panels_of_another_language_are_read_with_its_dictionary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the dictionary of the system does not know is told; nothing where there is none."""
    project = write_project(tmp_path, a=PANEL)
    (project / "panels" / "collection.yaml").write_text("language: xx\n", encoding="utf-8")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert "spelling" not in {code.partition("-")[0] for code in said(check(project).diagnostics)}
    monkeypatch.setenv("DICPATH", str(TINY))
    found = [each for each in check(project).diagnostics if each.key.startswith("spelling")]
    assert [each.span.text for each in found] == ["Rades", "repane"]


def test_a_damaged_dictionary_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the system's, and its mistakes are not the author's."""
    project = write_project(tmp_path / "project", a=PANEL)
    (project / "panels" / "collection.yaml").write_text("language: xx\n", encoding="utf-8")
    (tmp_path / "xx.aff").write_bytes(b"SET UTF-8\nSFX A Y 3\n\xff\n")
    (tmp_path / "xx.dic").write_bytes(b"\x00\xff\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert [code for code in said(check(project).diagnostics) if code.startswith("spelling")] == []


def test_places_of_words_are_those_of_the_source(tmp_path: Path) -> None:
    """In front matter, YAML panels, settings and texts of pictures the caret stands under the word."""
    project = write_project(
        tmp_path, a="---\nshort_title: Titre coourt\n---\n# Un titre\n\n- ✓ Un *constatt*.\n"
    )
    yaml = 'title: Un titre\nfindings:\n  - ✓: "Un constaat :"\n    →:\n      - un pooint\n'
    (project / "panels" / "02-b.yaml").write_text(yaml, encoding="utf-8")
    settings = "title: Un titrre\nglossary:\n  CA: Conseil d’administrationn\nlexicon: [maisson]\n"
    (project / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    found = [each for each in check(project).diagnostics if each.key.startswith("spelling")]
    expected = ["coourt", "constatt", "constaat", "pooint", "titrre", "administrationn"]
    assert expected == [each.span.text for each in found]


def test_strict_makes_a_word_an_error(tmp_path: Path) -> None:
    """With `--strict` an unknown word stops `check`; with the word in the lexicon it does not."""
    project = write_project(tmp_path, a="# Un titre\n\n- ✓ Un dispositf.\n")
    done = command("check", "--strict", "--project", project)
    assert (done.returncode, "dispositif" in done.stderr, "[spelling]" in done.stderr) == (1, True, True)
    (project / "panels" / "collection.yaml").write_text("lexicon: [dispositf]\n", encoding="utf-8")
    assert command("check", "--strict", "--project", project).returncode == 0


def test_check_writes_nothing_for_french(tmp_path: Path) -> None:
    """The list of French needs no cache: a folder that cannot be written to is no slower."""
    project = write_project(tmp_path, a="# Un titre\n\n- ✓ Un constat.\n")
    check(project)
    assert sorted(path.name for path in project.iterdir()) == ["panels"]
