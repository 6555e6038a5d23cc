"""Why a poster was not made: what WeasyPrint finds wrong with templates, what the machine refuses."""

import re

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.system import temporary
from oxalis_panels.words.catalogue import Phrase

DECLARATION = r"Ignored `(?P<found>.+?)\s*` at \d+:\d+, "
"""The place is one in all style sheets joined, which is no file that anybody sees: it is left out."""
KNOWN = (
    ("unknown", re.compile(DECLARATION + r"unknown property\.")),
    ("value", re.compile(DECLARATION + r"invalid value\.")),
    ("declaration", re.compile(DECLARATION + r"(?P<text>.+)\.")),
    ("frame", re.compile(r"the page needs <main> and <footer>.*")),
    ("identifiers", re.compile(r"no element has the id (?P<found>.+)")),
    ("other", re.compile(r"(?P<text>.*?)\.?")),
)
"""Complaints by their words; the last one takes whatever the others leave, as it is in English."""


class WeasyPrintComplaint(Exception):  # noqa: N818 - what WeasyPrint says of a template is no bug of ours
    """What is wrong with a template; WeasyPrint itself only logs it and goes on."""


OBSTACLES = (WeasyPrintComplaint, RecursionError, MemoryError, OSError)
"""What may come between a job and its poster without being a bug."""


def obstacle(failure: Exception) -> Diagnostic:
    """Return what to say of one of `OBSTACLES`. Raises it again if the system did not refuse anything."""
    if isinstance(failure, MemoryError):
        return ended()
    if isinstance(failure, OSError):
        if failure.errno is None:  # a library's own, about a picture or a font
            raise failure
        return temporary.refused(failure)
    return error("poster-template", Span(Source("templates/poster/")), found=complaints(str(failure)))


def ended() -> Diagnostic:
    """Return what is said when the system ends a process that makes posters."""
    return error("poster-ended", Span(Source("panels/")))


def complaints(text: str) -> tuple[Phrase, ...]:
    """Return a phrase for each line of what WeasyPrint complains of, none of them twice."""
    return tuple(_phrase(line) for line in dict.fromkeys(text.splitlines()))


def _phrase(line: str) -> Phrase:
    matches = ((key, pattern.fullmatch(line)) for key, pattern in KNOWN)
    return next(Phrase(f"weasyprint.{key}", match.groupdict()) for key, match in matches if match)
