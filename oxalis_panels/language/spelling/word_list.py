"""A sorted list of every form of every word of a language, searched without splitting it into lines.

Hunspell's files would take 1.6 s to read at each start; this one takes 15 ms.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from oxalis_panels.language.spelling.word_forms import near, spellings

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
        self._verdict = lru_cache(maxsize=CACHED_WORDS)(self._look_up)
        self._near = lru_cache(maxsize=CACHED_WORDS)(lambda word: near(word, self._look_up))

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """Return the list of these words."""
        return cls(b"".join(line + b"\n" for line in sorted({word.encode() for word in words})))

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

    def knows(self, word: str) -> bool:
        """Return whether a word is right, capitals included; words in other scripts always are."""
        return self._verdict(word)

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return at most `word_forms.MOST` words that are one typing error away."""
        return self._near(word)

    def _look_up(self, word: str) -> bool:
        return FOREIGN.search(word) is not None or any(form in self for form in spellings(word))


@cache
def french() -> WordList:
    """Return the words of French."""
    lines = (line.partition("#")[0] for line in RECENT.read_text(encoding="utf-8").splitlines())
    recent = frozenset(word for line in lines for word in line.split())
    return WordList(zlib.decompress(FRENCH.read_bytes(), GZIP), recent)
