"""`new`: a panel begun, whatever its title, that nobody publishes by mistake."""

import json
from pathlib import Path

import pytest
from builds import SHORT, command, told, write_project
from click.testing import CliRunner, Result

from oxalis_panels.cli.main import cli
from oxalis_panels.model.collection import plain
from oxalis_panels.reading.project import read_project

TITLES = [
    "Notre budget",
    'L\'équipe : "bilan" & #2',
    "*étoiles* _tirets_ [crochets](x) <balise> `code` \\ | ~~",
    "- 1. > # ✓ →",
    "Fête 🎉",
    "日本の協同組合",
    "עברית",
    "Titre\nsur deux lignes\ttabulé",
    "true",
    "x" * 300,
]


def run(project: Path, *arguments: str) -> Result:
    """Run `new` in a project."""
    return CliRunner().invoke(cli, ["new", "--project", str(project), *arguments])


def names(project: Path) -> list[str]:
    """Return the names of the panels."""
    return sorted(path.name for path in (project / "panels").iterdir())


@pytest.mark.parametrize("form", [[], ["--yaml"]])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_written_as_it_was_typed(tmp_path: Path, title: str, form: list[str]) -> None:
    """Every sign means itself; `fmt` has nothing to do; the panel without its draft line is complete."""
    project = write_project(tmp_path, un=SHORT)
    result = run(project, *form, "--", title)
    assert (result.exit_code, result.stderr) == (0, "")
    (path,) = (project / "panels").glob("02-*")
    assert CliRunner().invoke(cli, ["fmt", "--check", "--project", str(project)]).exit_code == 0
    text = path.read_text("utf-8").replace("draft: true\n", "introduction: false\n")
    for line in ("Premier constat, à remplacer", "Un point qui le précise, à remplacer ou à effacer"):
        text = text.replace(line, "Fait.")
    path.write_text(text, encoding="utf-8")
    read = read_project(project)
    assert read.value is not None, read.diagnostics
    assert plain(read.value.panels[1].title) == " ".join(title.split())


def test_it_says_which_file_and_what_to_do(tmp_path: Path) -> None:
    """The file is the next one of the series; its text is a draft to overwrite."""
    project = write_project(tmp_path, un=SHORT, deux=SHORT)
    result = run(project, "L’équipe, et le numérique")
    path = project / "panels" / "03-equipe-numerique.md"
    assert result.stdout.startswith(f"Créé\u00a0: {path.as_posix()}\n")
    assert "draft: true" in result.stdout
    assert "oxalis-panels check equipe-numerique --project" in result.stdout
    assert path.read_text("utf-8") == (
        "---\ndraft: true\n---\n\n# L’équipe, et le numérique\n\n"
        "- ✓ Premier constat, à remplacer\n  - → Un point qui le précise, à remplacer ou à effacer\n"
    )


def test_check_says_what_is_not_filled_yet(tmp_path: Path) -> None:
    """As a draft it is named; no longer a draft, each line of the model is an error."""
    project = write_project(tmp_path, un=SHORT)
    run(project, "Budget")
    checked = CliRunner().invoke(cli, ["check", "--project", str(project)])
    assert "Brouillon laissé de côté\u00a0: panels/02-budget.md" in checked.stdout
    path = project / "panels" / "02-budget.md"
    path.write_text(path.read_text("utf-8").split("---\n\n")[1], encoding="utf-8")
    checked = CliRunner().invoke(cli, ["check", "--project", str(project)])
    assert checked.exit_code == 1
    assert checked.stderr.count("[placeholder-left]") == 2


