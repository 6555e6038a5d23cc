"""A text → the words and signs that a reader tells apart.

Spaces belong to the word before them, so that the tokens of a text, joined, are the text.
"""

from __future__ import annotations

import re
import unicodedata

from oxalis_panels.frozen import frozen

ALONE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that part no words: each character is compared by itself."""
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff"
"""Signs that belong to the letter before them, and the scripts of India, whose vowels are such signs."""
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
LETTER = rf"(?![{ALONE}])[\w{MARKS}]"
TOKEN = re.compile(
    rf"""
    \d{{1,3}}(?:[ \u00a0\u202f\u2009]\d{{3}})+(?!\d)        # 12 000
    | (?:{LETTER})
      (?: {LETTER} | [{INVISIBLE}]
        | [·•‧.](?={LETTER})                                # entrepreneur·es, exemple.fr
        | (?<!\d)[‐‑\-](?={LETTER})                         # co-construit, but 2020-2023
        | (?<=\d),(?=\d)                                    # 12,5
      )*
      (?: ['’ʼ] (?=[{INVISIBLE}]*[\w«“"‘]) )?               # l’ and qu’ are words of their own
    | [{ALONE}]
    | \.{{3,}}
    | [^\w\s]
    """,
    re.VERBOSE,
)
FOLDED = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛′", "'"),
        **dict.fromkeys("“”„‟«»‹›", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•‧", "·"),
        **dict.fromkeys(INVISIBLE + " \u00a0\u202f\u2009", None),
    }
)
"""What a typesetter may choose: spaces, quotation marks, apostrophes, dashes, and how · is typed."""
SIGNS = re.compile(r"\W+")


@frozen
class Token:
    """A word or a sign, and the space after it."""

    text: str
    key: str
    """What makes two of them the same: that without spaces, and without a typesetter's choices."""


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; their texts, joined, are the text."""
    starts = [0, *(match.start() for match in TOKEN.finditer(text))][1:]
    if not starts:
        return (Token(text, ""),) if text else ()
    starts[0] = 0  # a space at the start belongs to the first word
    ends = [*starts[1:], len(text)]
    return tuple(_token(text[start:end]) for start, end in zip(starts, ends, strict=True))


def _token(text: str) -> Token:
    return Token(text, folded(text.strip()))


def folded(text: str) -> str:
    """Return a text without what a typesetter may choose."""
    key = unicodedata.normalize("NFC", text).translate(FOLDED)
    return "…" if key.startswith("...") and not key.strip(".") else key


def key_of(text: str) -> tuple[str, ...]:
    """Return what two texts share that are the same word for word."""
    return tuple(token.key for token in tokens(text))


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, one space between words."""
    return SIGNS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
