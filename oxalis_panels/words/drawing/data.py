"""Diagnostics for programs: one JSON document, whose form is told in `docs/verifier.md` and kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oxalis_panels.model.diagnostics import Diagnostic, Span, masked
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing.places import line_of, path_of, place_of

VERSION = 1
"""Of the form; a field that is added does not change it."""


def document(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return `{"version": 1, "diagnostics": […]}`, readable by people too."""
    entries = [_entry(each, words, folder) for each in diagnostics]
    whole = {"version": VERSION, "language": words.language, "diagnostics": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _entry(diagnostic: Diagnostic, words: Catalogue, folder: str) -> dict[str, Any]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    span, repair = diagnostic.span, diagnostic.repair
    return {
        "code": diagnostic.code,
        "case": diagnostic.case or None,
        "severity": diagnostic.severity,
        "message": message,
        "help": help_text or None,
        "file": path_of(span.source, folder),
        **_place(span),
        "source_line": line_of(span)[0] if place_of(span) else None,
        "repair": {
            **_place(repair.span),
            "replacement": masked(repair.replacement),
            "lines": repair.lines,
        }
        if repair
        else None,
    }


def _place(span: Span) -> dict[str, int | None]:
    place = place_of(span)
    if place is None:
        return dict.fromkeys(("line", "column", "end_line", "end_column"))
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
