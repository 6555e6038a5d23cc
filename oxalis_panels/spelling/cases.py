"""The forms in which a dictionary may have a word, by the capitals that it stands in."""

from __future__ import annotations

from collections.abc import Iterator


def spellings(word: str) -> Iterator[str]:
    """Yield the word, then what it is without the capitals of a title or of a sign."""
    word = straight(word)
    yield word
    if word.isupper():
        yield word.lower()
        yield word.title()
    elif word[:1].isupper():
        yield word[0].lower() + word[1:]


def straight(word: str) -> str:
    """Return a word with the apostrophe and the hyphen of dictionaries."""
    for typed in "’ʼ‘":
        word = word.replace(typed, "'")
    return word.replace("‐", "-").replace("‑", "-")


def is_acronym(word: str) -> bool:
    """Tell whether a word is written in capitals, perhaps with a plural `s`: nobody can look that up."""
    capitals = word.removesuffix("s")
    return len(capitals) > 1 and capitals.isupper() and capitals.isalpha()
