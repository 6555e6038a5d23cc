"""`init`: a new project."""

import sys
from pathlib import Path

import click

from oxalis_panels.authoring.sources import add, sweep
from oxalis_panels.authoring.starting.project import Answers, Origin, Start, origin, plan_project
from oxalis_panels.cli.options import WORDS
from oxalis_panels.cli.terminal import heed, valued
from oxalis_panels.words.invocation import (
    Invocation,
    invocation_in,
    is_front_door,
    option_for,
    program,
    quoted,
)


@click.command("init", help=WORDS.text("cli.init"))
@click.argument(
    "folder", type=click.Path(path_type=Path), default=Path(), metavar=WORDS.text("cli.init_folder")
)
@click.option("--title", metavar=WORDS.text("cli.new_title"), help=WORDS.text("cli.init_title"))
@click.option("--organisation", metavar=WORDS.text("cli.name"), help=WORDS.text("cli.init_organisation"))
def command(*, folder: Path, title: str | None, organisation: str | None) -> None:
    """See the catalogue."""
    source = origin()
    named = source.missing or source.requirement.split()[-1].removeprefix("./")
    note = WORDS.text(f"init.origin_{source.kind}", wheel=named)
    valued(plan_project(folder, Answers(WORDS.language), source), "init.nothing")  # before anything is asked
    answers = Answers(WORDS.language, _asked("title", title), _asked("organisation", organisation), note)
    start = plan_project(folder, answers, source).value
    assert start is not None  # the same folder was accepted above
    for path in start.kept:
        sweep((folder / path).parent)
    heed(add(folder, start.files), "init.nothing")
    _summarise(folder, start, source)


def _asked(key: str, given: str | None) -> str:
    """Return an option, or ask for it where a person can answer."""
    if given is not None or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return given or ""
    return str(click.prompt(WORDS.text(f"init.ask_{key}"), default="", show_default=False, err=True))


def _steps(folder: Path) -> list[list[str]]:
    """Return what to type next and why, two words a step; `build.py` works from its own folder."""
    stays = is_front_door() or folder == Path()
    invocation = Invocation("", program()) if stays else invocation_in(folder)
    entered = [] if stays else [[WORDS.text("init.enter", folder=quoted([str(folder)])), ""]]
    once = [[invocation.once, WORDS.text("init.once")]] if invocation.once else []
    values = {"typed": invocation.program, "at": option_for(folder) if stays else ""}
    steps = (WORDS.text(f"init.{key}", **values) for key in ("build", "serve", "new", "import"))
    return [*entered, *once, *(step.split("\t") for step in steps)]


def _summarise(folder: Path, start: Start, source: Origin) -> None:
    shown = folder.resolve().name + "/" if folder == Path() else f"{folder.as_posix().rstrip('/')}/"
    click.echo(WORDS.text("init.made", folder=shown, files=WORDS.count("report.file", len(start.files))))
    for path in start.kept:
        click.echo(WORDS.text("init.kept", path=path))
    click.echo()
    click.echo(WORDS.text("init.next"))
    steps = _steps(folder)
    width = max(len(typed) for typed, _ in steps)
    for typed, what in steps:
        click.echo(f"  {typed.ljust(width)}  {what}".rstrip())
    click.echo()
    click.echo(WORDS.text("init.read"))
    if source.missing:
        click.echo(WORDS.text("init.wheel", wheel=source.missing))
    if source.kind == "address":
        click.echo(WORDS.text("init.address", address=source.requirement.split()[-1]))
    root = next((each for each in folder.resolve().parents if (each / ".git").exists()), None)
    if root and not (folder / ".git").exists():
        click.echo()
        click.echo(
            WORDS.text("init.below", root=root.name, way=folder.resolve().relative_to(root).as_posix())
        )
