"""What the program remembers of what it wrote, and what it does when it cannot."""

import json
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from builds import told
from hypothesis import given
from hypothesis import strategies as st
from output_folder import build, said, standing
from output_words import in_words

from oxalis_panels.pipeline.output.manifest import Entry, Manifest, load_manifest, union
from oxalis_panels.pipeline.output.planning import plan
from oxalis_panels.pipeline.output.standing import reuse
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.rendering.artifact import Artifact

SHA = "0" * 64
PDF = PurePosixPath("print/a.pdf")
DIGESTS = st.binary(max_size=3).map(lambda data: sha256(data).hexdigest())
DAMAGED = {
    "empty": b"",
    "truncated": b'{"oxalis_panels": 1, "files": {"page": {"sha256": "00',
    "not text": b"\xff\xfe\x00",
    "another program's": b'{"name": "web", "icons": []}',
    "a list": b"[1, 2]",
    "a later version": b'{"oxalis_panels": 2, "files": {}}',
    "too deep": b"[" * 100_000,
    "path that escapes": json.dumps({"oxalis_panels": 1, "files": {"../page": {"sha256": SHA}}}).encode(),
    "path of the system": json.dumps({"oxalis_panels": 1, "files": {"/page": {"sha256": SHA}}}).encode(),
    "reserved path": json.dumps({"oxalis_panels": 1, "files": {".gitignore": {"sha256": SHA}}}).encode(),
    "crooked path": json.dumps({"oxalis_panels": 1, "files": {"a//page": {"sha256": SHA}}}).encode(),
    "half a surrogate": b'{"oxalis_panels": 1, "files": {"\\ud800": {"sha256": "%s"}}}' % SHA.encode(),
    "versions that are numbers": b'{"oxalis_panels": 1, "engines": {"pango": 1.57}, "files": {}}',
    "entry without digest": b'{"oxalis_panels": 1, "files": {"page": {}}}',
    "entry that is a number": b'{"oxalis_panels": 1, "files": {"page": 3}}',
    "short digest": b'{"oxalis_panels": 1, "files": {"page": {"sha256": "00"}}}',
    "wrong inputs": json.dumps(
        {"oxalis_panels": 1, "files": {"page": {"sha256": SHA, "made_from": 3}}}
    ).encode(),
    "wrong others": json.dumps(
        {"oxalis_panels": 1, "files": {"page": {"sha256": SHA, "others": "00"}}}
    ).encode(),
    "wrong panels": json.dumps(
        {"oxalis_panels": 1, "files": {"page": {"sha256": SHA, "panels": ["un"]}}}
    ).encode(),
    "wrong text of a panel": json.dumps(
        {"oxalis_panels": 1, "files": {"page": {"sha256": SHA, "panels": {"un": 3}}}}
    ).encode(),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_manifest_owns_nothing_and_stops_nothing(tmp_path: Path, content: bytes) -> None:
    """Files that stand there stay; the build goes on, says so, and writes a good manifest."""
    (tmp_path / "page").write_bytes(b"someone's")
    (tmp_path / ".manifest.json").write_bytes(content)
    assert load_manifest(tmp_path) == Manifest(damaged=True)
    assert in_words(tmp_path, build(tmp_path, {"a": b"1"})) == told("output-manifest-unreadable")
    assert standing(tmp_path) == {"page": b"someone's", "a": b"1"}
    assert build(tmp_path, {"a": b"1"}) == ()


def test_a_damaged_manifest_protects_even_our_own_files(tmp_path: Path) -> None:
    """Without a manifest nobody can tell who wrote a file that differs."""
    build(tmp_path, {"a": b"1"})
    (tmp_path / ".manifest.json").write_bytes(b"")
    found = build(tmp_path, {"a": b"2"})
    assert said(tmp_path, found) == [("output-manifest-unreadable", ""), ("output-in-the-way.foreign", "a")]
    assert standing(tmp_path) == {"a": b"1"}


def test_a_missing_manifest_owns_nothing(tmp_path: Path) -> None:
    """The first build is not a damaged one."""
    assert load_manifest(tmp_path / "nowhere") == Manifest()


def test_a_manifest_that_is_a_link_is_not_believed(tmp_path: Path) -> None:
    """Nor is the file behind it written."""
    build(tmp_path / "other", {"a": b"1"})
    before = (tmp_path / "other/.manifest.json").read_bytes()
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / ".manifest.json").symlink_to(tmp_path / "other/.manifest.json")
    assert load_manifest(folder) == Manifest(damaged=True)
    build(folder, {"b": b"2"})
    assert (tmp_path / "other/.manifest.json").read_bytes() == before
    assert not (folder / ".manifest.json").is_symlink()


