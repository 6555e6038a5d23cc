"""What is on the disk, and what is said, when a build does not go well."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import told
from output_folder import NEW, OLD, Files, build, said, standing
from output_words import in_words
from saboteur import Saboteur

from oxalis_panels.pipeline.output.manifest import load_manifest

STEPS = range(1, 45)
"""More than a commit from OLD to NEW has (a test below says so): each is made to fail in turn."""


def _whole(folder: Path) -> Files:
    """Return what a visitor sees: all but the leftovers of the staging folder."""
    return {path: data for path, data in standing(folder).items() if not path.startswith(".staging/")}


def _no_space() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("n", STEPS)
def test_one_failure_at_any_step_leaves_the_old_output_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Either everything is new and nothing is said, or everything is old and the cause is said."""
    build(tmp_path, OLD)
    manifest = (tmp_path / ".manifest.json").read_bytes()
    with monkeypatch.context() as patch:
        Saboteur(patch, n, _no_space())
        found = build(tmp_path, NEW)
    if found:
        assert [d.key for d in found] == ["output-refused.disk-full"]
        assert _whole(tmp_path) == OLD
        assert (tmp_path / ".manifest.json").read_bytes() == manifest
    else:
        assert _whole(tmp_path) == NEW
    assert build(tmp_path, NEW) == ()
    assert standing(tmp_path) == NEW


@pytest.mark.parametrize("n", STEPS)
def test_a_disk_that_fails_for_good_is_reported_truthfully(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Every file that is not what it was is named, and the next build repairs them all without a word."""
    build(tmp_path, OLD)
    with monkeypatch.context() as patch:
        Saboteur(patch, n, _no_space(), for_ever=True)
        found = build(tmp_path, NEW)
    now = _whole(tmp_path)
    differ = {path for path in OLD.keys() | now.keys() if OLD.get(path) != now.get(path)}
    if [d.key for d in found] == ["output-refused.disk-full"]:
        assert differ == set()
    elif found:
        assert {d.key for d in found} == {"output-half-written"}
        assert differ <= {path for _, path in said(tmp_path, found)}
    else:
        assert now == NEW
    assert build(tmp_path, NEW) == ()
    assert standing(tmp_path) == NEW


@pytest.mark.parametrize("n", STEPS)
def test_the_old_set_can_be_built_again_after_any_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Nothing that the failed build had begun is left, disowned or in the way."""
    build(tmp_path, OLD)
    with monkeypatch.context() as patch:
        Saboteur(patch, n, _no_space(), for_ever=True)
        build(tmp_path, NEW)
    assert build(tmp_path, OLD) == ()
    assert standing(tmp_path) == OLD
    assert list(tmp_path.rglob("new")) == []


@pytest.mark.parametrize("n", STEPS)
def test_ctrl_c_at_any_step_leaves_one_version_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """The interruption goes on to the caller, after everything was put back."""
    build(tmp_path, OLD)
    interrupted = False
    with monkeypatch.context() as patch:
        Saboteur(patch, n, KeyboardInterrupt())
        try:
            build(tmp_path, NEW)
        except KeyboardInterrupt:
            interrupted = True
    assert _whole(tmp_path) in ([OLD, NEW] if interrupted else [NEW])
    assert build(tmp_path, NEW) == ()
    assert standing(tmp_path) == NEW


def test_the_steps_above_are_all_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit from OLD to NEW ends before the last number that the tests above try."""
    build(tmp_path, OLD)
    with monkeypatch.context() as patch:
        saboteur = Saboteur(patch, len(STEPS), _no_space())
        build(tmp_path, NEW)
    assert saboteur.left > 0


def test_ctrl_c_in_the_first_build_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was there, so nothing is there."""
    with monkeypatch.context() as patch:
        Saboteur(patch, 4, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, NEW)
    assert standing(tmp_path) == {}
    assert not (tmp_path / ".manifest.json").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from output_folder import NEW, build

real, left = os.replace, int(sys.argv[2])

def replace(*names):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*names)

os.replace = replace
build(Path(sys.argv[1]), NEW)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("n", [1, 2, 4, 6])
@pytest.mark.parametrize("then", [NEW, OLD, {}], ids=["the same", "the old", "nothing"])
def test_a_killed_build_leaves_whole_files_that_the_next_build_knows(
    tmp_path: Path, n: int, then: Files
) -> None:
    """Each file is old or new, none is half; whatever is built next, nothing is disowned or left over."""
    build(tmp_path, OLD)
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(n)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert all(data in (OLD.get(path), NEW.get(path)) for path, data in _whole(tmp_path).items())
    assert build(tmp_path, then) == ()
    assert standing(tmp_path) == then


