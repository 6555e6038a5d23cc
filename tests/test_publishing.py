"""What the shipped workflows and the guide promise of forges: run as they are written."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import ROOT, command

STARTING = ROOT / "oxalis_panels" / "authoring" / "starting" / "project"
ACTIONS = [
    ROOT / ".github" / "workflows" / "pages.yml",
    *sorted((ROOT / ".forgejo" / "workflows").iterdir()),
    *sorted(STARTING.glob("*/dot-*/workflows/*.yml")),
]
OTHERS = sorted({*(ROOT / ".github" / "workflows").iterdir()} - {*ACTIONS})
"""What our own repository alone does."""
GITLAB = [ROOT / ".gitlab-ci.yml", *sorted(STARTING.glob("*/dot-gitlab-ci.yml"))]
BOTS = sorted(STARTING.glob("*/dot-github/dependabot.yml"))
BRANCH = "été/$(touch${IFS}intrus)"
"""A name that git allows, and a shell would run."""
ON_DEFAULT = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
REQUESTED = "${{ !cancelled() && github.event_name == 'pull_request' }}"
PAGE, HAS_PAGE = (
    "${{ steps.page.outputs.artifact-url }}",
    "${{ !cancelled() && steps.page.outputs.artifact-url }}",
)
SUCCESS = "success()"
IDENTITY = {f"GIT_{role}_{what}": "e@e" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
on_linux = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for runners with Linux")


def name_of(path: Path) -> str:
    """Return what a test of this file is called."""
    return path.relative_to(STARTING if path.is_relative_to(STARTING) else ROOT).as_posix()


def workflow(path: Path) -> dict[str, Any]:
    """Return what a workflow says."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def run(folder: Path, *arguments: str, **variables: str) -> str:
    """Run a program with nothing of the person who runs the tests; return what it says."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder / "nowhere"), "LANG": "C.UTF-8"}
    done = subprocess.run(
        arguments, cwd=folder, env=clean | variables, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody who writes."""
    return run(folder, "git", *arguments, **IDENTITY).strip()


def change(project: Path, panel: str, sentence: str) -> None:
    """Commit a panel with one more sentence in its first finding, and push it."""
    path = project / "panels" / panel
    path.write_text(path.read_text("utf-8").replace("- ✓ ", f"- ✓ {sentence} ", 1), encoding="utf-8")
    git(project, "commit", "-qam", sentence)
    git(project, "push", "-q", "origin", "HEAD")


@pytest.fixture
def clone(tmp_path: Path, french_fonts: Path) -> Path:
    """Return a fresh clone of a project; `proposition` is to be merged into a branch that has gone on."""
    project, clone, origin = (tmp_path / name for name in ("projet", "clone", "origine.git"))
    git(tmp_path, "init", "-q", "--bare", "-b", BRANCH, str(origin))
    assert command("init", project, "--title", "Bilan").returncode == 0
    git(project, "init", "-q", "-b", BRANCH)
    git(project, "add", ".")
    git(project, "commit", "-qm", "Début")
    git(project, "remote", "add", "origin", str(origin))
    git(project, "push", "-q", "origin", "HEAD")
    git(project, "checkout", "-qb", "proposition")
    change(project, "02-exemple.md", "Une phrase toute neuve.")
    git(project, "checkout", "-q", BRANCH)
    change(project, "03-second-exemple.md", "Entre-temps.")
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(clone, "checkout", "-q", "--detach", "origin/proposition")
    shutil.copytree(french_fonts, clone / "output" / ".cache" / "fonts")
    return clone


class Runner:
    """Runs the scripts of a workflow in a clone, and stands in for the actions between them."""

    def __init__(self, clone: Path, **variables: str) -> None:
        """Put the program where the shell finds it, in the place of what the first step installs."""
        self.clone = clone
        programs, home = clone.parent / "bin", clone.parent / "home"
        programs.mkdir()
        home.mkdir()
        script = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -P -m oxalis_panels "$@"\n'
        (programs / "oxalis-panels").write_text(script, encoding="utf-8")
        (programs / "oxalis-panels").chmod(0o755)
        self.variables = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home), **variables}
        self.artifacts: dict[str, list[str]] = {}
        self.failed: list[str] = []

    def steps(self, job: dict[str, Any], values: dict[str, str]) -> None:
        """Run a job of GitHub or Forgejo; `values` are those of all its expressions."""
        for step in job["steps"]:
            values[SUCCESS] = "" if self.failed else "true"
            if not values[step.get("if", SUCCESS)]:
                continue
            if "run" in step:
                given = job.get("env", {}) | step.get("env", {})
                self.script(step["run"], **{name: values[value] for name, value in given.items()})
            elif "upload-artifact@" in step["uses"]:
                self.keep(step["with"])
                if step.get("id") == "page":
                    values[PAGE] = values[HAS_PAGE] = "https://forge.fr/1"

    def script(self, script: str, **variables: str) -> None:
        """Run a script, unless it installs something."""
        if "apt-get" in script:
            return
        try:
            run(self.clone, "bash", "-e", "-c", script, **self.variables, **variables)
        except AssertionError as failure:
            self.failed.append(str(failure))

    def keep(self, asked: dict[str, Any]) -> None:
        """Keep an artifact: a folder under the name that is given, a file under its own."""
        found = sorted(path.name for path in self.clone.glob(asked["path"]))
        assert found, asked
        assert len(found) == 1
        self.artifacts[asked["name"] if asked.get("archive", True) else found[0]] = found


