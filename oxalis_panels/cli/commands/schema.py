"""`schema`: the JSON schemas by which editors complete and check YAML files."""

import click

from oxalis_panels.cli.options import WORDS
from oxalis_panels.reading.schema import NAMES, schema_text


@click.command("schema", help=WORDS.text("cli.schema"))
@click.argument("name", type=click.Choice(NAMES), metavar="|".join(NAMES))
def command(*, name: str) -> None:
    """See the catalogue."""
    click.echo(schema_text(name, WORDS), nl=False)
