"""Point at words that neither the dictionary nor the house knows; only authors can tell which are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from oxalis_panels.language.spelling.cases import near, straight
from oxalis_panels.language.spelling.cutting import begins, cleared, place, placed, prose, words
from oxalis_panels.language.spelling.hunspell import HunspellWords, find_dictionary
from oxalis_panels.language.spelling.judging import wrong_parts
from oxalis_panels.language.spelling.word_list import french
from oxalis_panels.model.collection import Collection, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Span, warning
from oxalis_panels.model.value import frozen
from oxalis_panels.reading.symbols import LOOK_ALIKES
from oxalis_panels.words.catalogue import Phrase

CAPITALS = {"A": "ÀÂ", "C": "Ç", "E": "ÉÈÊ", "I": "Î", "O": "Ô", "U": "Û"}
"""Capitals that take an accent in French, and with it."""
SAID = frozenset({"typography-capital", "typography-ligature", "character-mojibake"})
"""Doubts about a word that say more than that no dictionary knows it."""
_PARTS = re.compile(r"\s+")


class Dictionary(Protocol):
    """The words of a language."""

    def knows(self, word: str) -> bool:
        """Tell whether a word is right."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return words that may have been meant."""


def check_spelling(collection: Collection, folder: Path) -> tuple[Diagnostic, ...]:
    """Return a warning for each unknown word, once per file, and one per file for its unknown names.

    `folder` is where verdicts of a slow dictionary are kept; French needs none.
    """
    language = collection.settings.language
    if language.lower().split("-")[0] == "fr":
        return review(collection, french())
    stem = find_dictionary(language)
    if stem is None:
        return ()
    words = HunspellWords(stem, folder)
    found = review(collection, words)
    words.save()
    return found


def unsaid(found: tuple[Diagnostic, ...], told: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return the warnings of `check_spelling` but for words of which `told` says what is wrong."""
    said: dict[str, set[int]] = {}
    for each in told if found else ():
        if each.code in SAID:
            said.setdefault(each.span.source.path, set()).update(range(each.span.start, each.span.end))
    return tuple(each for each in found if _is_free(each.span, said.get(each.span.source.path, set())))


def _is_free(span: Span, taken: set[int]) -> bool:
    return taken.isdisjoint(range(span.start, span.end))


def review(collection: Collection, dictionary: Dictionary) -> tuple[Diagnostic, ...]:
    """Return what `check_spelling` does, by this dictionary."""
    settings = collection.settings
    lexicon = Lexicon.of(settings)

    @cache
    def knows(word: str) -> bool:
        return lexicon.knows(word) or dictionary.knows(word)

    # Most words come again, and so do slips.

    @cache
    def wrong(word: str) -> tuple[str, ...]:
        return tuple(wrong_parts(word, knows))

    @cache
    def doubtful(between_blanks: str) -> bool:
        return any(map(wrong, words(between_blanks)))

    @cache
    def suggest(word: str, *, name: bool) -> tuple[str, ...]:
        return lexicon.suggest(word) or (_accented(word, knows) if name else dictionary.suggest(word))

    told: set[tuple[str, str]] = set()
    names: dict[str, Span] = {}
    found: list[Diagnostic] = []
    for written, span in prose(collection):
        text = cleared(written, settings.keep)
        for word in placed(text) if any(map(doubtful, text.split())) else ():
            for part in wrong(word[0]):
                if (part, span.source.path) in told or not LOOK_ALIKES.keys().isdisjoint(map(ord, part)):
                    continue
                told.add((part, span.source.path))
                name = _is_name(part, begins=begins(word) and word[0].startswith(part))
                near = suggest(part, name=name)
                if name and not near:
                    names.setdefault(part, span)
                else:
                    found.append(_unknown(part, near, span, settings))
    return (*found, *_names(names, settings))


def _accented(word: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return a name as it is with an accent on its capital (`État`), if that is a word."""
    return tuple(form for first in CAPITALS.get(word[0], "") if knows(form := first + word[1:]))


def _is_name(word: str, *, begins: bool) -> bool:
    """Tell whether a word has capitals that no beginning of a sentence explains."""
    return not word[1:].islower() or (word[0].isupper() and not begins)


def _unknown(word: str, near: tuple[str, ...], span: Span, settings: Settings) -> Diagnostic:
    where, how = place(word, span), _adding((word,), settings)
    if not near:
        return warning("spelling-unknown", where, found=word, how=how)
    doubt = warning("spelling", where, found=word, near=near, how=how)
    return doubt.repaired(near[0]) if len(near) == 1 and where.text == word else doubt


def _adding(words: tuple[str, ...], settings: Settings) -> Phrase:
    """Return how words are written into the lexicon: into the list that is there, in the form it has."""
    there = settings.places.get("lexicon")
    if there is None:
        return Phrase("spelling.first", {"words": words})
    if there.text.startswith("["):
        return Phrase("spelling.in_brackets", {"words": words})
    return Phrase(
        "spelling.below", {"words": tuple(Phrase("spelling.line", {"word": word}) for word in words)}
    )


def _names(names: dict[str, Span], settings: Settings) -> Iterator[Diagnostic]:
    """Yield one warning for the names of a file: they are seldom wrong, and go into the lexicon together."""
    files: dict[str, list[str]] = {}
    for name, span in names.items():
        files.setdefault(span.source.path, []).append(name)
    for group in files.values():
        yield warning(
            "spelling-names",
            place(group[0], names[group[0]]),
            found=tuple(group),
            how=_adding(tuple(group), settings),
        )


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