def test_a_file_of_ours_replaced_by_a_folder_is_a_diagnostic(tmp_path: Path) -> None:
    """The one thing that even an administrator cannot write over."""
    build(tmp_path, OLD)
    (tmp_path / "site/b").unlink()
    (tmp_path / "site/b").mkdir()
    assert said(tmp_path, build(tmp_path, NEW)) == [("output-in-the-way.folder", "site/b")]
    (tmp_path / "site/b").rmdir()
    assert build(tmp_path, NEW) == ()


def test_a_file_in_place_of_the_output_folder_is_a_diagnostic(tmp_path: Path) -> None:
    """`--output` names a file."""
    (tmp_path / "output").write_bytes(b"theirs")
    assert said(tmp_path / "output", build(tmp_path / "output", NEW)) == [("output-in-the-way.place", "")]
    assert (tmp_path / "output").read_bytes() == b"theirs"


@pytest.mark.parametrize("target", ["nowhere", "output"])
def test_a_link_that_leads_nowhere_is_no_output_folder(target: str, tmp_path: Path) -> None:
    """Nor one that goes round in circles; the link stays what it is."""
    (tmp_path / "output").symlink_to(target)
    assert in_words(tmp_path / "output", build(tmp_path / "output", NEW)) == told(
        "output-in-the-way.broken-link"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "output-refused.disk-full"),
        (errno.EROFS, "output-refused.read-only"),
        (errno.EACCES, "output-refused.denied"),
        (errno.EIO, "output-refused.other"),
    ],
)
def test_every_refusal_of_the_disk_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """It names the file that could not be put in place, as when Windows has it open elsewhere."""
    build(tmp_path, {"a": b"1"})
    replace = os.replace

    def refuse(waiting: Path, target: str) -> None:
        if Path(target).name == "a":
            raise OSError(number, os.strerror(number))
        replace(waiting, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        found = build(tmp_path, {"a": b"2", "b": b"3"})
    assert in_words(tmp_path, found) == told(code)
    assert standing(tmp_path) == {"a": b"1"}


def test_a_protected_file_is_a_refusal_and_no_half_written_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An immutable file (`chattr +i`) can be neither linked, replaced nor put back: it is what it was."""
    build(tmp_path, OLD)
    manifest = (tmp_path / ".manifest.json").read_bytes()
    real, protected = {name: getattr(os, name) for name in ("link", "replace")}, tmp_path / "site/b"

    def guard(name: str) -> Callable[[Path, Path | str], None]:
        def call(source: Path, target: Path | str) -> None:
            if protected in (source, Path(target)):
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            real[name](source, target)

        return call

    with monkeypatch.context() as patch:
        for name in real:
            patch.setattr(os, name, guard(name))
        found = build(tmp_path, NEW)
    assert said(tmp_path, found) == [("output-refused.denied", "site/b")]
    assert standing(tmp_path) == OLD
    assert (tmp_path / ".manifest.json").read_bytes() == manifest


def test_only_a_file_that_is_not_what_it_was_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file cannot be replaced, which is no loss; the one before it cannot be put back, which is one."""
    build(tmp_path, OLD)
    real, moved = os.replace, set[Path]()

    def replace(source: Path, target: Path | str) -> None:
        if Path(target).name == "b" or Path(target) in moved:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        if Path(target).name == "a.pdf":
            moved.add(Path(target))
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        found = build(tmp_path, NEW)
    assert in_words(tmp_path, found) == told("output-half-written")


def test_a_manifest_of_old_and_new_is_there_before_the_first_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that dies at the first file has not made us forget one."""
    build(tmp_path, OLD)
    before = load_manifest(tmp_path)
    real = os.replace

    def die(waiting: Path, target: str) -> None:
        if Path(target).name != ".manifest.json":
            raise _no_space()
        real(waiting, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", die)
        build(tmp_path, NEW)
    after = load_manifest(tmp_path)
    assert {str(path) for path in after.files} == set(OLD) | set(NEW)
    assert all(after.files[path].digests >= entry.digests for path, entry in before.files.items())


def test_what_replaces_a_file_is_on_the_disk_before_the_first_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut at any moment leaves the old bytes or the new: never a name without its bytes."""
    build(tmp_path, OLD)
    fsync, replace = os.fsync, os.replace
    settled, first = set[int](), list[set[int]]()

    def settle(file: int) -> None:
        fsync(file)
        settled.add(os.fstat(file).st_ino)

    def move(waiting: Path, target: Path | str) -> None:
        first.append(set(settled))
        replace(waiting, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", settle)
        patch.setattr(os, "replace", move)
        build(tmp_path, NEW)
    replacing = {(tmp_path / path).stat().st_ino for path in ("site/b", "print/a.pdf", ".manifest.json")}
    assert replacing <= first[0]
