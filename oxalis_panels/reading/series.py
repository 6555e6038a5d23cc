"""Panels one by one → the series: sorted, numbered, no two with one address or one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Span, error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oxalis_panels.model import Panel
    from oxalis_panels.reading.panel import Entry


def arrange(entries: Sequence[Entry], found: list[Diagnostic]) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    """Return the panels in order, numbered from 1, and the paths of the drafts left out.

    `entries` come in the order of their file names, which decides where no number does.
    """
    _check_unique(
        entries,
        "slug-twice.panel",
        lambda entry: entry.panel.slug or None,
        lambda entry: entry.slug_span,
        found,
    )
    _check_unique(
        entries, "order-twice.panel", lambda entry: entry.order, lambda entry: entry.order_span, found
    )
    shown = [entry for entry in entries if not entry.draft]
    shown.sort(key=lambda entry: (entry.order is None, entry.order or 0))
    drafts = tuple(entry.panel.span.source.path for entry in entries if entry.draft)
    if drafts and not shown:
        found.append(error("drafts-only", Span(entries[0].panel.span.source)))
    return tuple(replace(entry.panel, number=i) for i, entry in enumerate(shown, start=1)), drafts


def _check_unique(
    entries: Sequence[Entry],
    code: str,
    value_of: Callable[[Entry], str | int | None],
    place_of: Callable[[Entry], Span],
    found: list[Diagnostic],
) -> None:
    first: dict[str | int, Entry] = {}
    for entry in entries:
        value = value_of(entry)
        if value is None:
            continue
        earlier = first.setdefault(value, entry)
        if earlier is not entry:
            found.append(error(code, place_of(entry), value=value, other=earlier.panel.span.source.path))
