"""A panel's source → its canonical form, proved to say the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from oxalis_panels.authoring.formatting.inline import one_line
from oxalis_panels.authoring.formatting.mapping import canonical_yaml, comments, entries, ordered
from oxalis_panels.authoring.formatting.script import Script, markdown
from oxalis_panels.authoring.formatting.typographic import typographic
from oxalis_panels.language.typography import typeset_collection
from oxalis_panels.model.collection import Collection, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import frozen
from oxalis_panels.reading.decoding import find_conflicts
from oxalis_panels.reading.files import YAML, suffix
from oxalis_panels.reading.front_matter import front_matter
from oxalis_panels.reading.markdown_panel import read_markdown_panel
from oxalis_panels.reading.panel import Entry, read_panel
from oxalis_panels.reading.yaml_panel import HEADER


@frozen
class Form:
    """A panel's source in the canonical form."""

    source: Source
    """As it was read."""
    text: str
    """As it should be; the same as the source's where there is nothing to do."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why it was left as it is."""


def canonical(source: Source, root: Path, settings: Settings | None = None) -> Form:
    """Return the canonical form of a panel of the project in `root`; one with mistakes stays as it is.

    With `settings` the spaces, quotation marks and apostrophes that the outputs have are written as well.
    """
    found: list[Diagnostic] = []
    before = read_panel(source, root, (), found)
    mistakes = tuple(each for each in found if each.severity == "error")
    if mistakes:
        return Form(source, source.text, mistakes)
    formed = _formed(typographic(source, settings) if settings else source)
    after = read_panel(formed, root, (), found)
    unmerged = find_conflicts(source.path, formed.text.encode())  # an indented line may have come forward
    same = _said(before, settings) == _said(after, settings) and _comments(source) == _comments(formed)
    if same and not unmerged and not Parsed(None, tuple(found)).failed:
        return Form(source, formed.text)
    return Form(source, source.text, (error("unproved.format", Span(Source(source.path))),))


def _said(entry: Entry, settings: Settings | None) -> tuple[object, ...]:
    """Return all that a panel says, as typed, or as a reader sees it."""
    collection = Collection(settings or Settings(), (entry.panel,), ())
    panels = (typeset_collection(collection) if settings else collection).panels
    return panels, entry.order, entry.draft


def _comments(source: Source) -> list[str]:
    """Return the comments in the YAML of a panel."""
    place = (0, len(source.text)) if _is_yaml(source) else front_matter(source) or (0, 0)
    return comments(source.text[slice(*place)].split("\n"))


def _is_yaml(source: Source) -> bool:
    return suffix(source.path) in YAML


def _formed(source: Source) -> Source:
    return replace(source, text=canonical_yaml(source) if _is_yaml(source) else _markdown(source))


def _markdown(source: Source) -> str:
    outline = read_markdown_panel(source, [])
    return markdown(
        Script(
            one_line(outline.title.text) if outline.title else None,
            tuple(one_line(each.text) for each in outline.paragraphs),
            tuple(
                (one_line(item.text.text), tuple(one_line(point.text) for point in item.points))
                for item in outline.findings
            ),
            _header(source),
        )
    )


def _header(source: Source) -> tuple[str, ...]:
    """Return the lines of the front matter, keys in their order; one on a single line as it is."""
    place = front_matter(source)
    if place is None:
        return ()
    found = entries(source, *place)
    return tuple(ordered(found, HEADER.fields) if found else source.text[slice(*place)].split("\n")[:-1])
