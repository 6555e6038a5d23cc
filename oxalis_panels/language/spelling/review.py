"""Warnings for words that neither the dictionary nor the project's lexicon has; authors decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from oxalis_panels.language.spelling.hunspell import HunspellWords, find_dictionary
from oxalis_panels.language.spelling.judging import wrong_parts
from oxalis_panels.language.spelling.tokens import WORD, prose, span_of, starts_sentence, without_code
from oxalis_panels.language.spelling.word_list import WordList, french, near, straight
from oxalis_panels.model.collection import Collection, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Span, warning
from oxalis_panels.model.value import value
from oxalis_panels.reading.symbols import LOOK_ALIKES
from oxalis_panels.words.catalogue import Phrase

CAPITALS = {"A": "ÀÂ", "C": "Ç", "E": "ÉÈÊ", "I": "Î", "O": "Ô", "U": "Û"}
"""Capitals that take an accent in French, without it and with it."""
MORE_PRECISE = frozenset({"typography-capital", "typography-ligature", "character-mojibake"})
"""Codes that tell more about a word than that no dictionary has it."""
_PARTS = re.compile(r"\s+")


def check_spelling(collection: Collection, folder: Path) -> tuple[Diagnostic, ...]:
    """Return a warning for each unknown word, once per file, and one per file for its unknown names.

    `folder` is the cache of the output folder; the French list needs none.
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


def unreported(found: tuple[Diagnostic, ...], others: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return the warnings of `check_spelling` without words about which `others` are more precise."""
    taken: dict[str, set[int]] = {}
    for each in others if found else ():
        if each.code in MORE_PRECISE:
            taken.setdefault(each.span.source.path, set()).update(range(each.span.start, each.span.end))
    return tuple(
        each
        for each in found
        if taken.get(each.span.source.path, set()).isdisjoint(range(each.span.start, each.span.end))
    )


def review(collection: Collection, dictionary: WordList | HunspellWords) -> tuple[Diagnostic, ...]:
    """Return the warnings of `check_spelling`, with this dictionary."""
    settings = collection.settings
    lexicon = Lexicon.of(settings)

    def knows(word: str) -> bool:
        return lexicon.knows(word) or dictionary.knows(word)

    @cache  # most words come again
    def wrong(word: str) -> tuple[str, ...]:
        return tuple(wrong_parts(word, knows))

    def suggest(word: str, *, name: bool) -> tuple[str, ...]:
        return lexicon.suggest(word) or (_accented(word, knows) if name else dictionary.suggest(word))

    reported: set[tuple[str, str]] = set()
    names: dict[str, Span] = {}
    found: list[Diagnostic] = []
    for written, span in prose(collection):
        text = without_code(written, settings.keep)
        for word in WORD.finditer(text):
            for part in wrong(word[0]):
                if (part, span.source.path) in reported or not LOOK_ALIKES.keys().isdisjoint(map(ord, part)):
                    continue
                reported.add((part, span.source.path))
                name = _is_name(part, starts_sentence=starts_sentence(word) and word[0].startswith(part))
                near = suggest(part, name=name)
                if name and not near:
                    names.setdefault(part, span)
                else:
                    found.append(_unknown(part, near, span, settings))
    return (*found, *_names(names, settings))


def _accented(word: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return a name with an accent on its capital (`État`), if that is a word."""
    return tuple(form for first in CAPITALS.get(word[0], "") if knows(form := first + word[1:]))


def _is_name(word: str, *, starts_sentence: bool) -> bool:
    """Return whether a word has capitals that the start of a sentence does not explain."""
    return not word[1:].islower() or (word[0].isupper() and not starts_sentence)


def _unknown(word: str, near: tuple[str, ...], span: Span, settings: Settings) -> Diagnostic:
    where, how = span_of(word, span), _adding((word,), settings)
    if not near:
        return warning("spelling-unknown", where, found=word, how=how)
    doubt = warning("spelling", where, found=word, near=near, how=how)
    return doubt.repaired(near[0]) if len(near) == 1 and where.text == word else doubt


def _adding(words: tuple[str, ...], settings: Settings) -> Phrase:
    """Return how to add words to the lexicon: to the list that exists, in the form it has."""
    there = settings.places.get("lexicon")
    if there is None:
        return Phrase("spelling.first", {"words": words})
    if there.text.startswith("["):
        return Phrase("spelling.in_brackets", {"words": words})
    return Phrase(
        "spelling.below", {"words": tuple(Phrase("spelling.line", {"word": word}) for word in words)}
    )


def _names(names: dict[str, Span], settings: Settings) -> Iterator[Diagnostic]:
    """Yield one warning for all names of a file: they are rarely wrong, and join the lexicon together."""
    files: dict[str, list[str]] = {}
    for name, span in names.items():
        files.setdefault(span.source.path, []).append(name)
    for group in files.values():
        yield warning(
            "spelling-names",
            span_of(group[0], names[group[0]]),
            found=tuple(group),
            how=_adding(tuple(group), settings),
        )


@value
class Lexicon:
    """The words of a project's lexicon and glossary."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    """From entries ending in `*`: words that start so are right."""

    @classmethod
    def of(cls, settings: Settings) -> Lexicon:
        """Return the words of the lexicon and of the glossary; each word of an entry (`La Ruche`) counts."""
        entries = [*settings.lexicon, *(entry.short for entry in settings.glossary)]
        words = {straight(word) for entry in entries for word in (entry, *_PARTS.split(entry)) if word}
        beginnings = tuple(word.rstrip("*") for word in words if word.endswith("*") and word.rstrip("*"))
        return cls(frozenset(word for word in words if not word.endswith("*")), beginnings)

    def knows(self, word: str) -> bool:
        """Return whether a word is in it, also with a capital at its start or in capitals throughout."""
        word = straight(word)
        forms = [word, word[0].lower() + word[1:]] if word[:1].isupper() else [word]
        if any(form in self.words or form.startswith(self.beginnings) for form in forms):
            return True
        return word.isupper() and word.lower() in {each.lower() for each in self.words}

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return the words of the lexicon one typing error away from this one: `Oxalis` for `Oxalys`."""
        return near(straight(word), lambda each: each in self.words)
