"""Rows 11 and 14: percentages, prices, and the groups of a large number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.typography.characters import DIGITS, NB, NNB, SPACES
from oxalis_panels.typography.edits import Change, Edit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.typography.styles import Style

# A letter after the sign makes it a variable (%PATH%), a digit an escape (%20) or another amount (£6);
# US$, CA$ and the like are written after the number as $US and $CA.
_SIGN = re.compile(
    rf"(?<=[0-9])([{SPACES}]*+)(?=[%‰€£¥](?!\w)|\$(?!\w)|\$(?:US|CA|AU|NZ|HK)\b|€(?:HT|TTC)\b)"
)

# Two groups, or more, and nothing before or after that makes it a telephone number or a code.
_GROUPED = re.compile(
    rf"(?<![\w.,])(?:(?<![0-9][{SPACES}])|(?<=(?:19|20)[0-9]{{2}}[{SPACES}]))"
    rf"(?<!\b[BC]P )(?<!\bCS )[1-9][0-9]{{0,2}}(?>(?:[{SPACES}][0-9]{{3}}(?!\w))+)(?![{SPACES}]?[0-9])",
)
_SEPARATOR = re.compile(f"[{SPACES}]")


def _signs(text: str, _style: Style) -> Iterator[Edit]:
    for match in _SIGN.finditer(text):
        if match[1] != NB:
            yield Edit(match.start(1), match.end(1), NB)


def _thousands(text: str, _style: Style) -> Iterator[Edit]:
    for number in _GROUPED.finditer(text):
        for match in _SEPARATOR.finditer(text, number.start(), number.end()):
            if match[0] != NNB and match[0] != "\t":
                yield Edit(match.start(), match.end(), NNB)


RULES: Final = (
    Rule("thousands", 14, Change.SPACES, DIGITS, _thousands),
    Rule("amount-sign", 11, Change.SPACES, frozenset("%‰€$£¥"), _signs),
)
