"""The graphics state of a content stream (ISO 32000-1, 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oxalis_panels.preflight.colours import BLACK
from oxalis_panels.preflight.geometry import IDENTITY

if TYPE_CHECKING:
    from oxalis_panels.preflight.colours import Colour
    from oxalis_panels.preflight.fonts import Metrics
    from oxalis_panels.preflight.geometry import Box, Matrix


@dataclass(slots=True)
class State:
    """What `q` saves and `Q` brings back."""

    clip: Box
    matrix: Matrix = IDENTITY
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_pattern: object = None
    """The pattern that fills are made of, if they are made of one."""
    stroke_pattern: object = None
    line_width: float = 1.0
    fill_adds: bool = False
    """Whether a fill overprints."""
    stroke_adds: bool = False
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
