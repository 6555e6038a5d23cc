"""Sentences so long that a reader standing before a poster has to start again."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.wording.passages import Passage
from oxalis_panels.model.diagnostics import Diagnostic, warning

MAX_WORDS: Final = 25
"""In a sentence; plain-language guides recommend 15 to 25."""
_NAMED: Final = 4
"""How many words of a sentence its message quotes."""
_WORD: Final = re.compile(r"\S+")
_END: Final = re.compile(r"[.!?…][»”\")\s]*\s(?=[«“\"(\s]*[^\W_a-zà-öø-ÿ])")
"""Between two sentences: a sign that ends one, and a capital or a number."""
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(’'])(?:MM?|Mme|Dr|Pr|St|Ste|cf|art|p|pp|n|vol|éd|chap|fig|ex|env|J\.-[A-Z]|[A-Z])\.$"
)
"""A full stop that ends no sentence, at the end of a text: `M.`, `J.`, `cf.`"""
_LONGEST: Final = len(" chap.")


def long_sentences(passage: Passage) -> Iterator[Diagnostic]:
    """Yield a warning for each sentence of more than `MAX_WORDS` words, at the words that are too many."""
    for start, end in _sentences(passage.text):
        words = [each for each in _WORD.finditer(passage.text, start, end) if _is_word(each[0])]
        if len(words) > MAX_WORDS:
            begins = passage.text[start : words[_NAMED - 1].end()]
            place = passage.at(words[MAX_WORDS].start(), end)
            yield warning("sentence-long", place, found=begins, words=len(words), most=MAX_WORDS)


def _is_word(text: str) -> bool:
    """Return whether it has a letter or a digit: a dash between two spaces has none."""
    return text.isalnum() or any(map(str.isalnum, text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        end = match.start() + 1
        if not _ABBREVIATION.search(text, max(0, end - _LONGEST), end):
            yield start, end
            start = match.end()
    yield start, len(text)
