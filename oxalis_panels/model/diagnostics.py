"""What is wrong in a text, where, and how it is repaired.

A diagnostic is data: a code, a place and the values its message names. Its words live in the message
catalogue (`oxalis_panels/words/`), so that it can be drawn in any language, for eyes, ears and machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Generic, Literal, TypeVar

from oxalis_panels.model.value import value

T = TypeVar("T")
Severity = Literal["error", "warning"]
CONTEXTS = (0, 1, 2, 4, 8, 16)
"""Characters on each side that help to find a text which stands in the source more than once."""
CREDENTIALS = re.compile(
    r"(?P<scheme>\b(?:https?|ftps?):/+)"
    r"(?P<secret>[^\s/?#@()<>\[\]\"'«»“”,;:]{1,999}@"
    r"|[^\s/?#@()<>\[\]\"'«»“”:]{0,999}:(?!\d{1,5}(?:[/?#)\]\s]|$))[^\s@\"'<>]{0,999}@"
    r"(?:[^\s/?#@\"'<>]{0,999}@)*)",
    re.IGNORECASE,
)
"""The name and password that an address gives before its host; `https://host:8080/@name` gives none."""


@value
class Source:
    """A file as it was read."""

    path: str
    """As shown to a person: relative to the project, with forward slashes."""
    text: str = field(default="", repr=False)
    """Decoded, without byte order mark, lines ending in LF; empty when it could not be decoded."""
    numbered: bool = True
    """Whether people see these line numbers when they open the file; Word and LibreOffice show none."""


@value
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

    def within(self, text: str, start: int, end: int) -> Span:
        """Narrow to where `text[start:end]` stands, `text` being the plain text of this span.

        Neighbours are added until it is found exactly once. Where the source is wrapped or marked up and the
        text is not, the span stays as wide as it is.
        """
        for context in CONTEXTS:
            first = max(0, start - context)
            wider = self.find(text[first : end + context])
            if wider != self or wider.text == text[start:end]:
                return Span(wider.source, wider.start + start - first, wider.start + end - first)
        return self


@value
class Repair:
    """A mechanical repair: what to write instead of a stretch of the source."""

    span: Span
    replacement: str

    @property
    def text(self) -> str:
        """The whole source, repaired."""
        whole = self.span.source.text
        return whole[: self.span.start] + self.replacement + whole[self.span.end :]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it touches, repaired, as they may be shown; none if nothing changes or is left."""
        text, start, end = self.span.source.text, self.span.start, self.span.end
        after = text.find("\n", end)
        line = text[text.rfind("\n", 0, start) + 1 : start] + self.replacement
        line += text[end : after if after >= 0 else None]
        changes = text[start:end] != self.replacement
        return tuple(masked(line).split("\n")) if changes and line.strip() else ()


@value
class Diagnostic:
    """One mistake (or one doubt) about what an author wrote."""

    key: str
    """Of its words in the catalogue: its code, and its case if it has several: `yaml-quote.open`."""
    span: Span
    values: Mapping[str, object] = field(default_factory=dict)
    """What the words name: `{found}`, `{expected}` …"""
    severity: Severity = "error"
    repair: Repair | None = None
    """What to write instead, where that is certain."""
    panel: str = ""
    """The file of a panel that this place of an imported document went to."""

    def __repr__(self) -> str:
        """Show it in one line: code, place, severity, values."""
        source, values = self.span.source, (f", {name}={value!r}" for name, value in self.values.items())
        numbers = line_and_column(self.span) if source.text and source.numbered else ()
        place = ":".join((source.path, *map(str, numbers)))
        return masked(f"Diagnostic({self.code!r}, {place!r}, {self.severity!r}{''.join(values)})")

    @property
    def code(self) -> str:
        """What it is called where it is shown, and in `allow:`."""
        return code_of(self.key)

    @property
    def case(self) -> str:
        """Which one it is of those that its code stands for; empty where it stands for one."""
        return self.key.partition(".")[2]

    def repaired(self, replacement: str, span: Span | None = None) -> Diagnostic:
        """Return it with the repair that writes `replacement` over `span`, its own if none is given."""
        return replace(self, repair=Repair(span or self.span, replacement))


def error(key: str, span: Span, /, **values: object) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(key, span, values)


def warning(key: str, span: Span, /, **values: object) -> Diagnostic:
    """Return a diagnostic that does not stop the build."""
    return Diagnostic(key, span, values, "warning")


def code_of(key: str) -> str:
    """Return the code of a key: what stands before its dot."""
    return key.partition(".")[0]


@value
class Allowance:
    """A warning that authors have decided to live with, and that is not reported (`allow:`)."""

    key: str
    """A code, with all its cases; or one of them."""
    words: frozenset[str] = frozenset()
    """The only words it is about; empty: any."""
    path: str | None = None
    """The only file it is about; None: all of them."""

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Return whether it allows a diagnostic; an error never is allowed."""
        return (
            diagnostic.severity == "warning"
            and self.key in {diagnostic.code, diagnostic.key}
            and self.path in {None, diagnostic.span.source.path}
            and (not self.words or bool(self.words & {diagnostic.span.text, diagnostic.values.get("found")}))
        )


def without_allowed(found: Iterable[Diagnostic], allowed: Sequence[Allowance]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that no allowance covers."""
    by_code: dict[str, list[Allowance]] = {}
    for each in allowed:
        by_code.setdefault(code_of(each.key), []).append(each)
    return tuple(
        each for each in found if not any(allowance.covers(each) for allowance in by_code.get(each.code, ()))
    )


@value
class Parsed(Generic[T]):
    """The result of reading: a value, unless a mistake forbids one, and all diagnostics."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(d.severity == "error" for d in self.diagnostics)


def masked(text: str) -> str:
    """Return a text with the name and password of every address masked, at the same length."""
    if "@" not in text:
        return text
    return CREDENTIALS.sub(lambda match: match["scheme"] + "•" * (len(match["secret"]) - 1) + "@", text)


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """Return the key that sorts diagnostics as people repair them: by file, then from top to bottom."""
    span = diagnostic.span
    return (span.source.path, span.start, span.end, diagnostic.key)


def line_and_column(span: Span) -> tuple[int, int]:
    """Return the line and the column where `span` starts, both from 1."""
    text = span.source.text
    return text.count("\n", 0, span.start) + 1, span.start - text.rfind("\n", 0, span.start)
