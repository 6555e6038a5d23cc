"""`fmt`: panels rewritten in the canonical form."""

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from oxalis_panels.authoring.formatting.canonical import Form
from oxalis_panels.authoring.formatting.files import difference, is_formed, read_forms, save
from oxalis_panels.cli.options import EXISTING_FILE, PROJECT, WORDS
from oxalis_panels.cli.terminal import show, stop


@click.command("fmt", help=WORDS.text("cli.fmt"))
@click.argument("files", nargs=-1, type=EXISTING_FILE, metavar=WORDS.text("cli.any_files"))
@click.option("--check", is_flag=True, help=WORDS.text("cli.fmt_check"))
@click.option("--diff", is_flag=True, help=WORDS.text("cli.fmt_diff"))
@click.option("--typography", is_flag=True, help=WORDS.text("cli.fmt_typography"))
@PROJECT
def command(*, files: tuple[Path, ...], check: bool, diff: bool, typography: bool, project: Path) -> None:
    """See the catalogue."""
    parsed = read_forms(project, files, typography=typography)
    show(parsed.diagnostics, project)
    if not parsed.value:
        stop(parsed.diagnostics, "format.nothing")
    waiting = [form for form in parsed.value if not is_formed(project, form)]
    if diff:
        for line in (line for form in waiting for line in difference(form)):
            click.echo(line)
    failed = () if check or diff else save(project, waiting)
    show(failed, project)
    _summarise(parsed.value, waiting, {each.span.source.path for each in failed}, kept=check or diff)
    mistakes = [each for each in (*parsed.diagnostics, *failed) if each.severity == "error"]
    if mistakes:
        stop(mistakes, "format.left")
    raise SystemExit(1 if check and waiting else 0)


def _summarise(
    forms: Sequence[Form], waiting: Sequence[Form], failed: Collection[str], *, kept: bool
) -> None:
    """Print which panels were, or would be, rewritten; on standard error beside a diff."""
    for form in (each for each in waiting if each.source.path not in failed):
        click.echo(WORDS.text("format.waiting" if kept else "format.done", path=form.source.path), err=kept)
    right = sum(not form.diagnostics for form in forms) - len(waiting)
    if right:
        click.echo(WORDS.count("format.right", right), err=kept)
