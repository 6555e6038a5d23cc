"""What a plan finds, and what it refuses to touch."""

import os
import sys
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest
from builds import told
from output_folder import artifacts, build, said, standing
from output_words import in_words

from oxalis_panels.pipeline.output.manifest import Manifest, load_manifest
from oxalis_panels.pipeline.output.planning import plan
from oxalis_panels.rendering.artifact import Artifact


def test_a_plan_names_what_is_new_different_gone_and_unchanged(tmp_path: Path) -> None:
    """Every file falls into one of four groups, by its bytes."""
    build(tmp_path, {"same": b"1", "other": b"2", "gone": b"3"})
    found = plan(
        tmp_path, artifacts({"same": b"1", "other": b"two", "new": b"4"}), load_manifest(tmp_path)
    ).value
    assert found is not None
    assert [a.path for a in found.create] == [PurePosixPath("new")]
    assert [a.path for a in found.update] == [PurePosixPath("other")]
    assert found.remove == (PurePosixPath("gone"),)
    assert found.keep == (PurePosixPath("same"),)
    assert found.changes


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    """A dry run leaves no trace, not even the folder."""
    folder = tmp_path / "output"
    assert plan(folder, artifacts({"a/b": b"1"}), load_manifest(folder)).value is not None
    assert list(tmp_path.iterdir()) == []


def test_bytes_decide_and_not_times(tmp_path: Path) -> None:
    """A file whose time lies in the future is still refreshed."""
    build(tmp_path, {"page": b"old"})
    os.utime(tmp_path / "page", (4e9, 4e9))
    build(tmp_path, {"page": b"new"})
    assert standing(tmp_path) == {"page": b"new"}


def test_a_file_that_we_did_not_write_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    """One conflict stops the whole build, and every conflict is shown."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_bytes(b"theirs")
    (tmp_path / "notes").write_bytes(b"theirs too")
    found = build(tmp_path, {"site/index.html": b"1", "notes": b"2", "new": b"3"})
    assert said(tmp_path, found) == [
        ("output-in-the-way.foreign", "notes"),
        ("output-in-the-way.foreign", "site/index.html"),
    ]
    assert standing(tmp_path) == {"site/index.html": b"theirs", "notes": b"theirs too"}


def test_a_file_with_the_very_same_bytes_is_adopted(tmp_path: Path) -> None:
    """Losing the manifest costs nothing where the files are what a build makes."""
    build(tmp_path, {"a": b"1", "b": b"2"})
    manifest = (tmp_path / ".manifest.json").read_bytes()
    (tmp_path / ".manifest.json").unlink()
    assert build(tmp_path, {"a": b"1", "b": b"2"}) == ()
    assert (tmp_path / ".manifest.json").read_bytes() == manifest


def test_a_folder_where_a_file_must_go_is_named(tmp_path: Path) -> None:
    """Even an empty folder is not removed for a file."""
    (tmp_path / "page").mkdir()
    assert said(tmp_path, build(tmp_path, {"page": b"1"})) == [("output-in-the-way.folder", "page")]
    assert (tmp_path / "page").is_dir()


def test_a_file_where_a_folder_must_go_is_named_once(tmp_path: Path) -> None:
    """Two pages behind one obstacle are one mistake."""
    (tmp_path / "site").write_bytes(b"theirs")
    found = build(tmp_path, {"site/a": b"1", "site/b": b"2"})
    assert said(tmp_path, found) == [("output-in-the-way.file", "site")]
    assert standing(tmp_path) == {"site": b"theirs"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """Reading a pipe would wait for ever."""
    os.mkfifo(tmp_path / "page")
    assert said(tmp_path, build(tmp_path, {"page": b"1"})) == [("output-in-the-way.foreign", "page")]


@pytest.mark.parametrize("link", ["site", "site/index.html"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    """A link is the user's, wherever it leads and whatever stands behind it."""
    outside, folder = tmp_path / "outside", tmp_path / "output"
    for place in (outside, folder / "site"):
        place.mkdir(parents=True)
    (outside / "index.html").write_bytes(b"theirs")
    if link == "site":
        (folder / "site").rmdir()
        (folder / "site").symlink_to(outside)
    else:
        (folder / link).symlink_to(outside / "index.html")
    found = build(folder, {"site/index.html": b"ours", "site/new.html": b"ours"})
    assert said(folder, found) == [("output-in-the-way.link", link)]
    assert link != "site" or in_words(folder, found) == told("output-in-the-way.link")
    assert standing(outside) == {"index.html": b"theirs"}


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    """A folder of ours that has become a link keeps what is behind it, even with our very bytes."""
    outside, folder = tmp_path / "outside", tmp_path / "output"
    build(folder, {"site/a/index.html": b"1", "b": b"2"})
    (folder / "site").rename(outside)
    (folder / "site").symlink_to(outside)
    assert said(folder, build(folder, {"b": b"2"})) == [("output-left.changed", "site/a/index.html")]
    assert standing(outside) == {"a/index.html": b"1"}


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """`--output` may lead to another disk."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "disk")
    assert build(tmp_path / "output", {"a": b"1"}) == ()
    assert standing(tmp_path / "disk") == {"a": b"1"}


def test_only_what_this_run_makes_is_removed(tmp_path: Path) -> None:
    """Building the site alone leaves the posters and still knows them afterwards."""
    build(tmp_path, {"site/a": b"1", "site/b": b"2", "print/a.pdf": b"3"})
    build(tmp_path, {"site/a": b"1"}, scope=lambda path: path.parts[0] == "site")
    assert standing(tmp_path) == {"site/a": b"1", "print/a.pdf": b"3"}
    build(tmp_path, {"site/a": b"1"})
    assert standing(tmp_path) == {"site/a": b"1"}


def test_what_is_withdrawn_is_removed_wherever_it_is(tmp_path: Path) -> None:
    """Also where this run makes nothing; what it makes anew at the same place stays."""
    build(tmp_path, {"site/a": b"1", "print/a.pdf": b"2", "print/b.pdf": b"3"})
    gone = {PurePosixPath(path): ("un",) for path in ("site/a", "print/a.pdf")}
    manifest = load_manifest(tmp_path)
    found = plan(
        tmp_path, artifacts({"site/a": b"new"}), manifest, scope=lambda _: False, withdrawn=gone
    ).value
    assert found is not None
    assert found.remove == (PurePosixPath("print/a.pdf"),)
    assert sorted(map(str, found.after.files)) == ["print/b.pdf", "site/a"]


def test_a_page_that_becomes_a_folder_and_back_is_no_conflict(tmp_path: Path) -> None:
    """What is in the way is ours and is no longer made."""
    for files in ({"a": b"1"}, {"a/b/c": b"2", "a/d": b"3"}, {"a": b"1"}):
        assert build(tmp_path, files) == ()
        assert standing(tmp_path) == files


def test_a_folder_with_a_foreign_file_does_not_give_way(tmp_path: Path) -> None:
    """Ours could go, theirs may not."""
    build(tmp_path, {"a/b": b"1"})
    (tmp_path / "a/theirs").write_bytes(b"2")
    assert said(tmp_path, build(tmp_path, {"a": b"3"})) == [("output-in-the-way.folder", "a")]
    assert standing(tmp_path) == {"a/b": b"1", "a/theirs": b"2"}


def test_a_file_that_was_edited_by_hand_is_made_again_and_said(tmp_path: Path) -> None:
    """The output is generated: the panel is the place to edit."""
    build(tmp_path, {"page": b"ours"})
    (tmp_path / "page").write_bytes(b"edited")
    assert in_words(tmp_path, build(tmp_path, {"page": b"ours"})) == told("output-changed-remade")
    assert standing(tmp_path) == {"page": b"ours"}


def test_a_file_that_was_edited_and_is_no_longer_made_stays(tmp_path: Path) -> None:
    """It is left, said once, and belongs to its editor from then on."""
    build(tmp_path, {"page": b"ours", "b": b"2"})
    (tmp_path / "page").write_bytes(b"edited")
    assert in_words(tmp_path, build(tmp_path, {"b": b"2"})) == told("output-left.changed")
    assert build(tmp_path, {"b": b"2"}) == ()
    assert standing(tmp_path) == {"page": b"edited", "b": b"2"}
    assert said(tmp_path, build(tmp_path, {"page": b"ours"})) == [("output-in-the-way.foreign", "page")]


def test_a_file_that_may_not_be_looked_at_is_an_error_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty pages in one closed folder are one mistake."""
    build(tmp_path, {"a": b"1", "b": b"2"})

    def refuse(self: Path) -> os.stat_result:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "lstat", refuse)
    found = plan(tmp_path, artifacts({"a": b"1", "b": b"2"}), Manifest())
    assert found.value is None
    assert said(tmp_path, found.diagnostics) == [("output-refused.denied", "a")]


