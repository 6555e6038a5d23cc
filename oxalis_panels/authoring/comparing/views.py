"""Changes in words: what text, page and paper all show."""

from typing import Literal

from oxalis_panels.authoring.comparing.changes import Kind, Status
from oxalis_panels.model.value import value
from oxalis_panels.rendering.inline_html import Html
from oxalis_panels.rendering.palette import Colour


@value
class PieceView:
    """A stretch of text that stayed, went or came."""

    kind: Literal["kept", "removed", "added"]
    text: str
    """Without the space after it."""
    html: Html
    """The same."""
    space: str
    """After it; outside what is struck through or underlined."""


@value
class Row:
    """A paragraph, a ✓ or a → that changed, or what helps to see where one is."""

    kind: Kind | Literal["gap"]
    """`gap`: how many texts that did not change were left out."""
    status: Status | Literal["left"]
    """`same`: a landmark; `left`: it stands in another panel now."""
    place: str
    """`Constat 2, point 3`."""
    label: str
    """The status in a word; empty for a landmark."""
    note: str
    """Where it came from, or went; may be empty."""
    pieces: tuple[PieceView, ...]


@value
class FieldView:
    """A field that changed."""

    name: str
    pieces: tuple[PieceView, ...]


@value
class Look:
    """How a poster looks in one version."""

    small: bytes
    """WebP; empty where there is a `reason` why there is none."""
    large: bytes
    reason: Literal["overflow", "template", "none"] = "none"
    """The text does not fit, templates have a mistake, there is no such poster."""


@value
class PosterComparison:
    """A poster in both versions."""

    before: Look
    after: Look


@value
class PanelReview:
    """A panel that changed."""

    slug: str
    anchor: str
    """Its id on the page."""
    number: int
    name: str
    """`Panneau 3`."""
    title: Html
    """As it is, or as it was."""
    plain_title: str
    colour: Colour
    fate: str
    """`kept`, `added`, `removed`, `published`, `drafted`."""
    sentence: str
    """What changed, counted; empty where only its poster looks different."""
    fields: tuple[FieldView, ...]
    rows: tuple[Row, ...]
    looks: PosterComparison | None
    """Its poster in both versions, if it looks different."""


@value
class VersionView:
    """A version."""

    name: str
    """`Version a1b2c3d du 12 mars 2026`."""
    detail: str
    """What its author said of it, and who that is; empty for the files in the folder."""
    key: str
    """Short, for a file name."""


@value
class Review:
    """All that changed, in words."""

    title: str
    """`Ce qui a changé — Trois ans de feuille de route`."""
    heading: str
    series: str
    """Title of the collection, as plain text."""
    before: VersionView
    after: VersionView
    verdict: str
    """One sentence when nothing changed; else empty."""
    in_short: str
    """All that changed, counted, in one sentence; empty when nothing did."""
    settings: tuple[FieldView, ...]
    panels: tuple[PanelReview, ...]
    """Those with something to tell in words."""
    posters: tuple[PanelReview, ...]
    """Those of which only the poster looks different."""
    notes: tuple[str, ...]
    """Which panels did not change, which files could not be compared: sentences."""
    colour: Colour
    """Of the whole."""
    language: str
    """Of the words around the texts."""
    texts: str
    """Language of the panels."""
