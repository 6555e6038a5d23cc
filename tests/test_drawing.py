"""Diagnostics for terminals, ears and forges: the same mistakes, whole and exact in each form."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from builds import FRENCH, WRONG_LINES, command, write_project
from click.testing import CliRunner

from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw, spoken
from oxalis_panels.words.machines import MACHINES, drawn_for_machine
from oxalis_panels.words.report import drawn

PANEL = Source("panels/01-a.md", "# Titre\n\n- ✓ Réunion à 16h15, salle 2\n- ✓ fin\n")
NUMBER = {"type": ["integer", "null"], "minimum": 1}
PLACE = dict.fromkeys(("line", "column", "end_line", "end_column"), NUMBER)
SCHEMA = {
    "type": "object",
    "required": ["version", "language", "diagnostics"],
    "properties": {
        "version": {"const": 1},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "case", "severity", "message", "help", "file", *PLACE, "source_line"],
                "properties": {
                    "code": {"type": "string"},
                    "case": {"type": ["string", "null"], "minLength": 1},
                    "severity": {"enum": ["error", "warning"]},
                    "message": {"type": "string", "minLength": 1},
                    "help": {"type": ["string", "null"]},
                    "file": {"type": "string"},
                    **PLACE,
                    "source_line": {"type": ["string", "null"]},
                    "repair": {
                        "type": ["object", "null"],
                        "required": [*PLACE, "replacement", "lines"],
                    },
                },
            },
        },
    },
}
"""The form that `docs/verifier.md` promises."""
QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer"}}},
                },
            },
        },
    },
}
"""What GitLab's documentation asks of each entry."""


def of(text: str, code: str = "typography-time", source: Source = PANEL) -> Diagnostic:
    """Return a warning about the first place where a text stands."""
    start = source.text.index(text)
    return warning(code, Span(source, start, start + len(text)), found=text, instead="16 h 15")


def machine(form: str, *diagnostics: Diagnostic, folder: str = "") -> str:
    """Return diagnostics in a form that a machine reads."""
    return drawn_for_machine(form, diagnostics, FRENCH, folder)


def quality(*diagnostics: Diagnostic) -> list[dict[str, Any]]:
    """Return the entries of GitLab's report."""
    entries: list[dict[str, Any]] = json.loads(machine("gitlab", *diagnostics))
    return entries


def test_a_repair_is_shown_as_the_whole_line() -> None:
    """Where the repair is mechanical, what to write is there to be copied."""
    assert draw(of("16h15").repaired("16 h 15"), FRENCH).split("\n")[-1] == (
        "  écrivez\u00a0: - ✓ Réunion à 16 h 15, salle 2"
    )


@pytest.mark.parametrize(("span", "replacement"), [("16h15", "16h15"), ("- ✓ fin", "")])
def test_a_repair_that_leaves_nothing_to_write_is_not_shown(span: str, replacement: str) -> None:
    """A line that is to be removed, or was right, cannot be written."""
    assert "écrivez\u00a0:" not in draw(of(span).repaired(replacement), FRENCH)


def test_a_repair_may_take_several_lines() -> None:
    """They stand below one another."""
    lines = draw(of("Réunion").repaired("Un\n- ✓ Deux"), FRENCH).split("\n")[-2:]
    assert lines == ["  écrivez\u00a0: - ✓ Un", "            - ✓ Deux à 16h15, salle 2"]


def test_the_help_of_a_warning_is_told_once() -> None:
    """The second doubt of a kind has its place and its line, and no advice that was just read; errors do."""
    doubts = [of("16h15"), of("fin")]
    mistakes = [error("item-empty", each.span) for each in doubts]
    helped = [["aide" in text for text in drawn(each, FRENCH)] for each in (doubts, mistakes)]
    assert helped == [[True, False], [True, True]]


def test_plain_sentences_name_everything() -> None:
    """No caret, no bracket, no colour: what a screen reader says is what there is to know."""
    message = "L’heure « 16h15 » n’est pas écrite à la française."
    assert spoken(of("16h15").repaired("16 h 15"), FRENCH).replace("\u00a0", " ").split("\n") == [
        f"Fichier panels/01-a.md, ligne 3, colonne 15 : attention. {message}",
        "Passage : 16h15",
        "Aide : Écrivez « 16 h 15 », avec des espaces autour du h.",
        "Écrivez : - ✓ Réunion à 16 h 15, salle 2",
        "Code : typography-time.",
    ]


def test_plain_sentences_name_files_and_options() -> None:
    """A mistake without a line is in a file, or on the command line."""
    places = [spoken(error("file-empty", Span(Source(name))), catalogue("en")) for name in ("a.md", "--size")]
    assert [each.split(":")[0] for each in places] == ["File a.md", "Option --size"]


