"""The forms of a word: as a dictionary may have it, and as one slip of the finger would have made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

ACCENTS: Final = ("aàâä", "eéèêë", "iîï", "oôö", "uùûü", "cç")
LETTERS: Final = "esiantrulodcmpévfgbhqàxèyêzjçôîâùœûkïwëü"
"""Of French, the most frequent first: what stands first is suggested first."""
MOST: Final = 3
"""Words suggested; a fourth would only show that nothing is known."""
SHORTEST: Final = 4
"""Letters of a word for which suggestions are more than chance."""


def spellings(word: str) -> Iterator[str]:
    """Yield the word, then what it is without the capitals of a title or of a sign."""
    word = straight(word)
    yield word
    if word.isupper():
        yield word.lower()
        yield word.title()
    elif word[:1].isupper():
        yield word[0].lower() + word[1:]


def straight(word: str) -> str:
    """Return a word with the apostrophe and the hyphen of dictionaries."""
    for typed in "’ʼ‘":
        word = word.replace(typed, "'")
    return word.replace("‐", "-").replace("‑", "-")


def is_acronym(word: str) -> bool:
    """Tell whether a word is written in capitals, perhaps with a plural `s`: nobody can look that up."""
    capitals = word.removesuffix("s")
    return len(capitals) > 1 and capitals.isupper() and capitals.isalpha()


def near(word: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return at most `MOST` words that `knows` has, the likeliest slips first."""
    if len(word) < SHORTEST:
        return ()
    return tuple(islice((each for each in dict.fromkeys(_edits(word)) if knows(each)), MOST))


def _edits(word: str) -> Iterator[str]:
    """Yield what an accent, an exchange, a letter more, a letter less or another letter makes of a word."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for before, after in cuts[:-1]:
        family = next((each for each in ACCENTS if after[0].lower() in each), "")
        for letter in family:
            yield before + (letter.upper() if after[0].isupper() else letter) + after[1:]
    yield from (before + after[1] + after[0] + after[2:] for before, after in cuts[:-2])
    yield from (before + letter + after for before, after in cuts[1:] for letter in LETTERS)
    yield from (before + after[1:] for before, after in cuts[-2::-1])  # first the mute letters at the end
    yield from (before + letter + after[1:] for before, after in cuts[1:-1] for letter in LETTERS)
