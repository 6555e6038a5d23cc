"""Rows 18 and 25: abbreviations and initials that stay with what they announce (n° 5, J. Dupont)."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import NB, SPACES, split_words
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.numbers import ELIDED, FUNCTION_WORDS
from oxalis_panels.language.typography.styles import Style

_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞŒŸ]"
_NUMBER: Final = rf"([{SPACES}]++)(?=[0-9]|[IVXLCDM]++\b|[LRD]\.)"
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:[nN][°º]s?|(?:pp?|[aA]rt|[aA]l|[cC]hap|[vV]ol|[fF]ig|[tT]abl?|[aA]nn|[sS]ect|[éÉ]d|[tlv])\.)"
    rf"|§){_NUMBER}"
)
_TITLE = re.compile(rf"(?<!\w)(?:M(?:M?\.|mes?|lles?|rs?|es?|grs?)|[DP]rs?|Vve)([{SPACES}]++)(?={_CAPITAL})")
_INITIALS = re.compile(rf"(?<![\w-])(?:{_CAPITAL}[a-z]?\.-{_CAPITAL}[a-z]?\.)([{SPACES}]++)(?={_CAPITAL})")
_NUMBER_GLUED = re.compile(r"(?<!\w)[nN][°º]s?()(?=[0-9])")
# « J. Dupont » and « J. P. Dupont », but « le plan B. Ensuite »: what begins a sentence is no name.
_INITIAL = re.compile(
    rf"(?<![\w°º.-])(?:(?:{_CAPITAL}|[CPT]h)\.){{1,3}}([{SPACES}]++)"
    rf"(?={_CAPITAL}(?:\.|(?P<name>\w+)(?P<elided>[’'])?(?P<particle>[{SPACES}]{_CAPITAL})?))"
)
_WORD_BEFORE = re.compile(rf"(?<!\w)(\w+)[{SPACES}]\Z")
_LABELLED: Final = frozenset(
    split_words("""
    acte annexe article atelier axe bâtiment bloc catégorie chapitre classe colonne équipe étape génération
    groupe hypothèse lettre lot lycée niveau note option page partie phase plan point porte rue salle scénario
    section série site solution tome type variante version vitamine volet zone
    """)
)
"""Words that a letter may follow (plan B): the full stop after it ends a sentence."""
_LONGEST_LABEL: Final = len("générations ")
_PARTICLES: Final = frozenset(split_words("de des du la le les"))
"""Function words that begin names too."""
_CENTURY = re.compile(rf"(?<!\w)[IVX]++(?:er|re|e|ème|ᵉʳ?)([{SPACES}]++)(?=siècles?\b)")


def _initials(text: str, _style: Style) -> Iterator[Edit]:
    for match in _INITIAL.finditer(text):
        if match[1] != NB and not _begins_sentence(text, match):
            yield Edit(match.start(1), match.end(1), NB)


def _begins_sentence(text: str, match: re.Match[str]) -> bool:
    """Return whether a new sentence, rather than a name, follows a capital and a full stop."""
    start = match.start()
    previous = _WORD_BEFORE.search(text, max(0, start - _LONGEST_LABEL), start)
    if previous and (previous[1].isdigit() or previous[1].lower().rstrip("s") in _LABELLED):
        return True
    if not match["name"]:
        return False
    name = (text[match.end(1)] + match["name"]).lower()
    if name in _PARTICLES:
        return not match["particle"]
    return name in FUNCTION_WORDS or bool(match["elided"] and name in ELIDED)


RULES: Final = (
    Rule("number-glued", 18, Change.SPACES, frozenset("°º"), replacing(_NUMBER_GLUED, NB)),
    Rule("numbered-reference", 18, Change.SPACES, frozenset("°º.§"), replacing(_NUMBERED, NB)),
    Rule("title-and-name", 18, Change.SPACES, frozenset("MDPV"), replacing(_TITLE, NB)),
    Rule("initials-and-name", 18, Change.SPACES, frozenset("-"), replacing(_INITIALS, NB)),
    Rule("initial-and-name", 25, Change.SPACES, frozenset("."), _initials),
    Rule("century", 18, Change.SPACES, frozenset("IVX"), replacing(_CENTURY, NB)),
)
