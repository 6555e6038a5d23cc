"""`serve`: the site and the posters, live while they are edited."""

import webbrowser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import click

from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import show
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.serving.server import SIGNAL_EXIT, Callbacks, Serving, listen, serve
from oxalis_panels.serving.watching import Watch

Known = tuple[str, str, object]

PORT = 8000


@click.command("serve", help=WORDS.text("cli.serve"))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, metavar="PORT", help=WORDS.text("cli.port")
)
@click.option("--open", "opens", is_flag=True, help=WORDS.text("cli.open"))
@click.option("--poll", is_flag=True, help=WORDS.text("cli.poll"))
@PROJECT
def command(*, port: int, opens: bool, poll: bool, project: Path) -> None:
    """See the catalogue."""
    opened = listen(port)
    if opened is None:
        click.echo(WORDS.text("serve.no_port", port=port), err=True)
        raise SystemExit(1)
    with opened:
        reporter = Reporter(port, opens=opens)
        callbacks = Callbacks(reporter.started, reporter.updated, reporter.worker_lost)
        number = serve(Serving(project, port, poll=poll), opened, WORDS, callbacks)
    click.echo()  # the terminal has written ^C
    raise SystemExit(SIGNAL_EXIT + number)  # asked for: no message


def _open(address: str) -> None:
    if not webbrowser.open(address):
        click.echo(WORDS.text("serve.no_browser", address=address), err=True)


def _known(found: Diagnostic) -> Known:
    """Return what makes a warning the same one in a text that has changed around it."""
    return found.key, found.span.source.path, found.values.get("found", found.span.text)


def _new(found: tuple[Diagnostic, ...], reported: Counter[Known]) -> Iterator[Diagnostic]:
    """Yield the errors, and the warnings that have not been reported as often as they are found."""
    reported = reported.copy()
    for each in found:
        reported[_known(each)] -= 1
        if each.severity == "error" or reported[_known(each)] < 0:
            yield each


class Reporter:
    """Prints in the terminal what the pages show."""

    def __init__(self, port: int, *, opens: bool) -> None:
        """Take the port that was asked for, and whether to open the browser."""
        self._wanted = port
        self._opens = opens
        self._shown: tuple[Diagnostic, ...] = ()
        self._reported: Counter[Known] = Counter()
        """The warnings that were printed and may still be true: an error hides those of what it stops."""
        self._left = 0
        """How many of them were still true at the last save."""

    def started(self, address: str, port: int, watch: Watch) -> None:
        """Print where the site is, what is watched and how to stop."""
        if self._wanted not in {0, port}:
            click.echo(WORDS.text("serve.taken", wanted=self._wanted, port=port))
        click.echo(WORDS.text("serve.site", address=click.style(address, bold=True)))
        click.echo(WORDS.text("serve.shown", address=address))
        click.echo(WORDS.text("serve.watched_by_looking" if watch.poll else "serve.watched"))
        click.echo(WORDS.text("serve.stop"))
        if self._opens:  # in a thread: some browsers are waited for, and they wait for the page
            Thread(target=_open, args=(address,), daemon=True).start()

    def worker_lost(self) -> None:
        """Print that posters are late because the system has ended the process that made them."""
        click.echo(WORDS.text("serve.lost"), err=True)

    def updated(self, found: tuple[Diagnostic, ...], _seconds: float) -> None:
        """Print errors and new warnings, the number of other warnings, and that errors are repaired."""
        if found == self._shown:
            return
        errors = [each for each in found if each.severity == "error"]
        new = list(_new(found, self._reported))
        show(new)
        failed = any(each.severity == "error" for each in self._shown)
        if self._shown and not found:
            click.echo(WORDS.text("serve.repaired"))
        elif failed and not errors:
            click.echo(WORDS.text("serve.mended"))
        left = len(found) - len(new)
        if left and (new or failed or left != self._left):
            click.echo(WORDS.count("serve.left", left))
        now = Counter(map(_known, found))
        self._shown, self._left = found, left
        self._reported = now | self._reported if errors else now
