"""Rows 15 and 16: the day and its month, the hour and its minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.typography.characters import NB, SPACES
from oxalis_panels.typography.edits import Change, Edit, Rule
from oxalis_panels.typography.styles import Style

_MONTHS: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|janv|févr|juill|sept|oct|nov|déc"
)
_DAY = re.compile(
    rf"(?<![\w/.-])(?:1(?:er|ᵉʳ)|[12][0-9]|3[01]|0?[1-9])([{SPACES}]++)(?=(?:{_MONTHS})\b)",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"(?<=[0-9][{SPACES}]h)([{SPACES}]++)(?=[0-5]?[0-9](?![\w%€]|[.,][0-9]))")


def _days(text: str, _style: Style) -> Iterator[Edit]:
    for match in _DAY.finditer(text):
        if match[1] != NB:
            yield Edit(match.start(1), match.end(1), NB)


def _minutes(text: str, _style: Style) -> Iterator[Edit]:
    for match in _MINUTES.finditer(text):
        if match[1] != NB:
            yield Edit(match.start(1), match.end(1), NB)


RULES: Final = (
    Rule("day-month", 15, Change.SPACES, frozenset("123456789"), _days),
    Rule("hour-minutes", 16, Change.SPACES, frozenset("0123456789"), _minutes),
)
