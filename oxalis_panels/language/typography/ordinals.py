"""Row 17: 1ère, 2ème and XIXème, the only words whose letters are ever replaced.

In capitals too they end in small letters (1re ÉDITION), as printers set what would be raised.
"""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import DIGITS
from oxalis_panels.language.typography.edits import ORDINALS, Change, Edit, Rule
from oxalis_panels.language.typography.styles import Style

# `1ème` is left alone: it may stand for 1er or 1re, so that the review reports it instead.
# Roman numbers stop before 400, and C and L alone are none: `Mème` is a word, `Leme` a name.
_ROMAN: Final = "C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ORDINAL = re.compile(
    r"(?<![\w.,])(?:[1I]((?i:[èe]res?))"
    rf"|(?![1ICL][èeÈE]|0)(?=[0-9CLXVI])(?:[0-9]++|{_ROMAN})((?i:[èe]mes?)))(?!\w)"
)


def _ordinals(text: str, _style: Style) -> Iterator[Edit]:
    for match in _ORDINAL.finditer(text):
        group = match.lastindex or 0
        yield Edit(match.start(group), match.end(group), ORDINALS[match[group].lower()])


RULES: Final = (Rule("ordinal", 17, Change.ORDINALS, DIGITS | frozenset("CLXVI"), _ordinals),)
