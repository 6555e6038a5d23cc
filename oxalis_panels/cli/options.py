"""The options that commands share, in the language of this run."""

import os
import sys
from functools import partial
from pathlib import Path

import click

from oxalis_panels.cli.speech import chosen_catalogue, refuse_sources, translate_click
from oxalis_panels.rendering.sheet import SIZES
from oxalis_panels.words.machines import FORMATS

WORDS = chosen_catalogue(sys.argv[1:], os.environ)
translate_click(WORDS)

PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    is_eager=True,  # `--output` is checked against it
    metavar=WORDS.text("cli.folder"),
    help=WORDS.text("cli.project"),
)
OUTPUT = click.option(
    "--output",
    type=click.Path(file_okay=False),
    metavar=WORDS.text("cli.folder"),
    help=WORDS.text("cli.output"),
    callback=partial(refuse_sources, WORDS),
)
PRINTER = click.option("--printer", metavar=WORDS.text("cli.name"), help=WORDS.text("cli.printer"))
EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUTPUT_FILE = click.Path(path_type=Path, dir_okay=False)
PAPERS = click.option(
    "--size",
    "papers",
    multiple=True,
    type=click.Choice(SIZES, case_sensitive=False),
    default=["a1"],
    help=WORDS.text("cli.paper_size"),
)
SITE_URL = click.option("--site-url", metavar="URL", help=WORDS.text("cli.site_url"))
STRICT = click.option("--strict", is_flag=True, help=WORDS.text("cli.strict"))
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    envvar="OXALIS_PANELS_FORMAT",
    help=WORDS.text("cli.message_format", variable="OXALIS_PANELS_FORMAT"),
)
