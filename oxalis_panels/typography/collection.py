"""Typeset everything that a reader will see of a collection."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels.model import texts
from oxalis_panels.typography.engine import at_rest
from oxalis_panels.typography.inline import joined, typeset_inline
from oxalis_panels.typography.styles import style_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from oxalis_panels.model import (
        Collection,
        Delivery,
        Figure,
        Finding,
        Inline,
        Panel,
        Paragraph,
        Point,
        Settings,
    )
    from oxalis_panels.notices import Legal

    Setter = Callable[[Inline], Inline]
    Part = TypeVar("Part", Paragraph, Point)


def typeset_collection(collection: Collection) -> Collection:
    """Return the collection with every `Inline` typeset in its language, sparing its `keep` strings.

    Addresses, slugs and spans are untouched; a language that is not French leaves everything as it is.
    """
    settings = collection.settings
    style = style_for(settings.language)
    if style is None:
        return collection

    written = dict.fromkeys(joined(text) for panel in collection.panels for text, _ in texts(panel))
    calm = at_rest(tuple(written), settings.keep)

    @cache  # a short title is mostly the title
    def setter(inline: Inline) -> Inline:
        return inline if joined(inline) in calm else typeset_inline(inline, style, settings.keep)

    panels = tuple(_panel(panel, setter) for panel in collection.panels)
    return replace(collection, settings=_settings(settings, setter), panels=panels)


def _settings(settings: Settings, setter: Setter) -> Settings:
    return replace(
        settings,
        title=setter(settings.title),
        subtitle=setter(settings.subtitle),
        organisation=setter(settings.organisation),
        period=setter(settings.period),
        authors=setter(settings.authors),
        glossary=tuple(replace(entry, expansion=setter(entry.expansion)) for entry in settings.glossary),
        delivery=_delivery(settings.delivery, setter),
        legal=_legal(settings.legal, setter),
        accessibility=replace(
            settings.accessibility,
            date=setter(settings.accessibility.date),
            audit=setter(settings.accessibility.audit),
        ),
    )


def _legal(legal: Legal, setter: Setter) -> Legal:
    return replace(
        legal,
        publisher=setter(legal.publisher),
        director=setter(legal.director),
        host=setter(legal.host),
        privacy=setter(legal.privacy),
        licence=setter(legal.licence),
    )


def _delivery(delivery: Delivery, setter: Setter) -> Delivery:
    return replace(
        delivery,
        paper=setter(delivery.paper),
        finish=setter(delivery.finish),
        deadline=setter(delivery.deadline),
        notes=setter(delivery.notes),
    )


def _panel(panel: Panel, setter: Setter) -> Panel:
    return replace(
        panel,
        title=setter(panel.title),
        short_title=setter(panel.short_title),
        paragraphs=tuple(_part(paragraph, setter) for paragraph in panel.paragraphs),
        findings=tuple(_finding(finding, setter) for finding in panel.findings),
        figure=_figure(panel.figure, setter) if panel.figure else None,
    )


def _figure(figure: Figure, setter: Setter) -> Figure:
    return replace(figure, alt=setter(figure.alt), credit=setter(figure.credit))


def _finding(finding: Finding, setter: Setter) -> Finding:
    points = tuple(_part(point, setter) for point in finding.points)
    return replace(finding, text=setter(finding.text), points=points)


def _part(part: Part, setter: Setter) -> Part:
    """Return a paragraph or a → typeset; the same object when there was nothing to do."""
    text = setter(part.text)
    return part if text is part.text else replace(part, text=text)
