"""Diagnostics as annotations of GitHub Actions, which Forgejo and Gitea read too.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing.places import path_of, place_of

_MESSAGE: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY: Final = {**_MESSAGE, ord(":"): "%3A", ord(","): "%2C"}
"""What the runner decodes in a message and in a property (`toolkit/packages/core/src/command.ts`)."""


def workflow_commands(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return a workflow command per diagnostic: `::error file=…,line=…,title=…::message`."""
    return "".join(_annotation(each, words, folder) + "\n" for each in diagnostics)


def _annotation(diagnostic: Diagnostic, words: Catalogue, folder: str) -> str:
    properties = {"file": path_of(diagnostic.span.source, folder), **_place(diagnostic)}
    properties["title"] = diagnostic.code
    told = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    message = "\n".join(_message(diagnostic, words)).translate(_MESSAGE)
    return f"::{diagnostic.severity} {told}::{message}"


def _place(diagnostic: Diagnostic) -> dict[str, str]:
    """Return the lines, and the columns where there is one line: the runner drops them otherwise."""
    place = place_of(diagnostic.span)
    if place is None:
        return {}
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line != place.end_line:
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _message(diagnostic: Diagnostic, words: Catalogue) -> Iterator[str]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    yield message
    if help_text:
        yield f"{words.text('severity.help')} {help_text}"
    if diagnostic.repair and diagnostic.repair.lines:
        yield f"{words.text('severity.write')} {' ⏎ '.join(diagnostic.repair.lines)}"
