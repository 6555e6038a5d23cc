"""Characters that the fonts lack: a poster would borrow them, without a word, from any font at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.model import plain, texts
from oxalis_panels.rendering.fonts import uncovered

if TYPE_CHECKING:
    from oxalis_panels.model import Collection

SETTINGS = Span(Source("panels/collection.yaml"))
"""The file, as settings do not remember their lines."""


def check_characters(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return an error for each character that the fonts lack, in panels at its place, or in the settings."""
    settings = collection.settings
    common = (settings.title, settings.subtitle, settings.organisation, settings.period, settings.authors)
    found = [(text, SETTINGS) for text in (*common, *settings.delivery.texts)]
    found += [text for panel in collection.panels for text in texts(panel)]
    missing = uncovered(frozenset("".join(plain(inline) for inline, _ in found)))
    return tuple(
        error("missing-character", span.find(character), found=character, codepoint=f"U+{ord(character):04X}")
        for inline, span in found
        for character in sorted(missing & set(plain(inline)))
    )
