"""The command line: the only module that prints, colours or exits."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn

import click

from oxalis_panels import __version__
from oxalis_panels.command import OPTION, VARIABLE, coloured
from oxalis_panels.messages import LANGUAGES
from oxalis_panels.options import OUTPUT, PAPERS, PRESENT, PRINTER, PROJECT, STRICT, WORDS, WRITTEN
from oxalis_panels.poster.sheet import SIZES
from oxalis_panels.preflight import FORMATS
from oxalis_panels.reporting import ProgressLine, counted, drawn, explained, listed, rooms, summary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.pipeline import Report, Request


@click.group(
    help=WORDS.text("cli.help"),
    epilog=WORDS.text("cli.epilog"),
    subcommand_metavar=WORDS.text("cli.command"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    OPTION,
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    expose_value=False,
    help=WORDS.text("cli.lang", variable=VARIABLE),
)
@click.version_option(__version__, message="oxalis-panels %(version)s", help=WORDS.text("cli.version"))
@click.pass_context
def cli(context: click.Context) -> None:
    """See the catalogue."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    context.color = False if plain else None


@cli.command(help=WORDS.text("cli.build"), short_help=WORDS.text("cli.build_short"))
@click.option("--site", is_flag=True, help=WORDS.text("cli.site"))
@click.option("--posters", is_flag=True, help=WORDS.text("cli.posters"))
@click.option("--panel", "panels", multiple=True, metavar="SLUG", help=WORDS.text("cli.panel"))
@PRINTER
@PAPERS
@click.option("--proofs", is_flag=True, help=WORDS.text("cli.proofs"))
@click.option("--explain", is_flag=True, help=WORDS.text("cli.explain"))
@STRICT
@OUTPUT
@PROJECT
def build(  # noqa: PLR0913 - one parameter per option of the command
    *,
    site: bool,
    posters: bool,
    panels: tuple[str, ...],
    printer: str | None,
    papers: tuple[str, ...],
    proofs: bool,
    explain: bool,
    strict: bool,
    output: Path | None,
    project: Path,
) -> None:
    """See the catalogue."""
    from oxalis_panels.pipeline import Request  # noqa: PLC0415 - not needed for --help

    everything = not (site or posters or panels)
    _build(
        Request(
            project=project,
            output=output or project / "output",
            site=site or everything,
            posters=posters or bool(panels) or everything,
            panels=frozenset(panels),
            strict=strict,
            printer=printer,
            papers=tuple(dict.fromkeys(papers)),
            proofs=proofs,
        ),
        explain=explain,
    )


def _build(request: Request, *, explain: bool = False) -> Report:
    from oxalis_panels import pipeline  # noqa: PLC0415 - as above

    started = perf_counter()
    progress = ProgressLine(sys.stderr, WORDS)
    try:
        report = pipeline.build(request, progress)
    finally:  # also before the word of Ctrl-C
        progress.clear()
    _show(report.diagnostics)
    if report.plan is None or report.collection is None or report.failed:
        _stop(report.diagnostics, "report.nothing_written" if report.whole else "report.not_all_written")
    for line in (
        *(explained(report, WORDS) if explain else ()),
        *listed(report.collection, WORDS),
        *summary(report, request, perf_counter() - started, WORDS),
    ):
        click.echo(line)
    return report