def shows_the_change(page: Path) -> bool:
    """Whether a page shows what is proposed, with posters before and after, and not what came in between."""
    text = page.read_text(encoding="utf-8")
    return "toute neuve" in text and "Entre-temps" not in text and text.count("<img") >= 2


@on_linux
@pytest.mark.parametrize("forge", ["github", "forgejo"])
@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_a_pull_request_is_shown_as_a_reader_sees_it(forge: str, wrong: bool, clone: Path) -> None:  # noqa: FBT001
    """On GitHub, which tries the merge, and on Forgejo; with a mistake as well, where nothing is built."""
    if wrong:
        (clone / "panels" / "01-introduction.md").write_text("# Un\n\n- → point\n", encoding="utf-8")
        git(clone, "commit", "-qam", "Une faute")
    proposed = git(clone, "rev-parse", "HEAD")
    if forge == "github":
        git(clone, "merge", "-q", f"origin/{BRANCH}")
    summary = clone.parent / "summary.md"
    runner = Runner(clone, GITHUB_BASE_REF=BRANCH, GITHUB_STEP_SUMMARY=str(summary))
    values = {
        "${{ vars.SITE_URL }}": "",
        "${{ github.event.pull_request.head.sha }}": proposed,
        REQUESTED: "true",
        HAS_PAGE: "",
    }
    runner.steps(workflow(clone / f".{forge}" / "workflows" / "build.yml")["jobs"]["build"], values)
    assert ["point-before-finding" in failure for failure in runner.failed] == [True] * wrong
    assert shows_the_change(clone / "relecture.html")
    archive = "bilan-offset-couche.zip"
    page, delivery = ("relecture.html", archive) if forge == "github" else ("relecture", "livraison")
    assert set(runner.artifacts) == ({page} if wrong else {page, "site", "affiches", delivery})
    assert (clone / "output" / "livraison" / archive).exists() != wrong
    if forge == "github":
        assert summary.read_text("utf-8") == "### [Relire ce qui change](https://forge.fr/1)\n"
    assert not list(clone.rglob("intrus"))


@on_linux
def test_a_merge_request_of_gitlab_is_shown_as_a_reader_sees_it(clone: Path) -> None:
    """The link leads to one file; the other job leaves its warnings, and all that is made."""
    base, proposed = (
        git(clone, *what) for what in (["merge-base", f"origin/{BRANCH}", "HEAD"], ["rev-parse", "HEAD"])
    )
    runner = Runner(clone, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, CI_COMMIT_SHA=proposed)
    jobs = workflow(clone / ".gitlab-ci.yml")
    for name in ("relecture", "build"):
        runner.script("\n".join(jobs[name]["script"]))
    assert runner.failed == []
    assert shows_the_change(clone / "relecture.html")
    kept = [*jobs["relecture"]["artifacts"]["paths"], *jobs["build"]["artifacts"]["paths"]]
    kept += jobs["build"]["artifacts"]["reports"].values()
    assert [path for path in kept if not (clone / path).exists()] == []


@on_linux
@pytest.mark.parametrize(
    ("forge", "editor"), [("github", "edit"), ("forgejo", "_edit"), ("gitlab", "-/edit")]
)
def test_the_site_is_published_and_leads_to_the_forge_s_editor(forge: str, editor: str, clone: Path) -> None:
    """With nothing to configure; the branch `pages` of Forgejo holds the site and nothing else."""
    where = {
        "GITHUB_SERVER_URL": "https://forge.fr",
        "GITHUB_REPOSITORY": "nous/p",
        "GITHUB_REF_NAME": "main",
    }
    where |= {"CI_PROJECT_URL": "https://forge.fr/nous/p", "CI_COMMIT_BRANCH": "main"}
    address = "https://nous.forge.fr/p/"
    runner = Runner(clone, **where, CI_PAGES_URL=address)
    if forge == "gitlab":
        runner.script("\n".join(workflow(clone / ".gitlab-ci.yml")["pages"]["script"]))
    else:
        values = {"${{ vars.SITE_URL }}": "" if forge == "github" else address}
        values |= {"${{ steps.pages.outputs.base_url }}": address.removesuffix("/")}
        runner.steps(workflow(clone / f".{forge}" / "workflows" / "pages.yml")["jobs"]["publish"], values)
    assert runner.failed == []
    site = clone / ("public" if forge == "gitlab" else "output/site")
    assert f"https://forge.fr/nous/p/{editor}/main/panels/02-exemple.md" in (
        site / "exemple/index.html"
    ).read_text("utf-8")
    assert f"<loc>{address}exemple/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    if forge == "forgejo":
        published = git(clone.parent / "origine.git", "ls-tree", "-r", "--name-only", "pages").splitlines()
        assert published == sorted(
            path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
        )
        assert git(clone, "status", "--porcelain") == ""


