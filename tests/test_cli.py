"""The command line as a person meets it: words, streams, exit codes, and what it never loads."""

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path, PurePath
from time import process_time

import click
import pytest
from builds import ROOT, SHORT, Built, command, environment, write_project
from click.testing import CliRunner

from oxalis_panels import __version__
from oxalis_panels.cli.main import COMMANDS, cli
from oxalis_panels.poster.places import screen_paths

HEAVY = {"weasyprint", "pikepdf", "fontTools", "uharfbuzz", "jinja2"}
"""Libraries that only a build needs."""
WRONG = "# Un titre\n\n- → point sans constat\n"
WARNED = SHORT.replace("point.", "point..")


@pytest.fixture
def project(tmp_path: Path, built: Built) -> Path:
    """Return a project of one panel, in a folder whose name has a space and an accent; fonts are made."""
    return built.lend_fonts(write_project(tmp_path / "Bilan été 2024", un=SHORT))


def commands() -> dict[str, click.Command]:
    """Return the command itself under an empty name, and its subcommands."""
    context = click.Context(cli)
    return {"": cli} | {name: found for name in COMMANDS if (found := cli.get_command(context, name))}


def options() -> list[str]:
    """Return every option of every command."""
    named = [name for each in commands().values() for parameter in each.params for name in parameter.opts]
    return sorted({name for name in named if name.startswith("--")} | {"--help"})


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_french(name: str) -> None:
    """Every command explains itself and each of its options in French, `click`'s own words included."""
    result = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage\u00a0: ")
    assert "Affiche cette aide." in result.stdout
    for parameter in commands()[name].params:
        if getattr(parameter, "hidden", False):
            continue
        named = parameter.metavar if isinstance(parameter, click.Argument) else parameter.opts[-1]
        assert str(named) in result.stdout
    for english in ("Usage:", "Show this", "Options:", "Commands:", "directory", "default:", "env var"):
        assert english not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("--lang", "en", "--help"), {}),
        (("--lang=en", "--help"), {}),
        (("--help",), {"OXALIS_PANELS_LANG": "en"}),
        (("--lang", "en", "--help"), {"OXALIS_PANELS_LANG": "fr"}),
    ],
)
def test_help_is_in_english_when_asked(arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    """The option decides, then the variable; French words are gone."""
    done = command(*arguments, cwd=ROOT, **variables)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")
    assert "Show this message and exit." in done.stdout
    assert "Affiche" not in done.stdout


def test_the_language_may_stand_behind_the_command() -> None:
    """Where people write it first; help lists it once, with the options of the program."""
    done = command("explain", "title-late", "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.startswith("title-late (error)")


@pytest.mark.parametrize(
    ("language", "variables", "said"),
    [
        ("en", {}, "No errors."),
        ('"en-GB"', {}, "No errors."),
        ("oc", {}, "Aucune faute."),
        ("en", {"OXALIS_PANELS_LANG": "fr"}, "Aucune faute."),
    ],
)
def test_messages_are_in_the_language_of_the_panels(
    language: str, variables: dict[str, str], said: str, tmp_path: Path
) -> None:
    """If we speak it, and nobody asked for another one; who writes English reads English."""
    project = write_project(tmp_path, un="# One\n\n- ✓ One.\n")
    (project / "panels" / "collection.yaml").write_text(f"language: {language}\n", encoding="utf-8")
    done = command("check", "un", "--project", project, cwd=ROOT, **variables)
    assert said in done.stdout
    assert said in command("check", "un", cwd=project, **variables).stdout


def test_what_is_said_to_be_typed_can_be_typed() -> None:
    """Who came through `build.py` may have no command of our name: usage and advice name what was typed."""
    typed = "py build.py" if os.name == "nt" else "python3 build.py"
    assert command("check", "--help", OXALIS_PANELS_FRONT_DOOR="1").stdout.startswith(
        f"Usage\u00a0: {typed} check [OPTIONS]"
    )
    assert f"{typed} explain CODE" in command("explain", OXALIS_PANELS_FRONT_DOOR="1").stdout
    assert "-m oxalis_panels explain CODE" in command("explain").stdout
    assert "build.py" not in command("--help").stdout


def test_a_language_nobody_taught_it_is_refused_in_french() -> None:
    """An unknown language is an error, said in the language of the program."""
    done = command("--lang", "de", "check")
    assert done.returncode == 2
    assert "Valeur impossible pour «\u00a0--lang\u00a0»" in done.stderr
    assert "is not one of" not in done.stderr


def test_version_is_that_of_the_package() -> None:
    """The same as in the wheel; on a second line, what draws here, which a report of a problem needs."""
    result = CliRunner().invoke(cli, ["--version"])
    own, engines = result.stdout.splitlines()
    assert (result.exit_code, own) == (0, f"oxalis-panels {__version__}")
    assert f"weasyprint {version('weasyprint')}, " in engines
    assert re.search(r", pango \d+\.\d+\.\d+\b", engines)


@pytest.mark.parametrize("name", [*options(), "build", "check", "test"])
def test_everything_is_on_the_page_of_commands(name: str) -> None:
    """Each command and each option, in both languages."""
    for page in ("commands.md", "commandes.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], ["La commande biuld n’existe pas.", "build"]),
        (["build", "--poster"], ["L’option --poster n’existe pas.", "--posters"]),
        (["--posters"], ["L’option --posters n’existe pas.", "build --posters"]),
        (["--renumber"], ["new --renumber"]),
        (["build", "--panel"], ["L’option --panel demande une valeur."]),
        (["build", "--site=oui"], ["L’option --site ne prend pas de valeur."]),
        (["build", "panels"], ["Argument en trop\u00a0: panels"]),
        (["check", "--project", str(ROOT / "pyproject.toml")], ["est un fichier, il faut un dossier."]),
    ],
)
def test_a_slip_of_the_pen_is_answered_in_french(arguments: list[str], words: list[str]) -> None:
    """Unknown commands and options: exit code 2, on stderr, with what was probably meant."""
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Erreur\u00a0: " in result.stderr
    assert [word for word in words if word not in result.stderr] == []
    assert not re.search(r"Error|No such|Did you mean|Try '|Got unexpected|requires", result.stderr)


def test_no_command_shows_the_help() -> None:
    """The bare name of the program explains it instead of doing something."""
    result = CliRunner().invoke(cli, [])
    assert result.exit_code == 2
    assert "build" in result.output
    assert "check" in result.output
    assert command().returncode == 2


@pytest.mark.parametrize("name", ["deux", "2", "02-deux", "02-deux.md", "panels/02-deux.md"])
def test_a_check_may_speak_of_one_panel(tmp_path: Path, name: str) -> None:
    """However it is named; the others are only counted, and their mistakes do not fail it."""
    project = write_project(tmp_path, un=WARNED, deux=WARNED)
    done = CliRunner().invoke(cli, ["check", name, "--project", str(project)])
    assert done.exit_code == 0
    assert set(re.findall(r"panels/\S+md", done.stderr)) == {"panels/02-deux.md"}
    assert "Dans les autres fichiers\u00a0: 1 avertissement (oxalis-panels check les montre)." in done.stderr
    assert done.stdout.endswith("Aucune erreur\u202f; 1 avertissement, qui n’empêche rien.\n")


def test_mistakes_elsewhere_do_not_fail_the_check_of_a_panel(tmp_path: Path) -> None:
    """They are counted, and it is said that the text of a right panel has not been reviewed for that."""
    project = write_project(tmp_path, un=WRONG, deux=WARNED)
    failed = CliRunner().invoke(cli, ["check", "un", "--project", str(project)])
    assert (failed.exit_code, "[point-before-finding]" in failed.stderr) == (1, True)
    done = CliRunner().invoke(cli, ["check", "deux", "--project", str(project)])
    assert done.exit_code == 0
    assert done.stderr == "Dans les autres fichiers\u00a0: 1 erreur (oxalis-panels check les montre).\n\n"
    assert done.stdout.startswith("Aucune erreur ici")


def test_a_check_of_a_panel_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    """With the nearest one, if there is one; the settings can be named as well."""
    project = write_project(tmp_path, offre=SHORT, equipe=SHORT)
    done = CliRunner().invoke(cli, ["check", "ofre", "lune", "--project", str(project)])
    assert done.exit_code == 1
    assert "Vouliez-vous dire «\u00a0offre\u00a0»\u202f?" in done.stderr
    assert "Les panneaux sont\u00a0: offre, equipe." in done.stderr
    (project / "panels" / "collection.yaml").write_text("langage: fr\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["check", "collection.yaml", "--project", str(project)])
    assert (told.exit_code, "[key-unknown]" in told.stderr) == (1, True)


def test_a_good_check_says_what_it_read(project: Path) -> None:
    """Counts on stdout, nothing on stderr, exit code 0, and nothing written."""
    result = CliRunner().invoke(cli, ["check", "--project", str(project)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 panneau\u00a0: 1 ✓ et 1 →.\nAucune faute.\n"
    assert not (project / "output" / "site").exists()


def test_mistakes_are_on_stderr_with_exit_code_1(project: Path) -> None:
    """All of them, then how many there are and what to do."""
    write_project(project, un=WRONG, deux=WRONG)
    result = CliRunner().invoke(cli, ["check", "--project", str(project)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("panels/01-un.md:3:") == 1
    assert result.stderr.count("panels/02-deux.md:3:") == 1
    assert result.stderr.endswith("2 erreurs. Corrigez, puis relancez la commande.\n")


def test_a_failed_build_says_that_nothing_was_written(project: Path) -> None:
    """The last sentence reassures: the last output is whole."""
    write_project(project, un=WRONG)
    result = CliRunner().invoke(cli, ["build", "--project", str(project)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(
        "1 erreur. Rien n’a été écrit\u00a0: les derniers résultats sont intacts.\n"
    )


def test_a_warning_alone_is_told_and_does_not_stop(project: Path) -> None:
    """Exit code 0; with --strict it is 1."""
    write_project(project, un=WARNED)
    told = CliRunner().invoke(cli, ["check", "--project", str(project)])
    strict = CliRunner().invoke(cli, ["check", "--strict", "--project", str(project)])
    assert (told.exit_code, strict.exit_code) == (0, 1)
    assert "[typography-dots]" in told.stderr
    assert told.stdout.endswith("Aucune erreur\u202f; 1 avertissement, qui n’empêche rien.\n")


def test_a_build_says_what_it_made_where(built: Built) -> None:
    """Real panels, piped: plain text, no progress, no colour, the folders and the time."""
    assert built.stderr == ""
    lines = built.stdout.splitlines()
    assert lines[0] == "8 panneaux\u00a0: 10 ✓ et 26 →."
    assert re.fullmatch(
        rf"Site : \d+ fichiers dans {re.escape(str(built.output))}/site/ \(\d+ nouveaux ou modifiés\) ; "
        r"ouvrez-y index\.html\.",
        lines[1].replace("\u00a0", " ").replace("\u202f", " "),
    )
    assert lines[2].replace("\u00a0", " ").startswith("Affiches : 8 fichiers dans ")
    assert re.fullmatch(r"Terminé en \d+,\d\d? s\.", lines[-1].replace("\u00a0", " ").replace("\u202f", " "))
    assert not re.search(r"[\r\x1b]", built.stdout)


def test_the_site_alone_goes_where_it_is_asked(project: Path, tmp_path: Path) -> None:
    """`--site --output`: the site there, no posters, nothing in the project."""
    result = CliRunner().invoke(
        cli, ["build", "--site", "--project", str(project), "--output", str(tmp_path / "ailleurs, là")]
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "ailleurs, là" / "site" / "un" / "index.html").is_file()
    assert not (tmp_path / "ailleurs, là" / "print").exists()
    assert not (project / "output" / "site").exists()
    assert "Affiches" not in result.stdout


def test_one_poster_alone(project: Path) -> None:
    """`--panel` makes that poster, for the printer and for the screen, and no page."""
    write_project(project, un=SHORT, deux=SHORT)
    result = CliRunner().invoke(cli, ["build", "--panel", "deux", "--project", str(project)])
    assert result.exit_code == 0, result.output
    assert [path.name for path in (project / "output" / "print").iterdir()] == ["02-deux-a1.pdf"]
    made = {path.relative_to(project / "output") for path in (project / "output" / "site").rglob("*.*")}
    assert made == set(map(PurePath, screen_paths("deux", online=False)))


def test_an_unknown_panel_is_answered_with_the_nearest(project: Path) -> None:
    """Exit code 1 and the list of panels."""
    result = CliRunner().invoke(cli, ["build", "--panel", "une", "--project", str(project)])
    assert result.exit_code == 1
    assert "Aucun panneau ne s’appelle «\u00a0une\u00a0»." in result.stderr
    assert "Vouliez-vous dire «\u00a0un\u00a0»" in result.stderr


def test_nothing_is_suggested_for_a_panel_like_no_other(project: Path) -> None:
    """A far-fetched suggestion would only puzzle: the list is enough."""
    result = CliRunner().invoke(cli, ["build", "--panel", "zzz", "--project", str(project)])
    assert result.exit_code == 1
    assert "Vouliez-vous" not in result.stderr
    assert "Les panneaux sont\u00a0: un." in result.stderr


@pytest.mark.parametrize("folder", ["", "panels", "panels/output", "templates", "."])
def test_results_are_not_mixed_with_texts(
    folder: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--output` is refused where people write, and when it is the empty value of a variable."""
    monkeypatch.chdir(project)
    before = sorted(project.rglob("*"))
    result = CliRunner().invoke(cli, ["build", "--site", "--output", folder])
    assert result.exit_code == 2
    assert "Valeur impossible pour «\u00a0--output\u00a0»" in result.stderr
    assert sorted(project.rglob("*")) == before


def test_a_project_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A slip in the name of the folder is not told as a folder without panels."""
    result = CliRunner().invoke(cli, ["check", "--project", str(tmp_path / "nulle")])
    assert result.exit_code == 2
    assert "nulle\u00a0» n’existe pas." in result.stderr


def test_a_build_counts_its_warnings(project: Path) -> None:
    """The last lines say how many there are; those about the texts are for `check` to show."""
    write_project(project, un=WARNED)
    result = CliRunner().invoke(cli, ["build", "--site", "--project", str(project)])
    assert (result.exit_code, result.stdout.splitlines()[-2]) == (
        0,
        "1 avertissement sur les textes\u00a0: oxalis-panels check le montre.",
    )
    assert result.stderr == ""


def test_a_folder_without_panels_is_answered_clearly(tmp_path: Path) -> None:
    """Started in the wrong place, the program names the folder it looked for."""
    done = command("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "panels" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/oxalis", "/dev/null/output"])
def test_an_output_folder_that_cannot_be_is_answered(place: str, project: Path) -> None:
    """A place where nothing can be written: a sentence, not a traceback."""
    if not Path(place).parent.exists():
        pytest.skip("only Linux has this place")
    result = CliRunner().invoke(cli, ["build", "--site", "--project", str(project), "--output", place])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{place}: erreur\u00a0: ")
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["--version"]])
def test_quick_commands_load_nothing_heavy(arguments: list[str]) -> None:
    """`--help` and `check` start at once: what draws, prints and templates is not loaded."""
    code = (
        "import sys; from oxalis_panels.cli.main import cli\n"
        f"try: cli({arguments!r}, prog_name='oxalis-panels')\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=ROOT,
        env=environment({}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stderr.split()
    assert "click" in loaded
    assert HEAVY & set(loaded) == set()


def test_many_warnings_take_time_as_they_are_many(tmp_path: Path) -> None:
    """Four times as many take some four times as long: none is compared with all others."""

    def seconds(findings: int) -> float:
        text = "# Un titre\n\n" + "".join(f"- ✓ Réunion {n} à 16h15.\n" for n in range(findings))
        write_project(tmp_path / str(findings), un=text, deux=text.replace("titre", "autre"))
        started = process_time()
        done = CliRunner().invoke(cli, ["check", "un", "--project", str(tmp_path / str(findings))])
        assert done.stderr.count("[typography-time]") == findings
        return process_time() - started

    seconds(10)
    assert seconds(2000) < 9 * seconds(500)
