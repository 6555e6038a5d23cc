"""A project's files → the collection, with everything that is wrong in them, of all panels at once."""

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from posixpath import join, normpath
from typing import TypeVar

from oxalis_panels.model.collection import Collection, OwnPage, Panel, figures_in
from oxalis_panels.model.diagnostics import (
    Diagnostic,
    Parsed,
    Source,
    Span,
    error,
    sort_key,
    warning,
    without_allowed,
)
from oxalis_panels.reading.files import FOLDER, PAGES, folded_name, read_folder, read_pages
from oxalis_panels.reading.page import read_page
from oxalis_panels.reading.panel import Entry, read_panel
from oxalis_panels.reading.repairs import with_repair
from oxalis_panels.reading.settings import edited_at, published_at, read_settings

Content = TypeVar("Content", Panel, OwnPage)


def read_project(
    root: Path,
    *,
    colours: Names[str] = (),
    site_url: str | None = None,
    edit_url: str | None = None,
    site: bool = True,
) -> Parsed[Collection]:
    """Read `root/panels`: no value when there is any error, and every diagnostic in the order of repair.

    `colours` are the names that a panel's `colour` may have; empty: any. `site_url` goes before the
    collection's own, `edit_url` only serves where the collection has none; without `site`, what only a
    published one must have is not missed.
    """
    found: list[Diagnostic] = []
    folder = read_folder(root, found)
    settings = read_settings(folder.settings, found)
    known = not any(each.severity == "error" for each in found)  # else nobody knows what the settings lack
    settings = published_at(settings, site_url, found, site=site and known)
    settings = edited_at(settings, edit_url, found)
    entries = [read_panel(source, root, colours, found) for source in folder.panels]
    written = [read_page(source, root, found) for source in read_pages(root, found)]
    slugs = [(entry.content.slug or None, entry.slug_span) for entry in entries]
    slugs += [(entry.content.slug or None, entry.slug_span) for entry in written]
    found += _twice("slug-twice.panel", slugs)
    panels, drafts = _arrange(entries, found)
    pages, unfinished = _arrange(written, found)
    if drafts and not panels:
        found.append(error("drafts-only", Span(entries[0].content.span.source)))
    if not any(each.severity == "error" for each in found):  # else nobody knows what the panels name
        found += _unused(folder.pictures, entries, written)
    kept = [entry.allow for entry in entries] + [entry.allow for entry in written]
    allow = (*settings.allow, *(each for some in kept for each in some))
    numbered = tuple(replace(panel, number=i) for i, panel in enumerate(panels, start=1))
    parsed = Parsed(
        Collection(settings, numbered, (*drafts, *unfinished), allow, tuple(pages)),
        without_allowed(map(with_repair, sorted(found, key=sort_key)), allow),
    )
    return Parsed(None, parsed.diagnostics) if parsed.failed else parsed


def _arrange(entries: Sequence[Entry[Content]], found: list[Diagnostic]) -> tuple[list[Content], list[str]]:
    """Return the panels, or the pages, in order, and the paths of the drafts left out.

    `entries` come in the order of their file names, which decides where no number does.
    """
    found += _twice("order-twice.panel", ((entry.order, entry.order_span) for entry in entries))
    shown = sorted(entries, key=lambda entry: (entry.order is None, entry.order or 0))
    drafts = [entry.content.span.source.path for entry in entries if entry.draft]
    return [entry.content for entry in shown if not entry.draft], drafts


def _twice(code: str, values: Iterable[tuple[str | int | None, Span]]) -> Iterator[Diagnostic]:
    """Yield an error for each value that another panel has already."""
    first: dict[str | int, Span] = {}
    for value, place in values:
        if value is not None and (earlier := first.setdefault(value, place)) is not place:
            yield error(code, place, value=value, other=earlier.source.path)


def _unused(
    pictures: tuple[str, ...], entries: Sequence[Entry[Panel]], pages: Sequence[Entry[OwnPage]]
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that nothing names, as macOS and Windows compare; drafts count."""
    named = {folded_name(normpath(join(FOLDER, entry.picture))) for entry in entries if entry.picture}
    figures = (figure for entry in pages for figure in figures_in(entry.content.blocks))
    named |= {folded_name(normpath(join(PAGES, figure.file))) for figure in figures}
    for picture in pictures:
        if folded_name(normpath(join(FOLDER, picture))) not in named:
            yield warning("figure-unused", Span(Source(f"{FOLDER}/{picture}")), found=picture)
