"""Characters that no panel can hold → what stands for them; and what a word is."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from oxalis_panels.reading.decoding import BIDIRECTIONAL, CONTROL
from oxalis_panels.reading.marks import BULLET, MARKED, REPEATED, SPACES, UNTICKED
from oxalis_panels.reading.symbols import ANYWHERE, LOOK_ALIKES
from oxalis_panels.reading.tidying import clean
from oxalis_panels.typography.apostrophes import ELISION
from oxalis_panels.typography.characters import SPACES as ANY_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oxalis_panels.importing.document import Mark

_TRANSLATED = ANYWHERE | LOOK_ALIKES
"""What Word keeps in Unicode's private area, where nobody else sees it, and what a search would miss."""
LOST = "[?]"
"""What is written for U+FFFD, which says that a character was lost before the file came to us."""
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
"""Half of a character of UTF-16 without the other half."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_APART = re.compile(rf"({ELISION}[’'])[{ANY_SPACE}]*(?=«)", re.IGNORECASE)
"""A typesetter's thin spaces stand on both sides of a guillemet; nobody types the one after `l’`."""
_TICKED = re.compile(rf"[{SPACES}]*(?:[-*+•–][{SPACES}]+)?(?P<check>[☒🗷🗹⮽]\ufe0f?)[{SPACES}]*")
"""A ticked box as Word's check boxes and Wingdings have it; in a panel it would be unusual."""
_FIRST = 6
_PREFIXES = (MARKED, _TICKED, UNTICKED, BULLET)
_NUMBER = re.compile(rf"[{SPACES}]*((?:\d{{1,3}}|[a-zA-Z])[.)])")


def scrub(text: str) -> str:
    """Return a text as panels can hold it: ligatures taken apart, what is invisible and forbidden gone."""
    text = _LINE_ENDS.sub("\n", text.translate(_TRANSLATED)).replace("\ufffd", LOST)
    return _APART.sub(r"\1", CONTROL.sub("", BIDIRECTIONAL.sub("", _HALVES.sub("", text))))


def words(text: str) -> list[str]:
    """Return what stands between blanks, and what a guillemet parts."""
    return clean(_INVISIBLE.sub("", _APART.sub(r"\1 ", scrub(text)))).split()


def told(text: str) -> str:
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


def text_of_line(line: str) -> str:
    """Return a line without its bullet and mark, its number kept."""
    match, rest = behind_prefix(line.replace("\n", " ").strip())
    number = number_of(match[0]) if match else ""
    return f"{number} {rest}" if number else rest
