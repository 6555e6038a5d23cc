"""The page walk: a content stream followed operator by operator, and everything it paints as marks.

Forms, tiling patterns, soft masks and Type 3 glyphs are followed where they are used, with the state they are
used in. Paths are known by the box around their points; that is enough to tell where and how thick they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import process_time

from pikepdf import Dictionary

from oxalis_panels.inspection.colours import colours_along, vanishes
from oxalis_panels.inspection.fonts import Metrics
from oxalis_panels.inspection.geometry import IDENTITY, Box, Matrix, around, least_stretch, moved, times
from oxalis_panels.inspection.images import space_in
from oxalis_panels.inspection.objects import (
    array,
    entry,
    identity,
    instructions,
    keys,
    matrix,
    name,
    number,
    numbers,
)
from oxalis_panels.inspection.survey import (
    BLACK,
    Colour,
    Feature,
    Mark,
    Painted,
    Picture,
    Space,
    Transparency,
)
from oxalis_panels.model.value import value

Operators = Mapping[str, Callable[["Walk", list[object]], None]]

MOST_OPERATORS = 1_000_000
"""Followed in one file, marks counted too: forms that draw forms that draw forms could ask for billions."""
COST_OF_A_FORM = 200
"""What it takes to begin a form, a pattern, a glyph or a gradient, counted in operators."""
LONGEST = 8.0
"""Seconds of work after which the rest of a file is left: what the counts above do not foresee."""
DEEPEST = 16
SIDES = 4
"""Numbers that make a box."""


@value
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


class Sheet:
    """What all content streams of one file share: the marks found, and how much may still be read."""

    def __init__(self, operators: Operators) -> None:
        """Start with nothing painted; `operators` says what each operator does."""
        self.operators = operators
        self.marks: list[Mark] = []
        self.transparency: dict[Transparency, None] = {}
        self.features: dict[Feature, None] = {}
        self.left = MOST_OPERATORS
        self.until = process_time() + LONGEST
        self.fonts: dict[tuple[int, int], Metrics] = {}
        """Fonts by the identity of their object: each is read once."""
        self.complete = True
        self.misshapen = 0
        self._pictures: dict[tuple[int, int], Picture] = {}

    def spend(self, operators: int) -> bool:
        """Take what something costs from what may still be read; tell whether there was enough."""
        self.left -= operators
        enough = self.left >= 0 and process_time() < self.until
        self.complete &= enough
        return enough

    def picture(self, stream: object, read: Callable[[], Picture]) -> Picture:
        """Return a picture that may be drawn many times, read once."""
        key = identity(stream)
        if key is None:
            return read()
        if key not in self._pictures:
            self._pictures[key] = read()
        return self._pictures[key]

    @property
    def painted(self) -> Painted:
        """Return everything found so far."""
        return Painted(
            tuple(self.marks), tuple(self.transparency), tuple(self.features), self.complete, self.misshapen
        )

    def walk_page(self, page: object, resources: object, number_of_page: int, base: Matrix, box: Box) -> None:
        """Read a page whose visible part is `box`; `base` carries its UserUnit."""
        self.misshapen += resources is not None and not isinstance(resources, Dictionary)
        walk = Walk(self, number_of_page, State(clip=box, matrix=base), resources)
        walk.group(entry(page, "Group"))
        contents = entry(page, "Contents")
        walk.follow(page, array(contents) or [contents])

    def walk_form(self, form: object, number_of_page: int, box: Box) -> None:
        """Read a form that stands on a page by itself, somewhere in `box`."""
        walk = Walk(self, number_of_page, State(clip=box), None)
        walk.region = box
        walk.form(form)


class Walk:
    """One content stream being followed. The operators change it (`operators.py`)."""

    def __init__(self, sheet: Sheet, page: int, state: State, resources: object, depth: int = 0) -> None:
        """Follow a stream with its own resources, in the state that it is used in."""
        self.sheet, self.page, self.state, self.resources, self.depth = sheet, page, state, resources, depth
        self.base = state.matrix
        self.saved: list[State] = []
        self.path = Path()
        self.text = TextPlace()
        self.space = space_in(resources)
        self.masks = False
        self.region: Box | None = None
        """In a tiling pattern, the place that it fills: its marks are somewhere in it, whatever they clip."""

    def follow(self, stream: object, parts: list[object] | None = None) -> None:
        """Obey every operator of a stream, or of a page, which is made of `parts`."""
        found = instructions(stream, [stream] if parts is None else parts, self.sheet.spend)
        self.sheet.complete &= found is not None
        for operator, operands in found or ():
            if not self.sheet.spend(1):
                return
            obey = self.sheet.operators.get(operator)
            if obey is not None:
                obey(self, operands)

    def resource(self, kind: str, key: object) -> object:
        """Return a named resource."""
        return entry(entry(self.resources, kind), name(key))

    def mark(self, found: Mark) -> None:
        """Keep a mark, unless nothing of it can be seen."""
        box = self.region or found.box
        visible = box.common(self.state.clip) if box.finite else None
        if visible is not None and self.sheet.spend(1):
            self.sheet.marks.append(replace(found, box=visible, page=self.page, masks=self.masks))

    def transparent(self, found: Transparency) -> None:
        """Keep a use of transparency; the same one twice on a page is one."""
        self.sheet.transparency.setdefault(found)

    def look_at(self, state: object) -> None:
        """Note what a graphics state asks of the press; BG and UCR only matter where RGB is converted."""
        for key, harmless in (("TR", "Identity"), ("TR2", "Default")):
            found = entry(state, key)
            if found is not None and any(name(each) != harmless for each in array(found) or [found]):
                self.sheet.features.setdefault(Feature(self.page, "transfer", key))
            elif found is not None and key == "TR":
                self.sheet.features.setdefault(Feature(self.page, "identity", key))
        halftone = entry(state, "HT")
        for each in (halftone, *(entry(halftone, key) for key in keys(halftone))):
            found = entry(each, "TransferFunction")
            if found is not None and name(found) != "Identity":
                self.sheet.features.setdefault(Feature(self.page, "transfer", "HT"))
        if entry(state, "HTP") is not None:
            self.sheet.features.setdefault(Feature(self.page, "phase", "HTP"))

    def group(self, group: object) -> None:
        """Note that a page or form is a transparency group, and what it blends in."""
        if name(entry(group, "S")) != "Transparency":
            return
        written = entry(group, "CS")
        space = self.space(written) if written is not None else Space("press", "")
        self.transparent(Transparency(self.page, "group", space.label, space.kind != "press"))

    # What operators paint

    def paint(self, mark: Mark, paint: Paint) -> None:
        """Paint something: the one door, through which fills, lines, text, stencils and pictures go."""
        mark = replace(mark, adds=paint.overprints or self.state.darkens)
        if mark.picture is not None and mark.picture.space is not None:
            self.mark(mark)
        elif paint.pattern is None:
            white = paint.overprints and vanishes(paint.colour, nonzero=self.state.nonzero)
            self.mark(replace(mark, colour=paint.colour, vanishes=white))
        elif number(entry(paint.pattern, "PatternType")) == 1:
            self.mark(replace(mark, colour=paint.colour))
            self.tile(paint, mark.box)
        else:
            kind = "shading" if mark.kind == "fill" else mark.kind
            self.shade(replace(mark, kind=kind), entry(paint.pattern, "Shading"))
            self.look_at(entry(paint.pattern, "ExtGState"))

    def paint_path(self, *, fill: bool, stroke: bool) -> None:
        """Paint the path and forget it; what it clips is clipped from now on."""
        state = self.state
        if self.path.points:
            box = around(self.path.points)
            if fill:
                self.paint(Mark("fill", self.page, box), state.fill)
            if stroke:
                width = state.line_width * least_stretch(state.matrix)
                self.paint(Mark("stroke", self.page, box.grown(width / 2), width=width), state.stroke)
            if self.path.clips:
                self.clip(box)
        self.path = Path()

    def clip(self, box: Box) -> None:
        """Leave of the page what lies in a box."""
        if self.region is None:
            self.state.clip = self.state.clip.common(box) or Box(box.left, box.bottom, box.left, box.bottom)

    def shade(self, mark: Mark, shading: object) -> None:
        """Paint something in the colours of a gradient."""
        space = self.space(entry(shading, "ColorSpace"))
        if self.sheet.spend(COST_OF_A_FORM):
            for colour in colours_along(shading, space):
                self.mark(replace(mark, colour=colour))

    def tile(self, paint: Paint, box: Box) -> None:
        """Fill a box with a tiling pattern: one without colours of its own has that of the paint."""
        pattern = paint.pattern
        visible = self.region or box.common(self.state.clip)
        inner = self._inside(pattern, entry(pattern, "Resources")) if visible else None
        if visible and inner:
            matrix_ = times(matrix(array(entry(pattern, "Matrix"))) or IDENTITY, self.base)
            own = Paint(overprints=paint.overprints)
            if number(entry(pattern, "PaintType")) != 1:
                own = replace(own, colour=paint.colour)
            inner.base, inner.region = matrix_, visible
            outer = self.state
            inner.state = State(visible, matrix_, own, own, nonzero=outer.nonzero, darkens=outer.darkens)
            inner.follow(pattern)

    def form(self, form: object) -> None:
        """Draw a form: its own matrix, its own box, its own resources (else those around it)."""
        inner = self._inside(form, entry(form, "Resources"))
        if inner is None:
            return
        inner.group(entry(form, "Group"))
        inner.state.matrix = inner.base = times(
            matrix(array(entry(form, "Matrix"))) or IDENTITY, self.state.matrix
        )
        box = numbers(entry(form, "BBox"))
        if len(box) == SIDES:
            inner.clip(moved(Box(*box), inner.state.matrix))
        inner.follow(form)

    def glyph(self, drawing: object, resources: object, place: Matrix) -> None:
        """Draw a glyph of a Type 3 font."""
        inner = self._inside(drawing, resources)
        if inner is not None:
            inner.state.matrix = inner.base = place
            inner.follow(drawing)

    def soft_mask(self, mask: object) -> None:
        """Read the drawing of a soft mask: it is never printed, but converted like all else."""
        inner = self._inside(entry(mask, "G"), None)
        if inner is not None:
            inner.masks = True
            inner.form(entry(mask, "G"))

    def _inside(self, stream: object, resources: object) -> Walk | None:
        """Return a walk through a stream inside this one; None where there is none, or no end of them."""
        if stream is None:
            return None
        if self.depth >= DEEPEST or not self.sheet.spend(COST_OF_A_FORM):
            self.sheet.complete = False
            return None
        self.sheet.misshapen += resources is not None and not isinstance(resources, Dictionary)
        own = resources if keys(resources) else self.resources
        inner = Walk(self.sheet, self.page, replace(self.state), own, self.depth + 1)
        inner.masks, inner.region = self.masks, self.region
        return inner
