"""Rows 3, 4, 5, 10, 27 and 29: quotation marks, brackets, and the spaces inside them.

Which marks straight ones become is the style's; in French ‘ ’ “ ” stay as typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from oxalis_panels.language.typography.apostrophes import ELISION
from oxalis_panels.language.typography.characters import (
    DIGITS,
    SPACE_SET,
    SPACES,
    after,
    before,
    gap_end,
    gap_start,
    is_alnum,
    is_letter,
)
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.protection import ENTITY_MASK, SIGN_MASK
from oxalis_panels.language.typography.styles import Style

# An empty pair stays as it is: `[ ]` is a box to tick. So does a bracket at the edge of a line or quotation.
_AFTER_OPENER = re.compile(rf"(?<=[(\[])[{SPACES}]++(?=[^\s)\]»])")
_BEFORE_CLOSER = re.compile(rf"(?<=[^\s(\[«])[{SPACES}]++(?=[)\]])")
_BLOCK_END = re.compile(r"\n(?>(?:[^\S\n]*+\n)+)|\Z")
_ELIDED_QUOTE = re.compile(rf"{ELISION}’([{SPACES}]++)(?=[«“‘])", re.IGNORECASE)
_SINGLE = re.compile("['‘’]")
_ELIDED = re.compile(rf"(?<!['’‘]){ELISION}['’]\Z", re.IGNORECASE)
_LONGEST: Final = len("?aujourd'")
"""Characters that the pattern above looks at."""
_BEFORE_OPENER: Final = frozenset(("", "(", "\n", "\r", SIGN_MASK, ENTITY_MASK, *SPACE_SET))
_NOT_BEFORE_CLOSER: Final = frozenset(("'", "\n", "\r", *SPACE_SET))
_BEFORE_SINGLE: Final = _BEFORE_OPENER | frozenset('[«“"/–—')


@dataclass(slots=True)
class Pairing:
    """The quotation marks of one kind in one block, in pairs; offsets of the marks."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    empty: list[tuple[int, int]] = field(default_factory=list)
    """Pairs with only spaces between them."""
    lonely: list[int] = field(default_factory=list)

    def add(self, text: str, opener: int, closer: int) -> None:
        """Record a pair, full or empty."""
        full = gap_end(text, opener + 1) < closer
        (self.pairs if full else self.empty).append((opener, closer))


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between blank lines: no pair of quotation marks reaches over one."""
    if "\n" not in text:
        yield 0, len(text)
        return
    start = 0
    for match in _BLOCK_END.finditer(text):
        yield start, match.start()
        start = match.end()


def pair_marks(text: str, start: int, end: int, opening: str, closing: str) -> Pairing:
    """Pair marks that open with those that close, nested ones included."""
    found = Pairing()
    if opening not in text and closing not in text:
        return found
    open_ones: list[int] = []
    for match in re.finditer(f"[{opening}{closing}]", text[start:end]):
        where = start + match.start()
        if match[0] == opening:
            open_ones.append(where)
        elif open_ones:
            found.add(text, open_ones.pop(), where)
        else:
            found.lonely.append(where)
    found.lonely += open_ones
    return found


def pair_straight(text: str, start: int, end: int) -> Pairing:
    """Pair the `"` of a block, inches left out."""
    found = Pairing()
    if '"' not in text:
        return found
    marks = [start + match.start() for match in re.finditer('"', text[start:end])]
    opener: int | None = None
    for index, where in enumerate(marks):
        left = before(text, where)
        if opener is not None and not (left in DIGITS and (len(marks) - index) % 2 == 0):
            found.add(text, opener, where)
            opener = None
        elif opener is None and left in _BEFORE_OPENER:
            opener = where
        elif opener is None and left not in DIGITS:
            # l'"offre": a pair, which the table leaves alone; or else a mark without a partner.
            if is_letter(after(text, where + 1)):
                opener = where
            else:
                found.lonely.append(where)
    if opener is not None:
        found.lonely.append(opener)
    return found


def _straight(text: str, style: Style) -> Iterator[Edit]:
    for start, end in blocks(text):
        found = pair_straight(text, start, end)
        for opener, closer in () if found.lonely else found.pairs:
            left = before(text, opener)
            if left in _BEFORE_OPENER or left in style.outside_quotes:
                inner = gap_end(text, opener + 1)
                yield Edit(opener, inner, style.quotes[0] + _space(text, inner, style))
                inner = gap_start(text, closer)
                yield Edit(inner, closer + 1, _space(text, inner - 1, style) + style.quotes[1])


def pair_singles(text: str, start: int, end: int, *, elides: bool = True) -> list[tuple[int, int]]:
    """Pair the single quotation marks of a block, straight or curly; apostrophes and minutes left out."""
    pairs: list[tuple[int, int]] = []
    open_ones: list[list[int]] = []
    """Openers, each with the mark behind a number that closes it if none other does: minutes, perhaps."""
    for match in _SINGLE.finditer(text, start, end):
        where = match.start()
        if match[0] != "’" and _opens(text, where, elides=elides):
            open_ones.append([where])
        elif match[0] != "‘" and open_ones and _closes(text, where, elides=elides):
            if before(text, where) in DIGITS:
                open_ones[-1].append(where)
            else:
                pairs.append((open_ones.pop()[0], where))
    pairs += [(marks[0], marks[1]) for marks in open_ones if marks[1:]]
    return pairs


def _opens(text: str, where: int, *, elides: bool) -> bool:
    following = after(text, where + 1)
    if not following or following.isspace() or following in "'’‘":
        return False
    return before(text, where) in _BEFORE_SINGLE or (elides and _ends_elision(text, where))


def _closes(text: str, where: int, *, elides: bool) -> bool:
    """Return whether a mark may close: not inside a word, nor after an elision before a space and a word."""
    following = after(text, where + 1)
    if before(text, where) in _NOT_BEFORE_CLOSER or following == "'" or is_alnum(following):
        return False
    elided = elides and _ends_elision(text, where + 1)
    return not (elided and is_letter(after(text, gap_end(text, where + 1))))


def _ends_elision(text: str, end: int) -> bool:
    return _ELIDED.search(text[max(0, end - _LONGEST) : end]) is not None


def _singles(text: str, style: Style) -> Iterator[Edit]:
    pairs = [pair for block in blocks(text) for pair in pair_singles(text, *block, elides=style.elides)]
    marks = sorted((where, sign) for pair in pairs for where, sign in zip(pair, "‘’", strict=True))
    yield from (Edit(where, where + 1, sign) for where, sign in marks if text[where] == "'")


def _space(text: str, neighbour: int, style: Style) -> str:
    """Return the inner space of a quotation, none at the edge of a line or beside an entity."""
    return "" if text[neighbour] in {"\n", "\r", ENTITY_MASK} else style.inside_quotes


def _inner_spaces(text: str, style: Style) -> Iterator[Edit]:
    edits: list[Edit] = []
    for start, end in blocks(text):
        for opener, closer in pair_marks(text, start, end, *style.quotes).pairs:
            inner = gap_end(text, opener + 1)
            edits.append(Edit(opener + 1, inner, _space(text, inner, style)))
            inner = gap_start(text, closer)
            edits.append(Edit(inner, closer, _space(text, inner - 1, style)))
    edits.sort(key=lambda edit: edit.start)
    yield from (edit for edit in edits if text[edit.start : edit.end] != edit.replacement)


RULES: Final = (
    Rule("opening-bracket", 10, Change.SPACES, frozenset("(["), replacing(_AFTER_OPENER, "")),
    Rule("closing-bracket", 10, Change.SPACES, frozenset(")]"), replacing(_BEFORE_CLOSER, "")),
    Rule("single-quotes", 27, Change.APOSTROPHES, frozenset("'"), _singles),
    Rule("straight-quotes", 4, Change.QUOTES, frozenset('"'), _straight),
    Rule("spaces-in-quotes", 3, Change.SPACES, frozenset("«“"), _inner_spaces),
    Rule("elision-before-quote", 3, Change.SPACES, frozenset("«“‘"), replacing(_ELIDED_QUOTE, "")),
)
