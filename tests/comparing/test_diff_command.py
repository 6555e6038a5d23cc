"""The command `diff` on real repositories: versions found, mistakes told, nothing touched."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pytest
from builds import ROOT, SHORT, command, run_here, standing, told, write_project
from click.testing import CliRunner, Result
from PIL import Image
from versions import IDENTITY, commit, git

from oxalis_panels.cli.main import cli

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here: apt install git")
OTHER = SHORT.replace("assez court", "vraiment court")
SECOND = """# Le deuxième panneau

- ✓ Les groupes locaux se portent bien,
  - → quatre rencontres ont eu lieu.
"""
REWORDED = "Un constat [-assez-]{+vraiment+} court,"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git from looking above a test's folder, and at anybody's configuration."""
    for name, value in {**IDENTITY, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with a project in a folder, at its third version; the second is tagged `v2`."""
    top = tmp_path_factory.mktemp("repository")
    git(top, "init", "--quiet", "--initial-branch", "main")
    folder = write_project(top / "expo été", un=SHORT)
    commit(top, "Première version")
    write_project(folder, un=SHORT.replace("Un titre court", "Un titre"))
    commit(top, "Titre raccourci")
    git(top, "tag", "v2")
    write_project(folder, un=SHORT)
    commit(top, "Titre d’avant")
    return top


@pytest.fixture
def project(tmp_path: Path, repository: Path) -> Path:
    """Return the project in a copy of the repository."""
    return shutil.copytree(repository, tmp_path / "dépôt à nous") / "expo été"


def diff(project: Path, *arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli, ["diff", "--project", str(project), *arguments])


def _from(place: Path, done: Result) -> str:
    """Return what is said: paths begin in a folder of the test's, each version has the same number."""
    return re.sub(r"\b[0-9a-f]{7}\b", "0123456", done.stderr.replace(f"{place.as_posix()}/", ""))


def test_without_a_version_the_last_one_is_held_against_the_files(project: Path) -> None:
    """What was not recorded yet; files that git does not know are part of it."""
    write_project(project, un=OTHER, deux=SECOND)
    done = diff(project)
    assert (done.exit_code, done.stderr) == (0, "")
    assert REWORDED in done.stdout
    assert "Nouveau panneau\u00a0: 1 constat, 1 point." in done.stdout
    assert "du 12\u00a0mars 2026, «\u00a0Titre d’avant\u00a0», Camille Martin" in done.stdout.replace(
        "\n    ", " "
    )


def test_one_version_is_held_against_the_files_and_two_against_each_other(project: Path) -> None:
    """A tag, `HEAD~2`, a number; in the order in which they are named."""
    number = git(project, "rev-parse", "--short", "HEAD~2")
    assert "Un titre {+court+}" in diff(project, "v2").stdout
    assert "Un titre [-court-]" in diff(project, number, "v2").stdout
    assert "Un titre {+court+}" in diff(project, "v2", "main").stdout
    assert diff(project, "HEAD~2", "main").stdout == "Rien n’a changé entre les deux versions.\n"


@pytest.mark.parametrize("given", ["v2..main", "v2.."])
def test_a_range_is_two_versions(project: Path, given: str) -> None:
    """As git writes it."""
    assert "Un titre {+court+}" in diff(project, given).stdout


def test_three_dots_begin_where_two_branches_parted(project: Path) -> None:
    """Only what the second one did."""
    git(project, "checkout", "--quiet", "-b", "essai", "v2")
    write_project(project, un=OTHER.replace("Un titre court", "Un titre"))
    commit(project, "Un essai")
    review = diff(project, "main...essai").stdout
    assert REWORDED in review
    assert "[-court-]" not in review


def test_nothing_changed_is_one_sentence_and_no_error(project: Path) -> None:
    """Also where only the way of typing changed."""
    assert diff(project).stdout == "Rien n’a changé entre les deux versions.\n"
    write_project(project, un=SHORT.replace("- ✓", "* [x]").replace("→", "->"))
    done = diff(project)
    assert (done.exit_code, done.stdout) == (0, "Rien n’a changé entre les deux versions.\n")


def test_english(project: Path) -> None:
    """The whole review, and what is wrong."""
    write_project(project, un=OTHER)
    done = command("--lang", "en", "diff", "--project", project)
    assert "1 panel changes: 1 finding reworded." in done.stdout
    assert "No version is called" in command("--lang", "en", "diff", "--project", project, "x").stderr


def test_one_panel_alone(project: Path) -> None:
    """And what was meant by one that is not there."""
    write_project(project, un=OTHER, deux=SECOND)
    review = diff(project, "--panel", "un").stdout
    assert REWORDED in review
    assert "deux" not in review
    assert "Nouveau" not in review
    wrong = diff(project, "--panel", "deus")
    assert wrong.exit_code == 1
    assert "deux" in wrong.stderr


@pytest.mark.parametrize(
    ("given", "code"), [("mian", "diff-revision.misspelt"), ("qwxyz", "diff-revision.unknown")]
)
def test_an_unknown_version_is_told_in_these_words(project: Path, given: str, code: str) -> None:
    """With what was meant, or with all there is."""
    assert diff(project, given).stderr == told(code)


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ("V2", "diff-revision", "v2"),
        ("--", "", ""),
        ("HEAD:expo", "diff-", ""),
        ("été", "diff-", ""),
    ],
)
def test_an_unknown_version_is_told_with_what_was_meant(
    project: Path, given: str, code: str, words: str
) -> None:
    """Branches and tags; exit code 1, nothing on the standard output."""
    done = diff(project, given)
    if given != "--":  # the end of the options, and no version
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"[{code}" in done.stderr
        assert words in done.stderr


