"""`preflight`: any PDF checked against what a printer asks for."""

from pathlib import Path

import click

from oxalis_panels.cli.options import EXISTING_FILE, OUTPUT_FILE, PROJECT, WORDS
from oxalis_panels.cli.terminal import show
from oxalis_panels.inspection import FORMATS
from oxalis_panels.inspection.file_reports import Question, answer


@click.command("preflight", help=WORDS.text("cli.preflight"))
@click.argument("files", nargs=-1, required=True, type=EXISTING_FILE, metavar=WORDS.text("cli.files"))
@click.option("--printer", metavar=WORDS.text("cli.name"), help=WORDS.text("cli.asked_printer"))
@click.option("--size", metavar=WORDS.text("cli.size"), help=WORDS.text("cli.asked_size"))
@click.option("--format", "form", type=click.Choice(FORMATS), help=WORDS.text("cli.format"))
@click.option("--report", type=OUTPUT_FILE, metavar=WORDS.text("cli.file"), help=WORDS.text("cli.report"))
@PROJECT
def command(  # noqa: PLR0913 - one parameter per option of the command
    *,
    files: tuple[Path, ...],
    printer: str | None,
    size: str | None,
    form: str | None,
    report: Path | None,
    project: Path,
) -> None:
    """See the catalogue."""
    answered = answer(Question(files, project, printer, size, form, report), WORDS)
    if answered.text:
        click.echo(answered.text, nl=False)
    show(answered.diagnostics)
    raise SystemExit(answered.exit_code)
