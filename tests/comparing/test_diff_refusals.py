"""What git cannot give to `diff`: the exact words, from real repositories and from programs called git."""

import shutil
import sys
from pathlib import Path

import pytest
from builds import ROOT, SHORT, command, told, write_project
from versions import IDENTITY, commit, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here: apt install git")
ALONE = {**IDENTITY, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
"""git neither looks above a test's folder nor at anybody's configuration."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of one panel with one version."""
    folder = write_project(tmp_path / "expo", un=SHORT)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


def refused(project: Path, *arguments: str, **variables: str) -> str:
    """Return all that a review that cannot be says, which is nothing on the standard output."""
    done = command("diff", *arguments, cwd=project, **ALONE, **variables)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def stand_in(folder: Path, script: str) -> str:
    """Put a program of this name into an empty folder; return the search path that finds it alone."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}", "utf-8")
    (folder / "git").chmod(0o755)
    return str(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for git")
def test_an_old_git(project: Path, tmp_path: Path) -> None:
    """The one that is there and the one that is needed."""
    path = stand_in(tmp_path / "bin", "echo git version 2.1.4\n")
    assert refused(project, PATH=path) == told("diff-git.old")


def test_a_repository_of_somebody_else(project: Path) -> None:
    """Git refuses by itself (its own tests pretend so in this way); what allows it is told."""
    assert refused(project, GIT_TEST_ASSUME_DIFFERENT_OWNER="1") == told("diff-git-owner")


def test_a_repository_whose_settings_are_damaged(project: Path) -> None:
    """What git says of it is quoted."""
    (project / ".git" / "config").write_text("[core\n", "utf-8")
    assert refused(project) == told("diff-git-refused")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for git")
def test_a_git_that_fails_without_a_word(project: Path, tmp_path: Path) -> None:
    """There is its exit code at least."""
    path = stand_in(
        tmp_path / "bin", 'case "$1" in --version) echo git version 2.44.0;; *) exit 139;; esac\n'
    )
    assert "git n’a pas pu répondre\u00a0: code 139. [diff-git-refused]" in refused(project, PATH=path)


def test_a_version_of_which_something_is_lost(project: Path) -> None:
    """A file that the version names is no longer in the repository."""
    lost = git(project, "rev-parse", "HEAD:panels/01-un.md")
    number = git(project, "rev-parse", "--short", "HEAD")
    (project / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert refused(project).replace(number, "0123456") == told("diff-incomplete")


def test_two_versions_without_a_common_origin(project: Path) -> None:
    """Three dots ask for what is not there; what does without it is told."""
    git(project, "checkout", "--quiet", "--orphan", "ailleurs")
    commit(project, "Un autre début")
    assert refused(project, "main...ailleurs") == told("diff-no-merge-base")
    assert command("diff", "main", "ailleurs", cwd=project, **ALONE).returncode == 0
