"""`collection.yaml` → the settings common to all panels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, error, line_and_column
from oxalis_panels.model import Abbreviation, Inline, Settings
from oxalis_panels.reading.delivery import read_delivery
from oxalis_panels.reading.fields import Fields, passage_of_scalar
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.yaml_nodes import Mapping, Refused, Scalar, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.diagnostics import Span

KEYS = (
    "title",
    "subtitle",
    "organisation",
    "period",
    "authors",
    "language",
    "site_url",
    "edit_url",
    "printer",
    "keep",
    "glossary",
    "delivery",
)
ALIASES = {
    "titre": "title",
    "sous_titre": "subtitle",
    "soustitre": "subtitle",
    "organization": "organisation",
    "organisme": "organisation",
    "structure": "organisation",
    "periode": "period",
    "annees": "period",
    "auteurs": "authors",
    "auteur": "authors",
    "author": "authors",
    "langue": "language",
    "lang": "language",
    "site": "site_url",
    "url": "site_url",
    "adresse": "site_url",
    "depot": "edit_url",
    "repository": "edit_url",
    "imprimeur": "printer",
    "imprimerie": "printer",
    "garder": "keep",
    "intouchables": "keep",
    "glossaire": "glossary",
    "abreviations": "glossary",
    "sigles": "glossary",
    "livraison": "delivery",
    "commande": "delivery",
}
"""What people type for a key, folded to ASCII."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag (RFC 5646), without its registry."""
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE)


def read_settings(source: Source | None, found: list[Diagnostic]) -> Settings:
    """Return the settings; the defaults for what the file leaves out, for an empty file and for none."""
    root = compose(source, 0, len(source.text), found) if source else None
    if root is None:
        return Settings()
    fields = Fields(root, KEYS, ALIASES, found, "not-settings")
    printer = fields.string("printer")
    return Settings(
        title=_inline(fields, "title"),
        subtitle=_inline(fields, "subtitle"),
        organisation=_inline(fields, "organisation"),
        period=_inline(fields, "period"),
        authors=_inline(fields, "authors"),
        language=_language(fields),
        site_url=_site_url(fields),
        edit_url=_edit_url(fields),
        printer=printer.value if printer else None,
        printer_span=printer.span if printer else None,
        keep=tuple(_keep(fields)),
        glossary=tuple(_glossary(fields)),
        delivery=read_delivery(fields),
        places={key: node.span for key, node in fields.values.items()},
    )


def _inline(fields: Fields, key: str) -> Inline:
    passage = fields.passage(key)
    return read_inline(passage, fields.found) if passage else ()


def _language(fields: Fields) -> str:
    given = fields.string("language")
    if given is None:
        return Settings().language
    if not _LANGUAGE.fullmatch(given.value):
        fields.found.append(error("language-invalid", given.span, found=shown(given.value)))
    return given.value


def _site_url(fields: Fields) -> str | None:
    given = fields.string("site_url")
    if given is None:
        return None
    if not _ADDRESS.fullmatch(given.value):
        fields.found.append(error("site-url-invalid", given.span, found=shown(given.value)))
        return None
    return given.value.rstrip("/") + "/"


def _edit_url(fields: Fields) -> str | None:
    given = fields.string("edit_url")
    if given is None:
        return None
    if not re.match(r"https?://\S+$", given.value) or "{path}" not in given.value:
        fields.found.append(error("edit-url-invalid", given.span, found=shown(given.value)))
        return None
    return given.value


def _keep(fields: Fields) -> Iterator[str]:
    for node in fields.items("keep"):
        if isinstance(node, Scalar) and node.text.strip():
            yield node.text
        elif not isinstance(node, Refused):
            fields.found.append(error("not-text", node.span, key="keep", found=shown(node.span.text)))


def _glossary(fields: Fields) -> Iterator[Abbreviation]:
    node = fields.values.get("glossary")
    if node is None or isinstance(node, Refused):
        return
    if not isinstance(node, Mapping):
        fields.found.append(error("not-glossary", node.span, found=shown(node.span.text)))
        return
    seen: dict[str, Span] = {}
    for key, value in node.entries:
        if key.text in seen:
            line, _ = line_and_column(seen[key.text])
            fields.found.append(error("key-twice", key.span, key=shown(key.text), line=line))
        elif isinstance(value, Scalar) and value.text.strip():
            yield Abbreviation(key.text, read_inline(passage_of_scalar(value, fields.found), fields.found))
        elif not isinstance(value, Refused):
            place = value.span if value.span.text else key.span
            fields.found.append(error("not-text", place, key=shown(key.text), found=shown(value.span.text)))
        seen.setdefault(key.text, key.span)
