"""Doubts about how a panel is worded: what only its authors can mend, and may decide to keep (`allow:`)."""

from __future__ import annotations

from oxalis_panels.language.wording.abbreviations import unexplained
from oxalis_panels.language.wording.passages import worded
from oxalis_panels.language.wording.punctuation import mixed
from oxalis_panels.language.wording.sentences import long_sentences
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic

__all__ = ["review_wording"]


def review_wording(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return a warning for each doubt: a long sentence, an unexplained abbreviation, a list without a system.

    Reads the text as the authors typed it, so it must come before it is typeset.
    """
    panels = [worded(panel) for panel in collection.panels]
    found = list(unexplained(panels, collection.settings))
    for panel in panels:
        for passage in panel.body:
            found += long_sentences(passage)
        for passages in panel.lists:
            found += mixed(passages)
    return tuple(found)