@on_linux
@pytest.mark.parametrize("below", ["", "com/panneaux"])
@pytest.mark.parametrize(
    "path",
    [path for path in ACTIONS if name_of(path).endswith("forgejo/workflows/pages.yml")],
    ids=name_of,
)
def test_the_site_goes_to_the_branch_pages(path: Path, below: str, tmp_path: Path) -> None:
    """The last step for Forgejo, at the root of a repository and below it: the site and nothing else."""
    top = tmp_path / "depot"
    site = top / below / "output" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<p>", encoding="utf-8")
    (site / ".htaccess").write_text("x", encoding="utf-8")
    (top / ".gitignore").write_text("output/\n", encoding="utf-8")
    git(tmp_path, "init", "-q", "--bare", "distant.git")
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-qm", "1")
    git(top, "remote", "add", "origin", str(tmp_path / "distant.git"))
    run(top / below, "bash", "-e", "-c", workflow(path)["jobs"]["publish"]["steps"][-1]["run"])
    told = git(tmp_path / "distant.git", "ls-tree", "-r", "--name-only", "pages")
    assert told.split() == [".htaccess", "index.html"]
    assert git(top, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [*ACTIONS, *OTHERS]),
        ("vendor.gitlab-ci", GITLAB),
        ("vendor.dependabot", BOTS),
    ],
)
def test_forges_can_read_what_is_written_for_them(schema: str, files: list[Path], tmp_path: Path) -> None:
    """By the forges' own schemas; Forgejo's workflows are written as GitHub's."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    assert files
    run(tmp_path, *check, *transform, *map(str, files))


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_what_others_wrote_is_pinned_and_never_part_of_a_script(path: Path) -> None:
    """An action by its commit, with its version for people; the name of a branch reaches no shell as text."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"uses: (?!\S+@[0-9a-f]{40} # v\d)(.*)", text) == []
    steps = [step for job in workflow(path)["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    whole = {step["uses"].startswith("https://") for step in steps if "uses" in step}
    assert whole == {"forgejo" in name_of(path)}  # what a short name means there is for each server to say


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_a_newer_version_is_built_in_the_place_of_an_older_one_but_publishing_ends(path: Path) -> None:
    """Each branch has a line of its own, and a tag that is called like the default branch is no branch."""
    read = workflow(path)
    kind = path.stem
    assert read["concurrency"] == {
        "group": f"{kind}-${{{{ github.ref }}}}",
        "cancel-in-progress": kind == "build",
    }
    (job,) = read["jobs"].values()
    wanted = {"build": f"github.event_name == 'pull_request' || {ON_DEFAULT}"}
    assert job["if"] == wanted.get(kind, f"vars.PUBLISH == 'true' && {ON_DEFAULT}")


@pytest.mark.parametrize("path", GITLAB, ids=name_of)
def test_gitlab_does_likewise(path: Path) -> None:
    """What is outdated stops, but for what publishes."""
    read = workflow(path)
    assert read["workflow"]["auto_cancel"] == {"on_new_commit": "interruptible"}
    assert read["default"]["interruptible"] is True
    assert (read["pages"]["interruptible"], read["pages"]["resource_group"]) == (False, "pages")


@pytest.mark.parametrize("path", sorted((STARTING / "fr").rglob("*.yml")), ids=name_of)
def test_both_languages_run_the_same(path: Path) -> None:
    """But for comments and names."""
    there = STARTING / "en" / path.relative_to(STARTING / "fr")
    words = {
        "relecture": "review",
        "affiches": "posters",
        "name: livraison": "name: delivery",
        "Relire ce qui change": "See what changes",
        "Site de": "Site of",
    }
    french, english = (
        re.sub(r" *#.*| *- name: .*\n|^ *(?=\n)", "", each.read_text("utf-8"), flags=re.MULTILINE)
        for each in (path, there)
    )
    for word, other in words.items():
        french = french.replace(word, other)
    assert french == english


@pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync")
def test_the_guide_s_copy_keeps_what_the_server_has_of_its_own(tmp_path: Path) -> None:
    """The command of the guide, with folders in the place of the server."""
    guide = (ROOT / "docs" / "publier.md").read_text(encoding="utf-8").replace("\\\n", "")
    (line,) = re.findall(r"^(rsync .*)$", guide, re.MULTILINE)
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
