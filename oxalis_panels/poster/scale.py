"""The one scale that all type sizes of the posters come from: twelve steps to the double, as in music."""

from __future__ import annotations

FLOOR_PT = 24.0
"""Smallest reading size at A1 (US National Park Service: nothing under 24 pt on a panel)."""
CEILING_PT = 96.0
"""Larger type no longer reads better: only a text of a few words is set larger, to fill its sheet."""
STEPS_PER_DOUBLE = 12
CEILING_STEP = 24
"""The step of the ceiling; step 0 is the floor."""
LAST_STEP = 27
"""114 pt, for a text of a few words."""


def points(step: int) -> float:
    """Return the size at a step, in points, to a tenth."""
    return round(FLOOR_PT * 2 ** (step / STEPS_PER_DOUBLE), 1)
