"""`import`: panels from a text that was written elsewhere."""

from pathlib import Path

import click

from oxalis_panels.authoring.importing.making import ImportResult, existing, make, twins
from oxalis_panels.authoring.sources import add
from oxalis_panels.cli.options import EXISTING_FILE, PROJECT, WORDS
from oxalis_panels.cli.terminal import ProgressLine, heed, show, valued
from oxalis_panels.reading.decoding import printable
from oxalis_panels.words.invocation import option_for, program


@click.command("import", help=WORDS.text("cli.import"))
@click.argument("file", type=EXISTING_FILE, metavar=WORDS.text("cli.file"))
@click.option("--dry-run", is_flag=True, help=WORDS.text("cli.import_dry_run"))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=WORDS.text("cli.folder"),
    help=WORDS.text("cli.import_output"),
)
@PROJECT
def command(*, file: Path, dry_run: bool, output: Path | None, project: Path) -> None:
    """See the catalogue."""
    folder = output or project / "panels"
    standing = valued(existing(folder), "import.nothing", project)
    with ProgressLine() as line:
        line.say_soon("import.reading", file=printable(file.name))
        parsed = make(
            file,
            standing,
            lambda stage, done, total: line.say(f"import.{stage}", done=done, total=total),
        )
    made = valued(parsed, "import.nothing")
    show(twins(folder, made))
    files = {name: text.encode() for name, text in made.files.items()}
    heed(() if dry_run else add(folder, files), "import.nothing")
    _summarise(made, folder, dry_run=dry_run)
    if not (dry_run or output):
        click.echo(WORDS.text("import.next", check=f"{program()} check{option_for(project)}"))


def _summarise(made: ImportResult, folder: Path, *, dry_run: bool) -> None:
    """Print the paths of the files, on a dry run with their text, and the counts."""
    for name, text in made.files.items():
        path = (folder / name).as_posix()
        click.echo(WORDS.text("import.would" if dry_run else "import.made", path=path))
        if dry_run:
            click.echo(f"\n{text}")
    findings = [finding for panel in made.panels for finding in panel.findings]
    click.echo(
        WORDS.text(
            "import.summary",
            read=WORDS.count("import.read", made.words),
            kept=WORDS.count("import.word", made.kept),
            panels=WORDS.count("report.panel", len(made.panels)),
            findings=len(findings),
            points=sum(len(finding.points) for finding in findings),
        )
    )
    if made.aside:
        click.echo(WORDS.count("import.aside", made.aside))
    if dry_run:
        click.echo(WORDS.text("import.dry"))
