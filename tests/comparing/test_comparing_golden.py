"""Examples of two versions and what a person who reviews them reads; anyone can add one."""

from pathlib import Path

import pytest
from builds import FRENCH
from versions import read, reviewed

from oxalis_panels.authoring.comparing.render import as_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_a_review_says_what_a_person_would_say(name: str) -> None:
    """The whole text, word for word."""
    folder = GOLDEN / name
    told = as_text(reviewed(read(folder / "before"), read(folder / "after")), FRENCH)
    assert (folder / "expected.txt").read_text(encoding="utf-8") == told
