"""What size the posters of earlier builds reached, for those that need no new layout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "poster-steps.json"


def load_steps(cache: Path) -> Mapping[str, int]:
    """Return the step of the scale for each digest of inputs; nothing if the file is missing or damaged."""
    try:
        found = json.loads((cache / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(isinstance(step, int) for step in found.values())
    return found if whole else {}


def save_steps(cache: Path, steps: Mapping[str, int]) -> None:
    """Keep the steps of these posters. Raises OSError when the disk refuses."""
    if steps == load_steps(cache):
        return
    text = json.dumps(dict(sorted(steps.items())), indent=1)
    cache.mkdir(parents=True, exist_ok=True)
    new = cache / f"{FILE}.new"
    new.write_text(text, encoding="utf-8")
    new.replace(cache / FILE)