def test_three_versions_are_one_too_many(project: Path) -> None:
    """A mistake on the command line."""
    done = diff(project, "v2", "main", "HEAD")
    assert done.exit_code == 2
    assert "Argument en trop\u00a0: HEAD" in done.stderr


def test_outside_a_repository_and_before_the_first_version(tmp_path: Path) -> None:
    """Each is told, with what to do."""
    folder = write_project(tmp_path / "seul", un=SHORT)
    assert _from(tmp_path, diff(folder)) == told("diff-no-repository")
    git(folder, "init", "--quiet")
    done = diff(folder)
    assert done.exit_code == 1
    assert _from(tmp_path, done) == told("diff-no-commit")


def test_an_empty_folder_is_told(project: Path) -> None:
    """Without panels there is nothing to compare."""
    shutil.rmtree(project / "panels")
    done = diff(project)
    assert done.exit_code == 1
    assert "[folder-missing]" in done.stderr


def test_a_version_without_panels_makes_everything_new(project: Path) -> None:
    """The project was not there yet."""
    git(project, "checkout", "--quiet", "--orphan", "vide")
    git(project, "rm", "-r", "--quiet", "--cached", ".")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "Rien")
    done = diff(project)
    assert done.exit_code == 0
    assert _from(project.parent, done) == told("diff-no-panels")
    assert "1 panneau ajouté" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for git")
def test_without_git_and_with_an_old_one(project: Path, tmp_path: Path) -> None:
    """What is missing is named."""
    empty = tmp_path / "bin"
    empty.mkdir()
    missing = run_here("diff", "--project", project, PATH=str(empty))
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.replace(f"{project.parent.as_posix()}/", "") == told("diff-git.missing")
    (empty / "git").write_text("#!/bin/sh\necho git version 2.1.4\n", "utf-8")
    (empty / "git").chmod(0o755)
    old = run_here("diff", "--project", project, PATH=str(empty))
    assert "git 2.1 est trop ancien" in old.stderr


def test_a_shallow_clone_says_what_it_lacks(project: Path, tmp_path: Path) -> None:
    """And compares what it has."""
    clone = tmp_path / "copie"
    git(tmp_path, "clone", "--quiet", "--depth", "1", project.parent.as_uri(), str(clone))
    write_project(clone / project.name, un=OTHER)
    assert REWORDED in diff(clone / project.name).stdout
    assert _from(clone, diff(clone / project.name, "0123456")) == told("diff-revision.shallow")


def test_a_second_working_tree_is_a_repository_like_any_other(project: Path, tmp_path: Path) -> None:
    """Its files are held against its own last version."""
    git(project, "worktree", "add", "--quiet", str(tmp_path / "ailleurs"), "v2")
    assert "Un titre [-court-]" in diff(tmp_path / "ailleurs" / project.name, "main").stdout


def test_panels_in_a_submodule_are_told_where_to_look(tmp_path: Path) -> None:
    """The outer repository does not keep them; the inner one does."""
    outer = tmp_path / "dehors"
    outer.mkdir()
    git(outer, "init", "--quiet")
    (outer / "panels").mkdir()
    git(outer / "panels", "init", "--quiet")
    (outer / "panels" / "01-un.md").write_text(SHORT, "utf-8")
    commit(outer / "panels")
    commit(outer)
    done = diff(outer)
    assert _from(tmp_path, done) == told("diff-left-out.submodule")
    assert "1 panneau ajouté" in done.stdout


def test_mistakes_in_an_old_version_are_told_and_the_rest_is_compared(project: Path) -> None:
    """At their place in that version; the panel is named as not compared, the others keep their numbers."""
    write_project(project, un="# Un titre\n\n- → sans constat\n", deux=SECOND)
    commit(project, "Avec une erreur")
    write_project(project, un=SHORT, deux=SECOND.replace("quatre", "cinq"))
    done = diff(project)
    number = git(project, "rev-parse", "--short", "HEAD")
    assert done.exit_code == 0
    assert f"{number}:panels/01-un.md:3:" in done.stderr
    assert "attention\u00a0:" in done.stderr
    assert "Panneau 2, " in done.stdout
    assert "[-quatre-]{+cinq+} rencontres" in done.stdout
    assert "Non comparé, à cause d’une erreur\u00a0: panels/01-un.md." in done.stdout
    assert "1 panneau change\u00a0: 1 point reformulé." in done.stdout


