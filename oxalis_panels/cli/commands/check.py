"""`check`: what to repair in the panels; nothing is rendered."""

from collections.abc import Sequence
from pathlib import Path

import click

from oxalis_panels.cli.options import FORMAT, PROJECT, STRICT, WORDS
from oxalis_panels.cli.terminal import say, show, stop, valued
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.pipeline.check import review
from oxalis_panels.reading.choosing import choose
from oxalis_panels.words.machines import MACHINES
from oxalis_panels.words.report import counted, listed

OVERFULL = "panel-long.overfull"
"""The warning of what a build will probably refuse."""


@click.command("check", help=WORDS.text("cli.check"))
@click.argument("panels", nargs=-1, metavar=WORDS.text("cli.any_panels"))
@STRICT
@FORMAT
@PROJECT
def command(*, panels: tuple[str, ...], strict: bool, form: str, project: Path) -> None:
    """See the catalogue."""
    chosen = _chosen(project, panels)
    checked = review(project)
    found: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for each in checked.diagnostics:
        (found if not chosen or each.span.source.path in chosen else others).append(each)
    show(found, project, form)
    if found and form not in MACHINES:
        click.echo(WORDS.text("report.learn") + "\n", err=True)
    if others:
        click.echo(WORDS.text("report.elsewhere", count=counted(others, WORDS)), err=True)
    if any(strict or each.severity == "error" for each in found):
        stop(found, "report.repair")
    if checked.value is None:  # because of mistakes in other panels
        say(WORDS.text("report.unreviewed"), form)
        return
    for line in listed(checked.value.as_typed, WORDS):
        say(line, form)
    overfull = any(each.key == OVERFULL for each in found)
    doubts = WORDS.count("report.overfull" if overfull else "report.doubts", len(found))
    say(doubts if found else WORDS.text("report.faultless"), form)


def _chosen(project: Path, panels: Sequence[str]) -> frozenset[str]:
    """Return the paths of the panels that were named; empty: all of them."""
    if not panels:
        return frozenset()
    try:
        chosen = choose(project, panels)
    except OSError:  # reading reports it better
        return frozenset()
    return valued(chosen, "report.repair")
