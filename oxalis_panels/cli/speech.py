"""Which language the command line speaks, and click made to speak it too."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from gettext import gettext
from pathlib import Path

import click

from oxalis_panels.system.bounded import read_bytes
from oxalis_panels.words.catalogue import LANGUAGES, Catalogue, catalogue
from oxalis_panels.words.invocation import given

VARIABLE = "OXALIS_PANELS_LANG"
OPTION = "--lang"
QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
"""A name that click quotes as Python does; our own words have typographic apostrophes."""
LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([a-z]{2})\b", re.MULTILINE)
SOURCES = ("panels", "templates")
"""Folders of a project that are written by people: no result goes into one, or beside one."""


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Catalogue:
    """Return the catalogue asked for by `--lang`, else by the environment, else by the project, else French.

    It must be known before click reads the command line: help and usage errors are in that language too.
    """
    wanted = given(OPTION, arguments) or environment.get(VARIABLE)
    if not wanted:
        wanted = _of_project(given("--project", arguments) or os.curdir)
    return catalogue(wanted if wanted in LANGUAGES else LANGUAGES[0])


def _of_project(folder: str) -> str:
    """Return the language of the panels of a project, as far as a glance at its settings tells it.

    Reading them well is for later, and so is what is wrong with them.
    """
    try:
        settings = read_bytes(Path(folder, "panels", "collection.yaml"))
    except (OSError, ValueError):
        return ""
    found = LANGUAGE.search(settings.decode("utf-8", "replace"))
    return found[1] if found else ""


def teach_click(words: Catalogue) -> None:
    """Give click our words for its own (`Usage`, `No such option` …).

    Its only hook is gettext's process-wide state and a compiled file per language. So the `_` that its
    modules call becomes ours; `tests/test_libraries.py` tells when a version has none, or other sentences.
    """
    own: Mapping[str, str] = words.tables["click"]
    quotes = str(words.text("cli.quoted"))

    class Refusal(str):
        """What begins every refusal, and quotes names in the way of the language."""

        __slots__ = ()

        def format(self, *values: object, **named: object) -> str:
            return QUOTED.sub(lambda name: quotes.format(name=name[1]), super().format(*values, **named))

    def said(message: str) -> str:
        mine = own.get(message, message)
        return Refusal(mine) if message == "Error: {message}" else mine

    def counted(one: str, other: str, number: int) -> str:
        return own.get(one if number == 1 else other, other)

    for name, module in tuple(sys.modules.items()):
        if name.startswith("click.") and vars(module).get("_") is gettext:
            vars(module).update(_=said, ngettext=counted)


def refuse_sources(
    words: Catalogue, context: click.Context, option: click.Parameter, output: str | None
) -> Path | None:
    """Return `--output` as a path; the project must be known already (an eager option).

    Raises click's BadParameter for the empty string (a variable that was not set), for a folder that holds
    `panels` or `templates`, and for one inside those of the project.
    """
    if output is None:
        return None
    if not output:
        raise click.BadParameter(words.text("cli.output_empty"), context, option)
    place, project = (Path(os.path.realpath(each)) for each in (output, context.params["project"]))
    holds = any((place / name).is_dir() for name in SOURCES)
    if holds or any(place.is_relative_to(project / name) for name in SOURCES):
        message = words.text("cli.output_sources", folder=output)
        raise click.BadParameter(message, context, option)
    return Path(output)
