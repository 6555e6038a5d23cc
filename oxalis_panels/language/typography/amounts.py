"""Rows 11, 14 and 24: percentages, prices, the groups of a large number and of a telephone number."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import CURRENCIES, DIGITS, NB, NNB, SPACES
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.styles import Style

# A letter after the sign makes it a variable (%PATH%), a digit an escape (%20) or another amount (£6);
# US$, CA$ and the like are written after the number as $US and $CA.
_SIGN = re.compile(
    rf"(?<=[0-9])([{SPACES}]*+)(?=[%‰{CURRENCIES}](?!\w)|\$(?!\w)|\$(?:US|CA|AU|NZ|HK)\b|€(?:HT|TTC)\b)"
)

# Two groups, or more, and nothing before or after that makes it a telephone number or a code.
_GROUPED = re.compile(
    rf"(?<![\w.,])(?:(?<![0-9][{SPACES}])|(?<=(?:19|20)[0-9]{{2}}[{SPACES}]))"
    rf"(?<!\b[BC]P )(?<!\bCS )[1-9][0-9]{{0,2}}(?>(?:[{SPACES}][0-9]{{3}}(?!\w))+)(?![{SPACES}]?[0-9])"
)
_SEPARATOR = re.compile(f"[{SPACES}]")

# France, Belgium, Switzerland: nine or ten digits that begin with 0; Canada: 514 123-4567; from abroad: + or
# 00 and the country. What a sign of money or % follows is an amount (+1 234 567 890 €).
_TELEPHONE = re.compile(
    rf"(?<![\w.,+-])(?<![0-9][{SPACES}])(?:"
    rf"(?=(?:[0-9][{SPACES}]?){{9,10}}(?![{SPACES}]?[0-9]))0[0-9]{{0,3}}(?:[{SPACES}][0-9]{{2,3}}){{2,4}}"
    rf"|(?:1[{SPACES}])?[2-9][0-9]{{2}}[{SPACES}][0-9]{{3}}-[0-9]{{4}}"
    rf"|(?:\+|00)[1-9][0-9]{{0,2}}(?:[{SPACES}]?\(0\))?[{SPACES}]?[0-9]{{1,4}}(?:[{SPACES}-][0-9]{{2,4}}){{2,5}}"
    rf")(?![\w-]|[{SPACES}]?[0-9%‰${CURRENCIES}])"
)


def telephone_ends(text: str) -> frozenset[int]:
    """Return where the telephone numbers of a text end."""
    return frozenset(match.end() for match in _TELEPHONE.finditer(text))


def _telephone(text: str, _style: Style) -> Iterator[Edit]:
    for number in _TELEPHONE.finditer(text):
        for match in _SEPARATOR.finditer(text, number.start(), number.end()):
            if match[0] != NB and match[0] != "\t":
                yield Edit(match.start(), match.end(), NB)


def _thousands(text: str, _style: Style) -> Iterator[Edit]:
    telephones = {index for match in _TELEPHONE.finditer(text) for index in range(*match.span())}
    for number in _GROUPED.finditer(text):
        if number.start() in telephones:
            continue
        for match in _SEPARATOR.finditer(text, number.start(), number.end()):
            if match[0] != NNB and match[0] != "\t":
                yield Edit(match.start(), match.end(), NNB)


RULES: Final = (
    Rule("telephone", 24, Change.SPACES, DIGITS, _telephone),
    Rule("thousands", 14, Change.SPACES, DIGITS, _thousands),
    Rule("amount-sign", 11, Change.SPACES, frozenset("%‰$" + CURRENCIES), replacing(_SIGN, NB)),
)
