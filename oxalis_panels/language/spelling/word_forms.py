"""The forms of a word: as a dictionary may have it, and those that one typing error turns into it."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

ACCENTS: Final = ("aàâä", "eéèêë", "iîï", "oôö", "uùûü", "cç")
LETTERS: Final = "esiantrulodcmpévfgbhqàxèyêzjçôîâùœûkïwëü"
"""Of French, the most frequent first: what stands first is suggested first."""
MOST: Final = 3
"""Words that are suggested at most."""
SHORTEST: Final = 4
"""Letters from which on suggestions for a word are more than chance."""


def spellings(word: str) -> Iterator[str]:
    """Yield the word, then its forms without the capitals of a title or of a sentence."""
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
    """Return whether a word is written in capitals, perhaps with a plural `s`; no dictionary has those."""
    capitals = word.removesuffix("s")
    return len(capitals) > 1 and capitals.isupper() and capitals.isalpha()


def near(word: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return at most `MOST` words for which `knows` is true and one typing error away, likeliest first."""
    if len(word) < SHORTEST:
        return ()
    return tuple(islice((each for each in dict.fromkeys(_edits(word)) if knows(each)), MOST))


def _edits(word: str) -> Iterator[str]:
    """Yield a word with one accent changed, two letters swapped, one more, one less, or one replaced."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for before, after in cuts[:-1]:
        family = next((each for each in ACCENTS if after[0].lower() in each), "")
        for letter in family:
            yield before + (letter.upper() if after[0].isupper() else letter) + after[1:]
    yield from (before + after[1] + after[0] + after[2:] for before, after in cuts[:-2])
    yield from (before + letter + after for before, after in cuts[1:] for letter in LETTERS)
    yield from (before + after[1:] for before, after in cuts[-2::-1])  # first the mute letters at the end
    yield from (before + letter + after[1:] for before, after in cuts[1:-1] for letter in LETTERS)
