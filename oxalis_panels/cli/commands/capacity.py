"""`capacity`: how many more words fit on each poster."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import ProgressLine, valued
from oxalis_panels.pipeline.capacity import PanelRoom, capacity
from oxalis_panels.rendering.sheet import points
from oxalis_panels.words.catalogue import Catalogue


@click.command("capacity", help=WORDS.text("cli.capacity"))
@PROJECT
def command(*, project: Path) -> None:
    """See the catalogue."""
    with ProgressLine() as progress:
        parsed = capacity(project, project / "output", progress)
    measured = valued(parsed, "report.repair", project)
    for line in rooms(measured, WORDS):
        click.echo(line)


def rooms(measured: Sequence[PanelRoom], words: Catalogue) -> Iterator[str]:
    """Yield a line for each panel: the size reached, and how many words are left."""
    width = max((len(each.slug) for each in measured), default=0)
    for each in measured:
        if each.step is None:
            room = words.text("report.room_none", words=each.words, cut=-each.before_floor)
        else:
            values = {"smaller": each.before_smaller, "floor": each.before_floor}
            room = words.text("report.room", words=each.words, size=points(each.step), **values)
        bare = "" if each.bare is None else words.text("figure.bare", size=round(points(each.bare)))
        yield f"{each.slug.ljust(width)}  {room}{bare}"
