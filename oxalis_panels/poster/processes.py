"""What the processes that make posters import, and how they begin before anything else is loaded."""

from pathlib import Path

from oxalis_panels.poster.trials import CACHE, FILE
from oxalis_panels.system.workers import start_early

NEEDED = ("oxalis_panels.system.garbage", "oxalis_panels.poster.making", "oxalis_panels.poster.previewing")
"""What makes a poster, behind what has it imported sooner. One that cannot be imported is left to the process
that makes it, which can say so."""


def begin_early(output: Path) -> None:
    """Let the imports begin if no poster has been made yet: they take longer than all that comes before."""
    if not (output / CACHE / FILE).is_file():
        start_early(NEEDED)
