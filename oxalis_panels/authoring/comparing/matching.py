"""Which text of one version is which of the other: what is the same, near before far, then what is alike.

Texts are alike by the groups of three letters that they share (the coefficient of Dice, 1 for the same
letters): that needs no words, so it holds for any language, sees through a slip of the pen or another ending,
and is the same in both directions. Of two that could be a text's other version the one more alike is taken,
then the one nearer: the result does not depend on the order in which anything is tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from oxalis_panels.authoring.comparing.wording import letters
from oxalis_panels.model.value import value

REWORDED = 0.5
"""How alike two texts in one place must be, of 1, for one to be the other's new wording."""
RETOUCHED = 0.75
"""How alike two texts in one place must be for a text that is the same elsewhere to be taken for a copy."""
REWORDED_ELSEWHERE = 0.65
"""The same for two places: many texts speak of the same things."""
MOST_PAIRS = 250_000
"""Of texts to be held against each other in one group; beyond, only what is the same is found."""


@value
class Trigrams:
    """What of a text is compared."""

    counts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, text: str) -> Trigrams:
        """Return the groups of three letters of a text, its words' beginnings and ends among them."""
        whole = f" {letters(text)} "
        counts = Counter(whole[at : at + 3] for at in range(len(whole) - 2))
        return cls(counts, counts.total())


def likeness(one: Trigrams, other: Trigrams) -> float:
    """Return how alike two texts are, from 0 to 1."""
    small, large = sorted((one, other), key=lambda each: len(each.counts))
    shared = sum(min(count, large.counts.get(group, 0)) for group, count in small.counts.items())
    return 2 * shared / (one.total + other.total) if one.total + other.total else 0.0


@value
class Candidate:
    """A text that is to find its other version."""

    key: Hashable
    """The same for texts that are the same word for word."""
    forms: tuple[Trigrams, ...]
    """What is compared; the form that is most alike decides."""


@value
class Rule:
    """One step of the search: who may be whose other version."""

    before: Callable[[int], Hashable]
    """The group of an old text, by its index; None: none."""
    after: Callable[[int], Hashable]
    alike: float | None = None
    """From which likeness on; None: only the same text."""


def match(before: Sequence[Candidate], after: Sequence[Candidate], rules: Sequence[Rule]) -> dict[int, int]:
    """Return for each old text that has a new version the index of that, by the first rule that finds it."""
    found: dict[int, int] = {}
    for rule in rules:
        taken = set(found.values())
        olds = _groups(rule.before, (i for i in range(len(before)) if i not in found))
        news = _groups(rule.after, (j for j in range(len(after)) if j not in taken))
        for group, old in olds.items():
            new = news.get(group, [])
            if rule.alike is None:
                found.update(_same(before, after, old, new))
            elif len(old) * len(new) <= MOST_PAIRS:
                found.update(_alike(before, after, old, new, rule.alike))
    return found


def _groups(group_of: Callable[[int], Hashable], indexes: Iterator[int]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index in indexes:
        if (group := group_of(index)) is not None:
            groups[group].append(index)
    return groups


def _same(
    before: Sequence[Candidate], after: Sequence[Candidate], old: list[int], new: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield texts that are the same; of several, the first with the first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(new):
        waiting[after[j].key].append(j)
    for i in old:
        if waiting[before[i].key]:
            yield i, waiting[before[i].key].pop()


def _alike(
    before: Sequence[Candidate], after: Sequence[Candidate], old: list[int], new: list[int], least: float
) -> Iterator[tuple[int, int]]:
    """Yield texts that are alike, the most alike first, each once."""
    scored = [(max(map(likeness, before[i].forms, after[j].forms)), i, j) for i in old for j in new]
    ranked = sorted((-score, abs(i - j), i + j, i, j) for score, i, j in scored if score >= least)
    olds, news = set(old), set(new)
    for *_, i, j in ranked:
        if i in olds and j in news:
            olds.remove(i)
            news.remove(j)
            yield i, j


def moved(order: Sequence[int]) -> set[int]:
    """Return the fewest of some numbers that, taken away, leave the others in rising order."""
    ends: list[int] = []  # the smallest number with which a rising row of each length ends
    at: list[int] = []  # where that number stands
    previous: list[int] = []  # for each number, where the one before it in its row stands
    for index, number in enumerate(order):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1], at[length : length + 1] = [number], [index]
    staying, index = set(), at[-1] if at else -1
    while index >= 0:
        staying.add(order[index])
        index = previous[index]
    return set(order) - staying
