"""The templates that come with the program: a list with their purpose, and copies to change in a project."""

import os
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from oxalis_panels.authoring.sources import add, sweep
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.reading.own_words import words_to_translate
from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.system.bounded import files_below
from oxalis_panels.words.catalogue import Catalogue

FOLDER = "templates"
WORDS = re.compile(r"messages/([a-z]{2,3})\.toml")
"""The name of a catalogue of the interface's words, which can be copied like a template."""
NEAR = 0.5
"""Similarity, from 0 to 1, from which a template is suggested for a wrong name."""


def template_names() -> tuple[str, ...]:
    """Return the names of all templates, such as `site/panel.html`, folder by folder."""
    names = files_below(shipped_templates())
    return tuple(sorted((name for name in names if "/." not in f"/{name}"), key=lambda n: ("/" in n, n)))


def list_templates(project: Path, words: Catalogue) -> Iterator[str]:
    """Yield a line for each template: its name, what it is for, and whether the project has its own."""
    purposes = words.tables["templates"]["files"]
    names = template_names()
    width = max(map(len, names))
    for name in names:
        own = (project / FOLDER / name).is_file() and project.resolve() != shipped_templates().parent
        yield f"{name.ljust(width)}  {purposes[name]}" + (f" {words.text('templates.own')}" if own else "")


Copy = tuple[PurePosixPath, bytes]
"""The path in the project of a file to write, and what is written."""


def copies(asked: Sequence[str], words: Catalogue) -> Parsed[tuple[Copy, ...]]:
    """Return the files to write for names as people type them, or an error for each unknown name."""
    found: list[Copy] = []
    mistakes: list[Diagnostic] = []
    for typed in dict.fromkeys(each.replace("\\", "/").strip("/") for each in asked):
        name = typed.removeprefix(f"{FOLDER}/")
        language = WORDS.fullmatch(typed)
        if language:
            text = f"# {words.text('templates.translate')}\n\n{words_to_translate(language[1])}"
            found.append((PurePosixPath(typed), text.encode()))
        elif name in template_names():
            found.append((PurePosixPath(FOLDER, name), (shipped_templates() / name).read_bytes()))
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
    """Write files, or none if one of them exists already; return the errors."""
    for path, _ in wanted:
        sweep((project / path).parent)
    there = [path.as_posix() for path, _ in wanted if os.path.lexists(project / path)]
    if there:
        return tuple(error("template-there", Span(Source(path))) for path in there)
    return add(project, dict(wanted))
