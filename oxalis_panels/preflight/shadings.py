"""Gradients: the colours they pass through."""

from __future__ import annotations

from oxalis_panels.preflight.colours import Colour, Space, colour_of
from oxalis_panels.preflight.functions import SAMPLES, along
from oxalis_panels.preflight.objects import entry, numbers


def colours_along(shading: object, space: Space) -> list[Colour]:
    """Return the colour with most ink along a gradient, and one without inks if some cannot be told.

    Meshes (types 4 to 7) without a function carry their colours in packed data and are not read.
    """
    function = entry(shading, "Function")
    values = along(function, entry(shading, "Domain")) if function is not None else []
    colours = [colour_of(space, list(each)) for each in values]
    known = [colour for colour in colours if colour.total is not None]
    unknown = [] if len(known) == SAMPLES else [Colour(space, None)]
    background = numbers(entry(shading, "Background"))
    known += [colour_of(space, list(background))] if background else []
    return [*unknown, *([max(known, key=lambda colour: colour.total or 0.0)] if known else [])]
