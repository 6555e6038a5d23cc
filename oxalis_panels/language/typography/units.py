"""Row 12: a number and the symbol of its unit."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import DIGITS, NB, SPACES, split_words
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.styles import Style

GLUED: Final = split_words(
    "km hm dam m dm cm mm µm μm nm ha kg hg dag g mg µg μg t h min s ms µs μs ns "
    "l L hl hL dl dL cl cL ml mL °C °F ºC ºF Ω kΩ MΩ Ω kΩ MΩ Pa hPa kPa MPa Hz kHz MHz GHz THz "
    "W mW kW MW GW TW Wh kWh MWh GWh TWh kWc V mV kV VA kVA mA Ah mAh kN kJ MJ "
    "ko Mo Go To Po Kio Mio Gio Tio kB MB GB TB kbit Mbit Gbit dB dBA lm lx cd mol Bq Sv mSv µSv "
    "eV keV MeV GeV k€ M€ Md€ Mds€ tr"
)
"""Symbols that get a space after a number (`12kg`)."""
SPACED: Final = split_words("A J N K C F T H B G o bar px pt em rem dpi ppp ppm rad sr Gy kat kcal cal")
"""Symbols that are too often something else when glued (3D, 5G, A4, 4K): only an existing space changes."""


def _alternatives(symbols: tuple[str, ...]) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))


# A unit divided or multiplied by another, with powers: km/h, kg/m³, kW·h.
_POWER: Final = "(?:[²³]|⁻[¹²³]|[23](?![0-9]))?"
_ANY: Final = f"(?:{_alternatives(GLUED + SPACED)})"
_TAIL: Final = rf"{_POWER}(?:[/⋅]{_ANY}{_POWER})*(?![\w'’^*°])"
_NUMBER: Final = r"(?<![\w/\\#])(?<![0-9][.,])[0-9]++(?>(?:[.,][0-9]++)?)"
_DETACHED = re.compile(rf"(?<=[0-9])([{SPACES}]++)(?={_ANY}{_TAIL})")
_ATTACHED = re.compile(rf"{_NUMBER}(?=(?:{_alternatives(GLUED)}){_TAIL})")
# 9h30-11h would be half changed: as long as a text has one time like 9h30, all its times stay as typed.
_TIME_GLUED = re.compile(r"(?<![\w:.,/])[0-9]{1,2}[:h][0-5][0-9](?![0-9])")
_HOUR = re.compile(r"h(?!\w)")
# Not Covid-19h, but the end of a range (5kg-10kg), which would be half changed.
_COMPOUND = re.compile(r"[^\W\d_]-")
_RANGE = re.compile(rf"[0-9][{SPACES}]?{_ANY}-\Z")
_LONGEST_BEFORE: Final = len("9 kWh-") + 2
_DECADE = re.compile(r"(?:1[89]|20)[0-9]0s")


def _glued(text: str, _style: Style) -> Iterator[Edit]:
    glued_time = _TIME_GLUED.search(text) is not None
    for match in _ATTACHED.finditer(text):
        if not (_is_no_amount(text, match.start()) or (glued_time and _HOUR.match(text, match.end()))):
            yield Edit(match.end(), match.end(), NB)


def _is_no_amount(text: str, start: int) -> bool:
    """Return whether a number is a decade (1990s) or the end of a word (Covid-19), not an amount."""
    if _DECADE.match(text, start):
        return True
    compound = _COMPOUND.match(text, max(0, start - 2), start)
    return compound is not None and not _RANGE.search(text, max(0, start - _LONGEST_BEFORE), start)


RULES: Final = (
    Rule("unit", 12, Change.SPACES, DIGITS, replacing(_DETACHED, NB)),
    Rule("unit-glued", 12, Change.SPACES, DIGITS, _glued),
)
