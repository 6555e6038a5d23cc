"""Which language the command line speaks, and click made to speak it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from oxalis_panels.messages import LANGUAGES, Catalogue, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "OXALIS_PANELS_LANG"
OPTION = "--lang"


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Catalogue:
    """Return the catalogue asked for by `--lang`, else by the environment, else French.

    It must be known before click reads the command line: help and usage errors are in that language too.
    """
    wanted = environment.get(VARIABLE, "")
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == OPTION:
            wanted = following
        elif argument.startswith(f"{OPTION}="):
            wanted = argument.removeprefix(f"{OPTION}=")
    return catalogue(wanted if wanted in LANGUAGES else LANGUAGES[0])


def teach_click(words: Catalogue) -> None:
    """Give click our words for its own (`Usage`, `No such option` …).

    Its only hook is gettext's process-wide state and a compiled file per language; its modules all call `_`.
    """
    own: Mapping[str, str] = words.tables["click"]
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        vars(module)["_"] = lambda message: own.get(message, message)
        vars(module)["ngettext"] = lambda one, other, number: own.get(one if number == 1 else other, other)
