"""Every text of a collection that its authors wrote in prose, and where a word of it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oxalis_panels.diagnostics import Span
from oxalis_panels.model import Collection, plain
from oxalis_panels.texts import texts


def prose(collection: Collection) -> Iterator[tuple[str, Span]]:
    """Yield each text with its place, those of the panels first; contacts and abbreviations are no prose."""
    for written in (texts(collection.panels), texts(collection, without=("panels",))):
        yield from ((plain(each.text), each.span) for each in written if not each.verbatim)


def place(word: str, span: Span) -> Span:
    """Return where a word stands in a span, or else in its file: a picture's text has no place.

    Any of its places is as wrong as another. Where it is written in another way (`&eacute;`), the span.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    text = span.source.text
    match = pattern.search(text, span.start, span.end) or pattern.search(text)
    return Span(span.source, *match.span()) if match else span
