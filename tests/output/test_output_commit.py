"""What is on the disk after a build that went well."""

import os
import sys
from pathlib import Path, PurePosixPath

import pytest
from builds import told
from output_folder import artifacts, build, said, standing
from output_words import in_words

from oxalis_panels.pipeline.output.manifest import Manifest, load_manifest
from oxalis_panels.pipeline.output.planning import plan
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.rendering.artifact import Artifact


def _times(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.rglob("*")}


def test_nothing_changed_touches_nothing(tmp_path: Path) -> None:
    """Files, folders and manifest keep their bytes and their times."""
    build(tmp_path, {"a/b": b"1", "c": b"2"})
    for file in tmp_path.rglob("*"):
        os.utime(file, ns=(10**18, 10**18))
    before = _times(tmp_path)
    assert build(tmp_path, {"a/b": b"1", "c": b"2"}) == ()
    assert _times(tmp_path) == before
    assert standing(tmp_path) == {"a/b": b"1", "c": b"2"}


def test_an_unchanged_file_keeps_its_time_beside_a_changed_one(tmp_path: Path) -> None:
    """Only what differs is written."""
    build(tmp_path, {"a": b"1", "b": b"2"})
    os.utime(tmp_path / "a", ns=(10**18, 10**18))
    build(tmp_path, {"a": b"1", "b": b"two"})
    assert (tmp_path / "a").stat().st_mtime_ns == 10**18
    assert standing(tmp_path) == {"a": b"1", "b": b"two"}


def test_what_is_no_longer_made_goes_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    """A folder with anything else in it stays, and so does the output folder."""
    build(tmp_path, {"a/b/c": b"1", "d/e": b"2"})
    (tmp_path / "d/theirs").write_bytes(b"3")
    assert build(tmp_path, {}) == ()
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == [".lock", ".manifest.json", "d", "d/theirs"]


def test_nothing_to_make_and_nothing_made_writes_nothing(tmp_path: Path) -> None:
    """Not even a manifest, nor the folder."""
    found = plan(tmp_path / "output", (), Manifest()).value
    assert found is not None
    assert commit(tmp_path / "output", found) == ()
    assert list(tmp_path.iterdir()) == []


def test_foreign_files_are_never_touched(tmp_path: Path) -> None:
    """Whatever stands beside ours, its bytes and its time stay."""
    foreign = {".gitignore": b"*\n", "site/CNAME": b"oxalis", "print/notes.txt": b"call the printer"}
    for path, data in foreign.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
        os.utime(tmp_path / path, ns=(10**18, 10**18))
    build(tmp_path, {"site/index.html": b"1", "print/a.pdf": b"2"})
    build(tmp_path, {})
    assert standing(tmp_path) == foreign
    assert {(tmp_path / path).stat().st_mtime_ns for path in foreign} == {10**18}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such permissions")
def test_files_have_the_permissions_that_the_user_chose(tmp_path: Path) -> None:
    """A web server can read what an ordinary program wrote."""
    before = os.umask(0o022)
    try:
        build(tmp_path, {"a": b"1"})
    finally:
        os.umask(before)
    modes = {(tmp_path / name).stat().st_mode & 0o777 for name in ("a", ".manifest.json", ".lock")}
    assert modes == {0o644}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_new_inputs_with_the_same_bytes_only_change_the_manifest(tmp_path: Path) -> None:
    """The poster keeps its time, and the next build knows its new inputs."""
    path = PurePosixPath("a.pdf")
    for inputs in ("one", "two"):
        found = plan(tmp_path, [Artifact(path, b"%PDF", inputs)], load_manifest(tmp_path)).value
        assert found is not None
        assert commit(tmp_path, found) == ()
        (tmp_path / path).chmod(0o640)
    assert load_manifest(tmp_path).files[path].made_from == "two"
    assert (tmp_path / path).stat().st_mode & 0o777 == 0o640


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    """Even when there is nothing else to do."""
    build(tmp_path, {"a": b"1"})
    (tmp_path / ".staging/deep").mkdir(parents=True)
    (tmp_path / ".staging/deep/1").write_bytes(b"left")
    assert build(tmp_path, {"a": b"1"}) == ()
    assert not (tmp_path / ".staging").exists()


@pytest.mark.parametrize("sources", ["", "panels"])
def test_a_staging_folder_of_somebody_else_is_never_wiped(tmp_path: Path, sources: str) -> None:
    """Nor the one where an old version, killed, has left texts; the build says what is in its way."""
    (tmp_path / sources).mkdir(exist_ok=True)
    (tmp_path / ".staging").mkdir()
    path = ".staging/1" if sources else ".staging/page.html"
    (tmp_path / path).write_bytes(b"theirs")
    assert said(tmp_path, build(tmp_path, {"a": b"1"})) == [("output-refused.occupied", ".staging")]
    assert standing(tmp_path) == {path: b"theirs"}


def test_a_killed_build_is_known_by_its_mark_wherever_it_was(tmp_path: Path) -> None:
    """Also beside sources, and before the first manifest."""
    (tmp_path / "panels").mkdir()
    (tmp_path / ".staging").mkdir()
    for name in ("build", "1"):
        (tmp_path / ".staging" / name).write_bytes(b"ours")
    assert build(tmp_path, {"a": b"1"}) == ()
    assert standing(tmp_path) == {"a": b"1"}


def test_a_staging_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """What is behind it stays; the build says what is wrong."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/file").write_bytes(b"1")
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / ".staging").symlink_to(tmp_path / "theirs")
    assert said(folder, build(folder, {"a": b"1"})) == [("output-refused.other", ".staging")]
    assert standing(tmp_path / "theirs") == {"file": b"1"}


def test_a_file_that_appears_after_the_plan_is_not_overwritten(tmp_path: Path) -> None:
    """The last look is right before the move."""
    found = plan(tmp_path, artifacts({"a": b"1", "b": b"2"}), Manifest()).value
    assert found is not None
    (tmp_path / "b").write_bytes(b"theirs")
    assert in_words(tmp_path, commit(tmp_path, found)) == told("output-refused.occupied")
    assert standing(tmp_path) == {"b": b"theirs"}


def test_a_disk_without_hard_links_works_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick has none: the old files are copied for the time of the build."""

    def refuse(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for files in ({"a": b"1", "b": b"2"}, {"a": b"one"}):
        assert build(tmp_path, files) == ()
        assert standing(tmp_path) == files
