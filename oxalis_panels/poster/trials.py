"""What was tried to fit a poster, kept for those that need no new layout: why it looks as it does."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Final

from oxalis_panels.model.value import value
from oxalis_panels.poster.figures import Place
from oxalis_panels.rendering.sheet import A1, MM_PER_POINT, half, points
from oxalis_panels.system.bounded import read_bytes

CACHE = ".cache"
"""In the output folder: what is costly to make again and goes nowhere."""
FILE = "poster-trials.json"
LARGEST: Final = 20_000_000
"""Bytes: a poster has some three thousand."""
SHORTEST_LINE: Final = 30
"""Characters; ragged lines of fewer leave holes at the right."""
SHORTEST_HALF: Final = 18
"""Characters; of two columns with fewer, most lines are one word."""
BROKEN: Final = 24
"""Steps that type may be smaller to have none of those."""
LONGEST_LINE: Final = 60
"""Characters; 45 to 55 read best (Smithsonian)."""
CHARACTER: Final = 0.45
"""Mean width of a character of French text in our text face, in ems."""
LARGEST_GAP: Final = 1.1
"""Most space added between two items, in ems: more, and the items no longer belong together."""
FILLED: Final = 0.8
"""Part of a sheet with a picture that text and picture should fill."""
EMPTY: Final = 2
"""Steps that type may be smaller for that."""


@value
class Trial:
    """A layout at a size, and what decides between it and the others."""

    columns: int
    step: int
    fill: float
    """Height of the text as a part of what it may fill; above 1 it does not fit."""
    characters: int
    """Length of a full line of a point, in characters."""
    level: int
    """What its step is worth: less where lines break too often, or where the picture asks for more."""
    width: float = 0.0
    """Of the picture, in mm; 0 without one."""
    share: float = 0.0
    """The same as a part of what it may have in its place."""
    filled: float = 0.0
    """Part of the sheet that text and picture fill; without a picture, the same as `fill`."""
    bare: int = 0
    """About the step that the text would reach without its picture."""
    held: bool = False
    """Whether the type is as large as it may be beside a picture, though the sheet has room for larger."""
    estimated: bool = False
    """Whether it was not laid out, for it could not be the best."""

    @property
    def rank(self) -> tuple[bool, int, bool, float, int, int, float]:
        """Greater is better: larger type, readable lines, a larger picture, fewer columns, a fuller sheet."""
        readable = self.characters <= LONGEST_LINE
        last = self.filled if self.width else -self.fill
        return self.fill <= 1, self.level, readable, self.share, -self.columns, self.step, last


def trial(  # noqa: PLR0913, PLR0917 - all that decides
    columns: int,
    place: Place | None,
    step: int,
    fill: float,
    filled: float,
    bare: int,
    *,
    estimated: bool = False,
) -> Trial:
    """Return the trial of a layout at a step of the scale."""
    length = characters(columns, place, step)
    if place is None:
        # Larger type does not make up for lines that break too often.
        level = step - (length < SHORTEST_LINE) - BROKEN * (columns > 1 and length < SHORTEST_HALF)
        return Trial(columns, step, fill, length, level, filled=fill, estimated=estimated)
    level = place.level(step) - EMPTY * (filled < FILLED)
    held = step == place.largest and fill < 1
    width = place.width(half(points(step)))
    return Trial(columns, step, fill, length, level, width, place.share, filled, bare, held, estimated)


def characters(columns: int, place: Place | None, step: int) -> int:
    """Return how many characters a full line of a point holds at a step of the scale."""
    line = place.left(half(points(step))) if place else A1.column / columns
    return round(line / (CHARACTER * points(step) * MM_PER_POINT))


Trials = tuple[Trial, ...]
"""Every layout of a poster at the last size that was tried for it, the chosen one first."""


def load_trials(cache: Path) -> Mapping[str, Trials]:
    """Return the trials for each digest of inputs; nothing if the file is missing or damaged."""
    try:
        found = json.loads(read_bytes(cache / FILE, LARGEST).decode())
        return {digest: tuple(Trial(*row) for row in rows) for digest, rows in found.items() if rows}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def save_trials(cache: Path, trials: Mapping[str, Trials]) -> None:
    """Keep what was tried for these posters. Raises OSError when the disk refuses."""
    if trials == load_trials(cache):
        return
    rows = {digest: [astuple(trial) for trial in tried] for digest, tried in sorted(trials.items())}
    cache.mkdir(parents=True, exist_ok=True)
    new = cache / f"{FILE}.new"
    new.unlink(missing_ok=True)  # whatever it is: writing to a pipe would wait
    new.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    new.replace(cache / FILE)
