"""Posters before and after: drawn only where they look different and nobody has drawn them yet."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Counter, write_project
from versions import read

from oxalis_panels.authoring.comparing.comparison import compare
from oxalis_panels.authoring.comparing.looks import ABSENT, OVERFLOW, changed_looks
from oxalis_panels.authoring.comparing.versions import Version
from oxalis_panels.authoring.comparing.views import Look, PosterComparison
from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.pictures import pictures
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.system import workers

FIRST = "# Un titre\n\n- ✓ Un constat assez court.\n"
SECOND = "# Un autre\n\n- ✓ Les groupes locaux vont bien.\n"
LONG = "# Un titre\n\n- ✓ " + "Un constat bien trop long pour une affiche. " * 200 + "\n"


@pytest.fixture(autouse=True)
def _one_process() -> Iterator[None]:
    """Make posters here: starting others takes longer than two small posters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "MOST_PROCESSES", 1)
        yield


def version(folder: Path) -> Version:
    """Return a project as a version."""
    checked = read(folder)
    return Version(None, checked.typeset, checked, frozenset())


def looks(before: Path, after: Path, output: Path) -> tuple[tuple[PosterComparison | None, ...], list[str]]:
    """Return the posters that look different, and which were drawn for it."""
    counter = Counter()
    old, new = version(before), version(after)
    found = changed_looks(compare(old.collection, new.collection), old, new, output, counter)
    assert found.diagnostics == ()
    return found.value or (), counter.made


def test_only_a_poster_that_looks_different_is_drawn_and_only_once(
    french_fonts: Path, tmp_path: Path
) -> None:
    """What the last build made is taken as it stands; what a comparison drew is kept for the next."""
    before = write_project(tmp_path / "before", un=FIRST, deux=SECOND)
    after = write_project(tmp_path / "after", un=FIRST.replace("assez", "très"), deux=SECOND)
    output = after / "output"
    shutil.copytree(french_fonts, output / ".cache" / "fonts")
    assert not build(Request(after, output, site=False), Counter()).failed
    found, made = looks(before, after, output)
    assert made == ["un"]
    first, second = found
    assert second is None
    assert first is not None
    sheet = (output / "site" / "posters" / "un.pdf").read_bytes()
    assert pictures(sheet, (640, 1280)) == {640: first.after.small, 1280: first.after.large}
    assert first.before.small not in {b"", first.after.small}
    assert looks(before, after, output) == (found, [])


def test_what_has_no_picture_says_why(french_fonts: Path, tmp_path: Path) -> None:
    """A text that does not fit; a panel that one version does not have."""
    before = write_project(tmp_path / "before", un=LONG)
    after = write_project(tmp_path / "after", un=FIRST, deux=SECOND)
    output = tmp_path / "output"
    shutil.copytree(french_fonts, output / ".cache" / "fonts")
    (first, second), _made = looks(before, after, output)
    assert first is not None
    assert second is not None
    assert (first.before, second.before) == (OVERFLOW, ABSENT)
    assert all(isinstance(each.after, Look) and each.after.small for each in (first, second))


def test_a_mistake_in_the_template_is_told_once_and_no_poster_is_drawn(
    french_fonts: Path, tmp_path: Path
) -> None:
    """Both versions have the same template: the review shows that there is no picture, and a message why."""
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    (tmp_path / "templates" / "poster" / "poster.html").write_text("{{ a_variable_of_the_past }}", "utf-8")
    folders = [write_project(tmp_path / name, un=FIRST.replace("Un", name)) for name in ("before", "after")]
    shutil.copytree(french_fonts, tmp_path / "output" / ".cache" / "fonts")
    both = [check(each, templates=TemplateFolders.of(tmp_path)).value for each in folders]
    old, new = (Version(None, each.typeset, each, frozenset()) for each in both if each)
    changes = compare(old.collection, new.collection)
    found = changed_looks(changes, old, new, tmp_path / "output", Counter())
    assert found.value == (None,)
    assert [(each.key, each.severity) for each in found.diagnostics] == [("template-mistake", "warning")]


def test_the_same_version_draws_nothing(french_fonts: Path, tmp_path: Path) -> None:
    """However it is read."""
    before = write_project(tmp_path / "before", un=FIRST)
    shutil.copytree(french_fonts, tmp_path / "output" / ".cache" / "fonts")
    assert looks(before, before, tmp_path / "output") == ((None,), [])
