"""What holds for every text, however odd: nothing is lost, twice is once, and it takes linear time."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.language.typography import typeset
from oxalis_panels.language.typography.edits import Rule
from oxalis_panels.language.typography.engine import RULES
from oxalis_panels.language.typography.proof import skeleton
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.typography.styles import FRANCE

SEED = Path(__file__).parents[1] / "data" / "seed.txt"
WORDS = SEED.read_text(encoding="utf-8").split()
PIECES = [
    *" \t\n\u00a0\u202f\u2009.,;:!?…«»\"'’‘“”()[]{}/\\%€$°·-–0123456789aéhmgMeXI`<>&@=*_",
    *("...", "etc", "n°", "1er", "2ème", " juin", "km", "http://", "p. ", "M. ", "l'", " à ", "\n\n", "  "),
    *(
        " 10 000 ",
        "&nbsp;",
        "{{",
        "}}",
        "](",
        "![",
        ":)",
        "Bigre!",
        "16 h 15",
        "2024",
        "XXe siècle",
        "J.-P. ",
    ),
    *(
        "'fil",
        "‘",
        "l’ ",
        "01 23 45 67 89",
        "+33 ",
        "J. Le ",
        "n°6",
        "9h30-11h",
        "XIXème",
        "1ÈRE",
        "₣",
        "20º",
    ),
]
LANGUAGES = st.sampled_from(["fr", "fr-CA", "fr-CH", "fr-CH-x-narrow"])
noise = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
sentences = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", *PIECES])), max_size=12
).map(
    lambda pairs: "".join(word + piece for word, piece in pairs),
)
texts = st.one_of(noise, sentences, st.text(max_size=40))


@given(texts, LANGUAGES)
def test_twice_is_the_same_as_once(text: str, language: str) -> None:
    """Typesetting what is typeset changes nothing."""
    once = typeset(text, lang=language, keep=("Bigre!",))
    assert once == typeset(once, lang=language, keep=("Bigre!",))


@given(texts, LANGUAGES)
def test_only_the_allowed_signs_change(text: str, language: str) -> None:
    """Every letter, digit, sign and line break is still there, in order."""
    assert skeleton(text) == skeleton(typeset(text, lang=language))


@given(texts)
def test_no_line_break_is_added_or_removed(text: str) -> None:
    """The lines of a text stay its lines."""
    assert text.count("\n") == typeset(text).count("\n")


@given(texts, st.sampled_from(["Bigre!", "10 000", " ;", "l'"]))
def test_a_kept_string_survives_wherever_it_stands(text: str, kept: str) -> None:
    """No occurrence of a string to keep disappears."""
    assert text.count(kept) <= typeset(text, keep=(kept,)).count(kept)


@given(texts)
def test_a_mask_is_as_long_as_its_text(text: str) -> None:
    """Masking keeps every offset."""
    assert len(text) == len(protect(text, ("Bigre!",)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(texts)
def test_a_rule_finds_nothing_without_a_trigger(rule: Rule, text: str) -> None:
    """What a rule says it needs is there wherever it finds something."""
    assert not any(rule.find(text, FRANCE)) or not rule.triggers.isdisjoint(text)


@given(texts)
def test_another_language_passes_through(text: str) -> None:
    """English is returned byte for byte."""
    assert text == typeset(text, lang="en")


HOSTILE = [
    *(
        '"',
        "«",
        "»",
        ".",
        " ",
        "1",
        "1,",
        "a.",
        " 1",
        "1 000 ",
        "'",
        "(",
        "`",
        "``` ",
        "{{",
        "<pre>",
        "](",
        "? ",
    ),
    *(
        "!",
        ": ",
        "a@",
        "/a",
        "etc ",
        "&a",
        "a·",
        ":a",
        "« », ",
        "l' «",
        "... ",
        "1-",
        "\n ",
        "\u2009",
        "A/",
        ";) (",
        "'a",
        "'1' ",
        "d' a",
        "J. A",
        "01 23 45 67 89 ",
        "+33 1 ",
        "1h-",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_takes_linear_time(unit: str) -> None:
    """A hundred thousand characters that tempt a pattern to backtrack take seconds at the very most.

    The bound is generous for a busy machine; quadratic behaviour would take minutes.
    """
    text = unit * (100_000 // len(unit))
    begun = time.process_time()
    typeset(text)
    assert time.process_time() - begun < 6
