"""A diagnostic for people: drawn with carets under the mistake, or in plain sentences for a screen reader."""

from collections.abc import Callable, Iterator
from typing import Literal

from oxalis_panels.model.diagnostics import Diagnostic, Repair, Span
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.excerpt import cut, line_of, opening_of, path_of, place_of, shown, width

Paint = Callable[["Role", str], str]
"""Colours a piece of the drawing."""

Role = Literal["place", "error", "warning", "code", "gutter", "help", "repair"]
"""What a piece of the drawing is, for whoever colours it."""


def unpainted(_role: Role, text: str) -> str:
    """Leave a piece as it is: the drawing of a terminal without colours, of a file, of a test."""
    return text


def draw(
    diagnostic: Diagnostic,
    catalogue: Catalogue,
    paint: Paint = unpainted,
    *,
    folder: str = "",
    helped: bool = True,
) -> str:
    """Return the diagnostic as text: place, message, the line with carets, and what to write instead.

    `catalogue` has the words, `paint` colours the pieces; `folder` leads from here to the project; without
    `helped` its help is left out (it was just read above). Raises KeyError for a code that has no words.
    """
    message, help_text = catalogue.diagnostic(diagnostic.key, diagnostic.values)
    severity = diagnostic.severity
    label = paint(severity, catalogue.text(f"severity.{severity}"))
    place = paint("place", _place(diagnostic, catalogue, folder))
    lines = [f"{place}: {label} {message} {paint('code', f'[{diagnostic.code}]')}"]
    lines += _excerpt(diagnostic.span, severity, paint)
    if help_text and helped:
        lines.append(f"  {paint('help', catalogue.text('severity.help'))} {help_text}")
    if diagnostic.repair:
        label = paint("repair", catalogue.text("severity.write"))
        lines += _repaired(diagnostic.repair, label, width(catalogue.text("severity.write")))
    return "\n".join(lines)


def _place(diagnostic: Diagnostic, catalogue: Catalogue, folder: str) -> str:
    span = diagnostic.span
    where, place = shown(path_of(span.source, folder)), place_of(span)
    if place:
        where = f"{where}:{place.line}:{place.column}"
    elif opening := opening_of(span):
        where = catalogue.text("severity.paragraph", path=where, text=shown(opening))
    return f"{where} → {diagnostic.panel}" if diagnostic.panel else where


def _excerpt(span: Span, severity: Role, paint: Paint) -> Iterator[str]:
    """Yield the source line and its carets; nothing for a file whose text is unknown or empty."""
    place = place_of(span)
    if place is None:
        return
    line, begin = line_of(span)
    first = span.start - begin
    last = max(first + 1, min(len(line), span.end - begin))
    line, first, last = cut(line, first, last)
    gutter = " " * len(str(place.line))
    before, marked = shown(line[:first]), shown(line[first:last])
    carets = " " * width(before) + paint(severity, "^" * max(1, width(marked)))
    yield f"  {paint('gutter', f'{place.line} |')} {shown(line)}".rstrip()
    yield f"  {paint('gutter', f'{gutter} |')} {carets}"


def _repaired(repair: Repair, label: str, indent: int) -> Iterator[str]:
    """Yield the repaired lines, the first behind its label, the others below it."""
    _, begin = line_of(repair.span)
    first = repair.span.start - begin
    for number, line in enumerate(repair.lines):
        at = first if number == 0 else 0
        piece, _, _ = cut(line, at, at + len(repair.replacement))
        yield f"  {label if number == 0 else ' ' * indent} {shown(piece)}"


def spoken(diagnostic: Diagnostic, words: Catalogue, folder: str = "") -> str:
    """Return the diagnostic as sentences, one a line, so that a screen reader can step through them."""
    return "\n".join(_sentences(diagnostic, words, folder))


def _sentences(diagnostic: Diagnostic, words: Catalogue, folder: str) -> Iterator[str]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    severity = words.text(f"plain.{diagnostic.severity}")
    yield (
        words.text("plain.found", place=_where(diagnostic.span, words, folder), severity=severity) + message
    )
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


def _where(span: Span, words: Catalogue, folder: str) -> str:
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
