"""`build`: the site and the posters."""

import sys
from pathlib import Path
from time import perf_counter

import click

from oxalis_panels.cli.options import FORMAT, OUTPUT, PAPERS, PRINTER, PROJECT, SITE_URL, STRICT, WORDS
from oxalis_panels.cli.summary import explained, summary
from oxalis_panels.cli.terminal import ProgressLine, say, show, stop
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.request import Request
from oxalis_panels.words.machines import MACHINES
from oxalis_panels.words.report import listed, parted


@click.command("build", help=WORDS.text("cli.build"))
@click.option("--site", is_flag=True, help=WORDS.text("cli.site"))
@click.option("--posters", is_flag=True, help=WORDS.text("cli.posters"))
@click.option("--panel", "panels", multiple=True, metavar="SLUG", help=WORDS.text("cli.panel"))
@PRINTER
@PAPERS
@SITE_URL
@click.option("--proofs", is_flag=True, help=WORDS.text("cli.proofs"))
@click.option("--explain", is_flag=True, help=WORDS.text("cli.explain"))
@STRICT
@FORMAT
@OUTPUT
@PROJECT
def command(  # noqa: PLR0913 - one parameter per option of the command
    *,
    site: bool,
    posters: bool,
    panels: tuple[str, ...],
    printer: str | None,
    papers: tuple[str, ...],
    site_url: str | None,
    proofs: bool,
    explain: bool,
    strict: bool,
    form: str,
    output: Path | None,
    project: Path,
) -> None:
    """See the catalogue."""
    everything = not (site or posters or panels)
    posters = posters or bool(panels) or proofs or everything
    run_build(
        Request(
            project=project,
            output=output or project / "output",
            site=site or everything,
            posters=posters,
            panels=frozenset(panels),
            strict=strict,
            printer=printer,
            papers=tuple(dict.fromkeys(papers)),
            site_url=site_url,
            proofs=proofs,
        ),
        explain=explain,
        form=form,
    )


def _shown(report: BuildReport, request: Request, form: str) -> tuple[Diagnostic, ...]:
    """Return what is shown in full: all where warnings stop the build, or a machine reads."""
    if request.strict or form in MACHINES:
        return report.diagnostics
    in_full, _ = parted(report.diagnostics)
    return in_full


def run_build(request: Request, *, explain: bool = False, form: str = "text") -> BuildReport:
    """Build, show progress, and say what was made; exit with 1 if not everything was."""
    started = perf_counter()
    with ProgressLine(sys.stderr, WORDS) as progress:
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
