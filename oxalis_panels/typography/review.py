"""Point at what the typesetter leaves alone because only the author can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.diagnostics import warning
from oxalis_panels.texts import texts
from oxalis_panels.typography.inline import joined
from oxalis_panels.typography.protection import protect_all
from oxalis_panels.typography.quotes import MARKS, Pairing, blocks, pair_guillemets, pair_marks, pair_straight
from oxalis_panels.typography.sifting import holding
from oxalis_panels.typography.styles import style_for
from oxalis_panels.typography.suspects import SUSPECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.diagnostics import Diagnostic, Span
    from oxalis_panels.model import Collection

Doubt = tuple[str, int, int, str]
"""A code, a range of the text, and what to write instead where that is certain."""
_SIGNS: Final = dict.fromkeys((*MARKS, *(sign for suspect in SUSPECTS for sign in suspect.signs)))
DOUBTFUL: Final = (re.compile("|".join(map(re.escape, _SIGNS))),)
"""What every text with a doubt has, and most texts have not."""


def review_collection(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return a warning for each doubt about the typography of the panels; none unless they are in French.

    Reads the text as the authors typed it, so it must come before `typeset_collection`.
    """
    settings = collection.settings
    if style_for(settings.language) is None:
        return ()
    written = [
        (joined(each.text), each.span)
        for panel in collection.panels
        for each in texts(panel, without=("short_title",) if panel.short_title == panel.title else ())
    ]
    masked = protect_all([text for text, _ in written], settings.keep)
    found = [
        _warning(doubt, text, span)
        for number in sorted(holding(DOUBTFUL, masked))
        for text, span in (written[number],)
        for doubt in doubts(text, masked[number])
    ]
    return tuple(found)


def doubts(text: str, masked: str) -> Iterator[Doubt]:
    """Yield what is doubtful in a text, `masked` being the same with its protected characters masked."""
    for start, end in blocks(masked):
        yield from _quotes(masked, start, end)
    for suspect in SUSPECTS:
        for match in suspect.find(masked):
            snippet = text[match.start() : match.end()]
            instead = suspect.correct(snippet) if suspect.correct else ""
            yield suspect.code, match.start(), match.end(), instead


def _quotes(text: str, start: int, end: int) -> Iterator[Doubt]:
    curly = pair_marks(text, start, end, "“", "”") if "„" not in text else Pairing()  # „German“ closes so
    for found in (pair_guillemets(text, start, end), curly, pair_straight(text, start, end)):
        for where in found.lonely:
            yield "typography-quote.alone", where, where + 1, ""
        for opener, closer in found.empty:
            yield "typography-quote.empty", opener, closer + 1, ""


def _warning(doubt: Doubt, text: str, span: Span) -> Diagnostic:
    code, start, end, instead = doubt
    found = text[start:end]
    place = span.within(text, start, end)
    if not instead:
        return warning(code, place, found=found)
    told = warning(code, place, found=found, instead=instead)
    return told.repaired(instead) if place.text == found else told
