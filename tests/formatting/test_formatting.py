"""`fmt`: one form, the same words, nothing lost."""

import stat
import sys
from pathlib import Path

import pytest
from builds import SHORT, told, write_project
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from oxalis_panels.authoring.formatting.canonical import canonical
from oxalis_panels.authoring.formatting.source_text import one_line, read_text, written
from oxalis_panels.cli.main import cli
from oxalis_panels.model.collection import Settings
from oxalis_panels.model.diagnostics import Source
from oxalis_panels.reading.panel import read_panel

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path for path in GOLDEN.iterdir() if path.stem.count(".") == 0 and path.name != "README.md")
REAL = sorted((ROOT / "panels").glob("*.md"))
SIGNS = [
    *"*_[]()<>\\`~&#!.:-\n 1é",
    "**",
    "  \n",
    "\\\n",
    "](",
    "mot",
    "✓",
    "->",
    "\u00a0",
    "\u200b",
    "e\u0301",
]
LINE = st.lists(st.sampled_from(SIGNS), max_size=14).map("".join)
WORDS = st.lists(
    st.sampled_from(["un", "mot", "l’été", "**fort**", "*doux*", "[lien](http://a.fr)", "5 * 3"])
)
ITEM = WORDS.map(" ".join).filter(str.strip)


def formed(name: str, text: str, style: Settings | None = None) -> str:
    """Return the canonical form of a panel that has one."""
    form = canonical(Source(f"panels/{name}", text), ROOT, style)
    assert form.diagnostics == ()
    return form.text


def run(*arguments: str, project: Path) -> Result:
    """Run `fmt` in a project."""
    return CliRunner().invoke(cli, ["fmt", "--project", str(project), *arguments])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_panel_gets_the_form_of_its_pair(path: Path) -> None:
    """What is in the golden folder, and nothing more to do the second time."""
    expected = path.with_suffix(f".attendu{path.suffix}").read_text("utf-8")
    assert formed(path.name, path.read_text("utf-8")) == expected
    assert formed(path.name, expected) == expected


def test_typography_is_written_when_asked_for() -> None:
    """Quotation marks, apostrophes and no-break spaces, inside emphasis too; the second time nothing."""
    expected = (
        "# L’offre «\u00a0Oxalis\u00a0»\u00a0: bilan\n\n"
        "- ✓ Un succès\u202f? Oui\u202f!\n  - → *20\u00a0%* de plus,\n"
    )
    text = (GOLDEN / "typographie.md").read_text("utf-8")
    assert formed("x.md", text, Settings()) == expected
    assert formed("x.md", expected, Settings()) == expected


def test_typography_is_written_into_front_matter_and_yaml() -> None:
    """A value is put between quotation marks: a colon in it stays text. Strings to keep are kept."""
    text = 'title: L\'offre\nfindings:\n  - ✓: "Bigre! Oui!"\n    →: [a]\n'
    expected = 'title: "L’offre"\nfindings:\n  - ✓: "Bigre! Oui\u202f!"\n    →:\n      - a\n'
    assert formed("x.yaml", text, Settings(keep=("Bigre!",))) == expected


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_the_real_panels_are_in_form(path: Path) -> None:
    """The panels of this repository are what `fmt` makes of them."""
    text = path.read_text("utf-8")
    assert formed(path.name, text) == text


@given(LINE)
@example("\\  \n*")
def test_a_text_on_one_line_reads_the_same(text: str) -> None:
    """Whatever signs a text is made of; and there is nothing more to do the second time."""
    line = one_line(text)
    assert read_text(line)[0] == read_text(text)[0]
    assert one_line(line) == line


@given(LINE)
def test_inline_text_is_written_as_markdown_that_reads_as_it(text: str) -> None:
    """What the reader makes of any text can be written again, or is said to be beyond Markdown."""
    inline = read_text(text)[0]
    again = written(inline)
    assert again is None or read_text(again)[0] == inline


@given(
    st.lists(ITEM, max_size=3), st.lists(st.tuples(ITEM, st.lists(ITEM, max_size=3)), min_size=1, max_size=4)
)
def test_any_panel_says_the_same_in_form(
    paragraphs: list[str], findings: list[tuple[str, list[str]]]
) -> None:
    """However it was typed; formatting twice is formatting once, with typography and without."""
    lines = ["# Titre", *(f"\n{text}\n" for text in paragraphs)]
    for text, points in findings:
        lines += [f"* [x]  {text}", *(f"     -> {point}" for point in points)]
    source = Source("panels/x.md", "\n".join(lines))
    before = read_panel(source, ROOT, (), [])
    for style in (None, Settings()):
        form = canonical(source, ROOT, style)
        if form.diagnostics:
            assert {each.key for each in form.diagnostics}.isdisjoint({"unproved.format"})
            continue
        assert canonical(Source("panels/x.md", form.text), ROOT, style).text == form.text
        if style is None:
            assert read_panel(Source("panels/x.md", form.text), ROOT, (), []).content == before.content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_fmt_writes_what_it_says(tmp_path: Path) -> None:
    """Windows line ends and the byte order mark go; the mode stays; a second run has nothing to do."""
    project = write_project(tmp_path, un=SHORT, deux=SHORT)
    path = project / "panels" / "02-deux.md"
    path.write_bytes("\ufeff# Deux\r\n\r\n✓ constat\r\n".encode())
    path.chmod(0o640)
    first = run(project=project)
    assert (first.exit_code, first.stdout) == (
        0,
        "Mis en forme\u00a0: panels/02-deux.md\n1 panneau était déjà en forme.\n",
    )
    assert path.read_bytes() == "# Deux\n\n- ✓ constat\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(each.name for each in path.parent.iterdir()) == ["01-un.md", "02-deux.md"]
    assert run(project=project).stdout == "2 panneaux étaient déjà en forme.\n"


