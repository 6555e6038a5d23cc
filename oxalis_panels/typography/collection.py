"""Typeset everything that a reader will see of a collection."""

from __future__ import annotations

from functools import cache

from oxalis_panels.model import Collection, Inline
from oxalis_panels.texts import mapped
from oxalis_panels.typography.inline import typeset_inline
from oxalis_panels.typography.styles import style_for


def typeset_collection(collection: Collection) -> Collection:
    """Return the collection with every `Inline` typeset in its language, sparing its `keep` strings.

    Addresses, slugs and spans are untouched; a language that is not French leaves everything as it is.
    """
    settings = collection.settings
    style = style_for(settings.language)
    if style is None:
        return collection

    @cache  # a short title is mostly the title
    def setter(inline: Inline) -> Inline:
        return typeset_inline(inline, style, settings.keep)

    return mapped(collection, setter)
