"""The language of the command line, and of click's own messages."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from gettext import gettext
from pathlib import Path

import click

from oxalis_panels.system.bounded import read_bytes
from oxalis_panels.words.catalogue import LANGUAGES, Catalogue, catalogue
from oxalis_panels.words.invocation import option_value

VARIABLE = "OXALIS_PANELS_LANG"
OPTION = "--lang"
QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
"""A name that click quotes as Python does; our own words have typographic apostrophes."""
LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([a-z]{2})\b", re.MULTILINE)
SOURCES = ("panels", "templates")
"""Folders of a project that people write: no output goes into one, or beside one."""
COPIED = ("pages", "static")
"""Others of a project: no output goes into one, but many a folder holds one of these names."""


def chosen_catalogue(arguments: Sequence[str], environment: Mapping[str, str]) -> Catalogue:
    """Return the catalogue asked for by `--lang`, else by the environment, else by the project, else French.

    It must be known before click reads the command line: help and usage errors are in that language too.
    """
    wanted = option_value(OPTION, arguments) or environment.get(VARIABLE)
    if not wanted:
        wanted = _project_language(option_value("--project", arguments) or os.curdir)
    return catalogue(wanted if wanted in LANGUAGES else LANGUAGES[0])


def _project_language(folder: str) -> str:
    """Return the language in the settings of a project, found without parsing; empty if there is none."""
    try:
        settings = read_bytes(Path(folder, "panels", "collection.yaml"))
    except (OSError, ValueError):
        return ""
    found = LANGUAGE.search(settings.decode("utf-8", "replace"))
    return found[1] if found else ""


def translate_click(words: Catalogue) -> None:
    """Translate click's own messages (`Usage`, `No such option` …).

    Its only hook is gettext's process-wide state and a compiled file per language. So the `_` that its
    modules call is replaced; `tests/test_libraries.py` fails when a version has none, or other sentences.
    """
    own: Mapping[str, str] = words.tables["click"]
    quotes = str(words.text("cli.quoted"))

    class Refusal(str):
        """The beginning of every error; quotes names as the language does."""

        __slots__ = ()

        def format(self, *values: object, **named: object) -> str:
            return QUOTED.sub(lambda name: quotes.format(name=name[1]), super().format(*values, **named))

    def translated(message: str) -> str:
        text = own.get(message, message)
        return Refusal(text) if message == "Error: {message}" else text

    def counted(one: str, other: str, number: int) -> str:
        return own.get(one if number == 1 else other, other)

    for name, module in tuple(sys.modules.items()):
        if name.startswith("click.") and vars(module).get("_") is gettext:
            vars(module).update(_=translated, ngettext=counted)


def refuse_sources(
    words: Catalogue, context: click.Context, option: click.Parameter, output: str | None
) -> Path | None:
    """Return `--output` as a path; `--project` must be parsed already (an eager option).

    Raises click's BadParameter for the empty string (a variable that was not set), for a folder that holds
    `panels` or `templates`, and for one inside the sources of the project.
    """
    if output is None:
        return None
    if not output:
        raise click.BadParameter(words.text("cli.output_empty"), context, option)
    place, project = (Path(os.path.realpath(each)) for each in (output, context.params["project"]))
    holds = any((place / name).is_dir() for name in SOURCES)
    if holds or any(place.is_relative_to(project / name) for name in (*SOURCES, *COPIED)):
        message = words.text("cli.output_sources", folder=output)
        raise click.BadParameter(message, context, option)
    return Path(output)
