"""Versions whose files are too large, or are none: compared all the same, and never read whole."""

import os
import sys
from pathlib import Path

import pytest
from builds import SHORT, said, write_project
from versions import commit, git

from oxalis_panels.authoring.comparing import checkout
from oxalis_panels.authoring.comparing.checkout import copy_version
from oxalis_panels.authoring.comparing.repository import find_commit, open_repository
from oxalis_panels.authoring.comparing.versions import read_present
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.folders import TemplateFolders


def test_a_giant_in_an_old_version_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is known before; what stands for it is as much too large for a panel. Many come in turns."""
    write_project(tmp_path, un=SHORT, deux=SHORT, trois=SHORT + "\n" + "x" * 3000)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "Début")
    monkeypatch.setattr(checkout, "LARGEST", 2000)
    monkeypatch.setattr(checkout, "AT_ONCE", 10)
    repository = open_repository(tmp_path).value
    assert repository is not None
    version = find_commit(repository, "HEAD").value
    assert version is not None
    copy = tmp_path / "copie"
    assert copy_version(repository, version, copy) == ()
    assert (copy / "panels" / "01-un.md").read_text(encoding="utf-8") == SHORT
    assert said(read_project(copy).diagnostics) == ["file-too-large"]


@pytest.mark.skipif(sys.platform != "linux", reason="pipes and devices as Linux has them")
def test_a_folder_with_pipes_and_devices_is_compared(tmp_path: Path) -> None:
    """What cannot be read is told, and the rest is compared; nothing waits."""
    project = write_project(tmp_path / "projet", un=SHORT)
    os.mkfifo(project / "panels" / "02-deux.md")
    (project / "panels" / "03-trois.md").symlink_to("/dev/zero")
    (project / "panels" / "plus").symlink_to(".")
    version = read_present(project, tmp_path / "copie", TemplateFolders.of(project))
    assert said(version.diagnostics)[:2] == ["file-special.kind", "file-special.kind"]
    assert version.value is not None
    assert version.value.collection.panels[0].slug == "un"
