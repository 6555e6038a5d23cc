"""The characters that typography is about, and how to recognise them."""

from typing import Final

NB: Final = "\u00a0"
"""No-break space (*espace insécable*)."""
NNB: Final = "\u202f"
"""Narrow no-break space (*espace fine insécable*)."""

THIN: Final = "\u1680\u2000-\u200a\u205f\u3000"
"""U+2009 and other spaces of a fixed width that allow a line break; for a character class in a pattern."""
SPACES: Final = f" \\t{NB}{NNB}{THIN}"
"""Every space that may stand inside a line, never a line break; for a character class in a pattern."""
SPACE_SET: Final = frozenset(" \t\u00a0\u202f\u1680\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))

LETTER: Final = r"[^\W\d_]"
"""One letter of any script, for a regular expression."""

DIGITS: Final = frozenset("0123456789")

CURRENCIES: Final = "¢£¤¥฿" + "".join(map(chr, range(0x20A0, 0x20D0)))
"""Every currency sign but the dollar, which has rules of its own."""

_COMBINING: Final = frozenset(map(chr, range(0x300, 0x370)))


def is_letter(character: str) -> bool:
    """Return whether it is a letter or a combining accent; the empty string is not."""
    return character.isalpha() or character in _COMBINING


def is_alnum(character: str) -> bool:
    """Return whether it is a letter or a digit (`²` included); the empty string is not."""
    return character.isalnum() or character in _COMBINING


def before(text: str, index: int) -> str:
    """Return the character before `index`, or nothing at the start."""
    return text[index - 1] if index > 0 else ""


def after(text: str, index: int) -> str:
    """Return the character at `index`, or nothing at the end."""
    return text[index : index + 1]


def gap_start(text: str, index: int) -> int:
    """Return where the spaces that end at `index` begin; `index` itself when there are none."""
    while index > 0 and text[index - 1] in SPACE_SET:
        index -= 1
    return index


def gap_end(text: str, index: int) -> int:
    """Return where the spaces that begin at `index` end; `index` itself when there are none."""
    while index < len(text) and text[index] in SPACE_SET:
        index += 1
    return index


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a list written as one string."""
    return tuple(text.split())
