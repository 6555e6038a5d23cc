"""What holds for every text, however odd: nothing is lost, twice is once, and it takes linear time."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.language.typography import typeset
from oxalis_panels.language.typography.edits import Rule
from oxalis_panels.language.typography.engine import ENGLISH_RULES, RULES
from oxalis_panels.language.typography.proof import skeleton
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.typography.styles import BRITAIN, FRANCE, Style, style_for

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
    *(
        "'90s",
        "'n' ",
        "'til",
        " - ",
        "--",
        "---",
        "–",
        "—",
        "2023-24",
        "pp. 5-7",
        "10 a.m.",
        "£5 m",
        "-5 °C",
        "40 %",
    ),
    *("Mr ", "Part 3", "1 May", "J. R. R. T", "029 2087 3000", "s'", "the "),
]
LANGUAGES = st.sampled_from(["fr", "fr-CA", "fr-CH", "fr-CH-x-narrow", "en", "en-US"])
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
    style = style_for(language)
    assert style is not None
    assert skeleton(text, style) == skeleton(typeset(text, lang=language), style)


@given(texts, LANGUAGES)
def test_every_word_stays_as_it_was_typed(text: str, language: str) -> None:
    """No letter and no digit changes, comes or goes, but for the ordinals of French."""
    letters = ["".join(filter(str.isalnum, each)) for each in (text, typeset(text, lang=language))]
    assert letters[0] == letters[1] or language.startswith("fr")


@given(texts, LANGUAGES)
def test_no_line_break_is_added_or_removed(text: str, language: str) -> None:
    """The lines of a text stay its lines."""
    assert text.count("\n") == typeset(text, lang=language).count("\n")


@given(texts, st.sampled_from(["Bigre!", "10 000", " ;", "l'", "--"]), LANGUAGES)
def test_a_kept_string_survives_wherever_it_stands(text: str, kept: str, language: str) -> None:
    """No occurrence of a string to keep disappears."""
    assert text.count(kept) <= typeset(text, lang=language, keep=(kept,)).count(kept)


@given(texts)
def test_a_mask_is_as_long_as_its_text(text: str) -> None:
    """Masking keeps every offset."""
    assert len(text) == len(protect(text, ("Bigre!",)))


@pytest.mark.parametrize(
    ("rule", "style"),
    [
        *(pytest.param(rule, FRANCE, id=rule.name) for rule in RULES),
        *(pytest.param(rule, BRITAIN, id=f"{rule.name}, in English") for rule in ENGLISH_RULES),
    ],
)
@given(texts)
def test_a_rule_finds_nothing_without_a_trigger(rule: Rule, style: Style, text: str) -> None:
    """What a rule says it needs is there wherever it finds something."""
    assert not any(rule.find(text, style)) or not rule.triggers.isdisjoint(text)


@given(texts)
def test_another_language_passes_through(text: str) -> None:
    """Welsh is returned byte for byte."""
    assert text == typeset(text, lang="cy")


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
HOSTILE_IN_ENGLISH = [
    "'",
    "'a",
    "'90 ",
    "-",
    "a--",
    " - ",
    "1-",
    "1,111-",
    "1.11-",
    "A. ",
    "0300 123 ",
    "Fig. ",
    "1 ",
]


@pytest.mark.parametrize(
    ("unit", "language"),
    [*((unit, "fr") for unit in HOSTILE), *((unit, "en") for unit in HOSTILE_IN_ENGLISH)],
)
def test_a_hostile_text_takes_linear_time(unit: str, language: str) -> None:
    """A hundred thousand characters that tempt a pattern to backtrack take seconds at the very most.

    The bound is generous for a busy machine; quadratic behaviour would take minutes.
    """
    text = unit * (100_000 // len(unit))
    begun = time.process_time()
    typeset(text, lang=language)
    assert time.process_time() - begun < 6
