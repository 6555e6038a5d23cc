"""The spaces between the words of a sheet's HTML, each called by how many letters stand before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
TOKEN = re.compile(
    r"(?P<break><br\b[^>]*>)|(?P<tag><[^>]*>)|(?P<space>[ \t\n\r\f]+)|(?P<text>[^< \t\n\r\f]+)"
)
SPACES = str.maketrans("", "", " \t\n\r\f\u200b")
"""What HTML takes for spaces, and what `<wbr>` becomes; the unbreakable ones are letters here."""


def letters(text: str) -> str:
    """Return a text without the spaces at which it may break."""
    return text.translate(SPACES)


@dataclass(slots=True)
class Spaces:
    """The spaces of a text."""

    letters: str = ""
    """Everything else."""
    soft: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Where each space stands that may become the end of a line, by how many letters stand before it."""
    hard: set[int] = field(default_factory=set)
    """After how many letters an author's line breaks stand."""


def spaces_of(html: str) -> Spaces:
    """Return the spaces of what stands inside `<main>`."""
    found = Spaces()
    for kind, start, end in _tokens(html):
        count = len(found.letters)
        if kind == "text":
            found.letters += unescape(html[start:end])
        elif kind == "break":
            found.hard.add(count)
        elif kind == "space":
            found.soft.setdefault(count, (start, end))
    return found


def replaced(html: str, spaces: Spaces, instead: Mapping[int, str]) -> str:
    """Return the HTML with something else instead of some of its spaces."""
    parts, done = [], 0
    for count in sorted(instead):
        start, end = spaces.soft[count]
        parts += [html[done:start], instead[count]]
        done = end
    return "".join([*parts, html[done:]])


def _tokens(html: str) -> Iterator[tuple[str | None, int, int]]:
    main = MAIN.search(html)
    for token in TOKEN.finditer(html, *main.span(1)) if main else ():
        yield token.lastgroup, *token.span()
