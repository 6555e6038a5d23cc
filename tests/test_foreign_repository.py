"""Somebody else's repository: its configuration may name programs, and none of our commands runs one."""

import hashlib
import os
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path

import pytest
from builds import SHORT, command, run_here, write_project

from oxalis_panels.authoring.comparing.checkout import copy_version
from oxalis_panels.authoring.comparing.repository import find_commit, open_repository
from oxalis_panels.cli.main import COMMANDS
from oxalis_panels.serving.snapshot import SnapshotBuilder
from oxalis_panels.site.history import read_history

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or sys.platform == "win32", reason="needs git, and programs of a shell"
)
CONFIGURATION = """
[core]
	repositoryformatversion = 1
	fsmonitor = {fsmonitor}
	hooksPath = {hooks}
	pager = {pager}
	editor = {editor}
	sshCommand = {ssh}
	gitProxy = {proxy}
	askPass = {askpass}
	alternateRefsCommand = {alternates}
[gpg]
	program = {gpg}
[gpg "ssh"]
	program = {gpg}
[log]
	showSignature = true
[diff]
	external = {external}
[diff "evil"]
	textconv = {textconv}
	command = {driver}
[filter "evil"]
	clean = {clean}
	smudge = {smudge}
	process = {process}
[filter "lfs"]
	clean = {clean}
	smudge = {smudge}
[alias]
	log = !{alias}
	rev-parse = !{alias}
[credential]
	helper = {credential}
[protocol]
	allow = always
[pager]
	log = {pager}
	rev-parse = {pager}
[remote "origin"]
	url = ssh://nowhere.invalid/depot
	promisor = true
	partialclonefilter = blob:none
	uploadpack = {upload}
[uploadpack]
	packObjectsHook = {upload}
[extensions]
	partialClone = origin
	worktreeConfig = true
[include]
	path = more
"""
"""Every way that a configuration has to name a program."""
NAMES = (
    *("fsmonitor", "pager", "editor", "ssh", "proxy", "askpass", "alternates", "gpg", "external", "textconv"),
    *(
        "driver",
        "clean",
        "smudge",
        "process",
        "alias",
        "credential",
        "upload",
        "included",
        "worktree",
        "inner",
    ),
)
HOOKS = ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc")
SIGNED = """tree {tree}
author A <a@a> 1770000000 +0100
committer A <a@a> 1770000000 +0100
gpgsig -----BEGIN PGP SIGNATURE-----
 Comment: none
 iQ==
 -----END PGP SIGNATURE-----

Signé
"""
OTHER = SHORT.replace("assez court", "vraiment court")
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 4\n"


