"""A title → the file of a new panel, at its place among the others."""

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from oxalis_panels.authoring.formatting.canonical import canonical
from oxalis_panels.authoring.formatting.source_text import markdown, written
from oxalis_panels.authoring.starting.naming import ExistingPanel, existing_panels, short_slug
from oxalis_panels.model.collection import Text
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import printable
from oxalis_panels.reading.files import FOLDER
from oxalis_panels.reading.panel import PLACEHOLDERS
from oxalis_panels.reading.slugs import LONGEST, fold, freed, is_valid, reserved
from oxalis_panels.reading.tidying import clean

LONGEST_TITLE = 300
"""Characters; what is longer is a text, and fits no poster."""


@value
class PanelRequest:
    """What the command line says of a new panel."""

    title: str
    slug: str | None = None
    number: int | None = None
    after: str | None = None
    """Slug of the panel in front of it; goes before `number`."""
    renumber: bool = False
    """Whether the panels behind may be moved by one."""
    yaml: bool = False
    language: str = "fr"
    """Of what is to be overwritten."""


@value
class Planned:
    """What is to be written; nothing of it is on the disk yet. Paths are from the project."""

    path: PurePosixPath
    text: str
    moves: tuple[tuple[PurePosixPath, PurePosixPath], ...] = ()


def plan_panel(project: Path, asked: PanelRequest) -> Parsed[Planned]:
    """Return which file is to be made, and which are to be renamed; no value where something forbids it."""
    folder = project / FOLDER
    if not folder.is_dir():
        return Parsed(None, (error("folder-missing.new", Span(Source(FOLDER))),))
    found: list[Diagnostic] = []
    existing = existing_panels(folder, found)
    if found:
        return Parsed(None, tuple(found))
    title = clean(printable(asked.title)).strip()
    _check_title(title, found)
    number = _number(asked, existing, found)
    slug = _slug(asked, title, number, existing, found)
    moves = _moves(number, existing, found, renumber=asked.renumber)
    if found:
        return Parsed(None, tuple(found))
    width = max(2, *(len(each.name) - len(each.name.lstrip("0123456789")) for each in existing), 2)
    name = f"{number:0{width}}-{slug}{'.yaml' if asked.yaml else '.md'}"
    path = PurePosixPath(FOLDER, name)
    return Parsed(Planned(path, _text(title, path, asked), tuple(moves)))


def _check_title(title: str, found: list[Diagnostic]) -> None:
    place = Span(Source("new"))
    if not title:
        found.append(error("title-empty.new", place))
    elif len(title) > LONGEST_TITLE:
        found.append(error("title-too-long.new", place, found=len(title), limit=LONGEST_TITLE))


def _number(asked: PanelRequest, existing: Sequence[ExistingPanel], found: list[Diagnostic]) -> int:
    if asked.after is None:
        last = max((each.number for each in existing), default=0)
        return last + 1 if asked.number is None else asked.number
    before = next((each for each in existing if each.slug == asked.after), None)
    if before is None:
        known = ", ".join(each.slug for each in existing)
        found.append(error("panel-unknown.after", Span(Source("--after")), found=asked.after, known=known))
        return 0
    return before.number + 1


def _slug(
    asked: PanelRequest, title: str, number: int, existing: Sequence[ExistingPanel], found: list[Diagnostic]
) -> str:
    taken = {each.slug: each.name for each in existing}
    if asked.slug is None:
        return short_slug(title, taken, f"panneau-{number}")
    place = Span(Source("--slug"))
    if not is_valid(asked.slug):
        guess = freed(fold(asked.slug)) or "budget"
        found.append(error("slug-invalid.new", place, slug=asked.slug, guess=guess, longest=LONGEST))
    elif by := reserved(asked.slug):
        found.append(error("slug-reserved.new", place, slug=asked.slug, by=by))
    elif asked.slug in taken:
        other = f"{FOLDER}/{taken[asked.slug]}"
        found.append(error("slug-twice.new", place, slug=asked.slug, other=other))
    return asked.slug


def _moves(
    number: int, existing: Sequence[ExistingPanel], found: list[Diagnostic], *, renumber: bool
) -> list[tuple[PurePosixPath, PurePosixPath]]:
    """Return the files to rename, from the last to the first, so that a place becomes free.

    Cut short after any of them, the series has a gap and no number twice: the same command then goes on.
    """
    moves = []
    while there := [each for each in existing if each.number == number > 0]:
        for each in there:
            place = Span(Source(f"{FOLDER}/{each.name}"))
            if not renumber:
                found.append(error("order-twice.new", place, number=number, other=place.source.path))
                return []
            if not each.in_name:
                found.append(error("new-number-fixed", place, number=number))
            moves.append((PurePosixPath(FOLDER, each.name), PurePosixPath(FOLDER, _next(each.name, number))))
        number += 1
    return moves[::-1]


def _next(name: str, number: int) -> str:
    """Return the name of a file moved by one place; `09-x.md` has as many digits as `10-x.md`."""
    rest = name.lstrip("0123456789")
    return f"{number + 1:0{len(name) - len(rest)}}{rest}"


def _text(title: str, path: PurePosixPath, asked: PanelRequest) -> str:
    """Return the file in its canonical form; every sign of the title means itself."""
    finding, point = PLACEHOLDERS[asked.language]
    line = written((Text(title),)) or title
    if asked.yaml:
        text = f"title: {json.dumps(line, ensure_ascii=False)}\ndraft: true\nfindings:\n"
        text += f"  - ✓: {json.dumps(finding, ensure_ascii=False)}\n    →:\n"
        text += f"      - {json.dumps(point, ensure_ascii=False)}\n"
    else:
        text = markdown(line, [], [(finding, [point])], ["draft: true"])
    return canonical(Source(str(path), text), Path()).text
