"""A poster is made again when, and only when, something that it is made of has changed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from builds import ROOT, SHORT, Built, build_posters_of, order_of, said, standing, write_project
from poster_trials import panel_of

from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.poster import job

PANELS = {"un": SHORT, "deux": SHORT.replace("court", "bref"), "trois": panel_of((4,))}
ALL = sorted(PANELS)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Return a project whose three posters have been made, once for all tests."""
    project = built.lend_fonts(write_project(tmp_path_factory.mktemp("finished"), **PANELS))
    report, made = build_posters_of(project)
    assert (report.failed, made) == (False, ALL)
    return project


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of that project, the times of its files included."""
    return Path(shutil.copytree(finished, tmp_path / "mon projet"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace something in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def own_template(project: Path, name: str) -> Path:
    """Give the project its own copy of a template; return it."""
    copy = project / "templates" / name
    copy.parent.mkdir(parents=True)
    copy.write_bytes((ROOT / "templates" / name).read_bytes())
    return copy


def keys(project: Path, built: Built) -> set[str]:
    """Return what the build knows each poster by: where none of them is left, all are made again."""
    order = order_of(project, built.fonts).value
    assert order is not None
    return {job.made_from(order.series.digest) for job in order.jobs}


def print_files(project: Path) -> dict[str, tuple[int, bytes]]:
    """Return the times and bytes of the print files."""
    return standing(project / "output" / "print")


def test_nothing_changed_nothing_made(project: Path) -> None:
    """Files keep their bytes and their times, and the build says that it made none."""
    before = standing(project / "output")
    report, made = build_posters_of(project)
    assert (report.failed, made) == (False, [])
    assert report.posters is not None
    assert report.posters.made == 0
    assert standing(project / "output") == before


def test_one_panel_changed_one_poster_made(project: Path) -> None:
    """A word in one panel leaves the posters of the others as they are."""
    before = print_files(project)
    edit(project / "panels" / "02-deux.md", "point", "mot")
    assert build_posters_of(project)[1] == ["deux"]
    after = print_files(project)
    assert [name for name in before if before[name] != after[name]] == ["02-deux-a1.pdf"]


def test_a_space_that_typesetting_folds_changes_nothing(project: Path) -> None:
    """What matters is what is on the poster, not the bytes of the panel's file."""
    edit(project / "panels" / "02-deux.md", "Un constat", "Un   constat")
    assert build_posters_of(project)[1] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("poster/poster.css", "24pt", "25pt"),
        ("poster/poster.html", "<footer>", '<footer class="autre">'),
        ("shared/palette.toml", "print = [8", "print = [7"),
    ],
)
def test_other_looks_all_posters_made(name: str, old: str, new: str, project: Path, built: Built) -> None:
    """Style sheet, template and palette are part of every poster; an equal copy of them is no change."""
    copy = own_template(project, name)
    report, made = build_posters_of(project)
    assert report.posters is not None
    before = {*report.posters.digests.values()}
    assert (made, keys(project, built)) == ([], before)
    edit(copy, old, new)
    assert keys(project, built).isdisjoint(before)


def test_the_common_settings_are_part_of_every_poster(project: Path, built: Built) -> None:
    """The line of the authors stands on all of them."""
    before = keys(project, built)
    (project / "panels" / "collection.yaml").write_text("authors: Le Conseil\n", encoding="utf-8")
    assert keys(project, built).isdisjoint(before)


