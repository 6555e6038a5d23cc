"""Two collections → what changed between them: a pure function.

Panels are matched by their address, then by their file, then by likeness; paragraphs and ✓ within matched
panels before others; → within matched ✓ before others; what is left is looked for anywhere, a → that became a
✓ among it. A text that finds no other version was added, or removed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from oxalis_panels.authoring.comparing.changes import Changes, Fate, ItemChange, PanelChange
from oxalis_panels.authoring.comparing.fields import page_changes, panel_changes, setting_changes, wording
from oxalis_panels.authoring.comparing.items import Item, anywhere, items_of, match_items
from oxalis_panels.authoring.comparing.matching import REWORDED, Candidate, Rule, Trigrams, match, moved
from oxalis_panels.model.collection import Collection, Panel, plain
from oxalis_panels.model.texts import texts


def compare(before: Collection, after: Collection) -> Changes:
    """Return what changed, as readers see it: both collections should be typeset."""
    panels = _match_panels(before.panels, after.panels)
    old, new = items_of(before.panels), items_of(after.panels)
    pairs = match_items(old, new, panels)
    items = _changes(old, new, pairs, panels)
    return Changes(
        setting_changes(before.settings, after.settings) + page_changes(before.pages, after.pages),
        tuple(_panels(before, after, panels, items)),
    )


def _match_panels(before: Sequence[Panel], after: Sequence[Panel]) -> dict[int, int]:
    return match(
        list(map(_panel_candidate, before)),
        list(map(_panel_candidate, after)),
        (
            Rule(lambda i: before[i].slug, lambda j: after[j].slug, alike=0),
            Rule(lambda i: before[i].span.source.path, lambda j: after[j].span.source.path, alike=0),
            Rule(anywhere, anywhere, REWORDED),
        ),
    )


def _panel_candidate(panel: Panel) -> Candidate:
    whole = Trigrams.of("\n".join(plain(each.text) for each in texts(panel, without=("short_title",))))
    return Candidate(None, (whole,))


def _changes(
    old: Sequence[Item], new: Sequence[Item], pairs: Mapping[int, int], panels: Mapping[int, int]
) -> tuple[ItemChange, ...]:
    """Return every text of both versions once."""
    back = {j: i for i, j in pairs.items()}
    shifted = _shifted(old, new, pairs, panels)
    changes = [
        ItemChange(
            old[back[j]].place if j in back else None,
            item.place,
            wording(old[back[j]].text if j in back else (), item.text),
            j in shifted,
        )
        for j, item in enumerate(new)
    ]
    gone = [item for i, item in enumerate(old) if i not in pairs]
    return (*changes, *(ItemChange(item.place, None, wording(item.text, ()), moved=False) for item in gone))


def _shifted(
    old: Sequence[Item], new: Sequence[Item], pairs: Mapping[int, int], panels: Mapping[int, int]
) -> set[int]:
    """Return the new indexes of texts that moved: to other company, or within their own."""
    companies: dict[Hashable, list[int]] = defaultdict(list)
    result = set()
    for j, i in sorted((j, i) for i, j in pairs.items()):
        one, other = old[i], new[j]
        is_point = other.place.kind == "point"
        same = pairs.get(one.finding) == other.finding if is_point else panels.get(one.panel) == other.panel
        if one.place.kind == other.place.kind and same:
            companies[other.place.kind, other.finding if is_point else other.panel].append(i)
        else:
            result.add(j)
    return result | {pairs[i] for order in companies.values() for i in moved(order)}


def _panels(
    before: Collection, after: Collection, pairs: Mapping[int, int], items: Sequence[ItemChange]
) -> Iterator[PanelChange]:
    back = {j: i for i, j in pairs.items()}
    shifted = {pairs[i] for i in moved([back[j] for j in sorted(back)])}
    placed = [
        ((j, 0, 0), _panel(before.panels[back[j]] if j in back else None, panel, before.drafts, items))
        for j, panel in enumerate(after.panels)
    ]
    for i, panel in enumerate(before.panels):
        if i not in pairs:  # it is shown after the panel that it stood after
            earlier = next((pairs[k] for k in reversed(range(i)) if k in pairs), -1)
            placed.append(((earlier, 1, i), _panel(panel, None, after.drafts, items)))
    for (j, gone, _), change in sorted(placed, key=lambda each: each[0]):
        yield replace(change, moved=True) if j in shifted and not gone else change


def _panel(
    before: Panel | None, after: Panel | None, drafts: Sequence[str], items: Sequence[ItemChange]
) -> PanelChange:
    """Return a panel of both versions, or of one, the other having these drafts."""
    old, new = (panel.number if panel else None for panel in (before, after))
    here = [item for item in items if new and _is_in(item, new)]
    gone = [item for item in items if item.before and item.before.panel == old and not _is_in(item, new)]
    return PanelChange(
        before,
        after,
        _fate(before, after, drafts),
        moved=False,  # its caller knows
        fields=panel_changes(before, after) if before and after else (),
        items=in_reading_order(here, gone, old),
    )


def _is_in(item: ItemChange, panel: int | None) -> bool:
    return item.after is not None and item.after.panel == panel


def _fate(before: Panel | None, after: Panel | None, drafts: Sequence[str]) -> Fate:
    if before and after:
        return "kept"
    panel = after or before
    was_draft = panel is not None and panel.span.source.path in drafts
    if after:
        return "published" if was_draft else "added"
    return "drafted" if was_draft else "removed"


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
            cursor = next(at for at, row in enumerate(rows) if row is item)
            continue
        cursor += 1
        while item.place.kind != "point" and cursor < len(rows) and rows[cursor].place.kind == "point":
            cursor += 1
        rows.insert(cursor, item)
    return tuple(rows)


def _reading(item: ItemChange) -> tuple[bool, int, int]:
    assert item.before is not None
    place = item.before
    return place.kind != "paragraph", place.finding, place.number
