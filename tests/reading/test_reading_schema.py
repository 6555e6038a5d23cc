"""The tables of fields: the JSON Schemas refuse what reading refuses by its type, and nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import ROOT, command
from jsonschema import Draft7Validator

from oxalis_panels.model.collection import Accessibility, Delivery, Figure, Legal, Panel, Settings
from oxalis_panels.reading.fields import STRING, STRINGS, TEXT, Kind, Table
from oxalis_panels.reading.project import read_project
from oxalis_panels.reading.schema import NAMES, schema_text
from oxalis_panels.reading.settings import ACCESSIBILITY, DELIVERY, LEGAL, SETTINGS
from oxalis_panels.reading.yaml_panel import FIGURE, PANEL
from oxalis_panels.words.catalogue import LANGUAGES, catalogue

FILLED = (
    (PANEL, Panel),
    (FIGURE, Figure),
    (SETTINGS, Settings),
    (DELIVERY, Delivery),
    (LEGAL, Legal),
    (ACCESSIBILITY, Accessibility),
)
"""Each table and the class of the model that it fills."""
VALUES = """
texte | '' | 12 | '12' | 999999 | 1234567 | -3 | 1.5 | true | 'True' | maybe | ''' ''' |
[a, b] | [] | [12, true] | [{a: b}] | [[a]] | [a, ''] | [a, ] | [{}]
{a: b} | {} | {a: [b]} | {a: {b: c}} | {a: ''} | {a: 12} | {a: }
{file: a.svg, alt: b} | {alt: b} | {copies: deux} | {copies: 2} | {contact: [a]} | {audit: {a: b}}
[{✓: a}] | [{✓: a, →: [b]}] | [{✓: a, →: b}] | [{✓: a, →: {b: c}}] | [{finding: a, points: [b]}]
[{→: [b]}] | [{✓: [a]}] | [{✓: a, →: [[b]]}] | [{✓: a, finding: a}] | [{✓: a, détail: b}] | [{✓: ''}]
"""
"""What people give to a field, right and wrong, as YAML."""
TYPES = re.compile(
    r"wrong-kind|key-.*|slug-invalid|language-invalid|yaml-colon"
    r"|item-empty|finding-missing|figure-file-missing"
)
"""What a schema can see, of the mistakes that reading knows."""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
GIVEN = {"panel": {"title": "Un titre", "findings": "[Un constat]"}, "figure": {"file": "a.svg", "alt": "b"}}
"""What else must be there."""
RIGHT = "title: Un titre\nfindings: [Un constat]\n"


def tried() -> Iterator[tuple[str, str]]:
    """Yield a table and a field: the first of each kind, those that must be there, and one unknown."""
    for table, _ in FILLED:
        seen: list[Kind] = []
        for name, field in table.fields.items():
            if field.required or not any(field.kind is each for each in seen):
                seen.append(field.kind)
                yield table.name, name
        yield table.name, "findngs"


def written(table: str, name: str, value: str) -> tuple[str, str]:
    """Return a panel and a `collection.yaml` in which a field has a value."""
    head, indent = ("", "") if table in {"panel", "collection"} else (f"{table}:\n", "  ")
    given = {**GIVEN.get(table, {}), name: value}
    text = head + "".join(f"{indent}{key}: {said}\n" for key, said in given.items())
    if table == "figure":
        return RIGHT + text, ""
    return (text, "") if table == "panel" else (RIGHT, text)


def mistakes(folder: Path, panel: str, common: str) -> set[str]:
    """Return the codes of the errors that reading finds in a YAML panel and a `collection.yaml`."""
    (folder / "panels").mkdir(exist_ok=True)
    (folder / "panels" / "a.svg").write_text(PICTURE, encoding="utf-8")
    (folder / "panels" / "01-a.yaml").write_text(panel, encoding="utf-8")
    (folder / "panels" / "collection.yaml").write_text(common, encoding="utf-8")
    return {each.code for each in read_project(folder).diagnostics if each.severity == "error"}


@cache
def validator(name: str) -> Draft7Validator:
    """Return the schema of `panel` or `collection`, ready to be asked."""
    return Draft7Validator(json.loads(schema_text(name, catalogue("fr"))))


def judged(name: str, text: str) -> bool:
    """Tell whether a schema takes a YAML text."""
    value: Any = yaml.safe_load(text)
    return bool(validator(name).is_valid(value))


@pytest.mark.parametrize(("table", "name"), [*tried()])
def test_schema_and_reading_judge_alike(table: str, name: str, tmp_path: Path) -> None:
    """A wrong type is refused by both; what reading takes, the schema takes."""
    for value in VALUES.strip().replace("\n", "|").split("|"):
        panel, common = written(table, name, value.strip())
        found = mistakes(tmp_path, panel, common)
        taken = judged("panel", panel) and judged("collection", common)
        wrong = any(map(TYPES.fullmatch, found))
        assert (wrong and taken, not found and not taken) == (False, False), (value, found)


@pytest.mark.parametrize(("table", "model"), FILLED, ids=lambda part: getattr(part, "name", ""))
def test_a_field_has_the_kind_that_the_model_holds(table: Table, model: type) -> None:
    """Above all, what readers see and the typesetter sets is read as a text, and nothing else is."""
    types = {each.name: each.type for each in fields(model)}
    for name, field in table.fields.items():
        assert (field.kind is TEXT) == (types.get(name) == "Inline"), name
        for kind, held in ((STRING, {"str", "str | None"}), (STRINGS, {"tuple[str, ...]"})):
            assert field.kind is not kind or types.get(name, "str") in held, name


@pytest.mark.parametrize("text", ["introduction: true\nparagraphs: Un texte.\n", "introduction: 'true'\n"])
def test_an_introduction_needs_no_title(text: str) -> None:
    """Every other panel does."""
    assert (judged("panel", text), judged("panel", "findings: [a]\n")) == (True, False)


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/**/golden/*.yaml")), ids=lambda path: path.name)
def test_golden_panels_are_taken(path: Path) -> None:
    """Panels in YAML that other tests take for right are right to the schema."""
    assert judged("panel", path.read_text(encoding="utf-8"))


def test_the_real_settings_are_taken() -> None:
    """`panels/collection.yaml`, and the same with every example in it uncommented."""
    text = (ROOT / "panels" / "collection.yaml").read_text(encoding="utf-8")
    examples = re.sub(r"^# (?= *[a-z_]+:[ \n])", "", text, flags=re.MULTILINE)
    assert (judged("collection", text), judged("collection", examples)) == (True, True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_what_the_command_prints(name: str, language: str) -> None:
    """`oxalis-panels schema panel > schemas/panel.json` renews them; each is a schema by its own dialect."""
    end = "json" if language == "fr" else f"{language}.json"
    expected = command("--lang", language, "schema", name).stdout
    assert expected == (ROOT / "schemas" / f"{name}.{end}").read_text(encoding="utf-8")
    Draft7Validator.check_schema(json.loads(expected))
