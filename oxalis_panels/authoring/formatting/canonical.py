"""A panel's source → its canonical form, proved to say the same."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from oxalis_panels.authoring.formatting.mapping import canonical_yaml, comments, entries, ordered
from oxalis_panels.authoring.formatting.source_text import markdown, one_line, read_text, written
from oxalis_panels.language.typography import typeset_collection
from oxalis_panels.language.typography.styles import style_for
from oxalis_panels.language.typography.typesetter import typeset_inline
from oxalis_panels.model.collection import Collection, Panel, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import find_conflicts
from oxalis_panels.reading.files import YAML, suffix
from oxalis_panels.reading.front_matter import front_matter
from oxalis_panels.reading.markdown_panel import read_markdown_panel
from oxalis_panels.reading.panel import Entry, read_panel
from oxalis_panels.reading.passage import Passage
from oxalis_panels.reading.yaml_panel import HEADER, read_yaml_panel


@value
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
    source_set = _typographic(source, settings) if settings else source
    text = canonical_yaml(source_set) if _is_yaml(source) else _markdown(source_set)
    formed = replace(source, text=text)
    after = read_panel(formed, root, (), found)
    unmerged = find_conflicts(source.path, formed.text.encode())  # an indented line may have come forward
    same = _said(before, settings) == _said(after, settings) and _comments(source) == _comments(formed)
    if same and not unmerged and not Parsed(None, tuple(found)).failed:
        return Form(source, formed.text)
    return Form(source, source.text, (error("unproved.format", Span(Source(source.path))),))


def _said(entry: Entry[Panel], settings: Settings | None) -> tuple[object, ...]:
    """Return all that a panel says, as typed, or as a reader sees it."""
    collection = Collection(settings or Settings(), (entry.content,), ())
    panels = (typeset_collection(collection) if settings else collection).panels
    return panels, entry.order, entry.draft


def _comments(source: Source) -> list[str]:
    return comments(source.text[slice(*_yaml_in(source))].split("\n"))


def _yaml_in(source: Source) -> tuple[int, int]:
    """Return where the YAML of a panel begins and ends; (0, 0) where there is none."""
    return (0, len(source.text)) if _is_yaml(source) else front_matter(source) or (0, 0)


def _is_yaml(source: Source) -> bool:
    return suffix(source.path) in YAML


def _markdown(source: Source) -> str:
    outline = read_markdown_panel(source, [])
    return markdown(
        one_line(outline.title.text) if outline.title else None,
        [one_line(each.text) for each in outline.paragraphs],
        [
            (one_line(item.text.text), [one_line(each.text) for each in item.points])
            for item in outline.findings
        ],
        _header(source),
    )


def _header(source: Source) -> tuple[str, ...]:
    """Return the lines of the front matter, keys in their order; one on a single line as it is."""
    place = front_matter(source)
    if place is None:
        return ()
    found = entries(source, *place)
    return tuple(ordered(found, HEADER.fields) if found else source.text[slice(*place)].split("\n")[:-1])


def _typographic(source: Source, settings: Settings) -> Source:
    """Return a panel without mistakes with each text as the typesetter would set it.

    A text that cannot be written as Markdown once it is typeset stays as it is; the outputs are the same.
    """
    outline = read_yaml_panel(source, []) if _is_yaml(source) else read_markdown_panel(source, [])
    _, end_of_yaml = _yaml_in(source)
    text = source.text
    for passage in sorted(_passages(outline), key=lambda passage: -passage.span.start):
        start, end = passage.span.start, passage.span.end
        typeset = _set(passage, settings, in_yaml=end <= end_of_yaml)
        if typeset is not None:
            text = text[:start] + typeset + text[end:]
    return replace(source, text=text)


def _passages(part: object) -> Iterator[Passage]:
    """Yield every text of an outline."""
    if isinstance(part, Passage):
        yield part
    elif isinstance(part, tuple | dict):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _passages(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _passages(getattr(part, field.name))


def _set(passage: Passage, settings: Settings, *, in_yaml: bool) -> str | None:
    """Return what a passage is to be replaced by; None when there is nothing to do."""
    style = style_for(settings.language)
    before = read_text(passage.text)[0]
    after = typeset_inline(before, style, settings.keep) if style else before
    text = written(after) if after != before else None
    return json.dumps(text, ensure_ascii=False) if text is not None and in_yaml else text
