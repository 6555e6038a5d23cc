"""`import`: panels from plain text, word for word; what it says and what it writes."""

import io
import random
from pathlib import Path

import pytest
from builds import SHORT, drawn, told, write_project
from click.testing import CliRunner, Result

from oxalis_panels.authoring.formatting.canonical import canonical
from oxalis_panels.authoring.importing.making import ImportResult, make
from oxalis_panels.authoring.importing.page_order import page_marks
from oxalis_panels.authoring.starting.naming import short_slug
from oxalis_panels.cli.main import cli
from oxalis_panels.cli.terminal import ProgressLine
from oxalis_panels.model.diagnostics import Source

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "data" / "seed.txt"
GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def run(*arguments: str | Path) -> Result:
    """Run `import` as a person does."""
    return CliRunner().invoke(cli, ["import", *map(str, arguments)])


def imported(path: Path, data: bytes | str) -> ImportResult:
    """Return the panels of a file with this content."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    value = make(path).value
    assert value is not None
    return value


def codes(path: Path, data: bytes | str) -> list[str]:
    """Return what is said of a file with this content."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [each.key for each in make(path).diagnostics]


@pytest.mark.parametrize("case", CASES)
def test_a_file_gives_the_panels_of_its_folder(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said, each panel, and the count of words, as in the golden folder."""
    monkeypatch.chdir(GOLDEN / case)
    source = next(Path().glob("source.*"))
    result = run(source, "--dry-run")
    assert result.exit_code == 0
    expected = (GOLDEN / case / "attendu.txt").read_text("utf-8")
    assert result.stderr + result.stdout == expected


def test_the_first_text_gives_the_eight_panels(tmp_path: Path) -> None:
    """The authors' text, taken from their PDF, gives the files of `panels/`, byte for byte."""
    assert run(SEED, "--project", tmp_path).exit_code == 0
    ours, theirs = (sorted((root / "panels").glob("*.md")) for root in (ROOT, tmp_path))
    assert [each.read_text("utf-8") for each in theirs] == [each.read_text("utf-8") for each in ours]


def test_the_summary_counts_every_word(tmp_path: Path) -> None:
    """And says what to do next; `check` only has doubts about the wording, `fmt --check` none."""
    result = run(SEED, "--project", tmp_path)
    assert result.stderr == ""
    assert "781 mots lus, 781 mots dans 8 panneaux (10 ✓ et 26 →)." in result.stdout
    assert "oxalis-panels check --project" in result.stdout
    names = [path.name for path in sorted((tmp_path / "panels").iterdir())]
    assert names[:3] == [
        "01-introduction.md",
        "02-developper-strategie-budgetaire.md",
        "03-retablir-faire-evoluer-offre.md",
    ]
    checked = CliRunner().invoke(cli, ["check", "--project", str(tmp_path)])
    assert checked.exit_code == 0, checked.stderr
    assert CliRunner().invoke(cli, ["fmt", "--check", "--project", str(tmp_path)]).exit_code == 0


def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    """Each panel as it is made, then as it is read again; piped, nothing of it is printed."""
    told: list[tuple[str, int, int]] = []
    make(SEED, progress=lambda *each: told.append(each))
    assert told == [(stage, done, 8) for stage in ("making", "proving") for done in range(1, 9)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("oxalis_panels.cli.terminal.PATIENCE", 0)
        result = run(SEED, "--project", tmp_path)
    assert (result.stderr, "sur 8" in result.stdout) == ("", False)


def test_on_a_terminal_the_panels_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that is written over itself, and taken away."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("oxalis_panels.cli.terminal.PATIENCE", 0)
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    with ProgressLine() as line:
        make(SEED, progress=lambda stage, done, total: line.say(f"import.{stage}", done=done, total=total))
    assert "\rPanneaux\u00a0: 8 sur 8" in shown.getvalue()
    assert "\rRelecture des panneaux\u00a0: 8 sur 8" in shown.getvalue()
    assert shown.getvalue().split("\r")[-2:] == [" " * len("Relecture des panneaux : 8 sur 8"), ""]


def test_panels_go_behind_those_that_are_there(tmp_path: Path) -> None:
    """No file is touched, no address is taken twice."""
    project = write_project(tmp_path, introduction="---\nintroduction: true\n---\n\nBonjour.\n", un=SHORT)
    before = (project / "panels" / "02-un.md").read_bytes()
    assert run(SEED, "--project", project).exit_code == 0
    names = sorted(path.name for path in (project / "panels").iterdir())
    assert names[:4] == [
        "01-introduction.md",
        "02-un.md",
        "03-introduction-2.md",
        "04-developper-strategie-budgetaire.md",
    ]
    assert (project / "panels" / "02-un.md").read_bytes() == before


@pytest.mark.parametrize("text", ["Oxalis", "2024"])
def test_what_one_page_alone_repeats_is_text(text: str) -> None:
    """A running head and a page number are those of several pages."""
    assert page_marks([text, "un", text, "Titre", "deux", "fin"], [0, 3]) == {}
    assert list(page_marks([text, "un", text, "Titre", "deux", text], [0, 3])) == [0, 2, 5]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It shows the panels."""
    result = run(SEED, "--project", tmp_path, "--dry-run")
    assert (result.exit_code, list(tmp_path.iterdir())) == (0, [])
    assert "# Maintenir Oxalis en mouvement" in result.stdout


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All panels or none; the reason is told."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run(SEED, "--project", tmp_path)
    assert result.exit_code == 1
    assert "plus de place sur le disque" in result.stderr
    assert list(tmp_path.rglob("*.md")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    """By their mark or by their bytes, without a word; Windows line ends too."""
    text = SEED.read_text("utf-8").replace("\n", "\r\n")
    parsed = make(SEED)
    assert parsed.value is not None
    path = tmp_path / "texte.txt"
    assert imported(path, text.encode(encoding)).files == parsed.value.files
    assert codes(path, text.encode(encoding)) == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_old_encodings_are_guessed_and_told(tmp_path: Path, encoding: str) -> None:
    """The letters are right; a warning asks to look."""
    data = "# Équipe\n\n[x] Société coopérative".encode(encoding)
    assert "Société coopérative" in next(iter(imported(tmp_path / "a.txt", data).files.values()))
    assert drawn(make(tmp_path / "a.txt").diagnostics, tmp_path) == told("import-encoding")


def test_what_a_pdf_leaves_in_a_text_is_mended(tmp_path: Path) -> None:
    """Ligatures are letters again, soft hyphens and control characters go, a lost character is seen."""
    text = "# Oﬃce\n\n✓ un ﬁl\u00ad rou\u200bge\x07, un accent perd\ufffd"
    made = imported(tmp_path / "a.txt", text)
    assert list(made.files.values()) == ["# Office\n\n- ✓ un fil rouge, un accent perd[?]\n"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "import-password"),
        (rb"{\rtf1 bonjour}", "import-format.foreign"),
        (b"\x89PNG\r\n" + bytes(900), "import-format.unknown"),
        (b"%PDA-1.7\n" + random.Random(1).randbytes(9_000), "import-format.unknown"),  # noqa: S311 - no secret
        (b"PK\x03\x04 cut off", "import-damaged"),
        (b"", "import-nothing"),
        (b" \n\n \t\n", "import-nothing"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    """By what it holds, whatever it is called; nothing is written."""
    path = tmp_path / "bilan.docx"
    path.write_bytes(data)
    result = run(path, "--project", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told(code)
    assert [each.name for each in tmp_path.iterdir()] == ["bilan.docx"]


def test_a_title_alone_becomes_a_draft(tmp_path: Path) -> None:
    """It is written, so that no word is lost, but nothing unfinished is published."""
    made = imported(tmp_path / "a.txt", "# Un\n\n✓ constat\n\n# Deux\n")
    assert (
        made.files[next(name for name in made.files if "deux" in str(name))]
        == "---\ndraft: true\n---\n\n# Deux\n"
    )


def test_a_text_beyond_measure_is_refused(tmp_path: Path) -> None:
    """A book in one paragraph is no panel: said with its place, and quickly."""
    assert codes(tmp_path / "a.txt", "# Un\n\n" + "encore un mot\n" * 1000) == ["text-too-long"]


def test_what_is_written_is_in_form(tmp_path: Path) -> None:
    """`fmt` has nothing to do, whatever signs a text has."""
    text = (GOLDEN / "signes-de-markdown" / "source.txt").read_text("utf-8")
    for name, written in imported(tmp_path / "a.txt", text).files.items():
        assert canonical(Source(f"panels/{name}", written), ROOT).text == written


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Développer une stratégie budgétaire exigeante", "developper-strategie-budgetaire"),
        ("L’équipe, et le numérique !", "equipe-numerique"),
        ("De la", "de-la"),
        ("日本 2024", "2024"),
        ("日本", "panneau-7"),
        ("Accessibilité", "panneau-accessibilite"),
        ("Budget", "budget-2"),
        ("x" * 100, "x" * 52),
    ],
)
def test_an_address_is_short_and_free(title: str, slug: str) -> None:
    """Words that tell nothing are left out; a page of the site and another panel keep theirs."""
    assert short_slug(title, {"budget"}, "panneau-7") == slug
