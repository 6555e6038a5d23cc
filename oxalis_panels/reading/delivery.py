"""`delivery:` in `collection.yaml` → what the job sheet tells the print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import error
from oxalis_panels.model import Delivery
from oxalis_panels.reading.fields import Fields, Kind, glued_fields
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.yaml_nodes import Mapping, Refused

if TYPE_CHECKING:
    from oxalis_panels.model import Inline

FIELDS = {
    "copies": Kind.NUMBER,
    "paper": Kind.TEXT,
    "finish": Kind.TEXT,
    "contact": Kind.STRING,
    "deadline": Kind.TEXT,
    "notes": Kind.TEXT,
}
ALIASES = {
    "exemplaires": "copies",
    "quantite": "copies",
    "nombre": "copies",
    "tirage": "copies",
    "papier": "paper",
    "support": "paper",
    "finition": "finish",
    "finitions": "finish",
    "interlocuteur": "contact",
    "interlocutrice": "contact",
    "telephone": "contact",
    "date": "deadline",
    "delai": "deadline",
    "echeance": "deadline",
    "remarques": "notes",
    "remarque": "notes",
    "note": "notes",
}
"""What people type for a key, folded to ASCII."""


def read_delivery(settings: Fields) -> Delivery:
    """Return what the settings say of the delivery; the defaults for what they leave out."""
    node = settings.values.get("delivery")
    if node is None or isinstance(node, Refused):
        return Delivery()
    if not isinstance(node, Mapping):
        refused = error("wrong-kind.delivery", node.span, found=shown(node.span.text))
        settings.found += glued_fields(node) or [refused]
        return Delivery()
    fields = Fields(node, FIELDS, ALIASES, settings.found)
    contact = fields.string("contact")
    return Delivery(
        copies=_copies(fields),
        paper=_inline(fields, "paper"),
        finish=_inline(fields, "finish"),
        contact=contact.value if contact else "",
        deadline=_inline(fields, "deadline"),
        notes=_inline(fields, "notes"),
    )


def _copies(fields: Fields) -> int | None:
    given = fields.number("copies")
    if given is None:
        return None
    if given.value == 0:
        fields.found.append(error("copies-none", given.span))
    return given.value


def _inline(fields: Fields, key: str) -> Inline:
    passage = fields.passage(key)
    return read_inline(passage, fields.found) if passage else ()