def test_a_stale_file_that_may_not_be_read_stays_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not removed on a guess; a later build that can read it removes it."""
    build(tmp_path, {"a": b"1"})
    manifest = load_manifest(tmp_path)

    def refuse(path: str, *_: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        found = plan(tmp_path, (), manifest)
    assert in_words(tmp_path, found.diagnostics) == told("output-left.unreadable")
    assert found.value is not None
    assert (found.value.remove, found.value.after) == ((), manifest)
    assert build(tmp_path, {}) == ()
    assert standing(tmp_path) == {}


def test_a_page_renamed_in_case_only_survives_where_case_does_not_count(tmp_path: Path) -> None:
    """On macOS and Windows `Page` and `page` are one file; here a hard link plays that part."""
    build(tmp_path, {"Page": b"1"})
    with suppress(FileExistsError):  # on those
        os.link(tmp_path / "Page", tmp_path / "page")
    assert build(tmp_path, {"page": b"1"}) == ()
    assert (tmp_path / "page").read_bytes() == b"1"
    assert list(load_manifest(tmp_path).files) == [PurePosixPath("page")]
    assert (tmp_path / "Page").exists()


@pytest.mark.parametrize(
    "pair", [("a", "a"), ("a", "A"), ("é", "e\u0301"), ("a", "a/b"), ("A/b", "a")], ids=ascii
)
def test_two_files_in_one_place_are_a_bug(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Equal paths, paths that are equal on macOS or Windows, a file that is also a folder."""
    both = [Artifact(PurePosixPath(path), b"") for path in pair]
    with pytest.raises(ValueError, match="two output files need the same place"):
        plan(tmp_path, both, Manifest())


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../a",
        "a/../../b",
        "/etc/passwd",
        "",
        ".",
        "a\\b",
        "C:x",
        "a\0b",
        ".lock",
        ".Staging/a",
        ".gitignore",
    ],
)
def test_a_path_that_leaves_the_folder_or_takes_a_reserved_name_is_a_bug(path: str) -> None:
    """No artifact with such a path can exist."""
    with pytest.raises(ValueError, match="not a path for an output file"):
        Artifact(PurePosixPath(path), b"")
