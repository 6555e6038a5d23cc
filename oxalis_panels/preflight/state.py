"""The graphics state of a content stream (ISO 32000-1, 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from oxalis_panels.frozen import frozen
from oxalis_panels.preflight.colours import BLACK, Colour, Space
from oxalis_panels.preflight.fonts import Metrics
from oxalis_panels.preflight.geometry import IDENTITY, Box, Matrix


@frozen
class Paint:
    """What fills, or lines, are made of."""

    colour: Colour = BLACK
    space: Space = BLACK.space
    """What the next colour is given in."""
    pattern: object = None
    """The pattern that they are made of, if they are made of one."""
    overprints: bool = False


@dataclass(slots=True)
class State:
    """What `q` saves and `Q` brings back."""

    clip: Box
    matrix: Matrix = IDENTITY
    fill: Paint = field(default_factory=Paint)
    stroke: Paint = field(default_factory=Paint)
    line_width: float = 1.0
    nonzero: bool = False
    """Whether what overprints leaves alone the plates that it has no ink for (OPM 1)."""
    darkens: bool = False
    """Whether the blend mode is one that adds inks."""
    font: Metrics | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class TextPlace:
    """Where the next glyph stands: between `BT` and `ET` only."""

    line: Matrix = IDENTITY
    glyph: Matrix = IDENTITY


@dataclass(slots=True)
class Path:
    """The path under construction, as the points that bound it."""

    points: list[tuple[float, float]] = field(default_factory=list)
    clips: bool = False
