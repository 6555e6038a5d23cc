"""The proof, at run time and on every text, that typesetting changed only what the table allows."""

import re
from typing import Final

from oxalis_panels.language.typography.characters import NB, NNB, THIN
from oxalis_panels.language.typography.edits import ORDINALS, TypographyError
from oxalis_panels.language.typography.styles import Style

_ORDINAL = re.compile(r"(?<=[0-9CLXVI])[èe](?:res?|mes?)(?!\w)", re.IGNORECASE)
_ETC = re.compile(r"(etc)\.++", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\.{3,}")
_THIN = re.compile(f"[{THIN}]")
_DASH = re.compile("(?<!-)-{2,3}(?!-)|[–—−]")
_SAME: Final = (("’", "'"), ("‘", "'"), ("…", "..."))


def prove(before: str, after: str, style: Style) -> None:
    """Raise TypographyError unless both are one once allowed changes are undone; no rule is trusted here."""
    if before != after and ink(before) != ink(after) and skeleton(before, style) != skeleton(after, style):
        rule = "all rules together"
        raise TypographyError(rule, f"the text is no longer the same: {before[:80]!r}")


def skeleton(text: str, style: Style) -> str:
    """Return the part of a text that typesetting must preserve: letters, digits, signs and line breaks."""
    if style.dash:
        text = _DASH.sub("-", text)  # before two that a space parts come together
    bare = ink(_ORDINAL.sub(lambda match: ORDINALS[match[0].lower()], text))
    for allowed, plain in (*_SAME, *((mark, '"') for mark in style.quotes)):
        bare = bare.replace(allowed, plain)
    return _ETC.sub(r"\1.", _ELLIPSIS.sub("...", bare))


def ink(text: str) -> str:
    """Return the text without its spaces, which are all that changes in most; line breaks stay."""
    for space in (" ", "\t", NB, NNB):
        text = text.replace(space, "")
    return _THIN.sub("", text)
