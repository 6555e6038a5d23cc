"""What git could not merge is never text: every file that people write, every command that reads it."""

import json
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from builds import SHORT, command, write_project
from click.testing import CliRunner, Result

from oxalis_panels.cli.main import cli

FILES = (
    "panels/01-un.md",
    "panels/01-un.yaml",
    "panels/collection.yaml",
    "printers/atelier.toml",
    "messages/fr.toml",
    "templates/shared/palette.toml",
    "templates/shared/tokens.css",
    "templates/poster/poster.css",
    "templates/site/panel.html",
    "templates/site/own/script.js",
)
OURS = "<<<<<<< HEAD\nun: 1\n=======\nun: 2\n>>>>>>> relecture\n"
OTHERS = {
    "diff3": "<<<<<<< ours\nun\n||||||| base\n=======\ndeux\n>>>>>>> theirs\n",
    "no names": "<<<<<<<\nun\n=======\ndeux\n>>>>>>>\n",
    "tab": "<<<<<<<\tHEAD\nun\n",
    "the end alone": "un\n>>>>>>> relecture",
    "the base alone": "un\n|||||||\ndeux\n",
    "Subversion": "<<<<<<< .mine\nun\n||||||| .r1\n=======\ndeux\n>>>>>>> .r2\n",
    "in a block": "```\n<<<<<<< HEAD\nun\n=======\n>>>>>>> relecture\n```\n",
    "Windows": "<<<<<<< HEAD\r\nun\r\n=======\r\ndeux\r\n>>>>>>> relecture\r\n",
    "old Mac": "<<<<<<< HEAD\run\r=======\rdeux\r>>>>>>> relecture\r",
    "one with a mark of order": "<<<<<<< HEAD\n\ufeff# Un\n=======\n# Un\n>>>>>>> relecture\n",
    "a merge in a merge": "<<<<<<< HEAD\n||||||| base\n<<<<<<<<< Temporary\n=======\n>>>>>>> x\n",
    "Jujutsu": "<<<<<<< 1 of 1\n%%%%%%% Changes\n-un\n+++++++ Contents\ndeux\n>>>>>>> 1 of 1\n",
}
NO_MARKS = {
    "six": "# Un titre\n\n<<<<<< HEAD\n\n- ✓ Un.\n",
    "eight": "# Un titre\n\n<<<<<<<< HEAD\n\n- ✓ Un.\n",
    "no blank": "# Un titre\n\n<<<<<<<HEAD\n\n- ✓ Un.\n",
    "in the line": "# Un titre\n\nVoir <<<<<<< HEAD\n\n- ✓ Un.\n",
    "indented": "# Un titre\n\n- ✓ Un\n  <<<<<<< HEAD\n",
    "a heading": "Un titre\n=======\n\n- ✓ Un.\n",
}
"""What begins no line so, or is the line below a heading."""


def run(project: Path, *arguments: str) -> Result:
    """Run a command on a project."""
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)])


def marks(project: Path, *arguments: str) -> list[tuple[str, int]]:
    """Return the files and lines of the marks that a check tells, and that it tells nothing else."""
    told = json.loads(run(project, "check", "--format", "json", *arguments).stdout)["diagnostics"]
    assert {(each["code"], each["severity"]) for each in told} <= {("conflict-marker", "error")}
    return [(each["file"].removeprefix(f"{project.as_posix()}/"), each["line"]) for each in told]


def conflicted(project: Path, name: str, text: str = OURS) -> Path:
    """Put a file with marks into a project; in the place of the panel, if it is one."""
    write_project(project, un=SHORT)
    if name.endswith("01-un.yaml"):
        (project / "panels/01-un.md").unlink()
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_bytes(text.encode())
    return project / name


@pytest.mark.parametrize("name", FILES)
def test_each_mark_is_told_and_nothing_else(name: str, tmp_path: Path) -> None:
    """Wherever the file is read from, before anything else is made of its text."""
    conflicted(tmp_path, name)
    assert marks(tmp_path) == [(name, 1), (name, 3), (name, 5)]


