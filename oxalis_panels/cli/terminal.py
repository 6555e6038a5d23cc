"""What commands print: diagnostics, lines of results, how far they are, and the last line of a failed run."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import NoReturn, Self, TypeVar

import click

from oxalis_panels.cli.options import WORDS
from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.system.failure import NOT_UNDONE
from oxalis_panels.words.drawing import Role
from oxalis_panels.words.machines import MACHINES, drawn_for_machine
from oxalis_panels.words.report import counted, drawn

T = TypeVar("T")

COLOURS: dict[Role, Callable[[str], str]] = {
    "place": partial(click.style, bold=True),
    "error": partial(click.style, fg="red", bold=True),
    "warning": partial(click.style, fg="yellow", bold=True),
    "code": partial(click.style, dim=True),
    "gutter": partial(click.style, fg="blue"),
    "help": partial(click.style, fg="cyan", bold=True),
    "repair": partial(click.style, fg="green", bold=True),
}


def show(diagnostics: Sequence[Diagnostic], project: Path = Path(), form: str = "text") -> None:
    """Print diagnostics in the order of repair: on standard error, for machines alone on standard output."""
    if form in MACHINES:
        folder = _folder(project, _repository(Path.cwd()) if form != "json" else Path.cwd())
        click.echo(drawn_for_machine(form, diagnostics, WORDS, folder), nl=False)
        return
    for text in drawn(diagnostics, WORDS, _paint, folder=_folder(project, Path.cwd()), form=form):
        click.echo(text + "\n", err=True)


def say(line: str, form: str) -> None:
    """Print a line of the results; on standard error where a machine reads standard output."""
    click.echo(line, err=form in MACHINES)


def valued(parsed: Parsed[T], consequence: str, project: Path = Path()) -> T:
    """Print what was found and return the value; where a mistake forbids one, exit as `stop` does."""
    show(parsed.diagnostics, project)
    if parsed.value is None:
        stop(parsed.diagnostics, consequence)
    return parsed.value


def heed(failed: Sequence[Diagnostic], consequence: str, project: Path = Path()) -> None:
    """Print what hindered a command, if anything did, and exit as `stop` does."""
    if failed:
        show(failed, project)
        stop(failed, consequence)


def stop(diagnostics: Sequence[Diagnostic], consequence: str) -> NoReturn:
    """Exit with 1 after a line with the number of mistakes and their consequence (a key of the catalogue)."""
    if any(each.code == NOT_UNDONE for each in diagnostics):
        consequence = "report.not_undone"
    click.echo(f"{counted(diagnostics, WORDS)}. {WORDS.text(consequence)}", err=True)
    raise SystemExit(1)


def _paint(role: Role, text: str) -> str:
    """Colour a piece of a message; click removes colours where there is no terminal."""
    return COLOURS[role](text)


def _folder(project: Path, start: Path) -> str:
    """Return the project's path relative to a folder it is in, empty for itself; else the path as typed."""
    try:
        relative = os.path.relpath(project.resolve(), start.resolve())
    except ValueError:  # another drive of Windows
        relative = os.pardir
    if Path(relative).parts[:1] == (os.pardir,):
        return project.as_posix()
    return "" if relative == os.curdir else Path(relative).as_posix()


def _repository(here: Path) -> Path:
    """Return the root of the repository that a folder is in, where a forge's paths begin; else the folder."""
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), here)


PATIENCE = 0.6
"""Seconds of work before a progress line appears."""


class ProgressLine:
    """A line that is written over itself on a terminal; silent elsewhere, and on work that is soon done."""

    def __init__(self) -> None:
        """Write to standard error if it is a terminal."""
        self._stream = sys.stderr if sys.stderr.isatty() else None
        self._started = monotonic()
        self._width = 0
        self._timer: Timer | None = None

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say how far the posters are."""
        self.say("report.progress", done=done, total=total, name=name)

    def say(self, key: str, **values: object) -> None:
        """Say how far the work is, in words of the catalogue."""
        self._hush()
        if self._stream and monotonic() - self._started > PATIENCE:
            self._write(WORDS.text(key, **values))

    def say_soon(self, key: str, **values: object) -> None:
        """Say what is done, if it takes long and has nothing to say of itself."""
        if self._stream:
            self._timer = Timer(PATIENCE, self._write, [WORDS.text(key, **values)])
            self._timer.daemon = True
            self._timer.start()

    def _hush(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def __enter__(self) -> Self:
        """Begin with nothing shown."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away, also before the message of Ctrl-C."""
        self._hush()
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, text: str) -> None:
        assert self._stream is not None  # both callers have looked
        self._stream.write(f"\r{text.ljust(self._width)}\r{text}")
        self._stream.flush()
        self._width = len(text)
