"""What a print shop, or a kind of printing, asks of a file."""

from dataclasses import field
from typing import Literal

from oxalis_panels.model.value import value

COARSEST = 0.8
"""Part of the resolution that a printer asks for, below which a picture is refused; above it, a warning."""

Standard = Literal["PDF/X-4", "PDF/X-1a:2003"]
"""ISO 15930-7:2010 and ISO 15930-4:2003."""

Grey = Literal["black", "four"]
"""How grey photographs are printed: in black ink alone, or in all four."""


@value
class Condition:
    """The printing condition that colours are meant for."""

    identifier: str
    """As the ICC characterisation registry names it: `FOGRA39`."""
    icc: bytes = field(repr=False)


@value
class Printer:
    """One print shop, or one kind of printing. All lengths in millimetres."""

    name: str
    """How it is chosen: `offset-couche`. Lower-case ASCII letters, digits and hyphens."""
    label: str
    """For people: what its file says; of a printer of ours, `Words`, which each language has."""
    bleed: float
    """Colour printed beyond the trim, so that cutting leaves no white edge; 0 where nothing is cut."""
    safe: float
    """Nothing that matters nearer to the trim than this."""
    marks: bool
    """Whether crop marks are drawn outside the bleed, in registration colour."""
    standard: Standard
    condition: str
    """The printing condition as the ICC registry names it: `FOGRA39`."""
    icc: bytes = field(repr=False)
    """The profile of the condition, for four inks; empty in a printer that waits for the shop's own."""
    ink: int
    """Most ink on one spot, all four together, in percent."""
    grey: Grey
    line: float
    """Thinnest line, in points."""
    resolution: int
    """Least resolution of a picture at its final size, in dots per inch."""
    file_name: str
    """Name of a poster's file: `{number:02}-{slug}-{size}.pdf`."""
    weight: float = 0
    """Largest file that it takes, in millions of bytes; 0: it does not say."""
    resolution_asked: bool = False
    """Whether the print shop itself gave the resolution, so that it holds for sheets of any size."""

    @property
    def pressed(self) -> Condition:
        """The printing condition, with its profile."""
        return Condition(self.condition, self.icc)

    def file_of(self, number: int, slug: str, size: str) -> str:
        """Return the name of the file of one poster; `size` is that of the sheet: `a1`."""
        return self.file_name.format(number=number, slug=slug, size=size)
