"""File names → the order and the address of a panel."""

import re
import unicodedata

from oxalis_panels.words.catalogue import Phrase

VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 60
"""Characters: room for `NN-slug-a1.pdf` in any file system and on any line."""

# fmt: off
RESERVED = frozenset({
    "404", "accessibilite", "assets", "collection", "css", "en", "favicon", "feed", "fonts", "fr",
    "glossaire", "home", "icons", "images", "impression", "index", "js", "legal", "livret",
    "livret-couverture", "manifest", "mentions-legales", "panels", "panneaux", "poster", "posters",
    "print", "projection", "recherche", "robots", "search", "sitemap", "static", "styles", "sw", "tout",
    "vie-privee",
})
# fmt: on
"""Addresses that the site keeps for itself, now or in its planned pages."""
DEVICE = re.compile(r"con|nul|aux|prn|(?:com|lpt)[0-9]")
"""What no file or folder can be called on Windows, whatever its extension."""

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into an ASCII letter and an accent."""

_NAME = re.compile(r"(\d+)?[\s._-]*(.*)", re.DOTALL)


def number_and_slug(path: str) -> tuple[int | None, str]:
    """Read `panels/03-offre.md` as (3, "offre"); None without a number, "" without a Latin letter."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    match = _NAME.fullmatch(unicodedata.normalize("NFKC", stem))
    digits, rest = match.groups() if match else (None, stem)
    return (int(digits[:9]) if digits else None), fold(rest)


def fold(text: str) -> str:
    """Return `text` as lower-case ASCII letters, digits and single hyphens, cut at `LONGEST`."""
    letters = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    ascii_only = "".join(c for c in letters if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return slug[:LONGEST].rstrip("-")


def reserved(slug: str) -> Phrase | None:
    """Return what a slug is reserved for; None when it is free."""
    if slug in RESERVED:
        return Phrase("slug.site", {})
    return Phrase("slug.windows", {}) if DEVICE.fullmatch(slug) else None


def freed(slug: str) -> str:
    """Return the slug, or what a panel may have in its place when it is reserved."""
    return f"panneau-{slug}" if reserved(slug) else slug


def is_valid(slug: str) -> bool:
    """Whether `slug` can be an address as it is."""
    return len(slug) <= LONGEST and VALID.fullmatch(slug) is not None
