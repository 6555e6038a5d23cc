"""What differs between the countries that write French."""

from typing import Final

from oxalis_panels.language.typography.characters import NB, NNB
from oxalis_panels.model.value import value


@value
class Style:
    """The spaces of one national usage."""

    before_high: str = NNB
    """Before `;`, `!` and `?`."""
    before_colon: str = NB
    inside_quotes: str = NB
    """After « and before »."""


FRANCE: Final = Style()
"""Imprimerie nationale; Belgium follows it."""
CANADA: Final = Style(before_high="")
"""Office québécois de la langue française."""
SWITZERLAND: Final = Style(inside_quotes="")
"""« » tight, as Swiss printers set them."""
SWITZERLAND_NARROW: Final = Style(inside_quotes=NNB)
"""The other Swiss usage; asked for with the tag `fr-CH-x-narrow`."""

_FRENCH: Final = frozenset({"fr", "fra", "fre"})


def style_for(language: str) -> Style | None:
    """Return the style of a BCP 47 tag, or None for a language that is not French.

    Case, underscores, script and encoding do not matter: `FR-fr`, `fr_CA.UTF-8`, `fr-Latn-CH`.
    Countries without a style of their own use that of France.
    """
    tag = language.strip().lower().replace("_", "-").partition(".")[0].partition("@")[0]
    primary, *rest = tag.split("-")
    if primary not in _FRENCH:
        return None
    if "ca" in rest:
        return CANADA
    if "ch" in rest:
        return SWITZERLAND_NARROW if rest[-2:] == ["x", "narrow"] else SWITZERLAND
    return FRANCE