def test_a_folder_in_place_of_the_manifest_is_a_diagnostic(tmp_path: Path) -> None:
    """Without a manifest nothing may be written."""
    (tmp_path / ".manifest.json").mkdir()
    found = build(tmp_path, {"a": b"1"})
    expected = [("output-manifest-unreadable", ""), ("output-refused.occupied", ".manifest.json")]
    assert said(tmp_path, found) == expected
    assert standing(tmp_path) == {}


@given(
    st.dictionaries(
        st.sampled_from(["index.html", "404.html", "a/index.html", "print/01-équipe-a1.pdf", "a b/c"]),
        st.builds(
            Entry,
            DIGESTS,
            st.none() | st.text(st.characters(codec="utf-8")),
            st.lists(DIGESTS).map(tuple),
            st.dictionaries(st.sampled_from(["un", "deux"]), DIGESTS),
        ),
    ),
    st.dictionaries(st.sampled_from(["pango", "weasyprint"]), st.text(st.characters(codec="utf-8"))),
)
def test_a_manifest_reads_as_it_was_written(entries: dict[str, Entry], engines: dict[str, str]) -> None:
    """Nothing is lost, and the order of the files does not change a byte."""
    manifest = Manifest({PurePosixPath(path): entry for path, entry in entries.items()}, engines)
    with TemporaryDirectory() as folder:
        (Path(folder) / ".manifest.json").write_bytes(manifest.dump())
        assert load_manifest(Path(folder)) == manifest
    files, versions = dict(reversed(list(manifest.files.items()))), dict(reversed(engines.items()))
    assert Manifest(files, versions).dump() == manifest.dump()


def test_a_run_without_posters_keeps_what_drew_them(tmp_path: Path) -> None:
    """A delivery, or a report, says nothing new of the posters that stand there."""
    found = plan(tmp_path, (), Manifest(engines={"pango": "1.57.1"})).value
    assert found is not None
    assert found.after.engines == {"pango": "1.57.1"}


def test_two_folders_get_the_same_manifest(tmp_path: Path) -> None:
    """No date, no place; what was there before does not show."""
    build(tmp_path / "one", {"a": b"1", "b": b"2"})
    build(tmp_path / "two", {"b": b"old", "c": b"3"})
    build(tmp_path / "two", {"b": b"2", "a": b"1"})
    one, two = ((tmp_path / name / ".manifest.json").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("old", "new", "between"),
    [
        ({"un": "a"}, {"un": "b"}, {"un": "a"}),
        ({"un": "a", "deux": "a"}, {"un": "b"}, {"un": "a", "deux": "a"}),
        ({}, {"un": "b"}, {}),
    ],
    ids=["an older text", "a panel that is gone", "not recorded"],
)
def test_between_two_builds_a_file_may_be_of_the_panels_of_either(
    old: dict[str, str], new: dict[str, str], between: dict[str, str]
) -> None:
    """A build that is killed leaves the old file or the new one: what is said of it is true of both."""
    before, after = (Manifest({PDF: Entry(SHA, panels=panels)}) for panels in (old, new))
    assert union(before, after).files[PDF].panels == between
    assert union(Manifest(), after) == after


def _print_once(folder: Path) -> Artifact:
    poster = Artifact(PDF, b"%PDF", "inputs")
    found = plan(folder, [poster], load_manifest(folder)).value
    assert found is not None
    assert commit(folder, found) == ()
    return poster


def test_a_poster_with_the_same_inputs_is_reused(tmp_path: Path) -> None:
    """What comes back is the artifact, ready to be planned like a new one."""
    poster = _print_once(tmp_path)
    assert reuse(tmp_path, load_manifest(tmp_path), PDF, "inputs") == poster


def test_a_poster_with_other_inputs_is_not_reused(tmp_path: Path) -> None:
    """The digest of the inputs decides."""
    _print_once(tmp_path)
    assert reuse(tmp_path, load_manifest(tmp_path), PDF, "other inputs") is None


def test_a_poster_that_is_gone_touched_or_behind_a_link_is_not_reused(tmp_path: Path) -> None:
    """Only the very bytes that were written, in the very place."""
    _print_once(tmp_path)
    manifest = load_manifest(tmp_path)
    file = tmp_path / PDF
    file.write_bytes(b"%PDF edited")
    assert reuse(tmp_path, manifest, PDF, "inputs") is None
    file.rename(tmp_path / "elsewhere")
    assert reuse(tmp_path, manifest, PDF, "inputs") is None
    (tmp_path / "elsewhere").write_bytes(b"%PDF")
    file.symlink_to(tmp_path / "elsewhere")
    assert reuse(tmp_path, manifest, PDF, "inputs") is None


def test_a_poster_that_was_never_written_is_not_reused(tmp_path: Path) -> None:
    """Even if a file stands there."""
    (tmp_path / "print").mkdir()
    (tmp_path / PDF).write_bytes(b"%PDF")
    assert reuse(tmp_path, Manifest(), PDF, "inputs") is None