@pytest.mark.parametrize("settings", ["title: [\n", "titel: Trois ans\n"])
def test_mistakes_in_the_files_are_told_and_the_rest_is_compared(project: Path, settings: str) -> None:
    """The settings among them; the files stay as they are."""
    write_project(project, un=OTHER)
    (project / "panels" / "collection.yaml").write_text(settings, "utf-8")
    before = standing(project)
    done = diff(project)
    assert done.exit_code == 0
    assert REWORDED in done.stdout
    assert "panels/collection.yaml" in done.stdout
    assert standing(project) == before


def own_template(project: Path, name: str, text: str) -> Path:
    """Give the project a template of its own."""
    file = project / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


OTHER_TEMPLATES = "Les modèles (templates/) ne sont pas les mêmes dans les deux versions"
RUN = "{{ cycler.__init__.__globals__.os.mkdir('%s') }}"
"""Templates are code: this one makes a folder."""


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_templates_of_an_old_version_are_never_run(
    project: Path, tmp_path: Path, french_fonts: Path, form: str
) -> None:
    """They are whoever's; that they were others is one line of every form, and what they do is not done."""
    shutil.copytree(french_fonts, project / "output" / ".cache" / "fonts")
    git(project, "checkout", "--quiet", "-b", "essai")
    for name in ("poster/poster.html", "site/panel.html", "diff/page.html", "diff/paper.html"):
        own_template(project, name, RUN % (tmp_path / "fait"))
    write_project(project, un=OTHER)
    commit(project, "Des modèles")
    git(project, "checkout", "--quiet", "main")
    report = tmp_path / f"a.{form}"
    done = diff(project, "essai", "--format", form, "--report", str(report))
    assert (done.exit_code, done.stderr) == (0, "")
    assert not (tmp_path / "fait").exists()
    if form == "pdf":
        with pypdfium2.PdfDocument(report) as document:
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
    else:
        text = report.read_text("utf-8")
    assert " ".join(text.split()).count(OTHER_TEMPLATES) == 1


def test_templates_that_changed_are_told_and_those_of_the_folder_are_used(project: Path) -> None:
    """Between two versions, or a version and the files; notes and hidden files are no templates."""
    file = own_template(
        project, "shared/palette.toml", (ROOT / "templates/shared/palette.toml").read_text("utf-8")
    )
    own_template(project, "README.md", "Nos modèles")
    commit(project, "Nos couleurs")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    own_template(project, "README.md", "Nos beaux modèles")
    assert diff(project).stdout == "Rien n’a changé entre les deux versions.\n"
    file.write_text(file.read_text("utf-8") + "\n# plus clair\n", "utf-8")
    assert OTHER_TEMPLATES in diff(project).stdout
    commit(project, "Un commentaire")
    assert OTHER_TEMPLATES in diff(project, "HEAD~1", "HEAD").stdout
    assert OTHER_TEMPLATES not in diff(project, "HEAD~3", "HEAD~2").stdout


def test_names_whose_accents_the_disk_writes_otherwise_are_the_same(project: Path) -> None:
    """As on macOS, where git keeps them in one sign and the disk may keep them in two."""
    figure = "---\nfigure:\n  file: été.png\n  alt: Une image\n---\n\n"
    write_project(project, un=figure + SHORT)
    Image.new("RGB", (8, 6)).save(project / "panels" / "été.png")
    own_template(project, "site/été.css", "p {}")
    commit(project, "Des accents")
    for file in (project / "panels" / "été.png", project / "templates" / "site" / "été.css"):
        file.rename(file.with_name(normalize("NFD", file.name)))
    assert diff(project).stdout == "Rien n’a changé entre les deux versions.\n"


def test_templates_with_mistakes_are_left_out(project: Path) -> None:
    """They are told, and the texts compared; also a colour that only the palette of a version had."""
    write_project(project, un="---\ncolour: fuchsia\n---\n\n" + SHORT)
    commit(project)
    own_template(project, "site/panel.html", "").write_bytes(b"\xff\xfe")
    write_project(project, un=OTHER)
    done = diff(project)
    assert "templates/site/panel.html" in done.stderr
    assert REWORDED in done.stdout


