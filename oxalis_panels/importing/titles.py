"""Which blocks are the titles of panels, where an author used no headings, or several levels of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from oxalis_panels.diagnostics import Diagnostic, warning
from oxalis_panels.importing.document import Block
from oxalis_panels.importing.runs import Run, inline_of
from oxalis_panels.model import plain

LONGEST = 30
"""Words of a title that nobody marked as one; the longest of the real panels has 14."""
_ENDS = (".", "…", ";", ",")
"""What a sentence or a line that goes on ends with, and a title does not."""


def reads_as_title(text: str) -> bool:
    """Whether a paragraph may be a title: short, no sentence, and not the second half of one."""
    text = text.strip()
    return bool(text) and len(text.split()) <= LONGEST and not text.endswith(_ENDS) and not goes_on(text)


def goes_on(text: str) -> bool:
    """Whether a text begins as the second half of a sentence does."""
    return text[:1] in ",;:.!?)»" or text[:1].islower()


def with_titles(blocks: Sequence[Block], found: list[Diagnostic]) -> list[Block]:
    """Return the blocks, those that can only be titles made headings where there is none at all."""
    if any(block.kind == "heading" for block in blocks):
        return list(blocks)
    bold = [
        place
        for place, block in enumerate(blocks[:-1])
        if block.kind == "text" and block.bold and reads_as_title(plain(block.text))
    ]  # what those have who do not use styles
    chosen = bold or _before_findings(blocks)
    titled = list(blocks)
    for place in chosen:
        block = blocks[place]
        text = inline_of([Run(plain(block.text))]) if block.bold else block.text
        titled[place] = replace(block, kind="heading", level=1, text=text)
    if chosen:
        found.append(warning("import-titles-guessed", blocks[chosen[0]].span, count=len(chosen)))
    return titled


def panel_level(blocks: Sequence[Block]) -> int:
    """Return the level of heading that a panel begins with: the highest that stands there twice or more.

    A lone heading above several of the next level is the title of the whole document.
    """
    counts = Counter(block.level for block in blocks if block.kind == "heading")
    repeated = [level for level, count in counts.items() if count > 1]
    return min(repeated or counts, default=1)


def _before_findings(blocks: Sequence[Block]) -> list[int]:
    """Return, of the paragraphs between two lists, the one that can begin the panel of the second list."""
    chosen = []
    start = 0
    for place, block in enumerate(blocks):
        if block.kind != "item":
            continue
        if block.mark != "point":
            titles = [each for each in range(start, place) if reads_as_title(plain(blocks[each].text))]
            chosen += titles[:1] if start else _opening(titles, place)
        start = place + 1
    return chosen


def _opening(titles: list[int], place: int) -> list[int]:
    """Return the titles above the first item, at `place`: of the series and of its first panel.

    A title right under another one is its second line, no panel.
    """
    if titles[:1] == [0] and titles[-1] == place - 1 and place > 2:  # noqa: PLR2004 - a text stands between them
        return [titles[0], titles[-1]]
    return titles[:1] if titles[:1] == [0] else titles[-1:]
