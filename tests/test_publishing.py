"""What the shipped workflows and the guide promise of publishing: run as they are written."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import ROOT, command

STARTING = ROOT / "oxalis_panels" / "authoring" / "starting" / "project"
WORKFLOWS = [
    ROOT / ".github" / "workflows" / "pages.yml",
    *(STARTING / language / "dot-github" / "workflows" / "pages.yml" for language in ("fr", "en")),
]
IDENTITY = {f"GIT_{role}_{what}": "e@e" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def run(folder: Path, *arguments: str) -> str:
    """Run a program in a folder; return what it says."""
    done = subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, **IDENTITY},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=("own", "fr", "en"))
def test_only_the_default_branch_publishes_and_none_takes_its_turn(path: Path) -> None:
    """A push to another branch waits in another line, and a tag of the same name is no branch."""
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["concurrency"] == {"group": "pages-${{ github.ref }}", "cancel-in-progress": False}
    branch = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    assert all(branch in job["if"] for job in workflow["jobs"].values())


@pytest.mark.parametrize("below", ["", "com/panneaux"])
@pytest.mark.parametrize("path", WORKFLOWS, ids=("own", "fr", "en"))
def test_the_site_goes_to_the_branch_pages(path: Path, below: str, tmp_path: Path) -> None:
    """The last step for Forgejo, at the root of a repository and below it: the site and nothing else."""
    top = tmp_path / "depot"
    site = top / below / "output" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<p>", encoding="utf-8")
    (site / ".htaccess").write_text("x", encoding="utf-8")
    (top / ".gitignore").write_text("output/\n", encoding="utf-8")
    run(tmp_path, "git", "init", "-q", "--bare", "distant.git")
    run(top, "git", "init", "-q")
    run(top, "git", "add", ".")
    run(top, "git", "commit", "-qm", "1")
    run(top, "git", "remote", "add", "origin", str(tmp_path / "distant.git"))
    step = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["branch"]["steps"][-1]["run"]
    run(top / below, "bash", "-e", "-c", step)
    told = run(tmp_path / "distant.git", "git", "ls-tree", "-r", "--name-only", "pages")
    assert told.split() == [".htaccess", "index.html"]
    assert run(top, "git", "status", "--porcelain") == ""


@pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync")
def test_the_guide_s_copy_keeps_what_the_server_has_of_its_own(tmp_path: Path) -> None:
    """The command of the guide, with folders in the place of the server."""
    guide = (ROOT / "docs" / "publier.md").read_text(encoding="utf-8").replace("\\\n", "")
    (line,) = re.findall(r"^ +(rsync .*)$", guide, re.MULTILINE)
    site, server = tmp_path / "output" / "site", tmp_path / "serveur"
    for file in (
        site / "index.html",
        site / "favicon.ico",
        server / ".htaccess",
        server / "vieux/index.html",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name, encoding="utf-8")
    (server / ".well-known" / "acme").mkdir(parents=True)
    (server / ".well-known" / "acme" / "preuve").write_text("x", encoding="utf-8")
    *rsync, _there = shlex.split(line)
    run(tmp_path, *rsync, f"{server}/")
    kept = sorted(path.relative_to(server).as_posix() for path in server.rglob("*") if path.is_file())
    assert kept == [".htaccess", ".well-known/acme/preuve", "favicon.ico", "index.html"]


def test_init_below_the_root_says_that_forges_look_there_alone(tmp_path: Path) -> None:
    """With the name of the repository and the way to the project; not at its root, nor outside of any."""
    (tmp_path / "depot" / ".git").mkdir(parents=True)
    below = command("init", "com/panneaux", cwd=tmp_path / "depot")
    assert below.returncode == 0, below.stderr
    assert "dépôt « depot »" in below.stdout.replace("\u00a0", " ")
    assert "« com/panneaux »" in below.stdout.replace("\u00a0", " ")
    for folder in ("ailleurs", "depot"):
        assert "racine d’un dépôt" not in command("init", folder, cwd=tmp_path).stdout
