"""`legal:` and `accessibility:` in `collection.yaml` → what the two pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import error, warning
from oxalis_panels.model import Accessibility, Legal
from oxalis_panels.reading.fields import Fields, Kind, glued_fields
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.slugs import fold
from oxalis_panels.reading.yaml_nodes import Mapping, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping as Names

    from oxalis_panels.model import Inline

LEGAL_FIELDS = {
    "publisher": Kind.TEXT,
    "director": Kind.TEXT,
    "host": Kind.TEXT,
    "contact": Kind.STRING,
    "privacy": Kind.TEXT,
    "licence": Kind.TEXT,
}
LEGAL_ALIASES = {
    "editeur": "publisher",
    "editrice": "publisher",
    "edition": "publisher",
    "directeur": "director",
    "directrice": "director",
    "direction": "director",
    "responsable": "director",
    "hebergeur": "host",
    "hebergement": "host",
    "courriel": "contact",
    "email": "contact",
    "adresse": "contact",
    "vie_privee": "privacy",
    "donnees": "privacy",
    "cookies": "privacy",
    "license": "licence",
    "droits": "licence",
}
ACCESSIBILITY_FIELDS = {
    "status": Kind.STRING,
    "date": Kind.TEXT,
    "contact": Kind.STRING,
    "audit": Kind.TEXT,
}
ACCESSIBILITY_ALIASES = {"etat": "status", "statut": "status", "conformite": "status", "courriel": "contact"}
"""What people type for a key, folded to ASCII."""
STATUSES = {
    "non-conforme": "none",
    "none": "none",
    "partiellement-conforme": "partial",
    "partial": "partial",
    "totalement-conforme": "full",
    "full": "full",
}
"""The three levels of the RGAA as people write them, folded to ASCII."""


def read_legal(settings: Fields) -> Legal:
    """Return what the settings say of the legal notice."""
    fields = _mapping(settings, "legal", LEGAL_FIELDS, LEGAL_ALIASES)
    if fields is None:
        return Legal()
    return Legal(
        publisher=_inline(fields, "publisher"),
        director=_inline(fields, "director"),
        host=_inline(fields, "host"),
        contact=_string(fields, "contact"),
        privacy=_inline(fields, "privacy"),
        licence=_inline(fields, "licence"),
    )


def read_accessibility(settings: Fields) -> Accessibility:
    """Return what the settings say of the accessibility statement."""
    fields = _mapping(settings, "accessibility", ACCESSIBILITY_FIELDS, ACCESSIBILITY_ALIASES)
    if fields is None:
        return Accessibility()
    return Accessibility(
        status=_status(fields),
        date=_inline(fields, "date"),
        contact=_string(fields, "contact"),
        audit=_inline(fields, "audit"),
    )


def _status(fields: Fields) -> str:
    given = fields.string("status")
    if given is None:
        return Accessibility().status
    status = STATUSES.get(fold(given.value))
    if status is None:
        fields.found.append(error("accessibility-status", given.span, found=shown(given.value)))
    elif status != Accessibility().status and "audit" not in fields.values:
        fields.found.append(warning("accessibility-unproven", given.span, found=shown(given.value)))
    return status or Accessibility().status


def _mapping(settings: Fields, key: str, keys: Names[str, Kind], aliases: Names[str, str]) -> Fields | None:
    """Return the fields below a key; None when nothing is there to be read."""
    node = settings.values.get(key)
    if node is None or isinstance(node, Refused):
        return None
    if not isinstance(node, Mapping):
        refused = error("wrong-kind.notice", node.span, key=key, found=shown(node.span.text))
        settings.found += glued_fields(node) or [refused]
        return None
    return Fields(node, keys, aliases, settings.found)


def _string(fields: Fields, key: str) -> str:
    given = fields.string(key)
    return given.value if given else ""


def _inline(fields: Fields, key: str) -> Inline:
    passage = fields.passage(key)
    return read_inline(passage, fields.found) if passage else ()