def test_names_in_any_script_links_and_attributes(project: Path) -> None:
    """A link inside the repository is followed; `export-ignore` and line ends are for others."""
    (project / "panels" / "02-計画 deux\t.md").write_text(SECOND, "utf-8")
    (project.parent / "commun.md").write_text(SECOND.replace("quatre", "douze"), "utf-8")
    (project / "panels" / "03-trois.md").symlink_to("../../commun.md")
    (project.parent / ".gitattributes").write_text("*.md export-ignore text eol=crlf\n", "utf-8")
    commit(project.parent)
    assert diff(project).stdout == "Rien n’a changé entre les deux versions.\n"
    (project / "panels" / "03-trois.md").unlink()
    assert "1 panneau supprimé" in diff(project).stdout


def test_a_link_out_of_the_repository_is_told(project: Path, tmp_path: Path) -> None:
    """Nobody knows what was there."""
    (tmp_path / "dehors.md").write_text(SECOND, "utf-8")
    (project / "panels" / "02-deux.md").symlink_to(tmp_path / "dehors.md")
    commit(project)
    done = diff(project)
    assert _from(project.parent, done) == told("diff-left-out.link")
    assert "1 panneau ajouté" in done.stdout


def test_drafts_become_panels_and_back(project: Path) -> None:
    """Told as such, and not as new or gone."""
    write_project(project, un="---\ndraft: true\n---\n\n" + SHORT, deux=SECOND)
    commit(project)
    write_project(project, un=SHORT, deux="---\ndraft: true\n---\n\n" + SECOND)
    assert "1 brouillon devenu panneau, 1 panneau redevenu brouillon" in diff(project).stdout


def test_a_report_goes_to_a_file(project: Path, tmp_path: Path) -> None:
    """Its name says the form; the screen has one line."""
    write_project(project, un=OTHER)
    file = tmp_path / "à relire.txt"
    done = diff(project, "--report", str(file))
    assert done.stdout == f"Relecture\u00a0: {file.as_posix()}\n"
    assert REWORDED in file.read_text("utf-8")
    page = tmp_path / "page.html"
    assert diff(project, "--report", str(page), "--no-posters").exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_a_report_never_takes_the_place_of_a_source(project: Path, tmp_path: Path) -> None:
    """Nor of anything whose name says no form; what stood there is intact."""
    panel = project / "panels" / "01-un.md"
    for file, code in ((panel, "diff-report-place"), (tmp_path / "bilan.odt", "diff-report-form")):
        done = diff(project, "--report", str(file))
        assert (done.exit_code, done.stdout) == (1, "")
        assert _from(tmp_path, done) == told(code)
    assert panel.read_text("utf-8") == SHORT


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_refuses_is_told(project: Path, tmp_path: Path) -> None:
    """And nothing is left behind."""
    shut = tmp_path / "fermé"
    shut.mkdir(mode=0o555)
    done = diff(project, "--report", str(shut / "a.txt"))
    assert "[file-unwritten]" in done.stderr
    assert list(shut.iterdir()) == []


def test_a_missing_folder_is_told(project: Path, tmp_path: Path) -> None:
    """The review is not lost in silence."""
    done = diff(project, "--report", str(tmp_path / "pas là" / "a.txt"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert _from(tmp_path, done) == told("file-unwritten.review")


def test_a_full_disk_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where old versions are copied to."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    done = diff(project)
    assert (done.exit_code, done.stdout) == (1, "")
    assert _from(project.parent, done) == told("diff-cannot-copy")


def test_the_repository_is_as_it_was(project: Path) -> None:
    """Neither a file nor git's own files change, in any form but for the output folder."""
    write_project(project, un=OTHER, deux=SECOND)
    git(project, "add", "--all")
    write_project(project, un=OTHER, deux=SECOND)
    before = standing(project.parent)
    assert diff(project).exit_code == 0
    assert diff(project, "v2", "main").exit_code == 0
    assert standing(project.parent) == before
    done = diff(project, "--format", "html", "--no-posters")
    assert done.stdout.endswith("-dossier.html\n")
    after = standing(project.parent)
    assert {name for name in after if name not in before} == {
        name for name in after if name.startswith(f"{project.name}/output/")
    }
    assert {name: after[name] for name in before} == before


def test_colours_are_for_terminals(project: Path) -> None:
    """Where there is none, words alone; on one, the signs stay."""
    write_project(project, un=OTHER)
    plain = command("diff", "--project", project)
    assert "\x1b" not in plain.stdout
    shown = (
        subprocess.run(
            ["script", "-qec", f"python3 -m oxalis_panels diff --project '{project}'", "/dev/null"],  # noqa: S607
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=ROOT,
            env={**os.environ, "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}", "TERM": "xterm"},
        )
        if sys.platform == "linux" and shutil.which("script")  # macOS has another
        else None
    )
    if shown is not None:
        assert "\x1b[31m[-assez-]\x1b[0m\x1b[32m{+vraiment+}\x1b[0m" in shown.stdout
