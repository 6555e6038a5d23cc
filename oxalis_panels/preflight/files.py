"""The command `preflight`: files on disk → a report on them, and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.frozen import frozen
from oxalis_panels.messages.system import reason
from oxalis_panels.poster.printers.reading import read_printer
from oxalis_panels.preflight import FORMATS
from oxalis_panels.preflight.expectations import expectations
from oxalis_panels.preflight.inspection import judge, unreadable
from oxalis_panels.preflight.reading import read
from oxalis_panels.preflight.survey import Unreadable
from oxalis_panels.preflight.telling import told
from oxalis_panels.preflight.views import view
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.messages import Catalogue
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.preflight.report import Report

CONFORM, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: nothing forbids to send the files; something does; the command itself could not be obeyed."""


@frozen
class Question:
    """What the person asks."""

    files: tuple[Path, ...]
    project: Path
    """Where printers and templates of one's own are."""
    printer: str | None = None
    """Name of the printer; None: the default."""
    size: str | None = None
    """`a0` … `a4`; None: guessed from each file."""
    form: str | None = None
    """Of the report; None: as the extension of `report` says, else text."""
    report: Path | None = None
    """The file to write it to; None: the screen."""

    @property
    def format(self) -> str:
        """The form of the report."""
        said = self.report.suffix[1:].lower() if self.report else ""
        return self.form or (said if said in FORMATS else FORMATS[0])


@frozen
class Answer:
    """What the command says."""

    text: str
    """For the standard output."""
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int


def answer(question: Question, words: Catalogue) -> Answer:
    """Check files and write or return the report on them."""
    found = check_files(question)
    if found.value is None:
        return Answer("", found.diagnostics, MISUSED)
    templates = Templates(TemplateFolders.of(question.project), words)
    report = told(found.value, question.format, words, templates)
    said = found.diagnostics + report.diagnostics
    if report.value is None:
        return Answer("", said, MISUSED)
    refused = any(each.failed for each in found.value)
    code = MISUSED if found.failed else REFUSED if refused else CONFORM
    if question.report is None:
        return Answer(report.value, said, code)
    summary = "".join(f"{view(each, words).title}\n" for each in found.value)
    try:
        question.report.write_text(report.value, encoding="utf-8", newline="\n")
    except OSError as refusal:
        return Answer(summary, (*said, _refused(question.report, "preflight-cannot-write", refusal)), MISUSED)
    return Answer(summary, said, code)


def check_files(question: Question) -> Parsed[tuple[Report, ...]]:
    """Return a report for each file, in order. Errors: an unknown printer, a file that cannot be opened."""
    printer = read_printer(question.project, question.printer, Span(Source("--printer")))
    if printer.value is None:
        return Parsed(None, printer.diagnostics)
    found = [_checked(path, printer.value, question.size) for path in question.files]
    mistakes = tuple(each for each in found if isinstance(each, Diagnostic))
    reports = tuple(each for each in found if not isinstance(each, Diagnostic))
    return Parsed(reports, printer.diagnostics + mistakes)


def _checked(path: Path, printer: Printer, size: str | None) -> Report | Diagnostic:
    try:
        pdf = path.read_bytes()
    except OSError as refusal:
        return _refused(path, "preflight-cannot-open", refusal)
    survey = read(pdf)
    if isinstance(survey, Unreadable):
        return unreadable(survey, printer.label, path.name)
    return judge(survey, expectations(printer, survey, size), path.name)


def _refused(path: Path, code: str, refusal: OSError) -> Diagnostic:
    return error(code, Span(Source(str(path))), reason=reason(refusal))
