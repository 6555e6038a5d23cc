"""Languages, unbreakable words, and the proof that refuses a wrong rule."""

from collections.abc import Iterator

import pytest

from oxalis_panels.language.typography import TypographyError, engine, typeset, unbreakable
from oxalis_panels.language.typography.edits import Change, Edit, Rule
from oxalis_panels.language.typography.proof import prove
from oxalis_panels.language.typography.styles import (
    AMERICA,
    BRITAIN,
    CANADA,
    FRANCE,
    SWITZERLAND,
    SWITZERLAND_NARROW,
    Style,
    style_for,
)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", FRANCE),
        ("FR-fr", FRANCE),
        ("fr_FR.UTF-8", FRANCE),
        ("fr-BE", FRANCE),
        ("fr-LU", FRANCE),
        ("fra", FRANCE),
        ("fr_CA", CANADA),
        ("fr-Latn-CA", CANADA),
        ("fr-CH", SWITZERLAND),
        ("fr-CH-x-narrow", SWITZERLAND_NARROW),
        ("frp", None),
        ("en", BRITAIN),
        ("en-GB", BRITAIN),
        ("en_US.UTF-8", AMERICA),
        ("cy", None),
        ("", None),
        ("français", None),
    ],
)
def test_a_language_tag_chooses_the_style(tag: str, expected: Style | None) -> None:
    """French and English in any spelling of their tags, and nothing else."""
    assert expected == style_for(tag)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("des entrepreneur·es ici", ["entrepreneur·es"]),
        ("salarié·e·s et co-entrepreneur·es", ["salarié·e·s", "co-entrepreneur·es"]),
        ("d’entrepreneur·es", ["entrepreneur·es"]),
        ("professionnel·les", ["professionnel·les"]),
        ("un couple de 12 N·m et col·legi, l·l", []),
        ("la relation CA/DG, un duo DG/CA", ["CA/DG", "DG/CA"]),
        ("H/F et et/ou, km/h, 1/2, http://X/Y/Z", ["H/F"]),
        ("rien ici", []),
    ],
)
def test_the_words_that_never_break(text: str, expected: list[str]) -> None:
    """Words with a middle dot and acronyms around a slash; not units, fractions or addresses."""
    assert expected == [text[start:end] for start, end in unbreakable(text)]


def broken(replacement: str, change: Change) -> Rule:
    """Return a rule that replaces the first character by something else."""

    def find(text: str, _style: Style) -> Iterator[Edit]:
        if text and not text.startswith(replacement):
            yield Edit(0, 1, replacement)

    return Rule("broken", 0, change, frozenset("abcdefghijklmnopqrstuvwxyzꙮ"), find)


@pytest.mark.parametrize("change", list(Change))
def test_a_rule_that_changes_a_letter_is_named(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever kind of change a rule declares, a letter is beyond it."""
    monkeypatch.setattr(engine, "RULES", (broken("x", change),))
    with pytest.raises(TypographyError, match=r"'broken'.*turns 'm' into 'x'"):
        typeset("mot")


def test_a_rule_that_touches_protected_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a space may not be removed there."""
    monkeypatch.setattr(engine, "RULES", (broken("x", Change.SPACES),))
    with pytest.raises(TypographyError, match=r"'broken'.*protected"):
        typeset("mot", keep=("mot",))


def test_a_rule_that_never_rests_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typesetting ends, with an exception, when a rule finds something for ever."""

    def find(text: str, _style: Style) -> Iterator[Edit]:
        yield Edit(len(text), len(text), " ")

    monkeypatch.setattr(engine, "RULES", (Rule("restless", 0, Change.SPACES, frozenset("m"), find),))
    with pytest.raises(TypographyError, match=r"'restless'.*never comes to rest"):
        typeset("mot")


def test_edits_out_of_order_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule yields its edits from left to right."""

    def find(_text: str, _style: Style) -> Iterator[Edit]:
        yield Edit(2, 2, " ")
        yield Edit(0, 0, " ")

    monkeypatch.setattr(engine, "RULES", (Rule("backwards", 0, Change.SPACES, frozenset("m"), find),))
    with pytest.raises(TypographyError, match=r"'backwards'.*out of order"):
        typeset("mot")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mot", "mots"),
        ("un deux", "un dex"),
        ("a\nb", "a b"),
        ("Etat", "État"),
        ("10-15", "10–15"),
        ("etc.", "etc"),
    ],
)
def test_the_proof_sees_every_other_change(before: str, after: str) -> None:
    """Letters, digits, line breaks and dashes are not the typesetter's."""
    with pytest.raises(TypographyError):
        prove(before, after, FRANCE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("well-being", "wellbeing"),
        ("its", "it’s"),
        ("10 - 15", "10"),
        ('"x"', "«x»"),
        ("one\ntwo", "one two"),
    ],
)
def test_the_proof_of_english_sees_them_too(before: str, after: str) -> None:
    """Dashes may change there, but none may come or go."""
    with pytest.raises(TypographyError):
        prove(before, after, BRITAIN)


def test_each_language_has_its_own_marks_in_the_proof() -> None:
    """What is an edit in one is a mistake in the other."""
    prove('"x"', "“x”", BRITAIN)
    prove("one -- -5 °C", "one\u00a0– −5 °C", BRITAIN)
    with pytest.raises(TypographyError):
        prove('"x"', "“x”", FRANCE)
