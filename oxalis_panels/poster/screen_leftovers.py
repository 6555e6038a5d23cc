"""What WeasyPrint 70 puts into every file and only a screen needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT_KEYS = ("/Outlines", "/Names", "/PageMode")
"""Bookmarks and places to jump to."""


def drop_screen_leftovers(document: pikepdf.Pdf) -> None:
    """Drop bookmarks, places to jump to, and the Lab spaces that are declared whether used or not."""
    for key in ROOT_KEYS:
        if key in document.Root:
            del document.Root[key]
    drawn = list(_drawn(document))
    used = {name for thing in drawn for name in _spaces_used(thing)}
    for thing in drawn:
        spaces = thing.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
        for name in set(spaces.keys()) - used:
            del spaces[name]


def _drawn(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield everything with operators and resources of its own: the page, forms and tiling patterns."""
    for page in document.pages:
        yield page.obj
    for thing in document.objects:
        if isinstance(thing, Stream) and (thing.get("/Subtype") == Name.Form or "/PatternType" in thing):
            yield thing


def _spaces_used(thing: pikepdf.Object) -> Iterator[str]:
    """Yield the colour spaces that operators choose; inside an inline picture they can only be named too."""
    source = thing if isinstance(thing, Stream) else pikepdf.Page(thing)
    for instruction in pikepdf.parse_content_stream(source, "cs CS BI ID EI"):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield str(instruction.iimage.obj.get("/ColorSpace", ""))
        else:
            yield str(instruction.operands[0])
