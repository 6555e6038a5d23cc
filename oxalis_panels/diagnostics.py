"""What is wrong in a text, where, and how it is shown to the person who wrote it.

A diagnostic is data: a code, a place and the values its message names. Its words live in the message
catalogue (`oxalis_panels.messages`), so that it can be drawn in any language.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oxalis_panels.messages import Catalogue

T = TypeVar("T")
Severity = Literal["error", "warning"]

TAB = "    "
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters with which a line could show something else than it says (Unicode TR 36)."""
MAX_LINE = 96
"""Columns of a source line that are shown; a longer one is cut around the mistake."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    path: str
    """As shown to a person: relative to the project, with forward slashes."""
    text: str = ""
    """Decoded, without byte order mark, lines ending in LF; empty when it could not be decoded."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source, in character offsets, `end` excluded."""

    source: Source
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The characters it covers."""
        return self.source.text[self.start : self.end]

    def find(self, snippet: str) -> Span:
        """Narrow to `snippet` where it stands exactly once in this span; otherwise stay as wide as it is.

        Underlining the whole is honest; an invented column is not.
        """
        where = self.text.find(snippet)
        if not snippet or where < 0 or self.text.find(snippet, where + 1) >= 0:
            return self
        return Span(self.source, self.start + where, self.start + where + len(snippet))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake (or one doubt) about what an author wrote."""

    code: str
    """Key of its words in the catalogue, such as `title-missing`."""
    span: Span
    values: Mapping[str, object] = field(default_factory=dict)
    """What the words name: `{found}`, `{expected}` …"""
    severity: Severity = "error"


def error(code: str, span: Span, **values: object) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(code, span, values)


def warning(code: str, span: Span, **values: object) -> Diagnostic:
    """Return a diagnostic that does not stop the build."""
    return Diagnostic(code, span, values, "warning")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What reading gave: a value, unless a mistake forbids one, and everything there is to say."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(d.severity == "error" for d in self.diagnostics)


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Order diagnostics as a person repairs them: by file, then from top to bottom."""
    span = diagnostic.span
    return (span.source.path, span.start, span.end, diagnostic.code)


def line_and_column(span: Span) -> tuple[int, int]:
    """Return the line and the column where `span` starts, both from 1."""
    before = span.source.text[: span.start]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def draw(diagnostic: Diagnostic, catalogue: Catalogue) -> str:
    """Return the diagnostic as text: place, message, the line with carets, and what to write instead."""
    message, help_text = catalogue.diagnostic(diagnostic.code, diagnostic.values)
    label = catalogue.text(f"severity.{diagnostic.severity}")
    lines = [f"{_place(diagnostic.span)}: {label} {message} [{diagnostic.code}]"]
    lines += _excerpt(diagnostic.span)
    if help_text:
        lines.append(f"  {catalogue.text('severity.help')} {help_text}")
    return "\n".join(lines)


def _place(span: Span) -> str:
    path = _shown(span.source.path)
    if not span.source.text:
        return path
    line, column = line_and_column(span)
    return f"{path}:{line}:{column}"


def _excerpt(span: Span) -> list[str]:
    """Return the source line and its carets; nothing for a file whose text is unknown or empty."""
    text = span.source.text
    if not text:
        return []
    number, column = line_and_column(span)
    begin = span.start - (column - 1)
    stop = text.find("\n", begin)
    line = text[begin : stop if stop >= 0 else len(text)]
    first = column - 1
    last = max(first + 1, min(len(line), span.end - begin))
    line, first, last = _cut(line, first, last)
    gutter = " " * len(str(number))
    before, marked = _shown(line[:first]), _shown(line[first:last])
    carets = " " * _width(before) + "^" * max(1, _width(marked))
    return [f"  {number} | {_shown(line)}".rstrip(), f"  {gutter} | {carets}"]


def _cut(line: str, first: int, last: int) -> tuple[str, int, int]:
    """Shorten a long line around the mistake, marking what was left out with an ellipsis."""
    if len(line) <= MAX_LINE:
        return line, first, last
    begin = max(0, min(first - MAX_LINE // 3, len(line) - MAX_LINE))
    piece = line[begin : begin + MAX_LINE]
    head = "…" if begin else ""
    tail = "…" if begin + MAX_LINE < len(line) else ""
    shift = len(head) - begin
    return head + piece + tail, first + shift, min(last + shift, len(head + piece))


def _shown(line: str) -> str:
    """Replace what a terminal would act upon or show at an unknown width."""
    return "".join(TAB if c == "\t" else "�" if _is_acted_upon(c) else c for c in line)


def _is_acted_upon(character: str) -> bool:
    """Whether it is a control character, ends a line, or changes the direction of what follows."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in DIRECTIONS


def _width(text: str) -> int:
    """Return the columns that `text` takes in a terminal."""
    return sum(_character_width(c) for c in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
