"""Run the rules on one text until they have nothing left to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oxalis_panels.typography import (
    amounts,
    apostrophes,
    blanks,
    brackets,
    dates,
    ellipses,
    marks,
    numbers,
    ordinals,
    quotes,
    references,
    stops,
    units,
)
from oxalis_panels.typography.edits import Edit, Rule, TypographyError, apply, verify
from oxalis_panels.typography.proof import prove
from oxalis_panels.typography.protection import protect

if TYPE_CHECKING:
    from collections.abc import Collection

    from oxalis_panels.typography.styles import Style

RULES: Final[tuple[Rule, ...]] = (
    *blanks.RULES,
    *apostrophes.RULES,
    *ellipses.RULES,
    *ordinals.RULES,
    *brackets.RULES,
    *quotes.RULES,
    *stops.RULES,
    *marks.RULES,
    *amounts.RULES,
    *units.RULES,
    *dates.RULES,
    *numbers.RULES,
    *references.RULES,
)
"""In the order in which they run; each one reads what those before it made."""

ROUNDS: Final = 12
"""Rounds after which rules that still contradict each other are a bug; real texts need two."""

Batch = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A typeset text, and how it came about."""

    text: str
    batches: tuple[Batch, ...] = ()
    """One for each rule that changed something; made one after the other, they lead to `text`."""


def run(text: str, style: Style, keep: Collection[str] = ()) -> Outcome:
    """Typeset a text. Raises TypographyError when a rule does what it may not: a bug.

    Ends with a round in which no rule finds anything, so that typesetting twice is typesetting once.
    """
    current = text
    batches: list[Batch] = []
    for _ in range(ROUNDS):
        made, current, last = _one_round(current, style, keep)
        if not made:
            prove(text, current)
            return Outcome(current, tuple(batches))
        batches += made
    raise TypographyError(last, "never comes to rest")


def _one_round(text: str, style: Style, keep: Collection[str]) -> tuple[list[Batch], str, str]:
    """Apply every rule once; return the edits, the text, and the name of the last rule that made any."""
    masked = protect(text, keep)
    characters = set(masked)
    batches: list[Batch] = []
    last = ""
    for rule in RULES:
        if rule.triggers.isdisjoint(characters):
            continue
        edits = tuple(rule.find(masked, style))
        if edits:
            verify(rule, text, masked, edits)
            text, masked = apply(text, edits), apply(masked, edits)
            characters = set(masked)
            batches.append(edits)
            last = rule.name
    return batches, text, last
