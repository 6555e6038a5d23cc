"""Two texts → which words stayed, went and came.

Spaces belong to the word before them, so that the tokens of a text, joined, are the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from oxalis_panels.model.value import value

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
LONGEST = 3_000
"""Words; of longer texts only the beginning and the end in common are found: comparing takes their square."""
WEAK = 3
"""Letters: a « de » that stayed between two replaced words is read with them."""


@value
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
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return tuple(Token(part, folded(part.strip())) for part in parts)


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


@value
class Piece:
    """A stretch of a text in both versions: all `before`, joined, are the old text, all `after` the new."""

    before: str
    after: str
    kept: bool
    """Whether the words are the same; spaces, quotation marks and the like may differ all the same."""


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts in pieces, in order, kept ones and changed ones in turn."""
    old, new = tokens(before), tokens(after)
    return tuple(
        Piece(_text(old[i1:i2]), _text(new[j1:j2]), kept) for kept, i1, i2, j1, j2 in _runs(old, new)
    )


Run = tuple[bool, int, int, int, int]
"""Kept or not, and from where to where in the old and in the new tokens."""


def _runs(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Run]:
    runs = _matched([token.key for token in old], [token.key for token in new])
    joined: list[Run] = []
    for run in runs:
        joined.append(run)
        while joined[2:] and _is_weak(joined, old):  # a change, what stayed, a change
            first, _, last = joined[-3:]
            joined[-3:] = [(False, first[1], last[2], first[3], last[4])]
    yield from joined


def _is_weak(runs: Sequence[Run], old: Sequence[Token]) -> bool:
    """Whether the last three are two replacements and too little between them to part them for a reader."""
    first, middle, last = runs[-3:]
    if first[0] or not middle[0] or last[0] or not (_replaces(first) and _replaces(last)):
        return False
    return len(letters(_text(old[middle[1] : middle[2]])).replace(" ", "")) <= WEAK


def _replaces(run: Run) -> bool:
    return run[1] < run[2] and run[3] < run[4]


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if max(len(old), len(new)) > LONGEST:
        yield from _long(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", i1, i2, j1, j2


def _long(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    runs: list[Run] = [
        (True, 0, head, 0, head),
        (False, head, len(old) - tail, head, len(new) - tail),
        (True, len(old) - tail, len(old), len(new) - tail, len(new)),
    ]
    yield from (run for run in runs if run[1] < run[2] or run[3] < run[4])


def _text(part: Sequence[Token]) -> str:
    return "".join(token.text for token in part)