def git(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run git as anybody does in a shell."""
    who = {f"GIT_{role}_{key}": "x@x" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],  # noqa: S607 - whatever git is here
        env={**os.environ, **who, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class Trap:
    """A repository in which each program that its configuration names writes down that it ran."""

    def __init__(self, folder: Path) -> None:
        """Make the programs; `folder` is for all of it."""
        self.project = folder / "expo"
        self.programs = folder / "programs"
        self._said = folder / "ran"
        self.programs.mkdir()
        for name in (*NAMES, *HOOKS):
            program = self.programs / name
            program.write_text(f"#!/bin/sh\necho {name} >> {self._said}\nexit 1\n", "utf-8")
            program.chmod(0o755)

    @property
    def ran(self) -> list[str]:
        """The programs that have run; they are forgotten."""
        said = sorted(set(self._said.read_text("utf-8").split())) if self._said.exists() else []
        self._said.unlink(missing_ok=True)
        return said

    def make(self) -> None:
        """Make the repository: two versions, the second signed, and then what is planted."""
        write_project(self.project, un=SHORT)
        inner = self.project / "panels" / "dedans"
        for each in (self.project, inner):
            each.mkdir(exist_ok=True)
            git(each, "init", "--quiet", "--initial-branch", "main")
        (inner / "x").write_text("x", "utf-8")
        git(inner, "add", "x")
        git(inner, "commit", "--quiet", "-m", "Dedans")
        (self.project / "panels" / "grand.png").write_text(LFS.format(digest="0" * 64), "utf-8")
        (self.project / ".gitattributes").write_text("* filter=evil diff=evil\n*.png filter=lfs\n", "utf-8")
        git(self.project, "add", "--all")
        git(self.project, "commit", "--quiet", "-m", "Début")
        write_project(self.project, un=OTHER)
        git(self.project, "add", "--all")
        tree = git(self.project, "write-tree").stdout.strip()
        signed = SIGNED.format(tree=tree).replace("\nauthor", f"\nparent {self.head()}\nauthor", 1)
        name = git(self.project, "hash-object", "-t", "commit", "-w", "--stdin", given=signed).stdout.strip()
        git(self.project, "update-ref", "HEAD", name)
        self._plant(self.project / ".git")
        self._program(inner / ".git" / "config", "inner")
        for name in ("01-un.md", "grand.png"):
            (self.project / "panels" / name).touch()  # git has to look at it again

    def head(self) -> str:
        """Return the number of the last version."""
        return git(self.project, "rev-parse", "HEAD").stdout.strip()

    def _plant(self, folder: Path) -> None:
        places = {name: self.programs / name for name in NAMES}
        (folder / "config").write_text(CONFIGURATION.format(**places, hooks=self.programs), "utf-8")
        self._program(folder / "more", "included")
        self._program(folder / "config.worktree", "worktree")
        (folder / "info" / "attributes").write_text("*.md filter=evil diff=evil\n", "utf-8")

    def _program(self, file: Path, name: str) -> None:
        program = self.programs / name
        with file.open("a", encoding="utf-8") as config:
            config.write(f"[gpg]\n\tprogram = {program}\n[core]\n\tfsmonitor = {program}\n")

    def lose(self, what: str) -> None:
        """Remove an object, as a partial clone has never had it."""
        name = git(self.project, "rev-parse", what).stdout.strip()
        (self.project / ".git" / "objects" / name[:2] / name[2:]).unlink()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """Return such a repository, made once for all tests."""
    made = Trap(tmp_path_factory.mktemp("trap"))
    made.make()
    assert made.ran == []
    return made


@pytest.fixture
def trap(first: Trap, tmp_path: Path) -> Trap:
    """Return a copy of it, whose configuration names the same programs."""
    trap = copy(first)
    trap.project = Path(shutil.copytree(first.project, tmp_path / "expo"))
    return trap


def test_the_trap_works(trap: Trap) -> None:
    """What people type runs the programs: a test in which nothing could run would prove nothing."""
    for name in ("panels/01-un.md", "panels/grand.png"):
        git(trap.project, "cat-file", "--filters", f"HEAD:{name}")
    git(trap.project, "cat-file", "-p", "0123456789" * 4)  # a partial clone would fetch it
    git(trap.project, "log", "-1")
    git(trap.project, "-c", "core.fsmonitor=", "status", "panels/grand.png")
    assert {"clean", "process", "smudge", "ssh", "worktree"} <= set(trap.ran)


COMMAND_LINES = {
    "init": ("init", "ailleurs"),
    "new": ("new", "Un autre titre"),
    "import": ("import", "texte.txt"),
    "check": ("check",),
    "explain": ("explain", "title-missing.markdown"),
    "fmt": ("fmt", "--check"),
    "diff": ("diff", "HEAD~1"),
    "build": ("build", "--site"),
    "capacity": ("capacity",),
    "templates": ("templates",),
    "printers": ("printers",),
    "preflight": ("preflight", "a.pdf"),
    "deliver": ("deliver",),
    "schema": ("schema",),
}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "serve"])
def test_no_command_runs_a_program_of_the_repository(trap: Trap, name: str) -> None:
    """Whatever the command says: here it is only asked what has run."""
    (trap.project / "texte.txt").write_text("Un titre\n\nUn paragraphe.\n", "utf-8")
    run_here(*COMMAND_LINES[name], cwd=trap.project)
    assert trap.ran == []


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_no_review_runs_a_program_of_the_repository(trap: Trap, form: str) -> None:
    """Of two versions, one of which points at a large file kept elsewhere; there is a review."""
    done = run_here("diff", "HEAD~1", "HEAD", "--format", form, "--no-posters", cwd=trap.project)
    assert (done.exit_code, trap.ran) == (0, []), done.stderr


def test_the_live_pages_run_no_program_of_the_repository(trap: Trap) -> None:
    """And the pages have the dates that git knows."""
    assert SnapshotBuilder(trap.project).read().value is not None
    assert list(read_history(trap.project).changed) == ["panels/01-un.md"]
    assert trap.ran == []


def test_what_a_partial_clone_lacks_is_not_fetched(trap: Trap) -> None:
    """It is said to be missing: fetching would run what the configuration names."""
    trap.lose("HEAD~1:panels/01-un.md")
    done = run_here("diff", "HEAD~1", cwd=trap.project)
    assert (done.exit_code, trap.ran) == (1, [])
    assert "[diff-incomplete]" in done.stderr


def test_a_folder_that_pretends_to_be_a_repository_is_none(trap: Trap, tmp_path: Path) -> None:
    """A project may hold such files like any others, its configuration among them."""
    folder = write_project(tmp_path / "faux", un=SHORT)
    shutil.copytree(trap.project / ".git", folder, dirs_exist_ok=True)
    assert run_here("build", "--site", cwd=folder).exit_code == 0
    assert run_here("diff", cwd=folder).exit_code == 1
    assert trap.ran == []


@pytest.mark.parametrize("path", [".", "", "bin"])
def test_a_git_that_a_project_holds_is_never_run(trap: Trap, path: str) -> None:
    """Not even where the search path names the current folder."""
    for folder in (trap.project, trap.project / "bin"):
        folder.mkdir(exist_ok=True)
        shutil.copy(trap.programs / "alias", folder / "git")
    known = command("diff", cwd=trap.project, PATH=f"{path}{os.pathsep}{os.environ['PATH']}")
    assert (known.returncode, trap.ran) == (0, [])
    missing = command("diff", cwd=trap.project, PATH=path)
    assert (missing.returncode, "[diff-git]" in missing.stderr, trap.ran) == (1, True, [])


def test_a_large_file_kept_elsewhere_is_taken_from_the_store_of_the_repository(tmp_path: Path) -> None:
    """Git LFS keeps it under its digest; a file there that has another one is not taken."""
    project = write_project(tmp_path / "expo", un=SHORT)
    git(project, "init", "--quiet", "--initial-branch", "main")
    for name, content in (("a", b"vrai"), ("b", b"faux")):
        digest = hashlib.sha256(b"vrai" if name == "a" else b"autre").hexdigest()
        (project / "panels" / f"{name}.png").write_text(LFS.format(digest=digest), "utf-8")
        store = project / ".git" / "lfs" / "objects" / digest[:2] / digest[2:4]
        store.mkdir(parents=True)
        (store / digest).write_bytes(content)
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "Images")
    repository = open_repository(project).value
    assert repository is not None
    commit = find_commit(repository, "HEAD").value
    assert commit is not None
    assert copy_version(repository, commit, tmp_path / "copie") == ()
    copied = tmp_path / "copie" / "panels"
    assert (copied / "a.png").read_bytes() == b"vrai"
    assert (copied / "b.png").read_bytes().startswith(b"version https://git-lfs")
