"""The whole collection, typeset and reviewed."""

import re
from pathlib import Path

import pytest

from oxalis_panels.language.typography import review_collection, typeset_collection
from oxalis_panels.language.typography.review import CAPITALS, ENGLISH_SUSPECTS, LIGATURES, SUSPECTS, doubts
from oxalis_panels.model.collection import (
    Abbreviation,
    Collection,
    Finding,
    Inline,
    Panel,
    Paragraph,
    Point,
    Settings,
    Text,
)
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.words.catalogue import catalogue


def line(text: str) -> Inline:
    """Return a line of plain text."""
    return (Text(text),)


def collection(text: str, *, language: str = "fr", source: str | None = None) -> Collection:
    """Return a collection whose every text is `text`."""
    origin = Source("panels/01-essai.md", source if source is not None else text)
    span = Span(origin, 0, len(origin.text))
    finding = Finding(line(text), (Point(line(text), span),), span)
    panel = Panel("essai", 1, line(text), line(text), (Paragraph(line(text), span),), (finding,), None, span)
    settings = Settings(
        title=line(text),
        subtitle=line(text),
        organisation=line(text),
        period=line(text),
        authors=line(text),
        language=language,
        keep=("Bigre!",),
        glossary=(Abbreviation("CA", line(text)),),
    )
    return Collection(settings, (panel,), ())


def doubted(text: str, language: str = "fr") -> list[tuple[str, str]]:
    """Return the codes and the underlined source of a point's warnings."""
    return [(d.key, d.span.text) for d in review_collection(only_a_point(text, language))]


def only_a_point(text: str, language: str = "fr") -> Collection:
    """Return a collection with nothing but one →."""
    span = Span(Source("panels/01-essai.md", f"→ {text}\n"), 0, len(text) + 3)
    finding = Finding((), (Point(line(text), span),), span)
    return Collection(
        Settings(language=language, keep=("Bigre!",)),
        (Panel("essai", 1, (), (), (), (finding,), None, span),),
        (),
    )


def test_every_inline_text_of_a_collection_is_typeset() -> None:
    """Titles, paragraphs, findings, points, settings and glossary all are; kept strings are not."""
    typed = "l'offre Bigre! est «là» !"
    expected = collection("l’offre Bigre! est «\u00a0là\u00a0»\u202f!")
    assert expected == typeset_collection(collection(typed))


def test_a_collection_in_english_is_typeset_with_the_marks_of_english() -> None:
    """Every text of it, as in French."""
    expected = collection("It’s “here”\u00a0– Bigre!", language="en-GB")
    assert expected == typeset_collection(collection('It\'s "here" - Bigre!', language="en-GB"))


def test_spans_survive_typesetting() -> None:
    """A later diagnostic still points at the source."""
    typed = collection("Oui!")
    assert typed.panels[0].span == typeset_collection(typed).panels[0].span


def test_a_collection_in_another_language_is_left_alone() -> None:
    """Neither typeset nor reviewed."""
    typed = collection('Mae\'n "yma" ....', language="cy")
    assert typed == typeset_collection(typed)
    assert not review_collection(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Il dit «oui", ("typography-quote.alone", "«")),
        ('Il dit "oui', ("typography-quote.alone", '"')),
        ("Il dit «» ici", ("typography-quote.empty", "«»")),
        ("On verra....", ("typography-dots.four", "....")),
        ("On verra..", ("typography-dots.two", "..")),
        ("à 16:15", ("typography-time", "16:15")),
        ("à 16h15", ("typography-time", "16h15")),
        ("le 1ème point", ("typography-ordinal", "1ème")),
        ("l’équipe - la nôtre", ("typography-dash", "-")),
        ("les années 2019 - 2024", ("typography-range", "2019 - 2024")),
        ("L’Etat décide", ("typography-capital", "Etat")),
        ("au coeur du projet", ("typography-ligature", "coeur")),
    ],
)
def test_a_doubt_is_underlined(typed: str, expected: tuple[str, str]) -> None:
    """Each kind of doubt has its code and points at the very characters."""
    found = doubted(typed)
    assert [expected] == found


@pytest.mark.parametrize(
    "typed",
    [
        "le coefficient d’Israël et la moelle",
        "co-construit, 10-15, 2019-2024, –",
        "[...] et ../dossier et 12:30:45 et 26/09/2026",
        "`Etat ....` et http://x.fr/coeur..x",
        'un écran de 27" et 2\'33"',
        "le projet Bigre! et la fonction ‘fil rouge’",
    ],
)
def test_what_is_right_or_technical_raises_no_doubt(typed: str) -> None:
    """The lists are closed: nothing is guessed."""
    assert not doubted(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('She said "yes', ("typography-quote.alone", '"')),
        ("the workers' 'new start", ("typography-quote.alone", "'")),
        ("She said “” here", ("typography-quote.empty", "“”")),
        ("We shall see....", ("typography-dots.four", "....")),
        ("We shall see..", ("typography-dots.two", "..")),
        ("about 40 % of them", ("typography-percent", "40 %")),
        ("in 2019 - 2024", ("typography-range", "2019 - 2024")),
    ],
)
def test_a_doubt_about_english_is_underlined(typed: str, expected: tuple[str, str]) -> None:
    """English has the doubts of its own typography, and of what both languages have."""
    assert [expected] == doubted(typed, "en")


@pytest.mark.parametrize(
    "typed",
    [
        "at 16:15, Etat, oeuvre, 1ème, 20º: no doubt of French",
        "we came - and stayed -- in 2019-2024, 40%, `40 % ....`",
        "'tis the '90s, rock 'n' roll, the class of '99. 'Yes,' she said; 6' 2\" tall, the boys' house",
        "to %PATH% and 100 %d",
    ],
)
def test_what_english_sets_or_leaves_raises_no_doubt(typed: str) -> None:
    """What is mended silently is not told, and what is right neither."""
    assert not doubted(typed, "en")


def test_a_sign_that_stands_twice_is_found_by_its_neighbours() -> None:
    """The second guillemet, the lonely one, is underlined rather than the whole line."""
    found = review_collection(only_a_point("Les «uns» et «les autres"))
    expected = [("typography-quote.alone", 15)]
    assert expected == [(d.key, d.span.start) for d in found]


def test_a_text_that_its_source_writes_otherwise_is_underlined_whole() -> None:
    """No column is invented when the snippet is not in the source."""
    typed = collection("On verra....", source="autre chose")
    assert {"autre chose"} == {d.span.text for d in review_collection(typed)}


@pytest.mark.parametrize("word", [*CAPITALS, *LIGATURES])
def test_every_word_of_the_lists_is_found(word: str) -> None:
    """Whatever is looked for first."""
    text = f"Le {word}."
    assert [text[start:end] for _, start, end, _ in doubts(text, text)] == [word]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_doubt_has_its_words(language: str) -> None:
    """The catalogue can draw each code with the values that the review gives."""
    codes = {suspect.code for suspect in (*SUSPECTS, *ENGLISH_SUSPECTS)} | {
        "typography-quote.alone",
        "typography-quote.empty",
    }
    values = {"found": "x", "instead": "y"}
    assert all(catalogue(language).diagnostic(code, values)[0] for code in codes)


def test_the_seed_text_does_not_drown_in_warnings() -> None:
    """The first real text, whose authors type with care, raises no doubt at all."""
    seed = (Path(__file__).parents[1] / "data" / "seed.txt").read_text(encoding="utf-8")
    found = [doubted(piece) for piece in re.split(r"\n\s*\n|\n\t", seed)]
    assert not any(found)
