"""Row 10: no space inside ( ) and [ ]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.typography.characters import SPACES
from oxalis_panels.typography.edits import Change, Edit, Rule
from oxalis_panels.typography.styles import Style

# An empty pair stays as it is: `[ ]` is a box to tick. So does a bracket at the edge of a line or quotation.
_AFTER_OPENER = re.compile(rf"(?<=[(\[])[{SPACES}]++(?=[^\s)\]»])")
_BEFORE_CLOSER = re.compile(rf"(?<=[^\s(\[«])[{SPACES}]++(?=[)\]])")


def _opening(text: str, _style: Style) -> Iterator[Edit]:
    for match in _AFTER_OPENER.finditer(text):
        yield Edit(match.start(), match.end(), "")


def _closing(text: str, _style: Style) -> Iterator[Edit]:
    for match in _BEFORE_CLOSER.finditer(text):
        yield Edit(match.start(), match.end(), "")


RULES: Final = (
    Rule("opening-bracket", 10, Change.SPACES, frozenset("(["), _opening),
    Rule("closing-bracket", 10, Change.SPACES, frozenset(")]"), _closing),
)
