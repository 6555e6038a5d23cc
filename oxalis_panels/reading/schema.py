"""What the decoders take, as JSON Schemas: editors complete, explain and check a YAML file by them.

They are made from the tables that the decoders go by. What a table cannot say (whether a picture is there,
whether an address is free) only `check` sees: a schema refuses every wrong type, and nothing that
`check` takes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from oxalis_panels.reading import delivery, notices, outline, settings, yaml_panel
from oxalis_panels.reading.fields import Kind
from oxalis_panels.reading.slugs import LONGEST, VALID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oxalis_panels.messages import Catalogue

    Schema = dict[str, Any]

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The one that editors of YAML understand."""
NAMES: Final = ("panel", "collection")
BLANK: Final = {"type": "null"}
"""A key without a value is as good as none."""
SCALARS: Final = ["string", "number", "boolean"]
"""Everything that a reader of YAML makes of one line: `2020` and `true` are texts, too."""
WORDS: Final = {"type": SCALARS, "pattern": r"\S"}
TRUTH: Final = "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"

KINDS: Final[Mapping[Kind, Schema]] = {
    Kind.TEXT: {"type": [*SCALARS, "null"]},
    Kind.STRING: {"type": [*SCALARS, "null"]},
    Kind.NUMBER: {
        "type": ["integer", "string", "null"],
        "pattern": "^[0-9]{1,6}$",
        "minimum": 0,
        "maximum": 999_999,
    },
    Kind.BOOLEAN: {"type": ["boolean", "string", "null"], "pattern": TRUTH},
    Kind.STRINGS: {"type": ["array", "null"], "items": WORDS},
    Kind.TEXTS: {"anyOf": [BLANK, {"type": SCALARS}, {"type": "array", "items": WORDS}]},
    Kind.ALLOWANCES: {
        "type": ["array", "null"],
        "items": {"anyOf": [WORDS, {"type": "object", "additionalProperties": {"type": [*SCALARS, "null"]}}]},
    },
    Kind.GLOSSARY: {"type": ["object", "null"], "additionalProperties": WORDS},
}
NARROWER: Final[Mapping[str, Schema]] = {
    "slug": {
        "type": ["string", "integer", "boolean", "null"],
        "pattern": rf"^{VALID.pattern}$",
        "maxLength": LONGEST,
        "minimum": 0,
    },
    "language": {"type": ["string", "null"], "pattern": rf"^(?:{settings.LANGUAGE.pattern})$"},
}
"""Keys whose values have one shape wherever they stand."""


def schema_text(name: str, words: Catalogue) -> str:
    """Return the schema called `panel` or `collection` as a JSON file, explained in these words."""
    made = panel_schema(words) if name == "panel" else collection_schema(words)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def panel_schema(words: Catalogue) -> Schema:
    """Return the schema of a panel in YAML; the header of a Markdown panel has the same keys."""
    say = _sayer(words, "panel")
    figure = _mapping(outline.FIGURE_FIELDS, _sayer(words, "figure"), {}, required=("file", "alt"))
    finding = _mapping(yaml_panel.FINDING_FIELDS, _sayer(words, "finding"), {})
    finding["oneOf"] = [{"required": [key], "properties": {key: WORDS}} for key in ("✓", "finding")]
    nested = {"figure": {"anyOf": [figure, BLANK]}, "findings": _findings(finding)}
    panel = _mapping(yaml_panel.PANEL_FIELDS, say, nested)
    untitled = {"type": ["boolean", "string"], "enum": [True, "true", "True", "TRUE"]}
    panel["anyOf"] = [
        {"required": ["title"]},
        {"required": ["introduction"], "properties": {"introduction": untitled}},
    ]
    return {"$schema": DIALECT, "title": words.text("schema.panel_title"), **panel}


def collection_schema(words: Catalogue) -> Schema:
    """Return the schema of `collection.yaml`."""
    fields = {
        "delivery": delivery.FIELDS,
        "legal": notices.LEGAL_FIELDS,
        "accessibility": notices.ACCESSIBILITY_FIELDS,
    }
    nested = {
        key: {"anyOf": [_mapping(known, _sayer(words, key), {}), BLANK]} for key, known in fields.items()
    }
    made = _mapping(settings.FIELDS, _sayer(words, "collection"), nested)
    made["type"] = ["object", "null"]
    return {"$schema": DIALECT, "title": words.text("schema.collection_title"), **made}


def _findings(finding: Schema) -> Schema:
    return {"type": ["array", "null"], "items": {"anyOf": [WORDS, finding]}}


def _sayer(words: Catalogue, table: str) -> Callable[[str], str]:
    return lambda key: words.text(f"schema.{table}.{key}")


def _mapping(
    known: Mapping[str, Kind],
    say: Callable[[str], str],
    nested: Mapping[str, Schema],
    required: tuple[str, ...] = (),
) -> Schema:
    """Return the schema of a mapping: each key by its kind, or by what is `nested` in it, and no others."""
    properties = {}
    for key, kind in known.items():
        shape = nested.get(key) or NARROWER.get(key) or (WORDS if key in required else KINDS[kind])
        properties[key] = {"description": say(key), **shape}
    made: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**made, "required": list(required)} if required else made
