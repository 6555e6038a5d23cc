"""What changed between two collections, as a tree that holds every word of both."""

from typing import Literal

from oxalis_panels.authoring.comparing.wording import Piece, letters
from oxalis_panels.model.collection import Inline, Panel
from oxalis_panels.model.value import value

Kind = Literal["paragraph", "finding", "point"]
Status = Literal["same", "added", "removed", "reworded", "moved", "moved_reworded", "punctuated"]
Fate = Literal["kept", "added", "removed", "published", "drafted"]
"""Of a panel: `published` was a draft before, `drafted` is one now."""


@value
class Wording:
    """A text in two versions; one that is not there is empty."""

    before: Inline
    after: Inline
    pieces: tuple[Piece, ...]

    @property
    def reworded(self) -> bool:
        """Whether a word changed."""
        changed = (piece for piece in self.pieces if not piece.kept)
        return any(letters(piece.before + piece.after) for piece in changed)

    @property
    def punctuated(self) -> bool:
        """Whether no word changed, but a comma or a full stop, as the texts around it asked for."""
        return not self.reworded and not all(piece.kept for piece in self.pieces)

    @property
    def retouched(self) -> bool:
        """Whether only spaces, quotation marks, apostrophes, dashes, italics or bold changed."""
        return self.before != self.after and all(piece.kept for piece in self.pieces)


@value
class Place:
    """Where a text stands in one version."""

    panel: int
    """Number of its panel in the series."""
    kind: Kind
    finding: int
    """Its ✓ in the panel, from 1; 0 for a paragraph."""
    number: int
    """Of the paragraph in its panel, or of the → below its ✓, from 1; 0 for a ✓."""


@value
class ItemChange:
    """A paragraph, a ✓ or a → and what became of it."""

    before: Place | None
    """None: it is new."""
    after: Place | None
    """None: it is gone."""
    text: Wording
    moved: bool
    """Whether it stands below another ✓, in another panel, or before what it stood after."""

    @property
    def place(self) -> Place:
        """Where it stands, or stood."""
        place = self.after or self.before
        assert place is not None
        return place

    @property
    def status(self) -> Status:
        """What became of it; a change of typography alone is none."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if self.moved:
            return "moved_reworded" if self.text.reworded else "moved"
        return "reworded" if self.text.reworded else "punctuated" if self.text.punctuated else "same"


@value
class FieldChange:
    """A field of a panel or of `collection.yaml` that changed."""

    key: str
    """Its name in the file, dotted where it is inside another: `figure.alt`, `legal.host`, `glossary`."""
    entry: str
    """Which entry of the glossary; empty for every other field."""
    text: Wording


@value
class PanelChange:
    """A panel and what became of it."""

    before: Panel | None
    after: Panel | None
    fate: Fate
    moved: bool
    """Whether it stands elsewhere in the series, among those that are in both versions."""
    fields: tuple[FieldChange, ...]
    """What changed besides its texts."""
    items: tuple[ItemChange, ...]
    """Its texts in reading order, unchanged ones too; what is gone, or went elsewhere, where it was."""

    @property
    def panel(self) -> Panel:
        """The panel as it is, or as it was."""
        panel = self.after or self.before
        assert panel is not None
        return panel

    def has_left(self, item: ItemChange) -> bool:
        """Whether one of its texts stands in another panel now."""
        return item.after is not None and (self.after is None or item.after.panel != self.after.number)

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        touched = any(item.status != "same" or item.text.retouched for item in self.items)
        return touched or self.fate != "kept" or self.moved or bool(self.fields)


@value
class Changes:
    """All that changed."""

    settings: tuple[FieldChange, ...]
    panels: tuple[PanelChange, ...]
    """All panels of both versions in the order of the new one, those that are gone where they were."""

    @property
    def nothing(self) -> bool:
        """Whether the two versions say the same."""
        return not self.settings and not any(panel.changed for panel in self.panels)
