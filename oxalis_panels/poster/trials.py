"""What was tried to fit a poster, kept for those that need no new layout: why it looks as it does."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Final

from oxalis_panels.model.value import value
from oxalis_panels.system.bounded import read_bytes

CACHE = ".cache"
"""In the output folder: what is costly to make again and goes nowhere."""
FILE = "poster-trials.json"
LARGEST: Final = 20_000_000
"""Bytes: a poster has some three thousand."""
SHORTEST_LINE: Final = 30
"""Characters; ragged lines of fewer leave holes at the right."""
LONGEST_LINE: Final = 60
"""Characters; 45 to 55 read best (Smithsonian)."""


@value
class Trial:
    """A layout at a size, and what decides between it and the others."""

    columns: int
    step: int
    fill: float
    """Height of the text as a part of what it may fill; above 1 it does not fit."""
    characters: int
    """Length of a full line of a point, in characters."""
    beside: bool = False
    """Whether one of the columns is a picture."""
    held: bool = False
    """Whether the type is as large as lines beside a picture allow, though the sheet has room for larger."""
    estimated: bool = False
    """Whether it was not laid out, for it could not be the best."""

    @property
    def level(self) -> int:
        """Its step; one lower where lines break too often: larger type does not make up for that."""
        return self.step - (self.characters < SHORTEST_LINE)

    @property
    def rank(self) -> tuple[bool, int, bool, int, int, float]:
        """Greater is better: larger type, readable lines, fewer columns, columns that end together."""
        readable = self.characters <= LONGEST_LINE
        return self.fill <= 1, self.level, readable, -self.columns, self.step, -self.fill


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
