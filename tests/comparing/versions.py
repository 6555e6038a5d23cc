"""What the tests of this room share: two folders compared, and repositories made in a temporary folder."""

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from builds import FRENCH

from oxalis_panels.authoring.comparing.comparison import compare
from oxalis_panels.authoring.comparing.summary import Compared, review
from oxalis_panels.authoring.comparing.views import PosterComparison, Review, VersionView
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.words.catalogue import Catalogue

MARCH = datetime(2026, 3, 12, 10, tzinfo=UTC)
IDENTITY = {
    "GIT_AUTHOR_NAME": "Camille Martin",
    "GIT_AUTHOR_EMAIL": "camille@exemple.fr",
    "GIT_COMMITTER_NAME": "Camille Martin",
    "GIT_COMMITTER_EMAIL": "camille@exemple.fr",
    "GIT_AUTHOR_DATE": "2026-03-12T10:00:00+01:00",
    "GIT_COMMITTER_DATE": "2026-03-12T10:00:00+01:00",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def read(folder: Path) -> Checked:
    """Return a project without mistakes."""
    checked = check(folder)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def reviewed(
    before: Checked,
    after: Checked,
    words: Catalogue = FRENCH,
    looks: Sequence[PosterComparison | None] | None = None,
) -> Review:
    """Return what changed between two projects, in words."""
    changes = compare(before.typeset, after.typeset)
    compared = Compared(before.typeset, after.typeset, changes, looks or [None] * len(changes.panels), ())
    versions = (VersionView("version 1", "", "1"), VersionView("version 2", "", "2"))
    return review(compared, versions, after.palette, words)


def git(folder: Path, *arguments: str) -> str:
    """Run git as Camille Martin, on 12 March 2026; return what it says."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],  # noqa: S607 - whatever git is here
        env={**os.environ, **IDENTITY},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, subject: str = "Une version") -> str:
    """Record all files; return the commit's number."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", subject)
    return git(folder, "rev-parse", "HEAD")
