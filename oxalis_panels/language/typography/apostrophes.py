"""Row 6: the typewriter's apostrophe; rows 9 and 26, the space before a curly one, and after an elision."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import DIGITS, LETTER, SPACES, after, is_letter
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.protection import LETTER_MASK
from oxalis_panels.language.typography.styles import Style

_STRAIGHT = re.compile(rf"(?:(?<={LETTER})|(?<=[\u0300-\u036f]))'(?!')")
_DETACHED = re.compile(rf"[{SPACES}](?<=\w.)[{SPACES}]*+(?=’)")
ELISION: Final = (
    r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr|contr|aujourd)"  # before an apostrophe
)
_ELIDED = re.compile(rf"{ELISION}\Z", re.IGNORECASE)
_LONGEST: Final = len("aujourd")
# What elides stands before a vowel, an h or an abbreviation that begins like one (« l’ ONG », « d’ HLM »).
# « l’ et d’ » speaks of the letters; what a quotation mark opens is a letter in quotes (‘s’ est).
_ELISION_APART = re.compile(
    rf"(?<![\w'’‘])(?i:[cdjlmnst]|(?:jus|lors|puis|quoi|pres)?qu)’([{SPACES}]++)"
    rf"(?!(?:et|ou)\b)(?=(?i:[aàâäeéèêëiîïoôöuùûühyœæ{LETTER_MASK}])|[FLMNRSX][A-Z])"
)


def _detached(text: str, _style: Style) -> Iterator[Edit]:
    """Remove the space before ’, unless ’ rather opens a word (’80, ’tit) or closes ‘."""
    seen, quoted = 0, False
    for match in _DETACHED.finditer(text):
        start, end = match.span()
        opened, closed = text.rfind("‘", seen, start), text.rfind("’", seen, start)
        seen, quoted = start, quoted if opened == closed else opened > closed
        if not quoted and not _opens(text, start, end):
            yield Edit(start, end, "")


def _opens(text: str, start: int, end: int) -> bool:
    """Return whether the ’ at `end` belongs to the word after it: not if an elided word comes before."""
    following = after(text, end + 1)
    if not is_letter(following):
        return following in DIGITS
    # The look-behind of the pattern needs one character more than the longest word.
    return _ELIDED.search(text[max(0, start - _LONGEST - 1) : start]) is None


RULES: Final = (
    Rule("apostrophe", 6, Change.APOSTROPHES, frozenset("'"), replacing(_STRAIGHT, "’")),
    Rule("no-space-before-apostrophe", 9, Change.SPACES, frozenset("’"), _detached),
    Rule("no-space-after-elision", 26, Change.SPACES, frozenset("’"), replacing(_ELISION_APART, "")),
)
