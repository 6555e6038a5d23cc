"""What is needed to make posters, as plain data that can be hashed and sent to another process."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from functools import cache
from pathlib import Path

from oxalis_panels.inspection.expectations import Expectations
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.model.value import value
from oxalis_panels.poster.figures import Place
from oxalis_panels.poster.trials import Trial, trial
from oxalis_panels.printers.printer import Condition, Grey, Standard
from oxalis_panels.rendering.sheet import LAST_STEP, SIZES, Sheet, Size

ENGINES = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools"),
    *("pikepdf", "pypdfium2", "pillow", "uharfbuzz"),
    "gstreamer-libs",  # Pango and HarfBuzz, where the system has none
)
"""What lays out and draws, and what finishes the files and makes pictures of them."""
LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
"""What the system brings: another version may break lines elsewhere, and puts other fonts into the files."""
VERSIONS = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}
"""What tells the version of each."""
ROOMS = ("inspection", "poster", "printers", "rendering")
"""The code that makes a file from a job, and that judges whether it may be kept."""


@value
class FontFile:
    """A font as style sheets name it."""

    family: str
    weight: int
    style: str
    ttf: bytes = field(repr=False)


@value
class Screen:
    """What the sheets for the screen have instead of what print asks for."""

    css: str = ""
    """Rules after those of the print sheet."""
    colours: tuple[tuple[str, str], ...] = ()
    """Each colour of the palette as `device-cmyk()` and as `#rrggbb`."""


@value
class Series:
    """What all posters of a collection share."""

    sheet: Sheet
    css: str
    fonts: tuple[FontFile, ...]
    condition: Condition
    title_size: float
    """In points."""
    drop: float
    """By how many mm the band at the top is higher than it must be, where no sheet needs the room."""
    authors: str
    language: str
    papers: tuple[Size, ...] = (SIZES["a1"],)
    """The sizes of paper that are printed; on A1 the design is drawn."""
    standard: Standard = "PDF/X-4"
    marks: bool = False
    """Whether crop marks, targets and a line for the printer are drawn outside the bleed."""
    ink: int = 300
    """Most ink on one spot of a picture, in percent."""
    grey: Grey = "black"
    """How grey photographs are printed."""
    screen: Screen = Screen()
    asked: Expectations | None = None
    """What each finished print file is held against; None: nothing."""
    online: bool = False
    """Whether the site has an address, and with it pictures for messengers."""

    @property
    def digest(self) -> str:
        """A key that changes with anything that could change a file of the series, the engines included."""
        files = [font.ttf for font in self.fonts] + [self.condition.icc]
        files += [self.asked.printer.icc] if self.asked else []
        hashes = [hashlib.sha256(file).hexdigest() for file in files]
        return _digest(_code(), sorted(engines().items()), hashes, self)


UNKNOWN = trial(1, None, 14, 1.0, 1.0, 0, estimated=True)
BEST = trial(1, None, LAST_STEP, 0.0, 1.0, 0, estimated=True)


@value
class Layout:
    """One way to set out the text of a panel, to be tried for size."""

    columns: int
    """Into how many columns the points of a finding go, or text and picture."""
    gaps: tuple[int, ...]
    """How many gaps add up from the top of the text to its bottom; with a picture, in each column."""
    html: str
    items: tuple[str, ...] = ()
    """The id of every text on it: each must be found when it is measured."""
    place: Place | None = None
    """Of the picture."""
    second: tuple[str, ...] = ()
    """The ids of what stands in the second column, if there is a picture."""
    guess: Trial = UNKNOWN
    """About what the search for its size will find."""
    best: Trial = BEST
    """The best that it may find, however wrong the guess is."""
    largest: int = LAST_STEP
    """The last step of the scale to be tried."""


@value
class Picture:
    """A picture that a poster shows."""

    address: str
    """As the poster's HTML names it; it changes with the picture."""
    width: float
    """The greatest that it may have on A1, in mm."""
    crop: tuple[float, float, float, float]
    """What is shown of it, as parts of it: left, top, right, bottom."""
    data: bytes = field(repr=False)
    """The author's file."""


COVER = ""
"""The slug of the booklet's cover, which no panel has."""


@value
class Job:
    """One poster to be made, or the cover of the booklet."""

    slug: str
    title: str
    layouts: tuple[Layout, ...]
    largest_statement: float
    """Of a finding above its points, in points."""
    pictures: tuple[Picture, ...] = ()

    def made_from(self, series_digest: str) -> str:
        """Return a key that changes with anything that could change this poster's file."""
        return _digest(series_digest, self)


@value
class Transparency:
    """A poster that was not made: its printer takes PDF/X-1a, and something on it shows through."""

    slug: str


@value
class NotMade:
    """A poster that was not made: its template or style sheet has a mistake, or the machine refuses."""

    slug: str
    why: Diagnostic


@cache
def engines() -> Mapping[str, str]:
    """Return names and versions of all that decides about the bytes of a poster, besides this program."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - 15 ms that a site alone need not wait for

    found = {}
    for engine in ENGINES:
        with suppress(PackageNotFoundError):
            found[engine] = distribution(engine).version
    for library, names in LIBRARIES.items():
        for name in names:
            with suppress(OSError):
                tell = ctypes.CDLL(name)[VERSIONS[library]]
                tell.restype = ctypes.c_char_p
                found[library] = tell().decode()
    return found


def _digest(*parts: object) -> str:
    """Hash plain data by its representation, which lacks only the contents of files."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _code() -> str:
    """Return a key that changes with the program: a poster checked by an older one is checked again."""
    folders = (Path(__file__).parent.parent / room for room in ROOMS)
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))  # rather once too often
    return _digest([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])
