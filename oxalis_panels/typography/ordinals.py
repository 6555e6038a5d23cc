"""Row 17: 1ère and 2ème, the only words whose letters are ever replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.typography.characters import DIGITS
from oxalis_panels.typography.edits import ORDINALS, Change, Edit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.typography.styles import Style

# `1ème` is nobody's ordinal: it may stand for 1er or 1re, so that the review asks instead.
_ORDINAL = re.compile(r"(?<![\w.,])(?:1([èe]res?)|(?!1[èe]|0)[0-9]++([èe]mes?))(?!\w)")


def _ordinals(text: str, _style: Style) -> Iterator[Edit]:
    for match in _ORDINAL.finditer(text):
        group = match.lastindex or 0
        yield Edit(match.start(group), match.end(group), ORDINALS[match[group]])


RULES: Final = (Rule("ordinal", 17, Change.ORDINALS, DIGITS, _ordinals),)
