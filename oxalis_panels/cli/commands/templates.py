"""`templates`: a list of the shipped templates, and copies to be changed."""

from pathlib import Path

import click

from oxalis_panels.authoring import own_templates
from oxalis_panels.cli.options import PROJECT, WORDS
from oxalis_panels.cli.terminal import heed, valued


@click.command("templates", help=WORDS.text("cli.templates"))
@click.argument("names", nargs=-1, metavar=WORDS.text("cli.any_templates"))
@PROJECT
def command(*, names: tuple[str, ...], project: Path) -> None:
    """See the catalogue."""
    if not names:
        click.echo("\n".join(own_templates.list_templates(project, WORDS)))
        click.echo(f"\n{WORDS.text('templates.how')}")
        return
    wanted = valued(own_templates.copies(names, WORDS), "templates.nothing", project)
    heed(own_templates.write(project, wanted), "templates.nothing", project)
    for path, _ in wanted:
        click.echo(WORDS.text("templates.copied", path=(project / path).as_posix()))
