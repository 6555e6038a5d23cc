"""When panels were changed, asked of real repositories; and no answer where git is not sure."""

import os
import shutil
import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest

from oxalis_panels.site.history import History, read_history

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here: apt install git")
FIRST, SECOND = "2026-03-01T23:30:00+01:00", "2026-03-12T10:00:00+01:00"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a project in a sub-folder of a repository: both panels came at once, and each was changed."""
    git(tmp_path, FIRST, "init", "-q", "-b", "main")
    project = tmp_path / "expo"
    (project / "panels").mkdir(parents=True)
    write(project, "01-été à.md", "un")
    write(project, "02-b.md", "deux")
    commit(tmp_path, "2026-02-01T10:00:00+01:00")
    write(project, "01-été à.md", "un et demi")
    commit(tmp_path, FIRST)
    write(project, "02-b.md", "trois")
    commit(tmp_path, SECOND)
    return project


def test_each_file_has_the_date_of_its_last_commit(repository: Path) -> None:
    """In the zone of the commit, for names of any letters; and the project's place is known."""
    history = read_history(repository)
    assert {path: date.isoformat() for path, date in history.changed.items()} == {
        "panels/01-été à.md": FIRST,
        "panels/02-b.md": SECOND,
    }
    assert history.root == "expo/"
    assert history.name(normalize("NFD", "panels/01-été à.md")) == "panels/01-été à.md"


def test_panels_that_all_came_with_one_commit_have_no_date(tmp_path: Path) -> None:
    """Nor has one of them while others are changed or added; it has its own once it is changed."""
    git(tmp_path, FIRST, "init", "-q", "-b", "main")
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "collection.yaml").write_text("title: Bilan\n", "utf-8")
    commit(tmp_path, "2026-02-01T10:00:00+01:00")
    for name in ("01-a.md", "02-b.md"):
        write(tmp_path, name, "texte")
    commit(tmp_path, FIRST)
    assert list(read_history(tmp_path).changed) == ["panels/collection.yaml"]
    write(tmp_path, "02-b.md", "autre texte")
    write(tmp_path, "03-c.md", "texte")
    commit(tmp_path, SECOND)
    dates = read_history(tmp_path).changed
    assert sorted(dates) == ["panels/02-b.md", "panels/03-c.md", "panels/collection.yaml"]
    assert dates["panels/03-c.md"].isoformat() == SECOND


def test_panels_that_came_one_by_one_have_their_dates(tmp_path: Path) -> None:
    """The first of them too: its commit brought no other."""
    git(tmp_path, FIRST, "init", "-q", "-b", "main")
    (tmp_path / "panels").mkdir()
    for name, date in (("01-a.md", FIRST), ("02-b.md", SECOND)):
        write(tmp_path, name, "texte")
        commit(tmp_path, date)
    dates = {path: date.isoformat() for path, date in read_history(tmp_path).changed.items()}
    assert dates == {"panels/01-a.md": FIRST, "panels/02-b.md": SECOND}


def test_a_changed_or_new_file_has_no_date(repository: Path) -> None:
    """Nobody has said when a text was changed that is not committed yet, staged or not, ignored or not."""
    write(repository, "01-été à.md", "autre")
    write(repository, "03-c.md", "nouveau")
    git(repository, SECOND, "rm", "-q", "--cached", "panels/02-b.md")
    commit(repository, SECOND, everything=False)
    (repository.parent / ".gitignore").write_text("02-b.md\n", "utf-8")
    assert read_history(repository).changed == {}


def test_the_first_commit_of_a_shallow_clone_dates_nothing(repository: Path, tmp_path: Path) -> None:
    """It holds all files, whoever changed them; a later one is believed."""
    source = repository.parent
    clone = tmp_path / "clone"
    git(source, FIRST, "clone", "-q", "--depth", "1", source.as_uri(), str(clone))
    assert read_history(clone / "expo").changed == {}
    write(clone / "expo", "02-b.md", "quatre")
    commit(clone, SECOND)
    assert list(read_history(clone / "expo").changed) == ["panels/02-b.md"]


def test_a_merge_that_changes_nothing_dates_nothing(repository: Path) -> None:
    """The date is that of the commit with the text."""
    top = repository.parent
    git(top, SECOND, "checkout", "-q", "-b", "side", "HEAD~1")
    write(repository, "01-été à.md", "de côté")
    commit(top, SECOND)
    git(top, SECOND, "checkout", "-q", "main")
    git(top, "2026-04-01T10:00:00+02:00", "merge", "-q", "--no-ff", "side", "-m", "réunis")
    assert {date.isoformat() for date in read_history(repository).changed.values()} == {SECOND}


def test_without_a_repository_or_a_commit_nothing_is_known(tmp_path: Path) -> None:
    """A folder like any other, and a repository that was just begun."""
    (tmp_path / "panels").mkdir()
    assert read_history(tmp_path) == History()
    git(tmp_path, FIRST, "init", "-q")
    assert read_history(tmp_path) == History()


def test_without_git_nothing_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git builds the same pages, without dates."""
    monkeypatch.setenv("PATH", "")
    assert read_history(repository) == History()


def test_a_hook_of_another_repository_changes_nothing(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks about their own repository by variables."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert len(read_history(repository).changed) == 2


def write(project: Path, name: str, text: str) -> None:
    """Write a panel."""
    (project / "panels" / name).write_text(f"# {text}\n", "utf-8")


def commit(folder: Path, date: str, *, everything: bool = True) -> None:
    """Commit everything in a repository, or what is staged."""
    if everything:
        git(folder, date, "add", "-A")
    git(folder, date, "commit", "-q", "-m", "texte")


def git(folder: Path, date: str, *arguments: str) -> None:
    """Run git as nobody in particular, on a day."""
    variables = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    who = {f"GIT_{role}_{key}": "x@x" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    program = shutil.which("git")
    assert program is not None
    subprocess.run(
        [program, "-C", str(folder), *arguments], env={**os.environ, **variables, **who}, check=True
    )