def test_a_place_can_be_asked_for(tmp_path: Path) -> None:
    """By number or behind a panel; a place that is taken only with --renumber, which keeps every text."""
    project = write_project(tmp_path, un=SHORT, deux=SHORT.replace("court", "bref"), trois=SHORT)
    assert run(project, "Loin", "--number", "9").exit_code == 0
    refused = run(project, "Entre", "--after", "un")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.replace(f"{tmp_path.as_posix()}/", "") == told("order-twice.new")
    second = (project / "panels" / "02-deux.md").read_bytes()
    done = run(project, "Entre", "--after", "un", "--renumber")
    assert done.exit_code == 0
    assert "02-deux.md → 03-deux.md" in done.stdout
    assert names(project) == ["01-un.md", "02-entre.md", "03-deux.md", "04-trois.md", "09-loin.md"]
    assert (project / "panels" / "03-deux.md").read_bytes() == second


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["  "], "title-empty.new"),
        (["x" * 301], "title-too-long.new"),
        (["Titre", "--slug", "un"], "slug-twice.new"),
        (["Titre", "--slug", "Été"], "slug-invalid.new"),
        (["Titre", "--slug", "index"], "slug-reserved.new"),
        (["Titre", "--after", "rien"], "panel-unknown.after"),
        (["Titre", "--number", "4", "--renumber"], "new-number-fixed"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, arguments: list[str], code: str) -> None:
    """With what to do instead; nothing is written."""
    project = write_project(tmp_path, un=SHORT, deux=f"---\norder: 4\n---\n\n{SHORT}")
    result = run(project, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told(code)
    assert names(project) == ["01-un.md", "02-deux.md"]


def test_a_place_that_the_header_says_is_never_moved_by_a_name(tmp_path: Path) -> None:
    """Not even where the name says the same: the panel would stay, and another come to its place."""
    project = write_project(tmp_path, un=SHORT, deux=f"---\norder: 2\n---\n\n{SHORT}")
    result = run(project, "Titre", "--number", "1", "--renumber")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[new-number-fixed]" in result.stderr
    assert names(project) == ["01-un.md", "02-deux.md"]


def test_two_panels_at_one_place_are_moved_together(tmp_path: Path) -> None:
    """The mistake stays the same, and none of them is in the way of the new one."""
    project = write_project(tmp_path, un=SHORT)
    for name in ("02-a.md", "02-b.yaml", "9-c.md", "10-d.md", "03-e.md"):
        (project / "panels" / name).write_text("x", encoding="utf-8")
    assert run(project, "Titre", "--number", "2", "--renumber").exit_code == 0
    kept = ["03-a.md", "04-e.md", "01-un.md", "02-titre.md", "03-b.yaml", "10-d.md", "9-c.md"]
    assert names(project) == sorted(kept)
    assert run(project, "Autre", "--number", "9", "--renumber").exit_code == 0
    assert {"09-autre.md", "10-c.md", "11-d.md"} <= set(names(project))


def test_without_panels_there_is_a_word_about_init(tmp_path: Path) -> None:
    """An empty folder is no project; an empty panels/ is a beginning."""
    result = run(tmp_path, "Titre")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.replace(f"{tmp_path.as_posix()}/", "") == told("folder-missing.new")
    (tmp_path / "panels").mkdir()
    assert run(tmp_path, "Titre").exit_code == 0
    assert names(tmp_path) == ["01-titre.md"]


def test_a_read_only_folder_keeps_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renamed files go back when the new one cannot be written."""
    project = write_project(tmp_path, un=SHORT, deux=SHORT)
    calls = iter(range(100))

    def replace(source: Path, target: Path) -> None:
        if next(calls) == 1:
            raise PermissionError(13, "Permission denied")
        source.rename(target)

    monkeypatch.setattr("os.replace", replace)
    result = run(project, "Entre", "--number", "1", "--renumber")
    assert result.exit_code == 1
    assert "accès refusé" in result.stderr
    assert names(project) == ["01-un.md", "02-deux.md"]


def test_it_speaks_english(tmp_path: Path) -> None:
    """The lines to overwrite, too."""
    project = write_project(tmp_path, un=SHORT)
    done = command("--lang", "en", "new", "Our budget", "--yaml", "--project", project)
    assert (done.returncode, done.stderr) == (0, "")
    text = (project / "panels" / "02-budget.yaml").read_text("utf-8")
    assert json.dumps("First finding, to be replaced") in text
