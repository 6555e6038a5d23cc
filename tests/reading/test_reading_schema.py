"""The JSON Schemas for editors: they refuse what the decoders refuse by its type, and nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from builds import ROOT, command
from jsonschema import Draft7Validator

from oxalis_panels.messages import LANGUAGES, catalogue
from oxalis_panels.reading import delivery, notices, outline, read_project, settings, yaml_panel
from oxalis_panels.reading.schema import NAMES, schema_text

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (
    *("texte", "''", "12", "'12'", "1234567", "-3", "1.5", "true", "'True'", "maybe", "''' '''", ""),
    *("[a, b]", "[]", "[12, true]", "[{a: b}]", "[[a]]", "[a, '']", "[a, ]", "[{}]"),
    *("{a: b}", "{}", "{a: [b]}", "{a: {b: c}}", "{a: ''}", "{a: 12}", "{a: }"),
    *(
        "{file: a.png, alt: b}",
        "{alt: b}",
        "{copies: deux}",
        "{copies: 2}",
        "{contact: [a]}",
        "{audit: {a: b}}",
    ),
    *("[{✓: a}]", "[{✓: a, →: [b]}]", "[{✓: a, →: b}]", "[{✓: a, →: {b: c}}]", "[{finding: a, points: [b]}]"),
    *(
        "[{→: [b]}]",
        "[{✓: [a]}]",
        "[{✓: a, →: [[b]]}]",
        "[{✓: a, finding: a}]",
        "[{✓: a, détail: b}]",
        "[{✓: ''}]",
    ),
)
"""What people give to a field, right and wrong, as YAML."""
TYPES = frozenset(
    {
        "wrong-kind.text",
        "wrong-kind.number",
        "wrong-kind.boolean",
        "wrong-kind.list",
        "wrong-kind.header",
        "wrong-kind.figure",
        "wrong-kind.glossary",
        "wrong-kind.delivery",
        "wrong-kind.notice",
        "wrong-kind.settings",
        "key-unknown.other",
        "key-unknown.misspelt",
        "key-twice.alias",
        "yaml-colon.key",
        "finding-missing",
        "item-empty",
        "figure-file-missing",
        "slug-invalid.panel",
        "slug-invalid.long",
        "language-invalid",
    }
)
"""What a schema can see, of the mistakes that reading knows."""
WRONG_KEYS = ("titre", "n’importe quoi", "findngs")


def validator(name: str) -> Draft7Validator:
    """Return the schema of `panel` or `collection`, ready to be asked."""
    return Draft7Validator(json.loads(schema_text(name, catalogue("fr"))))


def mistakes(folder: Path, panel: str, common: str) -> list[str]:
    """Return the codes of the errors that reading finds in a YAML panel and a `collection.yaml`."""
    (folder / "panels").mkdir(exist_ok=True)
    (folder / "panels" / "01-a.yaml").write_text(panel, encoding="utf-8")
    (folder / "panels" / "collection.yaml").write_text(common, encoding="utf-8")
    return [each.key for each in read_project(folder).diagnostics if each.severity == "error"]


def judged(name: str, text: str) -> bool:
    """Tell whether a schema takes a YAML text."""
    value: Any = yaml.safe_load(text)
    return bool(validator(name).is_valid(value))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", [*yaml_panel.PANEL_FIELDS, *WRONG_KEYS])
def test_a_panel_is_judged_as_by_the_decoder(key: str, value: str, tmp_path: Path) -> None:
    """A wrong type is refused by both; what the decoder takes, the schema takes."""
    fields = {"title": "Un titre", "findings": "[Un constat]", key: value}
    text = "".join(f"{each}: {given}\n" for each, given in fields.items())
    found = mistakes(tmp_path, text, "")
    taken = judged("panel", text)
    assert (TYPES.isdisjoint(found) or not taken, bool(found) or taken) == (True, True), found


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", [*settings.FIELDS, *WRONG_KEYS])
def test_settings_are_judged_as_by_the_decoder(key: str, value: str, tmp_path: Path) -> None:
    """The same for each field of `collection.yaml`."""
    found = mistakes(tmp_path, "title: Un titre\nfindings: [Un constat]\n", f"{key}: {value}\n")
    taken = judged("collection", f"{key}: {value}\n")
    assert (TYPES.isdisjoint(found) or not taken, bool(found) or taken) == (True, True), found


@pytest.mark.parametrize("value", ["texte", "[a]", "{a: b}", "12", "x: y", ""])
@pytest.mark.parametrize(
    ("group", "key"),
    [
        *(("figure", key) for key in outline.FIGURE_FIELDS),
        *(("delivery", key) for key in delivery.FIELDS),
        *(("legal", key) for key in notices.LEGAL_FIELDS),
        *(("accessibility", key) for key in notices.ACCESSIBILITY_FIELDS),
        *((group, "inconnu") for group in ("figure", "delivery", "legal", "accessibility")),
    ],
)
def test_fields_in_fields_are_judged_as_by_the_decoder(
    group: str, key: str, value: str, tmp_path: Path
) -> None:
    """The same for the fields of a picture, of the delivery and of both notices."""
    value = json.dumps(value) if ":" in value and value[0] != "{" else value
    panel = "title: Un titre\nfindings: [Un constat]\n"
    inner = {"file": "a.png", "alt": "b", key: value} if group == "figure" else {key: value}
    text = f"{group}:\n" + "".join(f"  {each}: {given}\n" for each, given in inner.items())
    of_panel = group == "figure"
    found = mistakes(tmp_path, panel + text if of_panel else panel, "" if of_panel else text)
    taken = judged("panel" if of_panel else "collection", panel + text if of_panel else text)
    found = [code for code in found if code not in {"figure-not-found.other", "accessibility-status"}]
    assert (TYPES.isdisjoint(found) or not taken, bool(found) or taken) == (True, True), found


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
