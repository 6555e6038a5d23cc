"""Rows 7 and 8: three dots and more, and none of them after `etc.`."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import (
    SPACES,
    after,
    before,
    gap_end,
    gap_start,
    is_alnum,
    is_letter,
)
from oxalis_panels.language.typography.edits import Change, Edit, Rule
from oxalis_panels.language.typography.protection import SIGN_MASK
from oxalis_panels.language.typography.styles import Style

_DOTS: Final = frozenset(".…")
DOTS = re.compile(r"(?<![.…])(?:\.{3,}+[.…]*+|\.{0,2}…[.…]*+)")
"""A run of dots that stands for an ellipsis; one or two dots are none."""
_ETC = re.compile(rf"(?<![\w/\\.@-])etc(\.?[{SPACES}]*+(?:\.{{3}}|…)[.…]*+)(?![/\\])", re.IGNORECASE)
_CLOSERS: Final = frozenset("»)]”’?!%°€")
_CUT_OPENERS: Final = frozenset(("[", SIGN_MASK))
_CUT_CLOSERS: Final = frozenset(("]", SIGN_MASK))
"""Around a cut in a quotation, `[...]`; masked when it is the text of a link."""
_TECHNICAL: Final = frozenset("/\\{")


def _etc(text: str, _style: Style) -> Iterator[Edit]:
    for match in _ETC.finditer(text):
        space = " " if is_letter(after(text, match.end())) else ""
        yield Edit(match.start(1), match.end(1), f".{space}")


def _ellipsis(text: str, style: Style) -> Iterator[Edit]:
    for match in DOTS.finditer(text):
        start, end = match.span()
        gap = gap_start(text, start)
        if _stays(text, gap, start, end):
            continue
        left = before(text, gap)
        if not (is_alnum(left) or left in _CLOSERS):
            gap = start
        replacement = (style.before_ellipsis if gap < start else "") + "…"
        if is_letter(after(text, end)):
            replacement += " "
        if text[gap:end] != replacement:
            yield Edit(gap, end, replacement)


def _stays(text: str, gap: int, start: int, end: int) -> bool:
    """Return whether the dots belong to `[...]`, to a path or to code."""
    if before(text, start) in _TECHNICAL or after(text, end) in {"/", "\\"}:
        return True
    return before(text, gap) in _CUT_OPENERS and after(text, gap_end(text, end)) in _CUT_CLOSERS


RULES: Final = (
    Rule("etc", 8, Change.ETC, _DOTS, _etc),
    Rule("ellipsis", 7, Change.ELLIPSES, _DOTS, _ellipsis),
)
