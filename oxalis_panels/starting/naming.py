"""A title → the short word, or words, of a file name: the address of the panel."""

from __future__ import annotations

from collections.abc import Container

from oxalis_panels.reading.slugs import LONGEST, fold, freed

ENOUGH = 32
"""Characters after which an address gets no further word: it is read, typed and printed on a poster."""
# fmt: off
STOP_WORDS = frozenset({
    "a", "afin", "au", "aux", "avec", "c", "ce", "ces", "cet", "cette", "chez", "d", "dans", "de", "des",
    "du", "en", "entre", "est", "et", "j", "l", "la", "le", "les", "leur", "leurs", "m", "mais", "n", "ne",
    "nos", "notre", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "sans", "se", "ses", "si",
    "son", "sont", "sous", "sur", "t", "un", "une", "vers", "vos", "votre", "y",
    "an", "and", "by", "for", "from", "in", "into", "of", "on", "or", "our", "the", "their", "to", "with",
})
# fmt: on
"""Words that tell no panel from another, folded to ASCII, in French and English."""


def short_slug(title: str, taken: Container[str], fallback: str) -> str:
    """Return an address for a title, which none of `taken` and no page of the site has.

    Its first words that say something, without accents; `fallback` where no letter of it is Latin.
    """
    words = fold_all(title)
    telling = [word for word in words if word not in STOP_WORDS] or words
    slug = ""
    for word in telling:
        longer = f"{slug}-{word}".lstrip("-")
        if slug and len(longer) > ENOUGH:
            break
        slug = longer
    slug = slug[: LONGEST - len("panneau-")].rstrip("-") or fallback
    return next(each for each in _numbered(freed(slug)) if each not in taken)


def fold_all(title: str) -> list[str]:
    """Return the words of a title, however long it is, in lower-case ASCII."""
    return [word for piece in title.split() for word in fold(piece).split("-") if word]


def _numbered(slug: str) -> list[str]:
    stem = slug[: LONGEST - len("-999")].rstrip("-")
    return [slug, *(f"{stem}-{number}" for number in range(2, 1000))]
