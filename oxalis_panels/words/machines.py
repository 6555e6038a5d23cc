"""Diagnostics for programs: JSON, annotations of GitHub Actions, a Code Quality report of GitLab.

`docs/verifier.md` describes the form of the JSON document. Forgejo and Gitea read annotations too.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from oxalis_panels.model.diagnostics import Diagnostic, Span, masked, sort_key
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.excerpt import line_of, path_of, place_of

VERSION = 1
"""Of the form; a field that is added does not change it."""
_MESSAGE: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY: Final = {**_MESSAGE, ord(":"): "%3A", ord(","): "%2C"}
"""What the runner decodes in a message and in a property (`toolkit/packages/core/src/command.ts`)."""
_SEVERITY: Final = {"error": "major", "warning": "minor"}


def document(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return `{"version": 1, "diagnostics": […]}`, readable by people too."""
    entries = [_json_entry(each, words, folder) for each in diagnostics]
    whole = {"version": VERSION, "language": words.language, "diagnostics": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _json_entry(diagnostic: Diagnostic, words: Catalogue, folder: str) -> dict[str, Any]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    span, repair = diagnostic.span, diagnostic.repair
    return {
        "code": diagnostic.code,
        "case": diagnostic.case or None,
        "severity": diagnostic.severity,
        "message": message,
        "help": help_text or None,
        "file": path_of(span.source, folder),
        **_json_place(span),
        "source_line": line_of(span)[0] if place_of(span) else None,
        "repair": {
            **_json_place(repair.span),
            "replacement": masked(repair.replacement),
            "lines": repair.lines,
        }
        if repair
        else None,
    }


def _json_place(span: Span) -> dict[str, int | None]:
    place = place_of(span)
    return {name: getattr(place, name, None) for name in ("line", "column", "end_line", "end_column")}


def workflow_commands(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return a workflow command per diagnostic: `::error file=…,line=…,title=…::message`."""
    return "".join(_annotation(each, words, folder) + "\n" for each in diagnostics)


def _annotation(diagnostic: Diagnostic, words: Catalogue, folder: str) -> str:
    properties = {"file": path_of(diagnostic.span.source, folder), **_github_place(diagnostic)}
    properties["title"] = diagnostic.code
    shown = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    message = "\n".join(_github_message(diagnostic, words)).translate(_MESSAGE)
    return f"::{diagnostic.severity} {shown}::{message}"


def _github_place(diagnostic: Diagnostic) -> dict[str, str]:
    """Return the lines, and the columns where there is one line: the runner drops them otherwise."""
    place = place_of(diagnostic.span)
    if place is None:
        return {}
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line != place.end_line:
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _github_message(diagnostic: Diagnostic, words: Catalogue) -> Iterator[str]:
    message, help_text = words.diagnostic(diagnostic.key, diagnostic.values)
    yield message
    if help_text:
        yield f"{words.text('severity.help')} {help_text}"
    if diagnostic.repair and diagnostic.repair.lines:
        yield f"{words.text('severity.write')} {' ⏎ '.join(diagnostic.repair.lines)}"


def code_quality(diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return the report: a JSON array, empty where all is well."""
    met: Counter[tuple[str, ...]] = Counter()
    entries = []
    for each in diagnostics:
        known = _identity(each, folder)
        met[known] += 1
        entries.append(_issue(each, words, folder, (*known, str(met[known]))))
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _identity(diagnostic: Diagnostic, folder: str) -> tuple[str, ...]:
    """Return what makes a mistake the same one on another line or in another language."""
    span = diagnostic.span
    line = line_of(span)[0].strip() if place_of(span) else ""
    return (diagnostic.key, path_of(span.source, folder), line)


def _issue(diagnostic: Diagnostic, words: Catalogue, folder: str, known: tuple[str, ...]) -> dict[str, Any]:
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


FORMS: Final = {"json": document, "github": workflow_commands, "gitlab": code_quality}
MACHINES: Final = tuple(FORMS)
"""The forms that a program reads: alone on the standard output, complete, in one piece."""
FORMATS: Final = ("text", "plain", *MACHINES)


def drawn_for_machine(form: str, diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return diagnostics in one of `MACHINES`, in the order of repair; `folder` leads to the project."""
    return FORMS[form](sorted(diagnostics, key=sort_key), words, folder)
