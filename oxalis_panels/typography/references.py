"""Row 18: abbreviations that stay with what they announce (n° 5, p. 45, M. Dupont, XXIe siècle)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.typography.characters import NB, SPACES
from oxalis_panels.typography.edits import Change, Edit, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from oxalis_panels.typography.styles import Style

_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞŒŸ]"
_NUMBER: Final = rf"([{SPACES}]++)(?=[0-9]|[IVXLCDM]++\b|[LRD]\.)"
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:[nN][°º]s?|(?:pp?|[aA]rt|[aA]l|[cC]hap|[vV]ol|[fF]ig|[tT]abl?|[aA]nn|[sS]ect|[éÉ]d|[tlv])\.)"
    rf"|§){_NUMBER}",
)
_NAMED: Final = rf"(?:M(?:M?\.|mes?|lles?|rs?|es?|grs?)|[DP]rs?|Vve)([{SPACES}]++)(?={_CAPITAL})"
_TITLE = re.compile(rf"(?<!\w){_NAMED}")
_INITIALS = re.compile(rf"(?<![\w-])(?:{_CAPITAL}[a-z]?\.-{_CAPITAL}[a-z]?\.)([{SPACES}]++)(?={_CAPITAL})")
_CENTURY = re.compile(rf"(?<!\w)[IVX]++(?:er|re|e|ème|ᵉʳ?)([{SPACES}]++)(?=siècles?\b)")


def _attach(pattern: re.Pattern[str]) -> Callable[[str, Style], Iterator[Edit]]:
    """Return the `find` of a rule whose pattern's first group is the space to make unbreakable."""

    def find(text: str, _style: Style) -> Iterator[Edit]:
        for match in pattern.finditer(text):
            if match[1] != NB:
                yield Edit(match.start(1), match.end(1), NB)

    return find


RULES: Final = (
    Rule(
        "numbered-reference",
        18,
        Change.SPACES,
        frozenset("°º.§"),
        _attach(_NUMBERED),
        (rf"\.{_NUMBER}", *"°º§"),
    ),
    Rule("title-and-name", 18, Change.SPACES, frozenset("MDPV"), _attach(_TITLE), (_NAMED,)),
    Rule("initials-and-name", 18, Change.SPACES, frozenset("-"), _attach(_INITIALS), (r"\.-",)),
    Rule("century", 18, Change.SPACES, frozenset("IVX"), _attach(_CENTURY), ("[IVX](?:er|re|e|ème|ᵉ)",)),
)
