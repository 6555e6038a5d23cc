"""Doubts about the wording of a panel, which only its authors can settle (or keep: `allow:`)."""

from oxalis_panels.language.wording.abbreviations import unexplained
from oxalis_panels.language.wording.passages import panel_passages
from oxalis_panels.language.wording.punctuation import mixed_endings
from oxalis_panels.language.wording.sentences import long_sentences
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic

__all__ = ["review_wording"]


def review_wording(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return a warning for each long sentence, unexplained abbreviation, uneven list, in a text as typed."""
    panels = [panel_passages(panel) for panel in collection.panels]
    found = list(unexplained(panels, collection.settings))
    for panel in panels:
        for passage in panel.body:
            found += long_sentences(passage)
        for passages in panel.lists:
            found += mixed_endings(passages)
    return tuple(found)
