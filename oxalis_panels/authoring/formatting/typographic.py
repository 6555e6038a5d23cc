"""The typographic spaces, quotation marks and apostrophes, written into a panel's source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from oxalis_panels.authoring.formatting.inline import read_text, written
from oxalis_panels.language.typography.styles import style_for
from oxalis_panels.language.typography.typesetter import typeset_inline
from oxalis_panels.model.collection import Settings
from oxalis_panels.model.diagnostics import Source
from oxalis_panels.model.value import frozen
from oxalis_panels.reading.files import YAML, suffix
from oxalis_panels.reading.front_matter import front_matter
from oxalis_panels.reading.markdown_panel import read_markdown_panel
from oxalis_panels.reading.passage import Passage
from oxalis_panels.reading.yaml_panel import read_yaml_panel


@frozen
class _Change:
    start: int
    end: int
    text: str


def typographic(source: Source, settings: Settings) -> Source:
    """Return a panel without mistakes with each text as the typesetter would set it.

    A text that cannot be written as Markdown once it is typeset stays as it is; the outputs are the same.
    """
    is_yaml = suffix(source.path) in YAML
    outline = read_yaml_panel(source, []) if is_yaml else read_markdown_panel(source, [])
    place = (0, len(source.text)) if is_yaml else (front_matter(source) or (0, 0))
    changes = [
        _Change(passage.span.start, passage.span.end, text)
        for passage in _passages(outline)
        if (text := _set(passage, settings, in_yaml=passage.span.end <= place[1])) is not None
    ]
    text = source.text
    for change in sorted(changes, key=lambda change: -change.start):
        text = text[: change.start] + change.text + text[change.end :]
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
    if text is None or not in_yaml:
        return text
    return json.dumps(text, ensure_ascii=False)
