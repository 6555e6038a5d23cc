"""A word of a text → the parts of it that are wrong: elisions, hyphens and inclusive forms are taken apart.

Both sides of an inclusive form (`entrepreneur·es`, `coopérateur·rices`, `salarié·e·s`, `heureux·se`, `le·la`)
must be words: the one before the dot, and the one with the ending; and so must those that a form without a
dot fuses (`auteurices`, `travailleureuses`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from oxalis_panels.language.spelling.word_list import is_acronym, straight

Knows = Callable[[str], bool]

DOTS: Final = "·•‧"
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
"""Prefixes that may come before a hyphen without being words."""
FUSED: Final = (
    ("eurice", "eur", "rice"),
    ("eureuse", "eur", "euse"),
    ("erère", "er", "ère"),
    ("fve", "f", "ve"),
    ("five", "f", "ve"),
    ("euxse", "eux", "euse"),
    ("euxeuse", "eux", "euse"),
    ("eauelle", "eau", "elle"),
    ("elleau", "eau", "elle"),
)
"""Endings without a dot, and the two that each is made of."""
_ENDINGS: Final = re.compile(r"[^\W\d_]+")
PLURALS: Final = ("s", "x")
LONGEST: Final = 6
"""Letters of an ending at most (`trices`); anything longer is a word of its own."""
REPLACED: Final = 5
"""Letters of one form at most that the ending of the other replaces (`ateur` → `atrice`)."""


def wrong_parts(word: str, knows: Knows) -> Iterator[str]:
    """Yield the smallest parts of a word that are wrong, as typed; nothing when all is right."""
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
    """Return whether a whole word is right, or is none that a dictionary could have."""
    if len(word) == 1 or any(map(str.isdigit, word)) or is_acronym(word) or knows(word):
        return True
    if _ROMAN.fullmatch(word) or _DOMAIN.fullmatch(word):
        return True
    plain = straight(word)
    is_formed = "'" not in plain and _SIGNS.search(plain) is not None
    return is_fused(word.lower(), knows) or (is_formed and is_inclusive(word, knows))


def _may_follow(rest: str) -> bool:
    """Return whether `l’` may come before it: a vowel, an h, a number, an abbreviation (`d’ES`)."""
    return rest[0].lower() in _ELIDED_BEFORE or rest[0].isdigit() or is_acronym(rest)


def is_inclusive(word: str, knows: Callable[[str], bool]) -> bool:
    """Return whether both forms are right in a word with endings after dots or hyphens or in brackets."""
    stem, *endings = _ENDINGS.findall(word)
    if not endings:
        return False
    plural = endings.pop() if len(endings) > 1 and endings[-1] in PLURALS else ""
    if len(endings) == 1 and knows(stem) and len(endings[0]) >= len(stem) and knows(endings[0]):
        return True  # le·la, ceux·celles
    if any(len(ending) > LONGEST for ending in endings):
        return False
    others = all(
        any(knows(form) for form in _feminines(stem, ending + plural) if form != stem) for ending in endings
    )
    return others and any(knows(stem + ending) for ending in ("", *PLURALS, *endings))


def is_fused(word: str, knows: Callable[[str], bool]) -> bool:
    """Return whether a word is two right ones fused: `auteurice`, `coopérateurices`, `nouvelleaux`."""
    single = word[:-1] if word[-1:] in PLURALS else word
    for fused, masculine, feminine in FUSED:
        if single.endswith(fused) and (stem := single.removesuffix(fused)):
            return knows(stem + masculine) and knows(stem + feminine)
    return False


def _feminines(stem: str, ending: str) -> Iterator[str]:
    """Yield the words that an ending may make: appended, or in place of the last letters.

    The last letter may be shared: `accompagnateur·ices` is read `accompagnatrices`.
    """
    for cut in range(len(stem), max(1, len(stem) - REPLACED - 1), -1):
        yield stem[:cut] + ending
        if ending[0] in "aeiouéè":
            yield stem[:cut] + stem[-1] + ending
