"""Characters that the fonts lack: a poster would silently take them from any other font."""

import re
import unicodedata
from functools import cache

from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.diagnostics import Diagnostic, Span, error
from oxalis_panels.model.texts import texts
from oxalis_panels.reading.marks import MARKED
from oxalis_panels.reading.symbols import ANYWHERE, LOOK_ALIKES
from oxalis_panels.rendering.fonts import uncovered
from oxalis_panels.words.catalogue import Phrase

ON_SCREEN = ("glossary", "legal", "accessibility", "pages")
"""Texts that no poster shows: browsers have fonts for them."""
SEEN = re.compile("(?s:.)(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d(?s:.))*")
"""What a reader sees as one character: an emoji with its variant, its colour, and those it is joined to."""
MOST = 8
"""Characters that one error names; a text in another script lacks nearly all of its own."""


def check_characters(
    collection: Collection, own: tuple[tuple[str, Span], ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return an error for each text with characters that the fonts lack, at the first, naming all of them.

    Its span is that of the text; for words of a project's `own` catalogue, their line.
    """
    found = [*((plain(each.text), each.span) for each in texts(collection, without=ON_SCREEN)), *own]
    missing = uncovered(frozenset("".join(text for text, _ in found)))
    if not missing:
        return ()
    once = dict.fromkeys(each for each in found if missing & set(each[0]))  # a title is often the short one
    return tuple(_error(text, span, missing) for text, span in once)


def printable(html: str) -> str:
    """Return the HTML of a paper with `?` for what the fonts lack, perhaps in names of people and files.

    Published texts do not need it: `check_characters` reports theirs as errors.
    """
    missing = uncovered(frozenset(html) - frozenset("\t"))
    return SEEN.sub(lambda seen: "?" if missing & set(seen[0]) else seen[0], html) if missing else html


def _error(text: str, span: Span, missing: frozenset[str]) -> Diagnostic:
    seen = [each for each in dict.fromkeys(SEEN.findall(text)) if missing & set(each)]
    named = tuple(_named(each, missing) for each in seen[:MOST]) + ("…",) * (len(seen) > MOST)
    found = error("missing-character", _place(span, seen[0]), found=named)
    repaired = span.text.translate({ord(each): _instead(each) or each for each in missing})
    return found if repaired == span.text else found.repaired(repaired, span)


def _named(seen: str, missing: frozenset[str]) -> str | Phrase:
    """Return the character as readers see it, its code point to look it up, and what to type instead."""
    first = next(each for each in seen if each in missing)
    seen = "□" if unicodedata.category(first) == "Co" else seen  # each font shows its own
    code, instead = f"U+{ord(first):04X}", _instead(first)
    typed = Phrase("character.typed", {"seen": seen, "code": code, "instead": instead})
    return typed if instead else f"{seen} ({code})"


@cache
def _instead(character: str) -> str:
    """Return the look-alike that our fonts have; empty if there is none."""
    instead = (LOOK_ALIKES | ANYWHERE).get(ord(character), character)
    mark = MARKED.fullmatch(instead)
    instead = "→" if mark and mark["arrow"] else instead
    return "" if uncovered(frozenset(instead)) else instead


def _place(span: Span, seen: str) -> Span:
    """Return where it first stands; the whole text if the source writes it another way (`&#9742;`)."""
    where = span.text.find(seen)
    return span if where < 0 else Span(span.source, span.start + where, span.start + where + len(seen))
