"""A build as somebody sees it: its progress, what is wrong, what was made."""

from time import perf_counter

from oxalis_panels.cli.options import WORDS
from oxalis_panels.cli.summary import explained, summary
from oxalis_panels.cli.terminal import ProgressLine, say, show, stop
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.request import Request
from oxalis_panels.words.machines import MACHINES
from oxalis_panels.words.report import listed, parted


def _shown(report: BuildReport, request: Request, form: str) -> tuple[Diagnostic, ...]:
    """Return what is shown in full: all where warnings stop the build, or a machine reads."""
    if request.strict or form in MACHINES:
        return report.diagnostics
    in_full, _ = parted(report.diagnostics)
    return in_full


def run_build(request: Request, *, explain: bool = False, form: str = "text") -> BuildReport:
    """Build, show progress, and say what was made; exit with 1 if not everything was."""
    started = perf_counter()
    with ProgressLine() as progress:
        report = build(request, progress)
    show(_shown(report, request, form), request.project, form)
    if report.plan is None or report.collection is None or report.failed:
        stop(report.diagnostics, "report.nothing_written" if report.whole else "report.not_all_written")
    for line in (
        *(explained(report, WORDS) if explain else ()),
        *listed(report.collection, WORDS),
        *summary(report, request, perf_counter() - started, WORDS),
    ):
        say(line, form)
    return report
