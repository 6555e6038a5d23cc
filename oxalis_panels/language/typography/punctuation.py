"""Rows 1, 2 and 9: the high punctuation, `; ! ?` and `:`, then commas and full stops."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import (
    CURRENCIES,
    DIGITS,
    LETTER,
    SPACES,
    after,
    before,
    gap_start,
    is_alnum,
    is_letter,
)
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.protection import ENTITY_MASK
from oxalis_panels.language.typography.styles import Style

# The pattern begins with the space, and looks behind only then: Python finds such patterns much faster.
# `,5` and `.docx` may be a decimal and an extension; after an opening sign, the sign's own rule decides.
_OPENING = r"«“‘\"(\[–—-"
_BEFORE = re.compile(
    rf"[{SPACES}](?:(?<=[^\s,{_OPENING}].)[{SPACES}]*+(?=,(?!\d))|"
    rf"(?<=[^\s.,{_OPENING}].)[{SPACES}]*+(?=\.(?![\w.…/\\{{*])))"
)
_COMMA = re.compile(rf",(?<=[^\s,],)()(?={LETTER}|[«(])")
_HIGH = re.compile(rf"(?<![{SPACES}])([{SPACES}]*+)([;!?]++)(?![=\[])")
_COLON = re.compile(r":(?<!::)(?!:)")
_OPENERS: Final = frozenset(("", "\n", "\r", *"([{«‹“‘\"'¡¿", ENTITY_MASK))
"""After these no space is added before a mark; the start of the text and of a line are among them."""
_AMOUNT_SIGNS: Final = frozenset("%‰$°" + CURRENCIES)


def _high(text: str, style: Style) -> Iterator[Edit]:
    for match in _HIGH.finditer(text):
        start, end = match.span(1)
        if before(text, start) in _OPENERS:
            continue
        if match[1] != style.before_high and (match[1] or _takes_space(text, start)):
            yield Edit(start, end, style.before_high)
        following = after(text, match.end())
        if following == "«" or is_letter(following):
            yield Edit(match.end(), match.end(), " ")


def _colon(text: str, style: Style) -> Iterator[Edit]:
    for match in _COLON.finditer(text):
        start, end = gap_start(text, match.start()), match.start()
        following = after(text, match.end())
        if before(text, start) in _OPENERS:
            continue
        ends = not following or following.isspace() or following == "«"
        gap = text[start:end]
        if gap != style.before_colon and (gap or (_takes_space(text, start) and ends)):
            yield Edit(start, end, style.before_colon)
        if following == "«":
            yield Edit(match.end(), match.end(), " ")


def _takes_space(text: str, index: int) -> bool:
    """Return whether a mark takes a space after what ends at `index`: a word, a number, » or )."""
    left = before(text, index)
    if left in _AMOUNT_SIGNS:
        return before(text, gap_start(text, index - 1)) in DIGITS
    return is_alnum(left) or left in {"»", ")"}


RULES: Final = (
    Rule("no-space-before-stop", 9, Change.SPACES, frozenset(",."), replacing(_BEFORE, "")),
    Rule("space-after-comma", 9, Change.SPACES, frozenset(","), replacing(_COMMA, " ")),
    Rule("high-punctuation", 1, Change.SPACES, frozenset(";!?"), _high),
    Rule("colon", 2, Change.SPACES, frozenset(":"), _colon),
)
