"""Every text of a collection that its authors wrote in prose, and where a word of it stands in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Source, Span
from oxalis_panels.model import plain, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.model import Collection, Settings

SETTINGS = Span(Source("panels/collection.yaml"))
"""For settings that were not read from a file."""


def prose(collection: Collection) -> Iterator[tuple[str, Span]]:
    """Yield each text with its place, those of the panels first; contacts and abbreviations are no prose."""
    for panel in collection.panels:
        yield from ((plain(text), span) for text, span in texts(panel))
    yield from _settings(collection.settings)


def _settings(settings: Settings) -> Iterator[tuple[str, Span]]:
    delivery = settings.delivery
    groups = {
        **{
            key: (getattr(settings, key),)
            for key in ("title", "subtitle", "organisation", "period", "authors")
        },
        "glossary": tuple(entry.expansion for entry in settings.glossary),
        "delivery": (delivery.paper, delivery.finish, delivery.deadline, delivery.notes),
        "legal": settings.legal.texts,
        "accessibility": settings.accessibility.texts,
    }
    for key, group in groups.items():
        yield from ((plain(text), settings.places.get(key, SETTINGS)) for text in group)


def place(word: str, span: Span) -> Span:
    """Return where a word stands in a span, or else in its file: a picture's text has no place.

    Any of its places is as wrong as another. Where it is written in another way (`&eacute;`), the span.
    """
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    text = span.source.text
    match = pattern.search(text, span.start, span.end) or pattern.search(text)
    return Span(span.source, *match.span()) if match else span
