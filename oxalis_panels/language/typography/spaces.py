"""Row 20: runs of spaces, and thin spaces next to punctuation."""

import re
from collections.abc import Iterator
from typing import Final

from oxalis_panels.language.typography.characters import NB, NNB, SPACE_SET, SPACES, THIN
from oxalis_panels.language.typography.edits import Change, Edit, Rule, replacing
from oxalis_panels.language.typography.styles import Style

# Spaces at the start of a line may be layout, and two at its end are a line break in Markdown.
_RUN = re.compile(rf"[{SPACES}][{SPACES}](?<=\S..)[{SPACES}]*+(?=\S|\Z)")
_PUNCTUATION: Final = r".,;:!?…«»“”‘’\"'()\[\]–—-"
_THIN = re.compile(rf"(?<=\S)[{THIN}](?=[{_PUNCTUATION}])|(?<=[{_PUNCTUATION}])[{THIN}](?=\S|\Z)")


def _runs(text: str, _style: Style) -> Iterator[Edit]:
    for match in _RUN.finditer(text):
        run = match[0]
        yield Edit(match.start(), match.end(), NNB if NNB in run else NB if NB in run else " ")


RULES: Final = (
    Rule("runs-of-spaces", 20, Change.SPACES, SPACE_SET, _runs),
    Rule("thin-spaces", 20, Change.SPACES, SPACE_SET - {" ", "\t", NB, NNB}, replacing(_THIN, " ")),
)