def test_a_paragraph_without_a_line_number_is_named_by_its_first_words() -> None:
    """For eyes and ears; for a machine it has a file and no line."""
    text = "Un bilan complet, rempli avec toute l’équipe du pôle"
    where = Span(Source("bilan.docx", text, numbered=False), 0, len(text))
    found = replace(
        warning("import-mark.bullets", where, found="a", panel="panels/03-offre.md"),
        panel="panels/03-offre.md",
    )
    assert draw(found, catalogue("en")).split(": warning:")[0] == (
        "bilan.docx, “Un bilan complet, rempli avec toute…” → panels/03-offre.md"
    )
    assert spoken(found, catalogue("en")).split("\n")[1:4] == [
        "Passage: Un bilan complet, rempli avec toute…",
        "Panel: panels/03-offre.md",
        "Help: Check panels/03-offre.md.",
    ]
    entry = json.loads(machine("json", found))["diagnostics"][0]
    assert [entry[key] for key in ("file", *PLACE, "source_line")] == ["bilan.docx", *[None] * 5]


def test_json_is_what_the_documentation_says() -> None:
    """Every field is there in every entry, a place being null where there is none."""
    found = of("16h15").repaired("16 h 15"), error("file-empty", Span(Source("panels/02-b.md")))
    document = json.loads(machine("json", *found))
    jsonschema.validate(document, SCHEMA)
    first, second = document["diagnostics"]
    assert [first[key] for key in PLACE] == [3, 15, 3, 20]
    assert [second[key] for key in (*PLACE, "source_line", "repair")] == [None] * 6
    assert (first["source_line"], first["repair"]["lines"]) == (
        "- ✓ Réunion à 16h15, salle 2",
        ["- ✓ Réunion à 16 h 15, salle 2"],
    )


def test_github_gets_a_workflow_command() -> None:
    """Columns where there is one line; what would end a property or the message is escaped."""
    source = Source("panels/01,a:b%.md", PANEL.text)
    command_, message = machine("github", of("16h15", source=source)).split("::")[1:]
    assert command_ == (
        "warning file=panels/01%2Ca%3Ab%25.md,line=3,endLine=3,col=15,endColumn=20,title=typography-time"
    )
    assert message.count("\n") == 1
    assert "%0Aaide" in message


def test_github_gets_no_columns_for_several_lines() -> None:
    """The runner would drop the annotation's columns."""
    told = machine("github", of("16h15, salle 2\n- ✓ fin"))
    assert "line=3,endLine=4,title=" in told


def test_gitlab_gets_a_code_quality_report() -> None:
    """What its documentation asks for, and an empty array where all is well."""
    entries = quality(of("16h15"), error("file-empty", Span(Source("panels/02-b.md"))))
    jsonschema.validate(entries, QUALITY)
    assert [each["location"]["lines"]["begin"] for each in entries] == [3, 1]
    assert quality() == []


def test_a_fingerprint_outlives_lines_that_move() -> None:
    """The same mistake one line further down is the same to GitLab; two alike in one file are two."""
    moved = Source(PANEL.path, PANEL.text.replace("\n\n", "\n\n\n"))
    before, after = (quality(of("16h15", source=source))[0] for source in (PANEL, moved))
    assert before["fingerprint"] == after["fingerprint"]
    assert before["location"] != after["location"]
    twice = Source(PANEL.path, "- ✓ 16h15\n- ✓ 16h15\n")
    both = quality(
        of("16h15", source=twice), warning("typography-time", Span(twice, 14, 19), found="", instead="")
    )
    assert len({each["fingerprint"] for each in both}) == 2


def test_paths_begin_where_they_are_read() -> None:
    """A project in a folder of its repository: its files are found, others stay as they are."""
    found = [error("file-empty", Span(Source(path))) for path in ("panels/a.md", "--size", "output/x")]
    document = json.loads(machine("json", *found, folder="bilan"))
    assert [each["file"] for each in document["diagnostics"]] == ["--size", "output/x", "bilan/panels/a.md"]


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("asked", [("check",), ("build", "--site")])
def test_nothing_else_is_on_the_output(form: str, asked: tuple[str, ...], tmp_path: Path) -> None:
    """A machine reads the output alone; people read what it came to beside it; the exit code is the same."""
    for text, code in (("# Titre\n\n- ✓ Un constat..\n", 0), (WRONG_LINES, 1)):
        write_project(tmp_path, un=text)
        done = CliRunner().invoke(cli, [*asked, "--format", form, "--project", str(tmp_path)])
        assert done.exit_code == code
        assert done.stderr
        if form == "github":
            lines = done.stdout.splitlines()
            assert lines
            assert [line for line in lines if not line.startswith(("::error file=", "::warning file="))] == []
        else:
            jsonschema.validate(json.loads(done.stdout), SCHEMA if form == "json" else QUALITY)


def test_the_variable_chooses_the_form(tmp_path: Path) -> None:
    """Whoever always wants sentences says so once."""
    done = command("check", cwd=write_project(tmp_path, un=WRONG_LINES), OXALIS_PANELS_FORMAT="plain")
    assert done.stderr.startswith("Fichier panels/01-un.md, ligne 3, colonne 1")
    assert "^" not in done.stderr


def test_a_project_elsewhere_is_named_as_it_was_typed(tmp_path: Path) -> None:
    """The place can be clicked in the terminal where the command was run."""
    done = command(
        "check", "--project", "bilan", cwd=write_project(tmp_path / "bilan", un=WRONG_LINES).parent
    )
    assert done.stderr.startswith("bilan/panels/01-un.md:3:1: ")
