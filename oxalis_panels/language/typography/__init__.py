"""Typography: text as typed on a keyboard → text as a typographer sets it, in French and in English.

Spaces, quotation marks, apostrophes, ellipses, the listed abbreviations and the dashes of English change, and
nothing else: that is proved at run time, on every text.
"""

from oxalis_panels.language.typography.edits import TypographyError
from oxalis_panels.language.typography.engine import run
from oxalis_panels.language.typography.review import review_collection
from oxalis_panels.language.typography.styles import style_for
from oxalis_panels.language.typography.typesetter import typeset_collection
from oxalis_panels.language.typography.unbreakable import unbreakable

__all__ = ["TypographyError", "review_collection", "typeset", "typeset_collection", "unbreakable"]


def typeset(text: str, *, lang: str = "fr", keep: tuple[str, ...] = ()) -> str:
    """Return plain text typeset; line ends are preserved, and typesetting twice is typesetting once.

    `lang` is a BCP 47 tag: `fr`, `en` and their regions are typeset; any other is returned unchanged.
    `keep` lists strings that no rule may touch, wherever they stand. Typesetting twice is typesetting once.
    Raises TypographyError where a rule would change more than it may: a bug of ours, never of the text.

    >>> typeset("La 2ème fois!")
    'La 2e fois\u202f!'
    """
    style = style_for(lang)
    return text if style is None else run(text, style, keep).text
