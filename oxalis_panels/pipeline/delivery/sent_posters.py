"""The finished posters, read back and checked once more under the names by which they are sent."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import product
from pathlib import PurePosixPath

from oxalis_panels.inspection.checks import judge
from oxalis_panels.inspection.expectations import expectations, found_trim
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.report import Report, as_diagnostics
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.poster.building import poster_path
from oxalis_panels.printers.printer import Printer


@value
class SentPoster:
    """A print file without faults."""

    number: int
    """Of its panel in the series, from 1."""
    file: str
    """Its name."""
    pdf: bytes
    width: float
    """Of the trimmed sheet, in mm."""
    height: float
    pages: int
    report: Report
    """Of its check."""

    @property
    def checksum(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return sha256(self.pdf).hexdigest()


def check_posters(
    collection: Collection, printer: Printer, papers: Sequence[str], made: Mapping[PurePosixPath, bytes]
) -> Parsed[tuple[SentPoster, ...]]:
    """Return the print files of every panel, one for each size in `papers`, from those that a build `made`.

    Errors: whatever forbids sending a file to the printer; a panel whose file the build did not make, because
    the project changed meanwhile.
    """
    posters: list[SentPoster] = []
    found: list[Diagnostic] = []
    for panel, size in product(collection.panels, papers):
        path = poster_path(panel, printer, size)
        span = Span(Source(path.as_posix()))
        pdf = made.get(path)
        if pdf is None:
            found.append(error("delivery-changed", span))
            continue
        poster = _checked(panel.number, path.name, pdf, printer, size)
        if isinstance(poster, SentPoster):
            posters.append(poster)
        else:
            found += as_diagnostics([fault for fault in poster.faults if fault.severity == "error"], span)
    return Parsed(None if found else tuple(posters), tuple(found))


def _checked(number: int, name: str, pdf: bytes, printer: Printer, size: str) -> SentPoster | Report:
    """Return a poster; the report alone when it must not be sent."""
    survey = read(pdf)
    if isinstance(survey, Unreadable):
        return Report(name, printer.label, (), survey.code)
    report = judge(survey, expectations(printer, survey, size), name)
    if report.failed:
        return report
    width, height = (round(side, 2) for side in found_trim(survey))
    return SentPoster(number, name, pdf, width, height, survey.page_count, report)
