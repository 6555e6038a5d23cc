"""What changed, counted, in sentences whose words agree with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from oxalis_panels.comparing.changes import Changes, PanelChange
from oxalis_panels.messages import Catalogue

KINDS = ("paragraph", "finding", "point")
COUNTED = frozenset({"added", "removed", "reworded", "moved", "moved_reworded"})
"""What is counted for each kind of text by itself."""


def verdict(changes: Changes, looks: int, words: Catalogue) -> str:
    """Return the sentence for when no word changed; the empty string if some did.

    `looks`: how many posters look different, and whether templates are others.
    """
    if changes.nothing and not looks:
        return words.text("compare.nothing")
    worded = changes.settings or counted(changes.panels).keys() - {"retouched"}
    named = any(panel.fields for panel in changes.panels)
    return "" if worded or named else words.text("compare.same_words")


def in_short(changes: Changes, looks: int, words: Catalogue) -> str:
    """Return all that changed in one sentence; nothing changed: the empty string."""
    panels = sum(panel.changed for panel in changes.panels)
    counts = counted(changes.panels)
    counts.update({"settings": len(changes.settings), "look": looks})
    rest = ", ".join(_said(counts, words))
    if panels and rest:
        return words.text("compare.in_short", changed=words.count("compare.count.changed", panels), rest=rest)
    return _sentence(rest or (words.count("compare.count.changed", panels) if panels else ""))


def sentence(change: PanelChange, words: Catalogue) -> str:
    """Return what changed in a panel; the empty string for its looks alone."""
    parts: list[str] = []
    if change.fate != "kept":
        kinds: Counter[str] = Counter(item.place.kind for item in change.items)
        content = tuple(words.count(f"compare.count.{kind}", kinds[kind]) for kind in KINDS if kinds[kind])
        return _sentence(words.text(f"compare.fate.{change.fate}", content=content or ("–",)))
    if change.moved and change.before and change.after:
        old, new = change.before.number, change.after.number
        parts.append(words.text("compare.panel_moved", old=old, new=new))
    fields = dict.fromkeys(each.key.partition(".")[0] for each in change.fields)
    parts += [words.text(f"compare.{key}_changed") for key in fields]
    counts = _texts(change)
    counts["left"] = sum(1 for item in change.items if change.has_left(item))
    return _sentence(", ".join([*parts, *_said(counts, words)]))


def counted(changes: Sequence[PanelChange]) -> Counter[str]:
    """Count what happened, by the keys of its words; of a panel that came or went, only that."""
    counts: Counter[str] = Counter()
    for change in changes:
        if change.fate != "kept":
            counts[f"fate_{change.fate}"] += 1
            continue
        counts["panel_moved"] += change.moved
        counts["title_changed"] += any(each.key == "title" for each in change.fields)
        counts += _texts(change)
    return +counts


def _texts(change: PanelChange) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in change.items:
        if change.has_left(item):
            continue  # counted where it is now
        if item.status in COUNTED:
            counts[f"{item.place.kind}_{item.status}"] += 1
        elif item.status == "punctuated":
            counts["punctuated"] += 1
        elif item.text.retouched:
            counts["retouched"] += 1
    return counts


def _said(counts: Mapping[str, int], words: Catalogue) -> Iterator[str]:
    """Yield each count in words, in the order of the catalogue."""
    for key in words.tables["compare"]["count"]:
        if counts.get(key):
            yield words.count(f"compare.count.{key}", counts[key])


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}." if said else ""
