"""What differs between the languages that are typeset, and between the countries that write them."""

from dataclasses import replace
from typing import Final

from oxalis_panels.language.typography.characters import NB, NNB
from oxalis_panels.model.value import value


@value
class Style:
    """The usage of one language in one country."""

    language: str = "fr"
    """Which rules there are; what they have in common differs by the data below."""
    quotes: tuple[str, str] = ("«", "»")
    """What straight quotation marks become."""
    inside_quotes: str = NB
    """After the mark that opens and before the one that closes."""
    outside_quotes: str = ""
    """What may stand before a mark that opens, beside a space, a bracket and the start of a line."""
    elides: bool = True
    """Whether d’ and l’ stand before a word, so that a quotation may begin behind them."""
    before_high: str = NNB
    """Before `;`, `!` and `?`."""
    before_colon: str = NB
    before_ellipsis: str = ""
    """What a space before `…` becomes."""
    dash: str = ""
    """What a hyphen between spaces becomes; empty where dashes are not ours to write."""
    glued_dash: str = ""
    """What two hyphens between words become, spaces included."""


FRANCE: Final = Style()
"""Imprimerie nationale; Belgium follows it."""
CANADA: Final = Style(before_high="")
"""Office québécois de la langue française."""
SWITZERLAND: Final = Style(inside_quotes="")
"""« » tight, as Swiss printers set them."""
SWITZERLAND_NARROW: Final = Style(inside_quotes=NNB)
"""The other Swiss usage; asked for with the tag `fr-CH-x-narrow`."""

BRITAIN: Final = Style(
    language="en",
    quotes=("“", "”"),
    inside_quotes="",
    outside_quotes="'‘[/–—",
    elides=False,
    before_high="",
    before_ellipsis=NB,
    dash="–",
    glued_dash=f"{NB}– ",
)
"""New Hart’s Rules and GOV.UK; every country but the United States follows it."""
AMERICA: Final = replace(BRITAIN, dash="—", glued_dash="—")
"""The Chicago Manual of Style: the dash is an em dash, which touches its words."""

_FRENCH: Final = frozenset({"fr", "fra", "fre"})
_ENGLISH: Final = frozenset({"en", "eng"})


def style_for(language: str) -> Style | None:
    """Return the style of a BCP 47 tag, or None for a language that is not typeset.

    Case, underscores, script and encoding do not matter: `FR-fr`, `fr_CA.UTF-8`, `fr-Latn-CH`.
    Countries without a style of their own use that of France, or of Britain.
    """
    tag = language.strip().lower().replace("_", "-").partition(".")[0].partition("@")[0]
    primary, *rest = tag.split("-")
    if primary in _ENGLISH:
        return AMERICA if "us" in rest else BRITAIN
    if primary not in _FRENCH:
        return None
    if "ca" in rest:
        return CANADA
    if "ch" in rest:
        return SWITZERLAND_NARROW if rest[-2:] == ["x", "narrow"] else SWITZERLAND
    return FRANCE
