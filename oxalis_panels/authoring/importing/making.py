"""A document → the files of its panels, proved to hold every word of it, then put beside the others."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from oxalis_panels.authoring.importing.assembly import assemble
from oxalis_panels.authoring.importing.document import Document, Draft
from oxalis_panels.authoring.importing.sources import read_document
from oxalis_panels.authoring.importing.words import one_line, words
from oxalis_panels.authoring.importing.writing import panel_text
from oxalis_panels.authoring.starting.naming import existing_panels, short_slug
from oxalis_panels.model.collection import Panel, plain
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.model.texts import texts
from oxalis_panels.model.value import value
from oxalis_panels.reading.panel import read_panel
from oxalis_panels.words.catalogue import Words

Progress = Callable[[str, int, int], None]

MOST = 999
"""Panels of a document; what has more is none."""
_TOKEN = re.compile(r"[^\W_]+|[€$£%‰]")
_INVISIBLE = re.compile(
    "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f]"
)


@value
class Existing:
    """What the folder that the panels go into holds already."""

    folder: Path = Path("panels")
    last: int = 0
    """The highest number of a panel."""
    slugs: Collection[str] = frozenset()


NOTHING = Existing()


@value
class ImportResult:
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


def make(path: Path, there: Existing = NOTHING, progress: Progress = _silent) -> Parsed[ImportResult]:
    """Make panels from a file. No value when it cannot be read, holds no text, or a word would be lost.

    `progress` hears the stage, `making` then `proving`, and how many panels of how many are done.
    """
    read = read_document(path)
    if read.value is None:
        return Parsed(None, read.diagnostics)
    made = make_panels(read.value, there, progress)
    return Parsed(made.value, read.diagnostics + made.diagnostics)


def make_panels(
    document: Document, there: Existing = NOTHING, progress: Progress = _silent
) -> Parsed[ImportResult]:
    """Make panels from a document, and say all that was found in it."""
    drafts, document = assemble(document)
    found = list(document.found)
    made = _made(document, drafts, there, found, progress)
    files = [(there.folder / name).as_posix() for name in made.files] if made else []
    starts = [draft.span.start for draft in drafts]
    return Parsed(made, tuple(_placed(each, document.source, starts, files) for each in found))


def _placed(each: Diagnostic, source: Source, starts: list[int], files: list[str]) -> Diagnostic:
    """Return what was found with the file of the panel that its place went to; there may be none."""
    span, panel = each.span, ""
    if span.source.text and span.source.path == source.path:
        span = replace(span, source=source)
        if files and each.key != "import-left-out.document-title":
            panel = files[max(bisect_right(starts, span.start) - 1, 0)]
    values = {**each.values, "panel": panel or Words("import.this_panel")}
    return replace(each, span=span, values=values, panel=panel)


def _made(
    document: Document, drafts: list[Draft], there: Existing, found: list[Diagnostic], progress: Progress
) -> ImportResult | None:
    """Return the panels; None when there are none that hold every word of the document."""
    place = Span(Source(document.source.path))
    if not drafts or len(drafts) > MOST:
        found.append(error("import-nothing" if not drafts else "import-too-large.panels", place, limit=MOST))
        return None
    files = _files(drafts, there, found, progress)
    if any(each.severity == "error" for each in found):
        return None
    panels: list[Panel] = []
    for name, text in files.items():
        mistakes: list[Diagnostic] = []
        source = Source(f"panels/{name}", text)
        panels.append(read_panel(source, Path(), (), mistakes).content)  # any project: no picture is named
        found += (each for each in mistakes if each.severity == "error")
        progress("proving", len(panels), len(files))
    if any(each.severity == "error" for each in found):
        return None
    written = (each for panel in panels for each in texts(panel, without=("short_title",)))
    kept = [word for each in written for word in words(plain(each.text))]
    missing, extra = _differences(document, kept)
    if missing or extra:
        lost = {"missing": " ".join(missing) or "–", "extra": " ".join(extra) or "–"}
        found.append(error("unproved.import", place, **lost))
        return None
    aside = len(document.aside)
    return ImportResult(files, tuple(panels), len(kept) + aside, len(kept), aside)


def _files(
    drafts: list[Draft], there: Existing, found: list[Diagnostic], progress: Progress
) -> dict[PurePosixPath, str]:
    """Return the text of each panel by the name of its file."""
    slugs = set(there.slugs)
    files: dict[PurePosixPath, str] = {}
    digits = max(2, len(str(there.last + len(drafts))))
    for number, draft in enumerate(drafts, there.last + 1):
        fallback = f"panneau-{number}" if draft.title else "introduction"
        slug = short_slug(plain(draft.title), slugs, fallback)
        slugs.add(slug)
        files[PurePosixPath(f"{number:0{digits}}-{slug}.md")] = panel_text(draft, found)
        if draft.is_empty:
            found.append(warning("import-empty", draft.span, found=one_line(plain(draft.title))))
        progress("making", len(files), len(drafts))
    return files


def _differences(document: Document, panels: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that are missing and those that are too many; two empty lists are the proof.

    A word that is parted otherwise (half of it struck out, say) is the same characters.
    """
    read = Counter(_tokens((*document.words, *document.added)))
    kept = Counter(_tokens((*panels, *document.aside, *document.dropped)))
    missing, extra = sorted((read - kept).elements()), sorted((kept - read).elements())
    return ([], []) if Counter("".join(missing)) == Counter("".join(extra)) else (missing, extra)


def _tokens(texts: Iterable[str]) -> list[str]:
    """Return words as they are compared: letters (n° as no), digits, signs of amounts, whatever the look."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", "\n".join(texts))).casefold().replace("°", "o")
    return _TOKEN.findall(unicodedata.normalize("NFKC", text))


def existing(folder: Path) -> Parsed[Existing]:
    """Return the numbers and addresses that the panels in a folder have; none where there is no folder.

    Errors: the marks of an unfinished merge, for nobody knows yet which number and address that panel keeps.
    """
    found: list[Diagnostic] = []
    standing = existing_panels(folder, found)
    last = max((each.number for each in standing), default=0)
    slugs = frozenset(each.slug for each in standing)
    return Parsed(None if found else Existing(folder, last, slugs), tuple(found))


def twins(folder: Path, made: ImportResult) -> tuple[Diagnostic, ...]:
    """Warn of each panel that the folder holds already, word for word, as after an import that was killed."""
    names = {text.encode(): name for name, text in made.files.items()}
    sizes = {len(data) for data in names}
    found = []
    for each in existing_panels(folder, []):
        with suppress(OSError):
            path = folder / each.name
            if path.stat().st_size in sizes and (data := path.read_bytes()) in names:
                found.append(warning("import-there", Span(Source(path.as_posix())), other=names[data]))
    return tuple(found)
