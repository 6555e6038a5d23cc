"""Row 6: the typewriter's apostrophe; and row 9, the space before a curly one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.typography.characters import DIGITS, LETTER, SPACES, after, is_letter
from oxalis_panels.typography.edits import Change, Edit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.typography.styles import Style

_STRAIGHT = re.compile(rf"(?:(?<={LETTER})|(?<=[\u0300-\u036f]))'(?!')")
_DETACHED = re.compile(rf"(?<=\w)[{SPACES}]++(?=’)")
ELISION: Final = (
    r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr|contr|aujourd)"  # before an apostrophe
)
_ELIDED = re.compile(rf"{ELISION}\Z", re.IGNORECASE)
_LONGEST: Final = len("aujourd")


def _straight(text: str, _style: Style) -> Iterator[Edit]:
    for match in _STRAIGHT.finditer(text):
        yield Edit(match.start(), match.end(), "’")


def _detached(text: str, _style: Style) -> Iterator[Edit]:
    """Remove the space before ’, unless ’ rather opens a word (’80, ’tit)."""
    for match in _DETACHED.finditer(text):
        following = after(text, match.end() + 1)
        opens = following in DIGITS or is_letter(following)
        # The look-behind of the pattern needs one character more than the longest word.
        head = text[max(0, match.start() - _LONGEST - 1) : match.start()]
        if not opens or (is_letter(following) and _ELIDED.search(head)):
            yield Edit(match.start(), match.end(), "")


RULES: Final = (
    Rule("apostrophe", 6, Change.APOSTROPHES, frozenset("'"), _straight),
    Rule("no-space-before-apostrophe", 9, Change.SPACES, frozenset("’"), _detached),
)
