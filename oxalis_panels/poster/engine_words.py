"""What WeasyPrint, and the module that runs it, find wrong with templates, in the reader's language."""

from __future__ import annotations

import re

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.messages import Phrase

DECLARATION = r"Ignored `(?P<found>.+?)\s*` at \d+:\d+, "
"""The place is one in all style sheets joined, of which nobody sees a file: it is not told."""
KNOWN = (
    ("unknown", re.compile(DECLARATION + r"unknown property\.")),
    ("value", re.compile(DECLARATION + r"invalid value\.")),
    ("declaration", re.compile(DECLARATION + r"(?P<text>.+)\.")),
    ("frame", re.compile(r"the page needs <main> and <footer>.*")),
    ("identifiers", re.compile(r"no element has the id (?P<found>.+)")),
    ("other", re.compile(r"(?P<text>.*?)\.?")),
)
"""Complaints by their words; the last one takes whatever the others leave, as it is in English."""


def template_mistake(complaint: str) -> Diagnostic:
    """Return what is told of a complaint: a phrase for each of its lines, none of them twice."""
    phrases = tuple(_phrase(line) for line in dict.fromkeys(complaint.splitlines()))
    return error("poster-template", Span(Source("templates/poster/")), found=phrases)


def _phrase(line: str) -> Phrase:
    matches = ((key, pattern.fullmatch(line)) for key, pattern in KNOWN)
    return next(Phrase(f"weasyprint.{key}", match.groupdict()) for key, match in matches if match)
