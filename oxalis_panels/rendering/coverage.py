"""Characters that the fonts lack: a poster would borrow them, without a word, from any font at hand."""

from __future__ import annotations

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

ON_SCREEN = ("glossary", "legal", "accessibility")
"""What no sheet of paper shows: a browser borrows from fonts at hand, where nobody minds."""
SEEN = re.compile("(?s:.)(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d(?s:.))*")
"""What a reader sees as one character: an emoji with its variant, its colour, and those it is joined to."""
MOST = 8
"""Characters that one error names; a text in another script lacks nearly all of its own."""


def check_characters(
    collection: Collection, own: tuple[tuple[str, Span], ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return an error for each text with characters that the fonts lack, at the first, naming all of them.

    Panels are told at their place, settings at their file, words of a project's `own` at their line.
    """
    found = [*((plain(each.text), each.span) for each in texts(collection, without=ON_SCREEN)), *own]
    missing = uncovered(frozenset("".join(text for text, _ in found)))
    if not missing:
        return ()
    once = dict.fromkeys(each for each in found if missing & set(each[0]))  # a title is often the short one
    return tuple(_error(text, span, missing) for text, span in once)


def printable(html: str) -> str:
    """Return a paper's HTML with `?` for what the fonts lack, which names of people and files may hold.

    What is published never passes here: `check_characters` has it mended.
    """
    missing = uncovered(frozenset(html) - frozenset("\t"))
    return SEEN.sub(lambda seen: "?" if missing & set(seen[0]) else seen[0], html) if missing else html


def _error(text: str, span: Span, missing: frozenset[str]) -> Diagnostic:
    seen = [each for each in dict.fromkeys(SEEN.findall(text)) if missing & set(each)]
    named = tuple(_named(each, missing) for each in seen[:MOST]) + ("…",) * (len(seen) > MOST)
    found = error("missing-character", _place(span, seen[0]), found=named)
    mended = span.text.translate({ord(each): _instead(each) or each for each in missing})
    return found if mended == span.text else found.repaired(mended, span)


def _named(seen: str, missing: frozenset[str]) -> str | Phrase:
    """Return what a reader sees, its code point, by which a person can look it up, and what to type."""
    first = next(each for each in seen if each in missing)
    seen = "□" if unicodedata.category(first) == "Co" else seen  # nobody sees the same there
    code, instead = f"U+{ord(first):04X}", _instead(first)
    typed = Phrase("character.typed", {"seen": seen, "code": code, "instead": instead})
    return typed if instead else f"{seen} ({code})"


@cache
def _instead(character: str) -> str:
    """Return what looks the same and our fonts have; empty where nothing does."""
    instead = (LOOK_ALIKES | ANYWHERE).get(ord(character), character)
    mark = MARKED.fullmatch(instead)
    instead = "→" if mark and mark["arrow"] else instead
    return "" if uncovered(frozenset(instead)) else instead


def _place(span: Span, seen: str) -> Span:
    """Return the first place where it stands; all of the text if it is written in another way (`&#9742;`)."""
    where = span.text.find(seen)
    return span if where < 0 else Span(span.source, span.start + where, span.start + where + len(seen))
