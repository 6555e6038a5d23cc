"""The process that shows posters while they are written: what is shown first, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Built
from poster_trials import order, panel_of

from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.previewing import Preview, WarmPress

TEXT = panel_of((12, 20, 22), (9,), (14, 25))


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmPress]:
    """Return such a process."""
    press = WarmPress()
    yield press
    press.close()


def seen(
    warm: WarmPress, folder: Path, built: Built, before: str, after: str
) -> tuple[Preview | None, Preview]:
    """Return what is seen first, and in the end, of a panel that is saved twice."""
    first = order(folder / "1", built.fonts, un=before)
    second = order(folder / "2", built.fonts, un=after)
    last = warm.preview(first.series, first.jobs[0]).found
    assert isinstance(last, Fit)
    glance = warm.glance(second.series, second.jobs[0], last)
    return glance, warm.preview(second.series, second.jobs[0])


def test_a_changed_word_is_seen_before_other_sizes_are_tried(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """What is seen first is the sheet that a build makes: the search that follows has nothing new to show."""
    after = TEXT.replace("coopérative", "communauté")
    glance, preview = seen(warm, tmp_path, built, TEXT, after)
    assert glance is not None
    assert (glance.sure, preview.sure, glance.pdf[:5]) == (False, True, b"%PDF-")
    assert isinstance(glance.found, Fit)
    assert isinstance(preview.found, Fit)
    assert (glance.found.layout, glance.found.sizes) == (preview.found.layout, preview.found.sizes)
    second = order(tmp_path / "2", built.fonts, un=after)
    assert warm.preview(second.series, second.jobs[0], glance.found).pdf == b""


def test_a_text_that_has_outgrown_its_size_is_seen_in_the_smaller_one(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """Never in type that runs out of the sheet."""
    glance, preview = seen(warm, tmp_path, built, TEXT, TEXT + panel_of((30, 40, 50)).partition("\n\n")[2])
    assert glance is None
    assert isinstance(preview.found, Fit)
    assert (preview.sure, preview.pdf[:5]) == (True, b"%PDF-")


def test_a_text_that_needs_less_room_is_seen_larger_in_the_end(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """First in the size it had, which is said to be unsure."""
    glance, preview = seen(warm, tmp_path, built, TEXT, panel_of((12, 20)))
    assert glance is not None
    assert isinstance(glance.found, Fit)
    assert isinstance(preview.found, Fit)
    assert (glance.sure, glance.found.step < preview.found.step) == (False, True)
