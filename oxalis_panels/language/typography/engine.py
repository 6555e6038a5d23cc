"""Run the rules on one text until none of them finds anything to change."""

from typing import Final

from oxalis_panels.language.typography import (
    amounts,
    apostrophes,
    ellipses,
    english,
    numbers,
    ordinals,
    punctuation,
    quotes,
    references,
    spaces,
    units,
)
from oxalis_panels.language.typography.characters import split_words
from oxalis_panels.language.typography.edits import Edit, Rule, TypographyError, apply, verify
from oxalis_panels.language.typography.proof import prove
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.typography.styles import Style
from oxalis_panels.model.value import value

RULES: Final[tuple[Rule, ...]] = (
    *spaces.RULES,
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
"""Those of French, in the order in which they run; each one gets the text as the ones before it left it."""

_SHARED: Final = frozenset(
    split_words("""
    runs-of-spaces thin-spaces apostrophe etc ellipsis opening-bracket closing-bracket single-quotes
    straight-quotes spaces-in-quotes no-space-before-stop space-after-comma high-punctuation unit
    """)
)
"""The rules of French that English has too, with its own quotation marks and spaces."""
ENGLISH_RULES: Final = (
    english.LEADING,
    *(rule for rule in RULES if rule.name in _SHARED),
    *english.RULES,
)

ROUNDS: Final = 12
"""Rounds after which rules that still undo each other's changes are a bug; real texts need two."""

Batch = tuple[Edit, ...]


@value
class Outcome:
    """A typeset text, and the edits that led to it."""

    text: str
    batches: tuple[Batch, ...] = ()
    """One for each time a rule changed something; applied one after the other, they give `text`."""


def run(text: str, style: Style, keep: tuple[str, ...] = ()) -> Outcome:
    """Typeset a text, sparing the strings of `keep`. Raises TypographyError when a rule has a bug.

    Ends when every rule finds nothing in the text as it is: typesetting twice is typesetting once.
    """
    current, masked, last = text, "", ""
    batches: list[Batch] = []
    characters: set[str] = set()
    idle = 0
    rules = ENGLISH_RULES if style.language == "en" else RULES
    for _ in range(ROUNDS):
        again = protect(current, keep)
        if again != masked:
            masked, characters, idle = again, set(again), 0
        for rule in rules:
            edits = () if rule.triggers.isdisjoint(characters) else tuple(rule.find(masked, style))
            idle += 1
            if edits:
                verify(rule, current, masked, edits)
                current, masked = apply(current, edits), apply(masked, edits)
                characters.update(*(edit.replacement for edit in edits))
                batches.append(edits)
                last, idle = rule.name, 0
            if idle == len(rules):
                prove(text, current, style)
                return Outcome(current, tuple(batches))
    raise TypographyError(last, "never comes to rest")
