"""Characters that the fonts lack: a poster would borrow them, without a word, from any font at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, error
from oxalis_panels.model import plain, texts
from oxalis_panels.rendering.fonts import uncovered

if TYPE_CHECKING:
    from oxalis_panels.model import Collection


def check_characters(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return an error for each character of a panel that the fonts lack, at its place."""
    found = [text for panel in collection.panels for text in texts(panel)]
    missing = uncovered(frozenset("".join(plain(inline) for inline, _ in found)))
    return tuple(
        error("missing-character", span.find(character), found=character, codepoint=f"U+{ord(character):04X}")
        for inline, span in found
        for character in sorted(missing & set(plain(inline)))
    )
