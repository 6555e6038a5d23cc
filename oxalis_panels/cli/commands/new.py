"""`new`: a new panel, for its author to complete."""

from pathlib import Path

import click

from oxalis_panels.authoring.sources import add
from oxalis_panels.authoring.starting.panel import PanelRequest, plan_panel
from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import heed, valued
from oxalis_panels.reading.slugs import number_and_slug
from oxalis_panels.words.invocation import option_for, program


@click.command("new", help=WORDS.text("cli.new"))
@click.argument("title", metavar=WORDS.text("cli.new_title"))
@click.option("--slug", metavar="SLUG", help=WORDS.text("cli.new_slug"))
@click.option("--number", type=click.IntRange(1, 99_999), metavar="N", help=WORDS.text("cli.new_number"))
@click.option("--after", metavar="SLUG", help=WORDS.text("cli.new_after"))
@click.option("--renumber", is_flag=True, help=WORDS.text("cli.new_renumber"))
@click.option("--yaml", is_flag=True, help=WORDS.text("cli.new_yaml"))
@PROJECT
def command(  # noqa: PLR0913 - one parameter per option of the command
    *,
    title: str,
    slug: str | None,
    number: int | None,
    after: str | None,
    renumber: bool,
    yaml: bool,
    project: Path,
) -> None:
    """See the catalogue."""
    asked = PanelRequest(title, slug, number, after, renumber=renumber, yaml=yaml, language=WORDS.language)
    planned = valued(plan_panel(project, asked), "new.nothing", project)
    path = planned.path
    heed(add(project, {path: planned.text.encode()}, planned.moves), "new.nothing")
    for old, new in reversed(planned.moves):
        click.echo(WORDS.text("new.moved", old=(project / old).as_posix(), new=new.name))
    click.echo(WORDS.text("new.made", path=(project / path).as_posix()))
    click.echo(
        WORDS.text("new.next_yaml") if yaml else WORDS.text("new.next", header="---, draft: true, ---")
    )
    click.echo(
        WORDS.text(
            "new.check", check=f"{program()} check {number_and_slug(path.name)[1]}{option_for(project)}"
        )
    )
