"""The process that shows posters while they are written: what is shown first, and what it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from poster_trials import order, panel_of

from oxalis_panels.poster.previewing import WarmPress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builds import Built

    from oxalis_panels.poster.previewing import Preview

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
    warm.preview(first.series, first.jobs[0])
    glance = warm.glance(second.series, second.jobs[0])
    return glance, warm.preview(second.series, second.jobs[0])


def test_a_changed_word_is_seen_before_other_sizes_are_tried(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """What is seen first is the sheet that a build makes; the search that follows only makes sure of it."""
    glance, preview = seen(warm, tmp_path, built, TEXT, TEXT.replace("coopérative", "communauté"))
    assert glance is not None
    assert (glance.sure, glance.step, glance.pdf) == (False, preview.step, preview.pdf)
    assert (preview.sure, preview.pdf[:5]) == (True, b"%PDF-")


def test_a_text_that_has_outgrown_its_size_is_seen_in_the_smaller_one(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """Never in type that runs out of the sheet."""
    glance, preview = seen(warm, tmp_path, built, TEXT, TEXT + panel_of((30, 40, 50)).partition("\n\n")[2])
    assert glance is None
    assert (preview.sure, preview.pdf[:5], preview.overflow) == (True, b"%PDF-", None)


def test_a_text_that_needs_less_room_is_seen_larger_in_the_end(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """First in the size it had, which is said to be unsure."""
    glance, preview = seen(warm, tmp_path, built, TEXT, panel_of((12, 20)))
    assert glance is not None
    assert preview.step is not None
    assert glance.step is not None
    assert (glance.sure, glance.step < preview.step) == (False, True)


def test_a_poster_that_was_never_laid_out_has_nothing_to_be_seen_first(
    warm: WarmPress, tmp_path: Path, built: Built
) -> None:
    """Its size has to be found."""
    made = order(tmp_path, built.fonts, neuf=TEXT)
    assert warm.glance(made.series, made.jobs[0]) is None
