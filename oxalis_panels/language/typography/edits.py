"""What a rule is, what it may change, and the exception that says it changed something else."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

from oxalis_panels.language.typography.characters import SPACE_SET, SPACES
from oxalis_panels.language.typography.styles import Style
from oxalis_panels.model.value import value


@value
class Edit:
    """Characters `start` to `end` (excluded) of a text become `replacement`."""

    start: int
    end: int
    replacement: str


class Change(Enum):
    """The kinds of change that the table of rules allows; a rule declares one."""

    SPACES = "spaces"
    QUOTES = "quotes"
    APOSTROPHES = "apostrophes"
    ELLIPSES = "ellipses"
    ORDINALS = "ordinals"
    ETC = "etc."
    DASHES = "dashes"


Find = Callable[[str, Style], Iterable[Edit]]
"""From a text with its protected characters masked to edits, from left to right, that do not overlap."""


@value
class Rule:
    """One row of the table, or one part of it."""

    name: str
    row: int
    """Number of its row in the table of `docs/design/typography.md`."""
    change: Change
    triggers: frozenset[str]
    """Characters without any of which the rule finds nothing, and is not run."""
    find: Find


def replacing(pattern: re.Pattern[str], replacement: str) -> Find:
    """Return a `Find` that replaces the first group of a pattern, or the whole match, where it differs."""
    group = min(pattern.groups, 1)

    def find(text: str, _style: Style) -> Iterator[Edit]:
        for match in pattern.finditer(text):
            if match[group] != replacement:
                yield Edit(match.start(group), match.end(group), replacement)

    return find


class TypographyError(Exception):
    """A rule changed what it may not change: a bug of this program, never an author's mistake."""

    def __init__(self, rule: str, problem: str) -> None:
        """Name the rule and say what it did."""
        super().__init__(f"typographic rule {rule!r}: {problem}")
        self.rule = rule


ORDINALS: Final = {
    "ère": "re",
    "ere": "re",
    "ères": "res",
    "eres": "res",
    "ème": "e",
    "eme": "e",
    "èmes": "es",
    "emes": "es",
}
"""The only letters that are ever replaced (row 17)."""

_ETC = re.compile(f"[{SPACES}.…]+")
_DOTS = re.compile(r"\.*…[.…]*|\.{3,}")
_NO_SPACES: Final = dict.fromkeys(map(ord, SPACE_SET))
_QUOTES: Final = str.maketrans("«»“”", '""""')
_HYPHENS: Final = frozenset({"-", "--", "---"})
_DASHES: Final = frozenset("–—−")


def allowed(change: Change, old: str, new: str) -> bool:
    """Return whether a rule that declares `change` may turn `old` into `new`."""
    old_ink, new_ink = old.translate(_NO_SPACES), new.translate(_NO_SPACES)
    match change:
        case Change.SPACES:
            right = old_ink == new_ink
        case Change.QUOTES:
            right = old_ink.translate(_QUOTES) == new_ink.translate(_QUOTES)
        case Change.APOSTROPHES:
            right = old == "'" and new in {"’", "‘"}
        case Change.ELLIPSES:
            right = _DOTS.sub("…", old_ink) == new_ink
        case Change.ORDINALS:
            right = ORDINALS.get(old.lower()) == new
        case Change.ETC:
            right = _ETC.fullmatch(old) is not None and new_ink == "."
        case Change.DASHES:
            right = old_ink in _HYPHENS and new_ink in _DASHES
    return right


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made, which must be sorted and not overlap."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.replacement)
        done = edit.end
    return "".join((*pieces, text[done:]))


def verify(rule: Rule, text: str, masked: str, edits: Sequence[Edit]) -> None:
    """Raise TypographyError unless the edits are in order and change only what the rule may change."""
    done = 0
    for edit in edits:
        if not done <= edit.start <= edit.end:
            raise TypographyError(rule.name, f"edits out of order at {edit.start}")
        done = edit.end
        old = text[edit.start : edit.end]
        if old != masked[edit.start : edit.end]:
            raise TypographyError(rule.name, f"touches the protected text {old!r}")
        if not allowed(rule.change, old, edit.replacement):
            raise TypographyError(rule.name, f"turns {old!r} into {edit.replacement!r}")
