"""What several rooms test with. Its place here also lets every test import `seed` and `words`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from seed import read_seed

if TYPE_CHECKING:
    from seed import SeedPanel

SEED = Path(__file__).parent / "data" / "seed.txt"


@pytest.fixture(scope="session")
def seed() -> tuple[SeedPanel, ...]:
    """Return the eight panels of the authors' original text."""
    return read_seed(SEED.read_text(encoding="utf-8"))
