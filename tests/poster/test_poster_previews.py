"""The preview of posters while they are written: what is shown first, and what it becomes."""

from pathlib import Path

from builds import Built
from poster_trials import order, panel_of

from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.previewing import Preview, glance, preview

TEXT = panel_of((12, 20, 22), (9,), (14, 25))


def seen(folder: Path, built: Built, before: str, after: str) -> tuple[Preview | None, Preview]:
    """Return what is seen first, and in the end, of a panel that is saved twice."""
    first = order(folder / "1", built.fonts, un=before)
    second = order(folder / "2", built.fonts, un=after)
    last = preview(first.series, first.jobs[0]).found
    assert isinstance(last, Fit)
    return glance(second.series, second.jobs[0], last), preview(second.series, second.jobs[0])


def test_a_changed_word_is_seen_before_other_sizes_are_tried(tmp_path: Path, built: Built) -> None:
    """What is seen first is the sheet that a build makes: the search that follows has nothing new to show."""
    after = TEXT.replace("coopérative", "communauté")
    first, final = seen(tmp_path, built, TEXT, after)
    assert first is not None
    assert (first.sure, final.sure, first.pdf[:5]) == (False, True, b"%PDF-")
    assert isinstance(first.found, Fit)
    assert isinstance(final.found, Fit)
    assert (first.found.layout, first.found.sizes) == (final.found.layout, final.found.sizes)


def test_a_text_that_has_outgrown_its_size_is_seen_in_the_smaller_one(tmp_path: Path, built: Built) -> None:
    """Never in type that runs out of the sheet."""
    first, final = seen(tmp_path, built, TEXT, TEXT + panel_of((30, 40, 50)).partition("\n\n")[2])
    assert first is None
    assert isinstance(final.found, Fit)
    assert (final.sure, final.pdf[:5]) == (True, b"%PDF-")


def test_a_text_that_needs_less_room_is_seen_larger_in_the_end(tmp_path: Path, built: Built) -> None:
    """First in the size it had, which is said to be unsure."""
    first, final = seen(tmp_path, built, TEXT, panel_of((12, 20)))
    assert first is not None
    assert isinstance(first.found, Fit)
    assert isinstance(final.found, Fit)
    assert (first.sure, first.found.step < final.found.step) == (False, True)
