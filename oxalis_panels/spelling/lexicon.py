"""What a house accepts besides the dictionary: its lexicon, and its abbreviations."""

from __future__ import annotations

import re

from oxalis_panels.frozen import frozen
from oxalis_panels.model import Settings
from oxalis_panels.spelling.cases import near, straight

_PARTS = re.compile(r"\s+")


@frozen
class Lexicon:
    """Words that are right as they are typed here."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    """Of words that are right whatever ends them: entries with a `*` behind."""

    @classmethod
    def of(cls, settings: Settings) -> Lexicon:
        """Return the words of the lexicon and of the glossary; each word of an entry (`La Ruche`) counts."""
        entries = [*settings.lexicon, *(entry.short for entry in settings.glossary)]
        words = {straight(word) for entry in entries for word in (entry, *_PARTS.split(entry)) if word}
        beginnings = tuple(word.rstrip("*") for word in words if word.endswith("*") and word.rstrip("*"))
        return cls(frozenset(word for word in words if not word.endswith("*")), beginnings)

    def knows(self, word: str) -> bool:
        """Tell whether a word is in it, also with the capital of a sentence or in capitals throughout."""
        word = straight(word)
        forms = [word, word[0].lower() + word[1:]] if word[:1].isupper() else [word]
        if any(form in self.words or form.startswith(self.beginnings) for form in forms):
            return True
        return word.isupper() and word.lower() in {each.lower() for each in self.words}

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return the words of the house that one slip turns into this one: `Oxalys` for `Oxalis`."""
        return near(straight(word), lambda each: each in self.words)
