"""Run the rules on one text until they have nothing left to say."""

from __future__ import annotations

from typing import Final

from oxalis_panels.language.typography import (
    amounts,
    apostrophes,
    blanks,
    ellipses,
    numbers,
    ordinals,
    punctuation,
    quotes,
    references,
    units,
)
from oxalis_panels.language.typography.edits import Edit, Rule, TypographyError, apply, verify
from oxalis_panels.language.typography.proof import prove
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.typography.styles import Style
from oxalis_panels.model.value import frozen

RULES: Final[tuple[Rule, ...]] = (
    *blanks.RULES,
    *apostrophes.RULES,
    *ellipses.RULES,
    *ordinals.RULES,
    *quotes.RULES,
    *punctuation.RULES,
    *amounts.RULES,
    *units.RULES,
    *numbers.RULES,
    *references.RULES,
)
"""In the order in which they run; each one reads what those before it made."""

ROUNDS: Final = 12
"""Rounds after which rules that still contradict each other are a bug; real texts need two."""

Batch = tuple[Edit, ...]


@frozen
class Outcome:
    """A typeset text, and how it came about."""

    text: str
    batches: tuple[Batch, ...] = ()
    """One for each rule that changed something; made one after the other, they lead to `text`."""


def run(text: str, style: Style, keep: tuple[str, ...] = ()) -> Outcome:
    """Typeset a text. Raises TypographyError when a rule does what it may not: a bug.

    Ends when every rule has found nothing in the text as it is: typesetting twice is typesetting once.
    """
    current, masked, last = text, "", ""
    batches: list[Batch] = []
    characters: set[str] = set()
    idle = 0
    for _ in range(ROUNDS):
        again = protect(current, keep)
        if again != masked:
            masked, characters, idle = again, set(again), 0
        for rule in RULES:
            edits = () if rule.triggers.isdisjoint(characters) else tuple(rule.find(masked, style))
            idle += 1
            if edits:
                verify(rule, current, masked, edits)
                current, masked = apply(current, edits), apply(masked, edits)
                characters.update(*(edit.replacement for edit in edits))
                batches.append(edits)
                last, idle = rule.name, 0
            if idle == len(RULES):
                prove(text, current)
                return Outcome(current, tuple(batches))
    raise TypographyError(last, "never comes to rest")