@cli.command(help=WORDS.text("cli.deliver"), short_help=WORDS.text("cli.deliver_short"))
@PRINTER
@PAPERS
@OUTPUT
@PROJECT
def deliver(*, printer: str | None, papers: tuple[str, ...], output: Path | None, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels import delivery  # noqa: PLC0415 - not needed for --help
    from oxalis_panels.pipeline import Request  # noqa: PLC0415

    request = Request(
        project=project,
        output=output or project / "output",
        site=False,
        printer=printer,
        papers=tuple(dict.fromkeys(papers)),
    )
    posters = _build(request).posters
    assert posters is not None  # noqa: S101 - a build that is asked for posters and succeeds has made them
    delivered = delivery.deliver(request, posters)
    _show(delivered.diagnostics)
    if delivered.value is None:
        _stop(delivered.diagnostics, "delivery.nothing")
    for line in delivery.tell(delivered.value, request.output, WORDS):
        click.echo(line)


@cli.command(help=WORDS.text("cli.check"), short_help=WORDS.text("cli.check_short"))
@STRICT
@PROJECT
def check(*, strict: bool, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels import pipeline  # noqa: PLC0415 - not needed for --help

    checked = pipeline.check(project)
    _show(checked.diagnostics)
    if checked.value is None or (strict and checked.diagnostics):
        _stop(checked.diagnostics, "report.repair")
    for line in listed(checked.value.as_typed, WORDS):
        click.echo(line)
    click.echo(counted(checked.diagnostics, WORDS) or WORDS.text("report.faultless"))


@cli.command(help=WORDS.text("cli.capacity"), short_help=WORDS.text("cli.capacity_short"))
@PROJECT
def capacity(*, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.capacity import capacity as measure  # noqa: PLC0415 - as above

    measured = measure(project, project / "output")
    _show(measured.diagnostics)
    if measured.value is None:
        _stop(measured.diagnostics, "report.repair")
    for line in rooms(measured.value, WORDS):
        click.echo(line)


@cli.command(help=WORDS.text("cli.printers"), short_help=WORDS.text("cli.printers_short"))
@PROJECT
def printers(*, project: Path) -> None:
    """See the catalogue."""
    from oxalis_panels.poster.printers.listing import list_printers  # noqa: PLC0415 - as above

    table = list_printers(project, WORDS)
    for line in table.lines:
        click.echo(line)
    if table.diagnostics:
        click.echo()
        _show(table.diagnostics)
        _stop(table.diagnostics, "report.repair")


@cli.command(help=WORDS.text("cli.preflight"), short_help=WORDS.text("cli.preflight_short"))
@click.argument("files", nargs=-1, required=True, type=PRESENT, metavar=WORDS.text("cli.files"))
@click.option("--printer", metavar=WORDS.text("cli.name"), help=WORDS.text("cli.asked_printer"))
@click.option("--size", type=click.Choice(SIZES), help=WORDS.text("cli.asked_size"))
@click.option("--format", "form", type=click.Choice(FORMATS), help=WORDS.text("cli.format"))
@click.option("--report", type=WRITTEN, metavar=WORDS.text("cli.file"), help=WORDS.text("cli.report"))
@PROJECT
def preflight(  # noqa: PLR0913 - one parameter per option of the command
    *,
    files: tuple[Path, ...],
    printer: str | None,
    size: str | None,
    form: str | None,
    report: Path | None,
    project: Path,
) -> None:
    """See the catalogue."""
    from oxalis_panels.preflight.files import Question, answer  # noqa: PLC0415 - as above

    answered = answer(Question(files, project, printer, size, form, report), WORDS)
    if answered.text:
        click.echo(answered.text, nl=False)
    if answered.diagnostics:
        _show(answered.diagnostics)
    raise SystemExit(answered.exit_code)


def _show(diagnostics: Sequence[Diagnostic]) -> None:
    for text in drawn(diagnostics, WORDS):
        click.echo(coloured(text, WORDS) + "\n", err=True)


def _stop(diagnostics: Sequence[Diagnostic], consequence: str) -> NoReturn:
    click.echo(f"{counted(diagnostics, WORDS)}. {WORDS.text(consequence)}", err=True)
    raise SystemExit(1)


def main() -> None:
    """Run the command line. A character that the terminal cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = cli(prog_name="oxalis-panels", standalone_mode=False)
    except click.Abort:  # click's name for Ctrl-C, which it would tell in English
        raise KeyboardInterrupt from None
    except click.ClickException as refusal:
        refusal.show()
        code = refusal.exit_code
    raise SystemExit(code)
