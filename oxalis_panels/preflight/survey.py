"""What is in a finished PDF, as plain data. Everything the checks know comes from here."""

from __future__ import annotations

from typing import Literal

from oxalis_panels.frozen import frozen
from oxalis_panels.preflight.geometry import Box
from oxalis_panels.preflight.painted import Painted


@frozen
class PageBoxes:
    """The boxes of a page in points, its UserUnit applied; None where the page has none of that name."""

    media: Box
    crop: Box | None
    bleed: Box | None
    trim: Box | None
    rotated: bool
    """Whether it is shown turned by a quarter."""
    art: bool = False
    """Whether it has an ArtBox, another way to say what is left after cutting."""

    @property
    def visible(self) -> Box:
        """What a viewer shows."""
        return self.crop or self.media

    @property
    def printed(self) -> Box:
        """What the press prints: the sheet with its bleed."""
        return self.bleed or self.visible

    @property
    def sheet(self) -> Box:
        """What is left after cutting."""
        return self.trim or self.visible


@frozen
class Intent:
    """An output intent for PDF/X."""

    identifier: str
    registry: str
    profile: bytes
    """The embedded ICC profile; empty where there is none."""
    components: int
    """As the PDF says of the profile."""

    @property
    def usable(self) -> bool:
        """Whether the profile is one of four inks: the signatures of ICC.1:2010, 7.2."""
        return self.components == 4 and self.profile[36:40] == b"acsp" and self.profile[16:20] == b"CMYK"  # noqa: PLR2004 - four inks


@frozen
class Metadata:
    """What the file says of itself."""

    version: str
    """Of PDF: `1.6`."""
    standards: tuple[str, ...]
    """Every claim to be a kind of PDF/X: `PDF/X-4`."""
    trapped: str
    present: frozenset[str]
    """Which of title, dates and identifiers there are, as XMP or `Info` call them."""
    producer: str
    has_id: bool
    encrypted: bool
    layers: bool
    damages: int
    """How much had to be repaired to read the file."""


@frozen
class Interactive:
    """Something for a screen."""

    what: Literal["annotation", "form", "action", "script"]
    detail: str
    """Its kind, as the file says: `Link`."""
    page: int
    """0: the document as a whole."""
    box: Box | None = None


@frozen
class Survey:
    """A PDF that could be read."""

    metadata: Metadata
    page_count: int
    pages: tuple[PageBoxes, ...]
    """Those that were read, from the first; at most `reading.MOST_PAGES`."""
    intents: tuple[Intent, ...]
    interactive: tuple[Interactive, ...]
    painted: Painted
    weight: int = 0
    """Of the file, in bytes."""

    @property
    def first(self) -> PageBoxes:
        """The page that the poster is on."""
        return self.pages[0]


@frozen
class Unreadable:
    """Something that could not be read as a PDF."""

    code: str
    """Why, as a diagnostic: `preflight-not-a-pdf`."""
