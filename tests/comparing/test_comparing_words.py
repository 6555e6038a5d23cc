"""Texts word by word: what counts as a word, what as a change, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.authoring.comparing.matching import Trigrams, likeness, moved
from oxalis_panels.authoring.comparing.wording import pieces, tokens

WORDS = st.lists(
    st.sampled_from(["le", "de,", "bilan", "l’offre", "entrepreneur·es", ".", "« fil »", "12 000", "été"])
)
TEXT = st.one_of(st.text(max_size=60), WORDS.map(" ".join))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’offre qu'elle", ["l’", "offre", "qu'", "elle"]),
        ("les entrepreneur·es, aujourd’hui", ["les", "entrepreneur·es", ",", "aujourd’", "hui"]),
        ("l’« offre »", ["l’", "«", "offre", "»"]),
        ("CA/DG", ["CA", "/", "DG"]),
        ("co-construit, 12,5 % de 12 000 €", ["co-construit", ",", "12,5", "%", "de", "12 000", "€"]),
        ("oxalis-scop.fr.", ["oxalis-scop.fr", "."]),
        ("etc...", ["etc", "..."]),
        ("計画を", ["計", "画", "を"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("", []),
        (" \u00a0", [" \u00a0"]),
    ],
)
def test_a_text_falls_into_what_a_reader_calls_words(text: str, expected: list[str]) -> None:
    """Elisions by themselves; inclusive forms, compounds, numbers and addresses whole."""
    found = [token.text.strip() or token.text for token in tokens(text)]
    assert expected == found


@given(TEXT)
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    """No space is lost, whatever is written."""
    assert "".join(token.text for token in tokens(text)) == text


@given(TEXT, TEXT)
def test_pieces_give_both_texts_back(before: str, after: str) -> None:
    """Whatever is compared, the old text and the new one can be read from the pieces."""
    found = pieces(before, after)
    assert "".join(piece.before for piece in found) == before
    assert "".join(piece.after for piece in found) == after


@given(TEXT)
def test_a_text_compared_with_itself_has_not_changed(text: str) -> None:
    """One piece that stayed, or none."""
    assert [(piece.before, piece.after, piece.kept) for piece in pieces(text, text)] == (
        [(text, text, True)] if text else []
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('l\'offre "sociale"', "l’offre « sociale »".replace(" ", "\u00a0").replace("\u00a0«", " «")),
        ("Oui!", "Oui\u202f!"),
        ("2020-2023", "2020–2023"),
        ("etc...", "etc…"),
        ("entrepreneur•es", "entrepreneur·es"),
        ("12 000 €", "12\u202f000\u00a0€"),
        ("e\u0301te\u0301", "été"),
        ("coopé\u00adrative", "coopérative"),
    ],
)
def test_what_a_typesetter_chooses_is_no_change(before: str, after: str) -> None:
    """Spaces, quotation marks, apostrophes, dashes, ellipses and how a letter is encoded."""
    assert all(piece.kept for piece in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Coté équipe", "Côté équipe", [("Coté ", "Côté ")]),
        ("la paix", "La paix", [("la ", "La ")]),
        ("l’offre", "d’offre", [("l’", "d’")]),
        (
            "un bilan de la coopérative",
            "un constat de notre coopérative",
            [("bilan de la ", "constat de notre ")],
        ),
        ("a, b", "a, x, b", [("", "x, ")]),
        ("fin.", "fin,", [(".", ",")]),
    ],
)
def test_only_what_changed_is_marked(before: str, after: str, changed: list[tuple[str, str]]) -> None:
    """Accents, capitals and signs are changes; a « de » between two replaced words is read with them."""
    assert [(piece.before, piece.after) for piece in pieces(before, after) if not piece.kept] == changed


def test_a_very_long_text_is_compared_in_no_time() -> None:
    """Beyond some pages only what is the same at both ends is found; both texts are whole all the same."""
    before = " ".join(f"mot{n % 977}" for n in range(40_000))
    after = before.replace("mot500", "autre", 1)
    found = pieces(before, after)
    assert [(piece.before, piece.after) for piece in found if not piece.kept] == [("mot500 ", "autre ")]


@given(TEXT, TEXT)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    """A is as like B as B is like A; nothing is more than the same."""
    first, second = Trigrams.of(one), Trigrams.of(other)
    assert likeness(first, second) == likeness(second, first) <= 1


@given(st.permutations(range(7)))
def test_as_few_as_possible_have_moved(order: list[int]) -> None:
    """What stays is in order, and no larger part of it would be."""
    staying = [number for number in order if number not in moved(order)]
    assert staying == sorted(staying)
    longest = max(
        chosen.bit_count()
        for chosen in range(1 << len(order))
        if (part := [n for k, n in enumerate(order) if chosen >> k & 1]) == sorted(part)
    )
    assert len(staying) == longest