def test_check_and_diff_write_nothing(tmp_path: Path) -> None:
    """`--check` ends with 1 where there is something to do; `--diff` shows it."""
    project = write_project(tmp_path, un="# Un\n\n✓ constat\n")
    before = (project / "panels" / "01-un.md").read_bytes()
    checked, shown = run("--check", project=project), run("--diff", project=project)
    assert (checked.exit_code, shown.exit_code) == (1, 0)
    assert checked.stderr == "À mettre en forme\u00a0: panels/01-un.md\n"
    assert shown.stdout == (
        "--- panels/01-un.md\n+++ panels/01-un.md\n@@ -1,4 +1,4 @@\n # Un\n \n-✓ constat\n+- ✓ constat\n \n"
    )
    assert (project / "panels" / "01-un.md").read_bytes() == before


def test_a_panel_with_a_mistake_stays_and_the_others_are_formatted(tmp_path: Path) -> None:
    """The mistake is told with its place; the exit code is 1."""
    project = write_project(tmp_path, un="# Un\n\n-> point\n", deux="# Deux\n\n✓ constat\n")
    result = run(project=project)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{project.as_posix()}/panels/01-un.md:3:1: erreur\u00a0: ")
    assert (project / "panels" / "01-un.md").read_text("utf-8") == "# Un\n\n-> point\n"
    assert (project / "panels" / "02-deux.md").read_text("utf-8") == "# Deux\n\n- ✓ constat\n"


def test_only_the_files_named_are_formatted(tmp_path: Path) -> None:
    """Another panel's mistake does not hinder; a file that is no panel is refused, and nothing is written."""
    project = write_project(tmp_path, un="# Un\n\n-> point\n", deux="# Deux\n\n✓ constat\n")
    two, other = project / "panels" / "02-deux.md", tmp_path / "autre.md"
    other.write_text("# Autre\n", encoding="utf-8")
    refused = run(str(other), str(two), project=project)
    assert refused.exit_code == 1
    assert "[panel-unknown]" in refused.stderr
    assert two.read_text("utf-8") == "# Deux\n\n✓ constat\n"
    assert run(str(two), project=project).exit_code == 0
    assert two.read_text("utf-8") == "# Deux\n\n- ✓ constat\n"


def test_a_read_only_panel_is_left(tmp_path: Path) -> None:
    """Even where the system would let its folder's owner replace it."""
    project = write_project(tmp_path, un="# Un\n\n✓ constat\n")
    path = project / "panels" / "01-un.md"
    path.chmod(0o444)
    result = run(project=project)
    assert result.exit_code == 1
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told("format-read-only")
    assert path.read_text("utf-8") == "# Un\n\n✓ constat\n"


def test_a_lost_word_is_a_fault_of_ours_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a defect of this program can lose one: the form is read again, and held against what was typed."""
    project = write_project(tmp_path, un="# Un\n\n✓ assaini\n")

    monkeypatch.setattr(
        "oxalis_panels.authoring.formatting.canonical.markdown", lambda *_: "# Un\n\n- ✓ assainie\n"
    )
    result = run(project=project)
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told("unproved.format")
    assert (project / "panels" / "01-un.md").read_text("utf-8") == "# Un\n\n✓ assaini\n"


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel stays whole, no other file is left behind, and the reason is told."""
    project = write_project(tmp_path, un="# Un\n\n✓ constat\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run(project=project)
    assert result.exit_code == 1
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told("file-unwritten.format")
    assert [path.name for path in (project / "panels").iterdir()] == ["01-un.md"]
    assert (project / "panels" / "01-un.md").read_text("utf-8") == "# Un\n\n✓ constat\n"


def test_what_is_said_of_a_picture_stays_as_it_was_typed(tmp_path: Path) -> None:
    """All its fields, in their order; the header around them gets its form."""
    figure = (
        "figure:\n  caption:   Le 12 mars\n  focus: 40%   30%  # la scène\n"
        "  bleed: false\n  alt: Une table\n  file: photo.png\n"
    )
    (tmp_path / "panels").mkdir()
    Image.new("L", (40, 30), 200).save(tmp_path / "panels/photo.png")
    source = Source("panels/un.md", f"---\ntitle:  Titre\n{figure}order:   2\n---\n\n- ✓ Un constat\n")
    form = canonical(source, tmp_path, None)
    assert form.diagnostics == ()
    assert form.text == f"---\ntitle: Titre\norder: 2\n{figure}---\n\n- ✓ Un constat\n"
