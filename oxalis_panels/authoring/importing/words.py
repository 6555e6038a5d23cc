"""Characters that no panel can hold → what stands for them; and what a word, a mark and a title are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from oxalis_panels.authoring.importing.document import Mark
from oxalis_panels.language.typography.apostrophes import ELISION
from oxalis_panels.language.typography.characters import SPACES as ANY_SPACE
from oxalis_panels.reading.decoding import BIDIRECTIONAL, CONTROL
from oxalis_panels.reading.marks import BULLET, MARKED, REPEATED, SPACES, UNTICKED
from oxalis_panels.reading.symbols import ANYWHERE, LOOK_ALIKES
from oxalis_panels.reading.tidying import clean

LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
LOST = "\ufffd"
"""Says that a character was lost before the file came to us, or that none is known for a sign."""
_TRANSLATED = ANYWHERE | LOOK_ALIKES | str.maketrans({**dict.fromkeys(LINE_ENDS, "\n"), LOST: "[?]"})
"""What Word keeps in Unicode's private area, where nobody else sees it, and what a search would miss."""
_FORBIDDEN = re.compile(f"{BIDIRECTIONAL.pattern}|{CONTROL.pattern}|[\ud800-\udfff]")
"""The last are halves of characters of UTF-16."""
_SUSPECT = re.compile(
    f"[^\t\n -~\xa0-\u0600\u2010-\u2027\u202f-\u205f\u2070-\u2fff]|[«{''.join(map(chr, LOOK_ALIKES))}]"
)
"""Almost every text has none: it is looked through once."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_APART = re.compile(rf"({ELISION}[’'])[{ANY_SPACE}]*(?=«)", re.IGNORECASE)
"""A typesetter's thin spaces stand on both sides of a guillemet; nobody types the one after `l’`."""
_TICKED = re.compile(rf"[{SPACES}]*(?:[-*+•–][{SPACES}]+)?(?P<check>[☒🗷🗹⮽]\ufe0f?)[{SPACES}]*")
"""A ticked box as Word's check boxes and Wingdings have it; in a panel it would be unusual."""
_FIRST = 6
_LONGEST_TITLE = 30
"""Words of a title that nobody marked as one; the longest of the real panels has 14."""
_ENDS = (".", "…", ";", ",")
"""What a sentence or a line that goes on ends with, and a title does not."""
_PREFIXES = (MARKED, _TICKED, UNTICKED, BULLET)
_NUMBER = re.compile(rf"[{SPACES}]*((?:\d{{1,3}}|[a-zA-Z])[.)])")
SOFT = "\u00ad"
"""The soft hyphen says itself that it parts a word."""
_PARTED = re.compile(rf"(\w[\w’'·-]*)([-‐{SOFT}])[ \t\u00a0]*$")
_REACH = 100
"""Characters at the end of a line in which the word that it parts is looked for."""
_LETTERS = re.compile(r"[\w’'·-]+")


def scrub(text: str) -> str:
    """Return a text as panels can hold it: ligatures taken apart, what is invisible and forbidden gone."""
    if not _SUSPECT.search(text):
        return text
    return _APART.sub(r"\1", _FORBIDDEN.sub("", text.translate(_TRANSLATED)))


def words(text: str) -> list[str]:
    """Return what stands between blanks, and what a guillemet parts."""
    text = _INVISIBLE.sub("", scrub(text))
    return clean(_APART.sub(r"\1 ", text) if "«" in text else text).split()


def one_line(text: str) -> str:
    """Return a text as a message repeats it: on one line, all of it."""
    return " ".join(words(text))


def beginning(texts: Iterable[str]) -> str:
    """Return the first words of some texts, as a message names a place."""
    return " ".join(islice((word for text in texts for word in words(text)), _FIRST))


def behind_prefix(line: str) -> tuple[re.Match[str] | None, str]:
    """Return the bullet or the mark that a line begins with, and the text behind it."""
    match = next((found for each in _PREFIXES if (found := each.match(line))), None)
    if match is None:
        return None, line
    rest = line[match.end() :]
    while repeated := REPEATED.match(rest):
        rest = rest[repeated.end() :]
    return match, rest


def mark_of(prefix: re.Match[str]) -> Mark:
    """Return what a bullet or a mark that `behind_prefix` found says."""
    groups = prefix.groupdict()
    if groups.get("check"):
        return "finding"
    return "point" if groups.get("arrow") else "unticked" if prefix.re is UNTICKED else "none"


def number_of(prefix: str) -> str:
    """Return the number or letter that a typed list has in place of a bullet; empty when it has none."""
    match = _NUMBER.match(prefix)
    return match[1] if match else ""


def reads_as_title(text: str) -> bool:
    """Whether a paragraph may be a title: short, no sentence, and not the second half of one."""
    text = text.strip()
    return (
        bool(text) and len(text.split()) <= _LONGEST_TITLE and not text.endswith(_ENDS) and not goes_on(text)
    )


def goes_on(text: str) -> bool:
    """Whether a text begins as the second half of a sentence does."""
    return text[:1] in ",;:.!?)»" or text[:1].islower()


class Seam(NamedTuple):
    """How two lines are joined."""

    cut: int
    """Characters at the end of the upper line that go."""
    sign: str
    """What stands in their place."""
    word: str = ""
    """The word that the line end parted, with all that stands beside it; empty for none."""
    sure: bool = True
    """Whether the file itself shows that this is how it is written."""


class Joiner:
    """Joins lines, knowing all words of the text."""

    def __init__(self, text: str, knows: Callable[[str], bool] = lambda _: False) -> None:
        """Learn the words within lines; `knows` says whether a word is in a dictionary."""
        lines = (line[:-_REACH] + _PARTED.sub("", line[-_REACH:]) for line in text.split("\n"))
        self.vocabulary = Counter(_LETTERS.findall("\n".join(lines).lower()))
        self.knows = knows

    def seam(self, above: str, below: str) -> Seam:
        """Return how a line goes on in the next, whose blanks at the beginning go where a word was parted."""
        parted = above.rstrip(" \t\u00a0").endswith(("-", "‐", SOFT))
        match = _PARTED.search(above, max(len(above) - _REACH, 0)) if parted else None
        following = _LETTERS.match(below.lstrip())
        if match is None or following is None:
            return Seam(0, " " if above else "")
        (left, hyphen), right = match.groups(), following[0]
        known, compound = (
            bool(self.vocabulary[word.lower()] or self.knows(re.split("[’']", word)[-1]))
            for word in (f"{left}{right}", f"{left}-{right}")
        )
        closed = hyphen == SOFT or (known and not compound)
        sure = hyphen == SOFT or known != compound or not right[:1].islower()
        sign = "" if closed else "-"
        word = f"{above[match.start() : match.start(2)]}{sign}{below.lstrip()}".split(maxsplit=1)[0]
        return Seam(len(above) - match.start(2), sign, word, sure)