def test_another_pango_makes_all_posters_anew(
    project: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The versions of what draws are part of every key, and are recorded with what was drawn."""
    before, recorded = keys(project, built), load_manifest(project / "output").engines
    assert recorded == job.engines()
    assert "weasyprint" in recorded
    assert recorded.keys() & {"pango", "gstreamer-libs"}
    monkeypatch.setattr(job, "engines", lambda: {**recorded, "pango": "another"})
    assert keys(project, built).isdisjoint(before)


@pytest.mark.parametrize("damage", ["deleted", "tampered", "emptied"])
def test_a_damaged_poster_is_made_again(damage: str, project: Path) -> None:
    """A print file that is gone, or not as this program left it, is not taken for good."""
    before = print_files(project)
    path = project / "output" / "print" / "01-un-a1.pdf"
    if damage == "deleted":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "emptied" else path.read_bytes() + b"%")
    assert build_posters_of(project)[1] == ["un"]
    assert bytes_of(print_files(project)) == bytes_of(before)


def bytes_of(files: dict[str, tuple[int, bytes]]) -> dict[str, bytes]:
    """Return the bytes of files without their times."""
    return {name: data for name, (_, data) in files.items()}


def test_a_damaged_memory_of_sizes_only_costs_time(project: Path) -> None:
    """Without the sizes of earlier posters they are made again, to the same bytes."""
    before = print_files(project)
    (project / "output" / ".cache" / "poster-trials.json").write_text("{", encoding="utf-8")
    assert build_posters_of(project, panels=frozenset({"un"}))[1] == ["un"]
    assert print_files(project) == before


def test_a_warning_is_told_again_for_a_poster_that_is_kept(project: Path) -> None:
    """Small type is as small the second time; a long text leaves no room for the band of any sheet."""
    write_project(project, un=panel_of((20, *[18] * 22)))
    first, made = build_posters_of(project)
    assert (said(first.diagnostics), made) == (["type-too-small.uneasy"], ["deux", "trois", "un"])
    second, made = build_posters_of(project)
    assert (second.diagnostics, made) == (first.diagnostics, [])


def test_one_panel_asked_for_leaves_the_others(project: Path) -> None:
    """`--panel` makes that poster; those of the others stay, and need not be made later."""
    before = print_files(project)
    edit(project / "panels" / "01-un.md", "point", "mot")
    edit(project / "panels" / "02-deux.md", "point", "mot")
    assert build_posters_of(project, panels=frozenset({"un"}))[1] == ["un"]
    after = print_files(project)
    assert [name for name in before if before[name] != after[name]] == ["01-un-a1.pdf"]
    assert after.keys() == before.keys()
    assert build_posters_of(project)[1] == ["deux"]


def test_the_poster_of_a_renamed_panel_is_removed(project: Path) -> None:
    """The old name does not stay beside the new one, whatever is built."""
    (project / "panels" / "03-trois.md").rename(project / "panels" / "03-troisieme.md")
    build_posters_of(project, panels=frozenset({"un"}))
    assert sorted(print_files(project)) == ["01-un-a1.pdf", "02-deux-a1.pdf"]
    build_posters_of(project)
    assert sorted(print_files(project)) == ["01-un-a1.pdf", "02-deux-a1.pdf", "03-troisieme-a1.pdf"]


def test_site_and_posters_do_not_touch_each_other(project: Path) -> None:
    """`--site` never writes in print/, nor `--posters` in site/."""
    posters = print_files(project)
    edit(project / "panels" / "01-un.md", "point", "mot")
    report, made = build_posters_of(project, site=True, posters=False)
    assert (report.failed, made) == (False, [])
    assert print_files(project) == posters
    site = standing(project / "output" / "site")
    assert "un/index.html" in site
    edit(project / "panels" / "01-un.md", "mot", "point")
    assert build_posters_of(project)[1] == []
    assert standing(project / "output" / "site") == site


def test_the_key_of_a_series_changes_with_each_of_its_files(built: Built) -> None:
    """Another font, another profile of the condition or of the printer: each makes all posters anew."""
    composed = order_of(ROOT, built.fonts).value
    assert composed is not None
    series = composed.series
    assert series.asked is not None
    first, *others = series.fonts
    printer = replace(series.asked.printer, icc=b"another")
    changed = [
        replace(series, fonts=(replace(first, ttf=b"another"), *others)),
        replace(series, condition=replace(series.condition, icc=b"another")),
        replace(series, asked=replace(series.asked, printer=printer)),
        replace(series, title_size=series.title_size + 1),
    ]
    keys = {each.digest for each in (series, *changed)}
    assert len(keys) == len(changed) + 1
    assert replace(series).digest == series.digest
