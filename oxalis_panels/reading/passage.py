"""A stretch of an author's text on its way from a file to the model."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from oxalis_panels.model.diagnostics import Source, Span, masked
from oxalis_panels.model.value import value

SHOWN = 40
"""Characters of the author's text that a message repeats at most."""


@value
class Passage:
    """Inline Markdown, still as typed, that remembers where each of its lines stands."""

    text: str
    """Its lines, without indentation, joined by LF."""
    span: Span
    """All of it in its source."""
    pieces: tuple[tuple[int, int], ...] = ()
    """For each line its offset in `text` and in the source; empty when the source spells it differently
    (a YAML string with escapes or folded lines)."""

    def at(self, start: int, end: int) -> Span:
        """Return the place in the source of `text[start:end]`, as narrow as it is certain."""
        if not self.pieces:
            return self.span.find(self.text[start:end])
        return Span(self.span.source, self._offset(start), max(self._offset(start), self._offset(end)))

    def after(self, cut: int) -> Passage:
        """Return the passage without its first `cut` characters; its span stays that of all of it."""
        pieces = tuple((max(0, text - cut), source + max(0, cut - text)) for text, source in self.pieces)
        return Passage(self.text[cut:], self.span, pieces)

    def _offset(self, position: int) -> int:
        index = bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1
        in_text, in_source = self.pieces[max(index, 0)]
        return in_source + position - in_text


def passage_of_lines(source: Source, stretches: list[tuple[int, int]]) -> Passage:
    """Return the passage made of these stretches (start, end) of a source, one per line."""
    texts = [source.text[start:end] for start, end in stretches]
    places = accumulate((len(text) + 1 for text in texts[:-1]), initial=0)
    pieces = tuple(zip(places, (start for start, _ in stretches), strict=True))
    return Passage("\n".join(texts), Span(source, stretches[0][0], stretches[-1][1]), pieces)


def abbreviated(text: str) -> str:
    """Return an author's words as a message may repeat them: short, no control characters, no password."""
    line = re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", masked(text))
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
