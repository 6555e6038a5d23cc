"""What the decoders take, as JSON Schemas: editors complete, explain and check a YAML file by them.

They are made from the tables that reading goes by (`fields.py`). What a table cannot say (whether a picture
is there, whether an address is free) only `check` sees: a schema refuses every wrong type, and nothing that
`check` takes.
"""

import json
from typing import Final

from oxalis_panels.reading.fields import WORDS, Field, Schema, Table
from oxalis_panels.reading.settings import SETTINGS
from oxalis_panels.reading.yaml_panel import FINDING, PANEL
from oxalis_panels.words.catalogue import Catalogue

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The one that editors of YAML understand."""
NAMES: Final = ("panel", "collection")


def schema_text(name: str, words: Catalogue) -> str:
    """Return the schema called `panel` or `collection` as a JSON file, explained in these words.

    That of a panel is for YAML; the header of a Markdown panel has the same keys.
    """
    made = _mapping(PANEL if name == "panel" else SETTINGS, words)
    if name == "panel":
        untitled = {"type": ["boolean", "string"], "enum": [True, "true", "True", "TRUE"]}
        introduction = {"required": ["introduction"], "properties": {"introduction": untitled}}
        made["anyOf"] = [{"required": ["title"]}, introduction]
    else:
        made["type"] = ["object", "null"]
    whole = {"$schema": DIALECT, "title": words.text(f"schema.{name}_title"), **made}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _mapping(table: Table, words: Catalogue) -> Schema:
    """Return the schema of a mapping: each of its keys by its kind, and no others."""
    properties = {
        name: {"description": words.text(f"schema.{table.name}.{name}"), **_value(field, words)}
        for name, field in table.fields.items()
    }
    made: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    required = [name for name, field in table.fields.items() if field.required]
    return {**made, "required": required} if required else made


def _value(field: Field, words: Catalogue) -> Schema:
    if field.kind.table is None:
        return WORDS if field.required else field.kind.schema
    inside = _mapping(field.kind.table, words)
    if field.kind.table is not FINDING:
        return {"anyOf": [inside, {"type": "null"}]}
    inside["oneOf"] = [{"required": [key], "properties": {key: WORDS}} for key in ("✓", "finding")]
    return {"type": ["array", "null"], "items": {"anyOf": [WORDS, inside]}}
