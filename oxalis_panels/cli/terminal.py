"""What several commands say in the same way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from oxalis_panels.cli.options import WORDS
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.system.failure import NOT_UNDONE
from oxalis_panels.words.drawing import Role
from oxalis_panels.words.machines import MACHINES, drawn_for_machine
from oxalis_panels.words.report import counted, drawn

COLOURS: dict[Role, dict[str, str | bool]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "code": {"dim": True},
    "gutter": {"fg": "blue"},
    "help": {"fg": "cyan", "bold": True},
    "repair": {"fg": "green", "bold": True},
}


def show(diagnostics: Sequence[Diagnostic], project: Path = Path(), form: str = "text") -> None:
    """Print diagnostics in the order in which a person repairs them.

    For people they go where messages go; for a machine to the standard output, which nothing else may share.
    """
    if form in MACHINES:
        folder = _folder(project, _repository(Path.cwd()) if form != "json" else Path.cwd())
        click.echo(drawn_for_machine(form, diagnostics, WORDS, folder), nl=False)
        return
    for text in drawn(diagnostics, WORDS, _paint, folder=_folder(project, Path.cwd()), form=form):
        click.echo(text + "\n", err=True)


def say(line: str, form: str = "text") -> None:
    """Print a line of the results: beside the standard output where a machine reads that."""
    click.echo(line, err=form in MACHINES)


def learn(form: str = "text") -> None:
    """Say how to learn what a code means, where people read."""
    if form not in MACHINES:
        click.echo(WORDS.text("report.learn") + "\n", err=True)


def stop(diagnostics: Sequence[Diagnostic], consequence: str) -> NoReturn:
    """End with exit code 1, with the number of mistakes and what follows from them (a catalogue key)."""
    if any(each.code == NOT_UNDONE for each in diagnostics):
        consequence = "report.not_undone"
    click.echo(f"{counted(diagnostics, WORDS)}. {WORDS.text(consequence)}", err=True)
    raise SystemExit(1)


def _paint(role: Role, text: str) -> str:
    """Colour a piece of a message; click takes colours away where there is no terminal."""
    return click.style(text, **COLOURS[role])  # type: ignore[arg-type]


def _folder(project: Path, start: Path) -> str:
    """Return the way from a folder down to the project, empty where they are one; else the path as typed."""
    try:
        way = os.path.relpath(project.resolve(), start.resolve())
    except ValueError:  # another drive of Windows
        way = os.pardir
    if Path(way).parts[:1] == (os.pardir,):
        return project.as_posix()
    return "" if way == os.curdir else Path(way).as_posix()


def _repository(here: Path) -> Path:
    """Return the root of the repository around a folder, where a forge's paths begin; else the folder."""
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
