"""A word as it stands in a text → what of it is wrong: elisions, hyphens and inclusive forms taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from oxalis_panels.spelling.cases import is_acronym, straight
from oxalis_panels.spelling.inclusive import DOTS, is_fused, is_inclusive

Knows = Callable[[str], bool]

_ELISION: Final = re.compile(
    r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|entr)'(?=(?P<rest>.+))", re.IGNORECASE
)
_ELIDED_BEFORE: Final = "aàâäeéèêëiîïoôöuùûühyœæ"
_ROMAN: Final = re.compile(r"[IVXLCDM]+(?:er|re|es?|ᵉ|(?i:[èe]res?|[èe]mes?))?")
_DOMAIN: Final = re.compile(r".+\.(?:fr|coop|org|com|net|eu|info|io|be|ch|md|py|pdf|ya?ml)", re.IGNORECASE)
_HYPHENS: Final = re.compile("[-‐‑]")
_JOINTS: Final = re.compile("[-‐‑./]")
_SIGNS: Final = re.compile(rf"[-./{DOTS}()]")
PREFIXES: Final = re.compile(
    "agro|anti|auto|bio|co|demi|éco|ex|extra|franco|infra|inter|intra|macro|maxi|méta|mi|micro|mini|"
    "multi|néo|non|péri|pluri|post|pré|pro|pseudo|psycho|quasi|re|ré|semi|socio|sous|sur|super|"
    "techno|télé|trans|ultra|vice"
)
"""What may stand before a hyphen without being a word."""


def wrong_parts(word: str, knows: Knows) -> Iterator[str]:
    """Yield what is wrong in a word: the smallest part of it that is, as typed; nothing when all is right."""
    if is_right(word, knows):
        return
    elided = _ELISION.match(straight(word))
    if elided:
        rest = word[elided.end() :]
        if _may_follow(rest):
            yield from wrong_parts(rest, knows)
        else:
            yield word
        return
    inclusive = "(" in word or any(dot in word for dot in DOTS)
    parts = [part for part in (_HYPHENS if inclusive else _JOINTS).split(word) if part]
    if len(parts) == 1:
        yield word
    else:
        yield from (
            wrong for part in parts if not PREFIXES.fullmatch(part) for wrong in wrong_parts(part, knows)
        )


def is_right(word: str, knows: Knows) -> bool:
    """Tell whether a word, taken as one, is right, or is none that a dictionary could have."""
    if len(word) == 1 or any(map(str.isdigit, word)) or is_acronym(word) or knows(word):
        return True
    if _ROMAN.fullmatch(word) or _DOMAIN.fullmatch(word):
        return True
    return is_fused(word.lower(), knows) or _is_both(word, knows)


def _is_both(word: str, knows: Knows) -> bool:
    return (
        _SIGNS.search(straight(word)) is not None and "'" not in straight(word) and is_inclusive(word, knows)
    )


def _may_follow(rest: str) -> bool:
    """Tell whether `l’` may stand before it: a vowel, an h, a number, an abbreviation (`d’ES`)."""
    return rest[0].lower() in _ELIDED_BEFORE or rest[0].isdigit() or is_acronym(rest)
