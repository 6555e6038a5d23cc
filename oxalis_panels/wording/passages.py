"""The texts of a panel as they are worded: plain characters, each with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oxalis_panels.diagnostics import Span
from oxalis_panels.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.model import Finding, Inline, Panel, Paragraph, Point

_BLANK: Final = re.compile(r"[^\S ]")
"""Whatever parts words but the common space, which stays."""
_EDGE: Final = 24
"""Characters of each end of a stretch that find it in a source where its lines are broken otherwise."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is one paragraph, ✓ or → of a panel."""

    text: str
    span: Span

    def at(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]` in the source, as narrow as it is certain."""
        found = self.span.within(self.text, start, end)
        if found != self.span:
            return found
        first = self.span.within(self.text, start, min(end, start + _EDGE))
        last = self.span.within(self.text, max(start, end - _EDGE), end)
        if self.span in {first, last} or last.end < first.start:  # the source breaks or marks up an edge
            return self.span
        return Span(self.span.source, first.start, last.end)


def body(panel: Panel) -> Iterator[Passage]:
    """Yield what is read as sentences: paragraphs, ✓ and →, not the titles."""
    yield from map(_passage, panel.paragraphs)
    for finding in panel.findings:
        yield _passage(finding)
        yield from map(_passage, finding.points)


def titles(panel: Panel) -> Iterator[Passage]:
    """Yield the title and the short one."""
    for title in dict.fromkeys((panel.title, panel.short_title)):
        yield Passage(_flat(title), panel.span)


def lists(panel: Panel) -> Iterator[tuple[Passage, ...]]:
    """Yield the lists of a panel: the → of each ✓, and the ✓ that announce no → of their own."""
    yield tuple(_passage(finding) for finding in panel.findings if not finding.points)
    for finding in panel.findings:
        yield tuple(map(_passage, finding.points))


def _passage(part: Paragraph | Finding | Point) -> Passage:
    return Passage(_flat(part.text), part.span)


def _flat(inline: Inline) -> str:
    return _BLANK.sub(" ", plain(inline))
