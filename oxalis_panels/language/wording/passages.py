"""The texts of a panel as plain characters, each with its place in the source."""

import re
from typing import Final

from oxalis_panels.model.collection import Finding, Inline, Panel, Point, plain
from oxalis_panels.model.diagnostics import Span
from oxalis_panels.model.texts import LocatedText, texts
from oxalis_panels.model.value import value

_BLANK: Final = re.compile(r"[^\S ]")
"""White space other than the common space."""
_EDGE: Final = 24
"""How many characters of each end are looked for in a source where the lines are broken elsewhere."""


@value
class Passage:
    """A text that is one paragraph, ✓ or → of a panel."""

    text: str
    span: Span

    def at(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]` in the source, or a wider one where that is uncertain."""
        found = self.span.within(self.text, start, end)
        if found != self.span:
            return found
        first = self.span.within(self.text, start, min(end, start + _EDGE))
        last = self.span.within(self.text, max(start, end - _EDGE), end)
        if self.span in {first, last} or last.end < first.start:  # the source breaks or marks up an edge
            return self.span
        return Span(self.span.source, first.start, last.end)


@value
class PanelPassages:
    """The passages of a panel."""

    titles: tuple[Passage, ...]
    """The title, and the short one where it is another."""
    body: tuple[Passage, ...]
    """What is read as sentences: paragraphs, ✓ and →."""
    lists: tuple[tuple[Passage, ...], ...]
    """The ✓ without → of their own, and the → of each ✓."""


def panel_passages(panel: Panel) -> PanelPassages:
    """Return the passages of a panel."""
    titles = (Passage(_flat(title), panel.span) for title in dict.fromkeys((panel.title, panel.short_title)))
    alone: list[Passage] = []
    lists: list[tuple[Passage, ...]] = []
    for finding in panel.findings:
        if finding.points:
            lists.append(tuple(map(_passage, finding.points)))
        else:
            alone.append(_passage(finding))
    body = tuple(map(_passage, texts(panel, without=("title", "short_title", "figure"))))
    return PanelPassages(tuple(titles), body, (tuple(alone), *lists))


def _passage(part: LocatedText | Finding | Point) -> Passage:
    return Passage(_flat(part.text), part.span)


def _flat(inline: Inline) -> str:
    text = plain(inline)
    return text if text.isprintable() else _BLANK.sub(" ", text)  # no blank but the common space is printable
