"""A document → the files of its panels, proved to hold every word of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.formatting.canonical import canonical
from oxalis_panels.frozen import frozen
from oxalis_panels.importing.assembly import assemble
from oxalis_panels.importing.proof import differences, words_of_panels
from oxalis_panels.importing.sources import read_document
from oxalis_panels.importing.words import told
from oxalis_panels.importing.writing import panel_text
from oxalis_panels.messages import Words
from oxalis_panels.model import plain
from oxalis_panels.reading.panel import read_panel
from oxalis_panels.starting.naming import short_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from oxalis_panels.importing.document import Document, Draft
    from oxalis_panels.model import Panel

    Progress = Callable[[str, int, int], None]

_NOWHERE = Path()
"""The project of a panel without a picture does not matter."""
MOST = 999
"""Panels of a document; what has more is none."""


@frozen
class Taken:
    """What the folder that the panels go into holds already."""

    folder: Path = Path("panels")
    last: int = 0
    """The highest number of a panel."""
    slugs: Collection[str] = frozenset()


NONE_TAKEN = Taken()


@frozen
class Made:
    """Panels made from a document; nothing of them is on the disk yet."""

    files: dict[PurePosixPath, str]
    """By name, in the order of the series."""
    panels: tuple[Panel, ...]
    """Each file as the program reads it again."""
    words: int
    """Of the document, as many as are kept or aside: so it was proved."""
    kept: int
    """In the panels."""
    aside: int
    """Repeated in messages, because no panel can hold them."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing of how far the work is."""


def make(path: Path, taken: Taken = NONE_TAKEN, progress: Progress = _silent) -> Parsed[Made]:
    """Make panels from a file. No value when it cannot be read, holds no text, or a word would be lost.

    `progress` hears the stage, `making` then `proving`, and how many panels of how many are done.
    """
    read = read_document(path)
    if read.value is None:
        return Parsed(None, read.diagnostics)
    made = make_panels(read.value, taken, progress)
    return Parsed(made.value, read.diagnostics + made.diagnostics)


def make_panels(document: Document, taken: Taken = NONE_TAKEN, progress: Progress = _silent) -> Parsed[Made]:
    """Make panels from a document, and say all that was found in it."""
    drafts, document = assemble(document)
    found = list(document.found)
    made = _made(document, drafts, taken, found, progress)
    files = [(taken.folder / name).as_posix() for name in made.files] if made else []
    starts = [draft.span.start for draft in drafts]
    return Parsed(made, tuple(_placed(each, document.source, starts, files) for each in found))


def _placed(each: Diagnostic, source: Source, starts: list[int], files: list[str]) -> Diagnostic:
    """Return what was found with the file of the panel that its place went to; there may be none."""
    span, panel = each.span, ""
    if span.source.text and span.source.path == source.path:
        span = replace(span, source=source)
        if files and each.code != "import-document-title":
            panel = files[max(bisect_right(starts, span.start) - 1, 0)]
    values = {**each.values, "panel": panel or Words("import.this_panel")}
    return replace(each, span=span, values=values, panel=panel)


def _made(
    document: Document, drafts: list[Draft], taken: Taken, found: list[Diagnostic], progress: Progress
) -> Made | None:
    """Return the panels; None when there are none that hold every word of the document."""
    place = Span(Source(document.source.path))
    if not drafts or len(drafts) > MOST:
        found.append(error("import-nothing" if not drafts else "import-too-many", place, limit=MOST))
        return None
    files = _files(drafts, taken, found, progress)
    if any(each.severity == "error" for each in found):
        return None
    panels, mistakes = _read_again(files, progress)
    if mistakes:
        found += mistakes
        return None
    missing, extra = differences(document, panels)
    if missing or extra:
        words = {"missing": " ".join(missing) or "–", "extra": " ".join(extra) or "–"}
        found.append(error("import-unproved", place, **words))
        return None
    kept, aside = len(words_of_panels(panels)), len(document.aside)
    return Made(files, panels, kept + aside, kept, aside)


def _files(
    drafts: list[Draft], taken: Taken, found: list[Diagnostic], progress: Progress
) -> dict[PurePosixPath, str]:
    """Return the text of each panel by the name of its file."""
    slugs = set(taken.slugs)
    files: dict[PurePosixPath, str] = {}
    digits = max(2, len(str(taken.last + len(drafts))))
    for number, draft in enumerate(drafts, taken.last + 1):
        fallback = f"panneau-{number}" if draft.title else "introduction"
        slug = short_slug(plain(draft.title), slugs, fallback)
        slugs.add(slug)
        name = PurePosixPath(f"{number:0{digits}}-{slug}.md")
        text = panel_text(draft, introduces=not draft.title, found=found)
        files[name] = canonical(Source(f"panels/{name}", text), _NOWHERE).text
        if draft.is_empty:
            found.append(warning("import-empty", draft.span, found=told(plain(draft.title))))
        progress("making", len(files), len(drafts))
    return files


def _read_again(
    files: dict[PurePosixPath, str], progress: Progress
) -> tuple[tuple[Panel, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    panels: list[Panel] = []
    for name, text in files.items():
        panels.append(read_panel(Source(f"panels/{name}", text), _NOWHERE, (), found).panel)
        progress("proving", len(panels), len(files))
    return tuple(panels), [each for each in found if each.severity == "error"]
