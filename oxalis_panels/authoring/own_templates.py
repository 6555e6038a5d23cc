"""The templates that come with the program: what each is for, and a copy for a project that wants another."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from oxalis_panels.authoring.sources import add, sweep
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import frozen
from oxalis_panels.reading.own_words import words_to_translate
from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.system.bounded import files_below
from oxalis_panels.words.catalogue import Catalogue

FOLDER = "templates"
WORDS = re.compile(r"messages/([a-z]{2,3})\.toml")
"""A catalogue of the interface's words, which is no template but is missed by the same people."""
NEAR = 0.5
"""How alike a wrong name and a template's must be, of 1, for the one to be taken for the other."""


@frozen
class Copy:
    """A file that a project is to have."""

    path: str
    """In the project: `templates/site/panel.html`."""
    data: bytes


def template_names() -> tuple[str, ...]:
    """Return the names of all templates, as `site/panel.html`, room by room."""
    names = files_below(shipped_templates())
    return tuple(sorted((name for name in names if "/." not in f"/{name}"), key=lambda n: ("/" in n, n)))


def list_templates(project: Path, words: Catalogue) -> Iterator[str]:
    """Yield a line for each template: its name, what it is for, and whether the project has its own."""
    said = words.tables["templates"]["files"]
    names = template_names()
    width = max(map(len, names))
    for name in names:
        own = (project / FOLDER / name).is_file() and project.resolve() != shipped_templates().parent
        yield f"{name.ljust(width)}  {said[name]}" + (f" {words.text('templates.own')}" if own else "")


def copies(asked: Sequence[str], words: Catalogue) -> Parsed[tuple[Copy, ...]]:
    """Return what is to be written for names as a person types them. Error: a name that is no template's."""
    found: list[Copy] = []
    mistakes: list[Diagnostic] = []
    for typed in dict.fromkeys(each.replace("\\", "/").strip("/") for each in asked):
        name = typed.removeprefix(f"{FOLDER}/")
        language = WORDS.fullmatch(typed)
        if language:
            text = f"# {words.text('templates.translate')}\n\n{words_to_translate(language[1])}"
            found.append(Copy(typed, text.encode()))
        elif name in template_names():
            found.append(Copy(f"{FOLDER}/{name}", (shipped_templates() / name).read_bytes()))
        else:
            mistakes.append(_unknown(typed, name))
    return Parsed(None if mistakes else tuple(found), tuple(mistakes))


def _unknown(typed: str, name: str) -> Diagnostic:
    names = template_names()
    near = get_close_matches(name, names, 1, NEAR)
    known = [each for each in names if each.startswith(f"{name}/") or each.rpartition("/")[2] == name]
    nearest = (known or near or names)[0]
    return error("template-unknown", Span(Source(typed)), found=typed, nearest=nearest)


def write(project: Path, wanted: Sequence[Copy]) -> tuple[Diagnostic, ...]:
    """Write files that are not there yet, none if one of them is; return what hindered it."""
    for each in wanted:
        sweep((project / each.path).parent)
    there = [each.path for each in wanted if os.path.lexists(project / each.path)]
    if there:
        return tuple(error("template-there", Span(Source(path))) for path in there)
    return add(project, {PurePosixPath(each.path): each.data for each in wanted})
