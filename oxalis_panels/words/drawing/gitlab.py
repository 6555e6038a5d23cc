"""Diagnostics as a Code Quality report of GitLab, which shows them on a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing.places import line_of, path_of, place_of

_SEVERITY: Final = {"error": "major", "warning": "minor"}


def code_quality(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return the report: a JSON array, empty where all is well."""
    met: Counter[tuple[str, ...]] = Counter()
    entries = []
    for each in diagnostics:
        known = _identity(each, folder)
        met[known] += 1
        entries.append(_entry(each, words, folder, (*known, str(met[known]))))
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _identity(diagnostic: Diagnostic, folder: str) -> tuple[str, ...]:
    """Return what makes a mistake the same one on another line or in another language."""
    span = diagnostic.span
    line = line_of(span)[0].strip() if place_of(span) else ""
    return (diagnostic.code, path_of(span.source, folder), line)


def _entry(diagnostic: Diagnostic, words: Catalogue, folder: str, known: tuple[str, ...]) -> dict[str, Any]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    place = place_of(diagnostic.span)
    lines = {"begin": place.line, "end": place.end_line} if place else {"begin": 1}
    return {
        "description": f"{message} {help_text}".strip(),
        "check_name": diagnostic.code,
        "fingerprint": sha256("\0".join(known).encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITY[diagnostic.severity],
        "location": {"path": path_of(diagnostic.span.source, folder), "lines": lines},
    }
