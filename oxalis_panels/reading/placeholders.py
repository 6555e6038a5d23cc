"""The lines that `new` writes for an author to overwrite: whoever publishes one of them has forgotten it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import error
from oxalis_panels.model import plain
from oxalis_panels.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.model import Panel

PLACEHOLDERS = {
    "fr": ("Premier constat, à remplacer", "Un point qui le précise, à remplacer ou à effacer"),
    "en": ("First finding, to be replaced", "A point that details it, to be replaced or deleted"),
}
"""For each language of the program a ✓ and a →."""
_ALL = frozenset(line for lines in PLACEHOLDERS.values() for line in lines)


def find_placeholders(panel: Panel) -> Iterator[Diagnostic]:
    """Yield an error for each line of a panel that is still as `new` wrote it."""
    for each in texts(panel):
        if plain(each.text) in _ALL:
            yield error("placeholder-left", each.span)