def test_settings_with_marks_lack_nothing(tmp_path: Path) -> None:
    """What a published site must say may stand in one of the two versions."""
    conflicted(tmp_path, "panels/collection.yaml")
    told = run(tmp_path, "build", "--site", "--site-url", "https://exemple.fr/").stderr
    assert told.count("[conflict-marker]") == told.count("[") == 3


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("name", ["panels/01-un.md", "panels/01-un.yaml"])
def test_all_forms_of_marks_are_known(name: str, text: str, tmp_path: Path) -> None:
    """With names or without, of other programs, with any line ends, in any place of the text."""
    conflicted(tmp_path, name, text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [n for n, line in enumerate(lines, 1) if line.startswith(("<" * 7, "|" * 7, "=" * 7, ">" * 7))]
    kept += [n for n, line in enumerate(lines, 1) if line.startswith(("%" * 7, "+" * 7))]
    assert marks(tmp_path) == [(name, line) for line in sorted(kept)]


@pytest.mark.parametrize("text", NO_MARKS.values(), ids=NO_MARKS)
def test_what_only_looks_like_a_mark_is_text(text: str, tmp_path: Path) -> None:
    """Git writes seven signs at the beginning of a line, then a blank or nothing."""
    write_project(tmp_path, un=text)
    assert "conflict-marker" not in run(tmp_path, "check").stderr


def test_two_encodings_are_no_other_mistake(tmp_path: Path) -> None:
    """One of two editors saved in an old encoding: which text is kept must be said first."""
    path = conflicted(tmp_path, "panels/01-un.md")
    path.write_bytes("<<<<<<< a\n# Équipe\n=======\n".encode() + "# Équipe\n>>>>>>> b\n".encode("cp1252"))
    assert [line for _, line in marks(tmp_path)] == [1, 3, 5]


def test_marks_in_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Somebody who merges has all of them before the eyes; a clean panel beside them is read as ever."""
    for name in FILES[:1] + FILES[2:]:
        conflicted(tmp_path, name)
    (tmp_path / "panels/02-deux.md").write_text("# Deux\n\n- Sans coche\n", encoding="utf-8")
    (tmp_path / "panels/01-un.md").write_text(OURS, encoding="utf-8")
    told = json.loads(run(tmp_path, "check", "--format", "json").stdout)["diagnostics"]
    assert {each["file"].split("/", tmp_path.as_posix().count("/") + 1)[-1] for each in told} == {
        *FILES[:1],
        *FILES[2:],
        "panels/02-deux.md",
    }


@pytest.mark.parametrize(
    "arguments",
    [("build", "--site"), ("deliver",), ("capacity",), ("fmt",), ("fmt", "--typography"), ("new", "Titre")],
)
def test_every_command_that_reads_a_panel_tells_it(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """None makes anything of it; the file stays as it is."""
    path = conflicted(tmp_path, "panels/01-un.md", f"# Un titre\n\n- ✓ Un.\n{OURS}")
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path, *arguments)
    assert done.exit_code == 1
    assert done.stderr.count("[conflict-marker]") == 3
    assert path.read_text(encoding="utf-8") == f"# Un titre\n\n- ✓ Un.\n{OURS}"
    assert [each for each in sorted(tmp_path.rglob("*")) if "output" not in each.parts] == before


def test_the_printers_of_a_project_tell_it(tmp_path: Path) -> None:
    """A list of printers reads the files without the panels."""
    conflicted(tmp_path, "printers/atelier.toml")
    assert run(tmp_path, "printers").stderr.count("[conflict-marker]") == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_import_refuses_such_a_text(encoding: str, tmp_path: Path) -> None:
    """A text to import may be under git too, in whatever encoding; nothing is written."""
    write_project(tmp_path, un=SHORT)
    text = "<<<<<<< HEAD\n# L'été\n=======\n# L'hiver\n>>>>>>> b\n\n- Un constat.\n"
    (tmp_path / "texte.md").write_bytes(text.encode(encoding))
    done = run(tmp_path, "import", str(tmp_path / "texte.md"))
    assert done.exit_code == 1
    assert done.stderr.count("[") == done.stderr.count("[conflict-marker]") == 3
    assert [path.name for path in (tmp_path / "panels").iterdir()] == ["01-un.md"]


def test_import_refuses_a_document_of_such_a_text(tmp_path: Path) -> None:
    """A converter makes paragraphs of the marks."""
    write_project(tmp_path, un=SHORT)
    document = docx.Document()
    for line in ("Un titre", *OURS.split("\n")):
        document.add_paragraph(line)
    document.save(str(tmp_path / "texte.docx"))
    done = run(tmp_path, "import", str(tmp_path / "texte.docx"))
    assert (done.exit_code, done.stderr.count("[conflict-marker]")) == (1, 3)


def test_import_goes_beside_no_such_panel(tmp_path: Path) -> None:
    """Nobody knows yet which place and address that panel keeps."""
    conflicted(tmp_path, "panels/01-un.md")
    (tmp_path / "texte.txt").write_text("Un titre\n\n- Un constat.\n", encoding="utf-8")
    done = run(tmp_path, "import", str(tmp_path / "texte.txt"))
    assert (done.exit_code, done.stderr.count("[conflict-marker]")) == (1, 3)
    assert [path.name for path in (tmp_path / "panels").iterdir()] == ["01-un.md"]


def test_fmt_typesets_nothing_without_the_settings(tmp_path: Path) -> None:
    """Settings that cannot be read may say what must be left as it is, of a panel that is named too."""
    conflicted(tmp_path, "panels/collection.yaml")
    panel = tmp_path / "panels/01-un.md"
    panel.write_text('#  Un titre\n\n- ✓ "Un" : deux.\n', encoding="utf-8")
    before = panel.read_bytes()
    done = run(tmp_path, "fmt", "--typography", str(panel))
    assert (done.exit_code, done.stderr.count("[conflict-marker]")) == (1, 3)
    assert panel.read_bytes() == before


def test_fmt_brings_no_mark_forward(tmp_path: Path) -> None:
    """An indented line is text; as the canonical form would begin with it, the panel is left as it is."""
    write_project(tmp_path, un="# Un titre\n\n   <<<<<<< voilà\n\n\n- ✓ Un.\n")
    run(tmp_path, "fmt")
    assert "conflict-marker" not in run(tmp_path, "check").stderr


def git(folder: Path, *arguments: str) -> int:
    """Run git as somebody, in the style that shows the common ancestor; return its exit code."""
    program = shutil.which("git") or ""
    named = ("user.name=E", "user.email=e@e", "merge.conflictStyle=diff3")
    options = [part for each in named for part in ("-c", each)]
    return subprocess.run([program, *options, *arguments], cwd=folder, check=False).returncode


def test_a_real_merge_is_told(tmp_path: Path) -> None:
    """Two people changed the same lines: the marks are git's own."""
    write_project(tmp_path, un=SHORT)
    panel = tmp_path / "panels/01-un.md"
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "panels")
    git(tmp_path, "commit", "-qm", "court")
    git(tmp_path, "checkout", "-qb", "relecture")
    panel.write_text(SHORT.replace("court", "bref"), encoding="utf-8")
    git(tmp_path, "commit", "-qam", "bref")
    git(tmp_path, "checkout", "-q", "main")
    panel.write_text(SHORT.replace("court", "long"), encoding="utf-8")
    git(tmp_path, "commit", "-qam", "long")
    assert git(tmp_path, "merge", "-q", "relecture") == 1
    lines = list(enumerate(panel.read_text(encoding="utf-8").split("\n"), 1))
    signs = ("<" * 7, "|" * 7, "=" * 7, ">" * 7)
    assert marks(tmp_path) == [("panels/01-un.md", n) for n, line in lines if line.startswith(signs)]
    assert {n for _, n in marks(tmp_path)} >= {1, 3, 5}


def test_a_conflicted_project_is_compared_without_that_file(tmp_path: Path) -> None:
    """`diff` says what it could not read."""
    write_project(tmp_path, un=SHORT, deux=SHORT.replace("court", "long"))
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "1"]):
        git(tmp_path, *arguments)
    (tmp_path / "panels/02-deux.md").write_text(OURS, encoding="utf-8")
    assert command("diff", cwd=tmp_path).stderr.count("[conflict-marker]") == 3
