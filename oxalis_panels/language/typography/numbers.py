"""Rows 13, 15 and 16: a number and the word that it counts, a day and its month, an hour and its minutes."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.amounts import telephone_ends
from oxalis_panels.language.typography.characters import DIGITS, LETTER, NB, NNB, SPACES, split_words
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.styles import Style

_MONTHS: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|janv|févr|juill|sept|oct|nov|déc"
)
_DAY = re.compile(
    rf"(?<![\w/.-])(?:1(?:er|ᵉʳ)|[12][0-9]|3[01]|0?[1-9])([{SPACES}]++)(?=(?:{_MONTHS})\b)", re.IGNORECASE
)
_MINUTES = re.compile(rf"(?<=[0-9][{SPACES}]h)([{SPACES}]++)(?=[0-5]?[0-9](?![\w%€]|[.,][0-9]))")
FUNCTION_WORDS: Final = frozenset(
    split_words("""
    a à afin ainsi alors après as au aucun aussi autant autour autre autres aux avait avaient avant avec ayant
    bien car ce ceci cela celle celles celui cependant certains ces cet cette ceux chacun chaque chez ci comme
    contre dans de déjà depuis derrière des dès devant doit doivent donc dont du durant elle elles en encore
    enfin ensuite entre envers es est et étaient étant était être eu eut eux excepté font fut furent grâce
    hormis hors il ils jamais je jusque la là laquelle le lequel les lesquelles lesquels leur leurs lors
    lorsque lui ma mais malgré me même mes moins mon ne ni nos notre nous on ont or ou où outre
    par parce parmi pas pendant peu peut peuvent plus plutôt pour pourtant près puis puisque quand que
    quel quelle quelles quels qui quoi quoique sa sans sauf se selon sera serait seront ses si sinon soit
    sommes son sont sous suivant sur surtout ta tandis te tel telle telles tels tes toujours tous tout toute
    toutes très tu un une va vers via voici voilà vont vos votre vous vs x y
    """)
)
"""Words that a number never counts: the line may break before them."""
ELIDED: Final = frozenset(split_words("c d j l m n s t qu jusqu lorsqu puisqu quoiqu"))
"""Function words too, when an apostrophe follows: 12 d’entre eux, but 2 j."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# The whole number: not the end of a code (A4, Covid-19), of a version, of a date, of a time or of an address.
_COUNT = re.compile(
    r"(?<![\w/\\@#])(?<![0-9][.,:])(?<!\w-)"
    rf"([0-9]++(?>(?:[{NB}{NNB} ][0-9]{{3}}(?![0-9]))*)(?>(?:[.,][0-9]++)?))"
    rf"(?>(?:[-–]([0-9]++))?)([{SPACES}]++)({LETTER}\w*+)(['’]?)"
)


def _counted(text: str, _style: Style) -> Iterator[Edit]:
    telephones = telephone_ends(text)
    for match in _COUNT.finditer(text):
        gap, word = match[3], match[4]
        if gap == NB or "\t" in gap or _YEAR.fullmatch(match[2] or match[1]) or match.start(3) in telephones:
            continue
        if not _is_function(word) and not (match[5] and word.lower() in ELIDED):
            yield Edit(match.start(3), match.end(3), NB)


def _is_function(word: str) -> bool:
    """Return whether it is a function word; a capital alone is a symbol (15 A), not a word."""
    return (word.lower() if len(word) > 1 else word) in FUNCTION_WORDS


RULES: Final = (
    Rule("day-month", 15, Change.SPACES, frozenset("123456789"), replacing(_DAY, NB)),
    Rule("hour-minutes", 16, Change.SPACES, frozenset("0123456789"), replacing(_MINUTES, NB)),
    Rule("counted-word", 13, Change.SPACES, DIGITS, _counted),
)
