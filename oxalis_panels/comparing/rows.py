"""The texts of a panel in the order in which they are told."""

from __future__ import annotations

from collections.abc import Sequence

from oxalis_panels.comparing.changes import ItemChange


def in_reading_order(
    here: Sequence[ItemChange], gone: Sequence[ItemChange], number: int | None
) -> tuple[ItemChange, ...]:
    """Return the texts of a panel, those that are `gone` after what they stood after.

    `here` are in the order of the new version; `number` is the panel's in the old one. A ✓ that is gone never
    parts a ✓ from its →.
    """
    rows = list(here)
    stood = [item for item in here if item.before and item.before.panel == number]
    standing = set(map(id, stood))
    cursor = -1
    for item in sorted([*stood, *gone], key=_reading):
        if id(item) in standing:
            cursor = _index(rows, item)
            continue
        cursor += 1
        while item.place.kind != "point" and cursor < len(rows) and rows[cursor].place.kind == "point":
            cursor += 1
        rows.insert(cursor, item)
    return tuple(rows)


def _reading(item: ItemChange) -> tuple[bool, int, int]:
    assert item.before is not None  # noqa: S101 - all of them were in the old version
    place = item.before
    return place.kind != "paragraph", place.finding, place.number


def _index(rows: Sequence[ItemChange], item: ItemChange) -> int:
    return next(at for at, row in enumerate(rows) if row is item)
