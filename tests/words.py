"""Any text → its words, so that panels, JSON, HTML and PDF text can be held against the seed.

What a typesetter may change is undone: every kind of space, quotation mark, apostrophe, dash and ellipsis.
Whether a sign of punctuation touches its neighbour does not matter. A letter or sign that is lost, doubled or
changed does.
"""

import re
import unicodedata

MARKS = "✓→"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner, byte order mark: never part of a word."""

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛′'\"“”„‟«»‹›", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(MARKS, " "),
        **dict.fromkeys(INVISIBLE, None),
    }
)
_ELLIPSIS = re.compile(r"\.(?: ?\.){2,}")
_WORD = re.compile(r"\w+|…|[^\w\s]")


def words(text: str) -> list[str]:
    """Return the words and the signs of punctuation of a text, one by one, marks left out."""
    composed = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return _WORD.findall(unicodedata.normalize("NFC", _ELLIPSIS.sub("…", composed)))
