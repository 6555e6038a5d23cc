"""A sorted list of every form of every word of a language, and what is looked up in it.

That is a word as a dictionary may have it, and the forms that one typing error turns into it. The list is
searched without splitting it into lines.

Hunspell's files would take 1.6 s to read at each start; this one takes 15 ms.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
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


FRENCH = Path(__file__).with_name("french.gz")
"""The forms of Grammalecte's dictionary “toutes variantes”; `requirements/renew_words.py` makes it."""
RECENT = Path(__file__).with_name("recent.txt")
"""Words that it lacks, written by hand: lines of words, comments after `#`."""
FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f\u0300-\u036f\u1d2c-\u1d6a\u1e00-\u1eff]")
"""A letter of another script than Latin."""
CACHED_WORDS = 32_768
"""Words whose verdict is cached, the latest: `serve` checks those of all panels at every change."""
GZIP = 31
"""zlib's number for a stream with gzip's header."""


class WordList:
    """Words, one per line, in the order of their UTF-8 bytes."""

    def __init__(self, words: bytes, more: frozenset[str] = frozenset()) -> None:
        """Take the lines, each ending in a line feed, and `more` words in any order."""
        self._words, self._more = words, more
        self.knows: Callable[[str], bool] = lru_cache(maxsize=CACHED_WORDS)(self._look_up)
        """Return whether a word is right, capitals included; words in other scripts always are."""
        self.suggest: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=CACHED_WORDS)(self._near)
        """Return at most `MOST` words that are one typing error away."""

    def __contains__(self, form: str) -> bool:
        """Return whether exactly this form is in the list."""
        if form in self._more:
            return True
        wanted, words = form.encode(), self._words
        low, high = 0, len(words)
        while low < high:
            start = words.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = words.index(b"\n", start)
            line = words[start:end]
            if line == wanted:
                return True
            low, high = (end + 1, high) if line < wanted else (low, start)
        return False

    def _near(self, word: str) -> tuple[str, ...]:
        return near(word, self._look_up)

    def _look_up(self, word: str) -> bool:
        return FOREIGN.search(word) is not None or any(form in self for form in spellings(word))


@cache
def french() -> WordList:
    """Return the words of French."""
    lines = (line.partition("#")[0] for line in RECENT.read_text(encoding="utf-8").splitlines())
    recent = frozenset(word for line in lines for word in line.split())
    return WordList(zlib.decompress(FRENCH.read_bytes(), GZIP), recent)
