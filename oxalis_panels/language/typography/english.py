"""Rows 30, 31, 32, 33, 34, 35 and 36: what English sets otherwise than French, or French not at all."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import CURRENCIES, DIGITS, LETTER, NB, SPACES
from oxalis_panels.language.typography.edits import Change, Edit, Rule, apply, replacing
from oxalis_panels.language.typography.quotes import blocks, pair_singles
from oxalis_panels.language.typography.styles import Style

# Closed lists: any other word behind a straight mark may be quoted ('cause and effect'); behind “the letter”,
# 'n' is quoted too, and it is “and” behind other words.
_LEADING = re.compile(
    r"(?<![\w'’‘])(?:(?:(?<=of )|(?<=since ))'(?=[0-9]{2}(?![\w'’]))"
    r"|'(?=[0-9]0s\b|(?i:tis|twas|twere|twill|till?|em|neath)(?![\w'’]))"
    rf"|(?<!\w)(?!(?i:letters?|the|an?|of|and|or|with|where|variable|number)[{SPACES}])\w++[{SPACES}]"
    rf"(?P<and>')(?=[nN]['’][{SPACES}]\w))"
)
_POSSESSIVE = re.compile(r"(?<=[0-9.)])'(?=s(?!\w))")
_YEAR = re.compile(rf"(?:(?<=[{SPACES}(\n])|\A)'(?=[0-9]{{2}}(?![\w'’]))")
_OPENING = re.compile(r"(?<![^\s(\[“\"–—])'(?=\w)")

# ` - ` between numbers may be a range or a subtraction: the review reports it.
_SPACED_DASH = re.compile(rf"(?<=\S[{SPACES}])-{{1,3}}(?=[{SPACES}]++([^\s-]))")
_GLUED_DASH = re.compile(r"(?<=[\w)”’\"'.?!])-{2,3}(?=[\w(“‘\"'])")
_BEFORE_DASH = re.compile(rf"(?<=\S)([{SPACES}]++)(?=[–—](?:\s|\Z))")
_MINUS = re.compile(rf"(?<![^\s(])(?<![0-9][{SPACES}])-(?=[0-9]++(?:\.[0-9]++)?[{SPACES}]?[°%])")

_NUMBER: Final = "[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,4}"
_RANGE = re.compile(
    rf"(?<![\w.,:/@#'’–-])({_NUMBER})(-{{1,2}})(?=({_NUMBER})"
    rf"(?:(?![\w/:–-]|[.,][0-9]|[{SPACES}][0-9])|(?:am|pm|kg|km|cm|mm|m|bn|th)\b))"
)
_SURE_RANGE = re.compile(
    rf"(?:(?<=[0-9])|(?<=[0-9][kmap])|(?<=[0-9]bn)|(?<=[0-9][ap]m))-{{1,2}}(?=[{CURRENCIES}$][0-9])"
    r"|(?:(?<=[0-9][ap]m)|(?<=[ap]\.m\.))-{1,2}(?=[0-9])"
    r"|(?<=(?<![\w.:-])[0-9][.:][0-9]{2})-{1,2}(?=[0-9]{1,2}[.:][0-9]{2}(?![0-9]|[.:-][0-9]))"
    r"|(?<=(?<![\w.:-])[0-9]{2}[.:][0-9]{2})-{1,2}(?=[0-9]{1,2}[.:][0-9]{2}(?![0-9]|[.:-][0-9]))"
)
_PAGES = re.compile(rf"(?<!\w)pp?\.?[{SPACES}]\Z")
_CODE = re.compile(rf"(?:(?<!\w)[A-Z]{{2,}}|(?i:table|figure|fig\.|model|form|type))[{SPACES}]\Z")
_LONGEST_LABEL: Final = len("figure ") + 1
_LAST_YEAR: Final = 2199

_COLON = re.compile(
    rf"(?<=[\w)\]”’\"'])([{SPACES}]++)(?=:(?:\s|\Z))(?!(?<=[0-9][{SPACES}]):[{SPACES}]*+[0-9])"
)
_AFTER_NUMBER = re.compile(
    rf"(?<=[0-9])([{SPACES}]++)(?=[ap]\.m\.|%|(?:am|pm|million|billion|trillion|m|bn|k|p|per[{SPACES}]?cent"
    r"|ft|lbs?|oz|mph|yds?|BCE?|CE|AD)(?!\w))"
)
_REFERENCE = re.compile(
    r"(?:(?<![\w.])(?:(?:[Pp]p?|[Nn]os?|[Ff]igs?|[Vv]ols?|[Cc]h|[Ss]ec|[Pp]t)\.?|ca?\.|AD"
    r"|(?i:parts?|chapters?|sections?|figures?|tables?|pages?|panels?|steps?|articles?|clauses?|paragraphs?"
    r"|phases?|stages?|volumes?|appendix|act|scene|level|grade|year|room|platform|number|unit|item|ward))|[§¶])"
    rf"([{SPACES}]++)(?=[0-9]|(?:[IVX]{{2,}}|[VX])(?!\w))"
)
_TITLE = re.compile(
    r"(?<![\w.])(?:M(?:rs?|s|x|essrs)|Dr|Prof|Revd?|Fr|Hon|Cllr|Capt|Sgt|Lt|Col|Gen|Sts?)\.?"
    rf"([{SPACES}]++)(?=[A-ZÀ-ÖØ-Þ])"
)
# J. R. R. Tolkien, but “plan B. The”: what begins a sentence is no name.
_INITIAL = re.compile(
    rf"(?<![\w.-])(?<!plan )(?<!vitamin )(?:[A-Z]\.){{1,3}}([{SPACES}]++)"
    r"(?!(?:An?|The|This|That|These|Those|There|It|Its|We|Our|They|Their|He|She|His|Her|You|Your|I|In|On|At|By"
    r"|For|From|To|With|And|But|Or|So|If|As|When|What|Where|How|Who|All|Each|Every|Some|Many|No|Not|Now|Then)\b)"
    rf"(?=[A-ZÀ-ÖØ-Þ](?:\.|{LETTER}))"
)
_MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAY_MONTH = re.compile(rf"(?<![\w/.-])(?:[12][0-9]|3[01]|[1-9])(?:st|nd|rd|th)?([{SPACES}]++)(?={_MONTH}\b)")
_MONTH_DAY = re.compile(rf"(?<!\w){_MONTH}\.?([{SPACES}]++)(?=(?:[12][0-9]|3[01]|[1-9])(?:st|nd|rd|th)?\b)")
_TELEPHONE = re.compile(
    rf"(?<![\w.,+-])(?<![0-9][{SPACES}])"
    rf"(?:0[0-9]{{2,5}}|\+[1-9][0-9]{{0,2}}(?:[{SPACES}]?\(0\))?[{SPACES}]?[0-9]{{2,5}})"
    rf"(?:[{SPACES}][0-9]{{3,4}}){{1,3}}(?![\w-]|[{SPACES}]?[0-9%])"
)
_SEPARATOR = re.compile(f"[{SPACES}]")


def leading_apostrophes(text: str, _style: Style) -> Iterator[Edit]:
    """Find the marks that begin a word from which letters are left out: 'tis, the '90s, rock 'n' roll."""
    for match in _LEADING.finditer(text):
        start = match.start("and") if match["and"] else match.start()
        yield Edit(start, start + 1, "’")


def lonely_singles(text: str, style: Style) -> Iterator[int]:
    """Yield where a straight mark seems to open a quotation that nothing closes: it stays as it was typed."""
    text = apply(text, tuple(leading_apostrophes(text, style)))
    paired = {pair[0] for block in blocks(text) for pair in pair_singles(text, *block, elides=style.elides)}
    for match in _OPENING.finditer(text):
        if match.start() not in paired and not _YEAR.match(text, match.start()):
            yield match.start()


def _dashes(text: str, style: Style) -> Iterator[Edit]:
    for match in _SPACED_DASH.finditer(text):
        left = text[match.start() - 2]
        if left != "-" and not (left in DIGITS and match[1] in DIGITS):
            yield Edit(match.start(), match.end(), style.dash)


def _glued_dashes(text: str, style: Style) -> Iterator[Edit]:
    for match in _GLUED_DASH.finditer(text):
        if not (text[match.start() - 1] in DIGITS and text[match.end()] in DIGITS):
            yield Edit(match.start(), match.end(), style.glued_dash)


def _ranges(text: str, _style: Style) -> Iterator[Edit]:
    for match in _RANGE.finditer(text):
        label = text[max(0, match.start() - _LONGEST_LABEL) : match.start()]
        if _PAGES.search(label) or (_ascends(match[1], match[3]) and not _CODE.search(label)):
            yield Edit(match.start(2), match.end(2), "–")


def _ascends(first: str, last: str) -> bool:
    """Return whether two numbers are surely a range: 2023-24, 10-15, but no code, score or 50-50."""
    if first.startswith("0") or last.startswith("0"):
        return False
    low, high = (int(number.replace(",", "")) for number in (first, last))
    if "," in first + last or max(len(first), len(last)) < len("2023"):
        return low < high
    if len(last) == len("24"):
        low %= 100
    return len(first) == len("2023") and len(last) in {2, 4} and low < high <= _LAST_YEAR


def _telephone(text: str, _style: Style) -> Iterator[Edit]:
    for number in _TELEPHONE.finditer(text):
        for match in _SEPARATOR.finditer(text, number.start(), number.end()):
            if match[0] not in {NB, "\t"}:
                yield Edit(match.start(), match.end(), NB)


LEADING: Final = Rule("leading-apostrophe", 30, Change.APOSTROPHES, frozenset("'"), leading_apostrophes)
"""Runs before the quotation marks are paired."""
_HYPHEN: Final = frozenset("-")
RULES: Final = (
    Rule("possessive", 30, Change.APOSTROPHES, frozenset("'"), replacing(_POSSESSIVE, "’")),
    Rule("leading-year", 30, Change.APOSTROPHES, frozenset("'"), replacing(_YEAR, "’")),
    Rule("dash", 31, Change.DASHES, _HYPHEN, _dashes),
    Rule("glued-dash", 31, Change.DASHES, _HYPHEN, _glued_dashes),
    Rule("range", 32, Change.DASHES, _HYPHEN, _ranges),
    Rule("sure-range", 32, Change.DASHES, _HYPHEN, replacing(_SURE_RANGE, "–")),
    Rule("minus", 33, Change.DASHES, _HYPHEN, replacing(_MINUS, "−")),
    Rule("space-before-dash", 31, Change.SPACES, frozenset("–—"), replacing(_BEFORE_DASH, NB)),
    Rule("no-space-before-colon", 34, Change.SPACES, frozenset(":"), replacing(_COLON, "")),
    Rule("after-number", 35, Change.SPACES, DIGITS, replacing(_AFTER_NUMBER, NB)),
    Rule("day-and-month", 35, Change.SPACES, DIGITS, replacing(_DAY_MONTH, NB)),
    Rule("month-and-day", 35, Change.SPACES, DIGITS, replacing(_MONTH_DAY, NB)),
    Rule("british-telephone", 35, Change.SPACES, DIGITS, _telephone),
    Rule("reference", 36, Change.SPACES, DIGITS | frozenset("IVX"), replacing(_REFERENCE, NB)),
    Rule("name", 36, Change.SPACES, frozenset("MDPRFHCSLG"), replacing(_TITLE, NB)),
    Rule("initials", 36, Change.SPACES, frozenset("."), replacing(_INITIAL, NB)),
)
