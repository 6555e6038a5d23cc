"""The command `preflight`: files on disk → a report on them, and an exit code."""

from pathlib import Path

from oxalis_panels.inspection import FORMATS
from oxalis_panels.inspection.checks import judge
from oxalis_panels.inspection.expectations import expectations, sheet_size
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.render import render_reports, view
from oxalis_panels.inspection.report import Report
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import read_printer
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.system.bounded import LargeFileError, SpecialFileError, read_bytes, read_error
from oxalis_panels.system.failure import reason
from oxalis_panels.system.workers import within
from oxalis_panels.words.catalogue import Catalogue

CONFORM, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: nothing forbids to send the files; something does; the command itself could not be obeyed."""
LARGEST = 500_000_000
"""Bytes of a file; a poster of pictures that are not compressed has 280 million."""
MOST_MEMORY = 850_000_000
"""Bytes that checking one file may take besides it: qpdf has no bound for what it builds of a file."""
MOST_SECONDS = 20


@value
class Question:
    """What the person asks."""

    files: tuple[Path, ...]
    project: Path
    """Where printers and templates of one's own are."""
    printer: str | None = None
    """Name of the printer; None: the default."""
    size: str | None = None
    """As it was typed: `a1`, `850x2000`; None: guessed from each file."""
    form: str | None = None
    """Of the report; None: as the extension of `report` says, else text."""
    report: Path | None = None
    """The file to write it to; None: the screen."""

    @property
    def format(self) -> str:
        """The form of the report."""
        said = self.report.suffix[1:].lower() if self.report else ""
        return self.form or (said if said in FORMATS else FORMATS[0])


@value
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
    folders = TemplateFolders.of(question.project)
    looks = folders.check() if question.format == "html" else ()
    if any(each.severity == "error" for each in looks):
        return Answer("", found.diagnostics + looks, MISUSED)
    report = render_reports(found.value, question.format, words, Templates(folders, words))
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
        return Answer(summary, (*said, _refused(question.report, "file-unwritten.report", refusal)), MISUSED)
    return Answer(summary, said, code)


def preflight(
    file: Path, printer: str | None = None, *, size: str | None = None, project: Path = Path()
) -> Parsed[Report]:
    """Hold one PDF, whoever made it, against what a print shop asks; nothing is written.

    `printer` is the name of one that comes with the program (`offset-couche`, `bureau` …) or has a file in
    `printers/` of the folder `project`; None: the default. `size` is that of the finished sheet as a person
    types it, `a1`, `850x2000` (mm) or `85x200cm`; None: the nearest A size.

    No value, and an error, for an unknown printer, a size that is none, and a file that cannot be opened. A
    file that is no PDF, or a damaged one, has a report that says so: `unreadable`, a code.
    """
    found = check_files(Question((file,), project, printer, size))
    return Parsed(found.value[0] if found.value else None, found.diagnostics)


def check_files(question: Question) -> Parsed[tuple[Report, ...]]:
    """Return a report for each file, in order. Errors: an unknown printer, a file that cannot be opened."""
    printer = read_printer(question.project, question.printer, Span(Source("--printer")))
    if printer.value is None:
        return Parsed(None, printer.diagnostics)
    if question.size is not None and sheet_size(question.size) is None:
        return Parsed(None, (error("preflight-size", Span(Source("--size")), found=question.size),))
    found = [_checked(path, printer.value, question.size) for path in question.files]
    mistakes = tuple(each for each in found if isinstance(each, Diagnostic))
    reports = tuple(each for each in found if not isinstance(each, Diagnostic))
    return Parsed(reports, printer.diagnostics + mistakes)


def _checked(path: Path, printer: Printer, size: str | None) -> Report | Diagnostic:
    try:
        pdf = read_bytes(path, LARGEST)
    except (SpecialFileError, LargeFileError) as refusal:
        return read_error(refusal, Span(Source(str(path))))
    except OSError as refusal:
        return _refused(path, "file-unreadable.preflight", refusal)
    try:
        found = within(MOST_MEMORY, MOST_SECONDS, _judged, pdf, path.name, printer, size)
    except Exception:  # noqa: BLE001 - a mistake of ours about one file must not cost the others their report
        return Report(path.name, printer.label, (), "preflight-unreadable.other")
    return found[0] if found else Report(path.name, printer.label, (), "preflight-too-much")


def _judged(pdf: bytes, name: str, printer: Printer, size: str | None) -> Report:
    survey = read(pdf)
    if isinstance(survey, Unreadable):
        return Report(name, printer.label, (), survey.code)
    return judge(survey, expectations(printer, survey, size), name)


def _refused(path: Path, code: str, refusal: OSError) -> Diagnostic:
    return error(code, Span(Source(str(path))), reason=reason(refusal))
