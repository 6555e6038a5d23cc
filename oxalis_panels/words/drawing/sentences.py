"""A diagnostic for ears: plain sentences for screen readers and braille, without carets or brackets."""

from __future__ import annotations

from collections.abc import Iterator

from oxalis_panels.model.diagnostics import Diagnostic, Span
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing.lines import cut, shown
from oxalis_panels.words.drawing.places import line_of, opening_of, path_of, place_of


def spoken(diagnostic: Diagnostic, words: Catalogue, folder: str = "") -> str:
    """Return the diagnostic as sentences, one a line, so that a screen reader can step through them."""
    return "\n".join(_sentences(diagnostic, words, folder))


def _sentences(diagnostic: Diagnostic, words: Catalogue, folder: str) -> Iterator[str]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    severity = words.text(f"plain.{diagnostic.severity}")
    yield words.text("plain.found", place=_place(diagnostic.span, words, folder), severity=severity) + message
    passage = _passage(diagnostic.span)
    if passage:
        yield words.text("plain.passage", text=passage)
    if diagnostic.panel:
        yield words.text("plain.panel", path=diagnostic.panel)
    if help_text:
        yield words.text("plain.help", text=help_text)
    if diagnostic.repair and diagnostic.repair.lines:
        yield words.text("plain.write", text=shown(" ".join(map(str.strip, diagnostic.repair.lines))))
    yield words.text("plain.code", code=diagnostic.code)


def _place(span: Span, words: Catalogue, folder: str) -> str:
    path, place = shown(path_of(span.source, folder)), place_of(span)
    if path.startswith("--"):
        return words.text("plain.option", option=path)
    if place is None:
        return words.text("plain.file", path=path)
    return words.text("plain.place", path=path, line=place.line, column=place.column)


def _passage(span: Span) -> str:
    """Return the words at fault; the line that they stand in where there are none (something is missing)."""
    if place_of(span) is None:
        return shown(opening_of(span))
    line, begin = line_of(span)
    found = line[span.start - begin : max(span.end - begin, 0)].strip()
    piece, _, _ = cut(found or line.strip(), 0, 0)
    return shown(piece)
