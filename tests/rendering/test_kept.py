"""What is kept between builds: for as long as it is used."""

import os
import time
from pathlib import Path

from oxalis_panels.system.kept import DAY, LATELY, keep, recall


def _aged(file: Path, seconds: float, content: bytes = b"x") -> Path:
    """Keep a file as if it were that old."""
    keep(file, content)
    then = time.time() - seconds
    os.utime(file, (then, then))
    return file


def test_what_nobody_asks_for_goes_when_something_is_added(tmp_path: Path) -> None:
    """Fonts of texts long gone would fill the disk; files of another kind and of other programs stay."""
    old, recent = _aged(tmp_path / "old.font", LATELY + DAY), _aged(tmp_path / "recent.font", LATELY - DAY)
    other, foreign = _aged(tmp_path / "old.icon", LATELY + DAY), tmp_path / "notes.txt"
    half = tmp_path / "half.font.12.new"
    for file, age in ((foreign, LATELY + DAY), (half, 2 * DAY)):
        file.write_bytes(b"?")
        os.utime(file, (time.time() - age, time.time() - age))
    keep(tmp_path / "new.font", b"y")
    assert sorted(tmp_path.iterdir()) == sorted([recent, other, foreign, tmp_path / "new.font"])
    assert not old.exists()


def test_what_is_asked_for_stays(tmp_path: Path) -> None:
    """However long ago it was made."""
    file = _aged(tmp_path / "used.font", LATELY + DAY, b"content")
    assert recall(file) == b"content"
    keep(tmp_path / "new.font", b"y")
    assert recall(file) == b"content"


def test_a_cache_that_is_only_read_is_left_alone(tmp_path: Path) -> None:
    """A file of today keeps its time: no build writes because it reads."""
    file = _aged(tmp_path / "used.font", DAY / 2)
    before = file.stat().st_mtime_ns
    assert recall(file) == b"x"
    assert file.stat().st_mtime_ns == before
