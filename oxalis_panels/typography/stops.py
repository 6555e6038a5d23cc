"""Row 9: commas and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.typography.characters import LETTER, SPACES
from oxalis_panels.typography.edits import Change, Edit, Rule
from oxalis_panels.typography.styles import Style

# It begins with what is sought, not with what stands before: Python then finds the places at once.
# `,5` and `.docx` may be a decimal and an extension; after an opening sign, the sign's own rule decides.
_OPENING = r"«“‘\"(\[–—-"
_BEFORE = re.compile(
    rf"[{SPACES}](?:(?<=[^\s,{_OPENING}].)[{SPACES}]*+(?=,(?!\d))|"
    rf"(?<=[^\s.,{_OPENING}].)[{SPACES}]*+(?=\.(?![\w.…/\\{{*])))"
)
_COMMA = re.compile(rf",(?<=[^\s,],)(?={LETTER}|[«(])")


def _no_space_before(text: str, _style: Style) -> Iterator[Edit]:
    for match in _BEFORE.finditer(text):
        yield Edit(match.start(), match.end(), "")


def _space_after_comma(text: str, _style: Style) -> Iterator[Edit]:
    for match in _COMMA.finditer(text):
        yield Edit(match.end(), match.end(), " ")


RULES: Final = (
    Rule("no-space-before-stop", 9, Change.SPACES, frozenset(",."), _no_space_before),
    Rule("space-after-comma", 9, Change.SPACES, frozenset(","), _space_after_comma),
)
