"""What is in a finished PDF, as plain data. Everything the checks know comes from here."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from oxalis_panels.inspection.geometry import Box, Point
from oxalis_panels.model.value import value

FeatureKind = Literal[
    "transfer",
    "identity",
    "phase",
    "jpeg2000",
    "jbig2",
    "lzw",
    "deep",
    "opi",
    "postscript",
    "reference",
    "attachment",
]
Kind = Literal["fill", "stroke", "text", "picture", "shading"]

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""
Way = Literal["press", "profiled", "spot", "registration", "foreign", "pattern"]
"""How a paint reaches the plates: `press` as it stands (CMYK, grey); `profiled` through a profile
of its own; `spot` on a plate of its own; `registration` on every plate; `foreign` after a conversion."""


@value
class Space:
    """A colour space."""

    kind: Way
    label: str
    """As it is named to a person: `DeviceRGB`, `ICC RGB`, the name of a spot ink."""
    components: int = 0
    base: Space | None = None
    """What it stands for: alternate of a spot ink, base of a palette, the colour of an uncoloured pattern."""
    tint: object = field(default=None, compare=False, repr=False)
    """The function from a spot ink to its alternate; the table of a palette."""
    inks: tuple[str, ...] = ()
    """Names of the plates of a Separation or DeviceN space."""

    @property
    def worst(self) -> Space:
        """The space that decides whether it can be printed: RGB under a palette is still RGB."""
        below = self.base.worst if self.base and self.kind in {"press", "spot"} else self
        return self if below.kind == "press" else below


@value
class Colour:
    """A colour that something is painted in."""

    space: Space
    inks: Inks | None
    """None where the file does not say: RGB, a pattern, an ink replaced in an unknown way."""

    @property
    def total(self) -> float | None:
        """All inks together, in percent; a mark in all inks counts four times its tint."""
        return None if self.inks is None else 100 * sum(self.inks)


SIGNATURES = (b"acsp", b"CMYK")
"""Of any profile, and of one of four inks (ICC.1:2010, 7.2)."""
BLACK = Colour(Space("press", "DeviceGray", 1), (0.0, 0.0, 0.0, 1.0))
"""What every page starts with."""


@value
class Font:
    """A font that text is drawn with."""

    name: str
    """As in the file, without the six letters that mark a subset."""
    family: str
    """What the file says the family is, else the name."""
    subset: bool
    embedded: bool
    drawn: bool
    """Whether its glyphs are drawings (Type 3) instead of a font."""


@value
class Run:
    """Letters that stand side by side."""

    corners: tuple[Point, ...]
    """Around most of their ink, from the baseline up, without accents and what hangs below; even turned."""
    codes: tuple[int, ...]
    measured: bool
    """Whether the font says what its letters cover."""


@value
class Picture:
    """The pixels of a picture."""

    width: int
    height: int
    space: Space | None
    """None for a stencil, which is painted in the colour of fills."""
    ink: float | None
    """Largest total of its pixels in percent; None where it could not be measured."""


@value
class Mark:
    """Something painted."""

    kind: Kind
    page: int
    """From 1."""
    box: Box
    """Where, in points from the page's origin, cut to what is visible of it."""
    colour: Colour | None = None
    """None for a picture with colours of its own."""
    width: float = 0.0
    """Of a line, in points at its thinnest."""
    font: Font | None = None
    size: float = 0.0
    """Of text, in points on paper."""
    runs: tuple[Run, ...] = ()
    """Of text; none where nobody knows where it comes to stand, as in a pattern."""
    missing: bool = False
    """Whether a glyph was missing from the font and replaced by an empty frame."""
    picture: Picture | None = None
    resolution: float = 0.0
    """Of a picture at this size, in dots per inch, in its coarser direction."""
    adds: bool = False
    """Whether its inks add to those below: overprint, or a blend mode that darkens."""
    vanishes: bool = False
    """Whether it is white and overprints, so that nothing of it is printed."""
    masks: bool = False
    """Whether it is never printed: the drawing of a soft mask."""


@value
class Transparency:
    """One use of transparency."""

    page: int
    what: Literal["mask", "opacity", "blend", "group"]
    detail: str
    """The opacity, the blend mode, the colour space of the group (empty: that of the page)."""
    foreign: bool = False
    """Whether a group blends in something else than the inks of the press."""


@value
class Feature:
    """A use of something that not every standard, or no press, takes."""

    page: int
    """0: somewhere in the file."""
    what: FeatureKind
    detail: str = ""
    """As the file calls it: `TR`."""


@value
class Painted:
    """Everything painted on the pages that were read."""

    marks: tuple[Mark, ...]
    transparency: tuple[Transparency, ...]
    features: tuple[Feature, ...]
    complete: bool
    """False when there was too much to read."""
    misshapen: int = 0
    """Resources that are no dictionary: each program makes of them what it will."""


@value
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


@value
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
        """Whether the profile is one of four inks."""
        return self.components == len("CMYK") and (self.profile[36:40], self.profile[16:20]) == SIGNATURES


@value
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


@value
class Interactive:
    """Something for a screen."""

    what: Literal["annotation", "form", "action", "script"]
    detail: str
    """Its kind, as the file says: `Link`."""
    page: int
    """0: the document as a whole."""
    box: Box | None = None


@value
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


@value
class Unreadable:
    """Something that could not be read as a PDF."""

    code: str
    """Why, as a diagnostic: `preflight-unreadable.not-a-pdf`."""
