"""The texts of a collection → the words in them, between white space and punctuation."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.protection import addresses
from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.diagnostics import Span
from oxalis_panels.model.texts import texts

_SIGN: Final = r"['’ʼ\-‐‑·•‧./]"
WORD: Final = re.compile(rf"[^\W_]+(?:(?:{_SIGN}[^\W_]+)|(?:\([^\W\d_]{{1,5}}\)[^\W\d_]{{0,2}}))*")
"""Letters, with what joins them: apostrophe, hyphen, middle dot, the signs of inclusive forms."""
_CODE: Final = re.compile(r"`+[^`]+`+")
_BEGINNING: Final = re.compile(r"(?:^|[.!?…:]|[\n–—])[^\w]*$")
"""The text before the first word of a sentence."""


def without_code(text: str, keep: tuple[str, ...] = ()) -> str:
    """Return a text with spaces in place of addresses, code and the strings of `keep`: they are no words."""
    for start, end in _spared(text, keep):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def starts_sentence(word: re.Match[str]) -> bool:
    """Return whether a word is the first of its sentence: then its capital means nothing."""
    return _BEGINNING.search(word.string[max(0, word.start() - 8) : word.start()]) is not None


def _spared(text: str, keep: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    yield from addresses(text)
    if "`" in text:
        yield from (match.span() for match in _CODE.finditer(text))
    for string in (each for each in keep if each and each in text):
        yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(string)}(?!\w)", text))


def prose(collection: Collection) -> Iterator[tuple[str, Span]]:
    """Yield each text and its span, those of the panels first; contacts and abbreviations are no prose."""
    for written in (texts(collection.panels), texts(collection, without=("panels",))):
        yield from ((plain(each.text), each.span) for each in written if not each.verbatim)


def span_of(word: str, span: Span) -> Span:
    """Return where a word first stands in a span, else in its file; `span` where it is written otherwise."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    text = span.source.text
    match = pattern.search(text, span.start, span.end) or pattern.search(text)
    return Span(span.source, *match.span()) if match else span
