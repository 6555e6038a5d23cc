"""Paragraphs, ✓ and → of two versions, and which is which."""

from collections.abc import Callable, Hashable, Mapping, Sequence

from oxalis_panels.authoring.comparing.changes import Kind, Place
from oxalis_panels.authoring.comparing.matching import (
    RETOUCHED,
    REWORDED,
    REWORDED_ELSEWHERE,
    Candidate,
    Rule,
    Trigrams,
    match,
)
from oxalis_panels.authoring.comparing.wording import key_of
from oxalis_panels.model.collection import Inline, Panel, Point, plain
from oxalis_panels.model.value import value

HEADS: tuple[Kind, ...] = ("paragraph", "finding")
POINTS: tuple[Kind, ...] = ("point",)


@value
class Item:
    """A paragraph, a ✓ or a → of one version."""

    text: Inline
    place: Place
    panel: int
    """Index of its panel."""
    finding: int
    """Index of its ✓ among all items of its version; its own for a ✓, -1 for a paragraph."""
    candidate: Candidate


def items_of(panels: Sequence[Panel]) -> list[Item]:
    """Return every text of every panel, in reading order."""
    items: list[Item] = []
    for index, panel in enumerate(panels):
        for number, paragraph in enumerate(panel.paragraphs, 1):
            place = Place(panel.number, "paragraph", 0, number)
            items.append(Item(paragraph.text, place, index, -1, _candidate(paragraph.text)))
        for number, finding in enumerate(panel.findings, 1):
            own = len(items)
            place = Place(panel.number, "finding", number, 0)
            items.append(Item(finding.text, place, index, own, _candidate(finding.text, finding.points)))
            for below, point in enumerate(finding.points, 1):
                place = Place(panel.number, "point", number, below)
                items.append(Item(point.text, place, index, own, _candidate(point.text)))
    return items


def _candidate(text: Inline, points: Sequence[Point] = ()) -> Candidate:
    """Return what of a text is compared: of a ✓ its line, and its line and its → together."""
    line = Trigrams.of(plain(text))
    lines = (plain(text), *(plain(point.text) for point in points))
    whole = Trigrams.of("\n".join(lines)) if points else line
    return Candidate(key_of(plain(text)), (line, whole))


def match_items(old: Sequence[Item], new: Sequence[Item], panels: Mapping[int, int]) -> dict[int, int]:
    """Return the index of the new version of each old text that has one; `panels` are already matched.

    Paragraphs and ✓ come first: a → looks below its own ✓ before it looks elsewhere.
    """
    before, after = [item.candidate for item in old], [item.candidate for item in new]
    found = match(before, after, _rules(old, new, panels, HEADS))
    lost = set(found.values())
    rules = [
        _below(old, new, found, None),
        _below(old, new, found, RETOUCHED),
        *_rules(old, new, panels, POINTS)[:3],
        _below(old, new, found, REWORDED),
        *_rules(old, new, panels, POINTS)[3:],
        Rule(anywhere, anywhere),
        Rule(anywhere, anywhere, REWORDED_ELSEWHERE),
    ]
    return {**found, **match(before, after, [_free(rule, found, lost) for rule in rules])}


def anywhere(_index: int) -> Hashable:
    """Put every text in one group."""
    return True


def _rules(
    old: Sequence[Item], new: Sequence[Item], panels: Mapping[int, int], kinds: tuple[Kind, ...]
) -> tuple[Rule, ...]:
    """Return how texts of some kinds are looked for: in their panel, then in others."""

    def near_before(i: int) -> Hashable:
        panel = panels.get(old[i].panel)
        return None if panel is None or old[i].place.kind not in kinds else (old[i].place.kind, panel)

    def near_after(j: int) -> Hashable:
        return (new[j].place.kind, new[j].panel) if new[j].place.kind in kinds else None

    def far(items: Sequence[Item]) -> Callable[[int], Hashable]:
        return lambda index: items[index].place.kind if items[index].place.kind in kinds else None

    return (
        Rule(near_before, near_after),
        Rule(near_before, near_after, RETOUCHED),
        Rule(far(old), far(new)),
        Rule(near_before, near_after, REWORDED),
        Rule(far(old), far(new), REWORDED_ELSEWHERE),
    )


def _below(old: Sequence[Item], new: Sequence[Item], found: Mapping[int, int], alike: float | None) -> Rule:
    """Return how a → is looked for below its ✓, which is already found."""
    return Rule(
        lambda i: found.get(old[i].finding) if old[i].place.kind == "point" else None,
        lambda j: new[j].finding if new[j].place.kind == "point" else None,
        alike,
    )


def _free(rule: Rule, found: Mapping[int, int], lost: set[int]) -> Rule:
    """Return a rule for what is not found yet."""
    return Rule(
        lambda i: None if i in found else rule.before(i),
        lambda j: None if j in lost else rule.after(j),
        rule.alike,
    )
