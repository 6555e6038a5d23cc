"""`collection.yaml` → the settings common to all panels."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error, line_and_column, warning
from oxalis_panels.model import Abbreviation, Inline, Settings
from oxalis_panels.reading.addresses import public_address, read_edit_url, read_site_url
from oxalis_panels.reading.allowing import read_allowances
from oxalis_panels.reading.delivery import read_delivery
from oxalis_panels.reading.fields import Fields, Kind, glued_fields, passage_of_scalar
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.notices import read_accessibility, read_legal
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.yaml_nodes import Mapping, Refused, Scalar, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = {
    "title": Kind.TEXT,
    "subtitle": Kind.TEXT,
    "organisation": Kind.TEXT,
    "period": Kind.TEXT,
    "authors": Kind.TEXT,
    "language": Kind.STRING,
    "site_url": Kind.STRING,
    "edit_url": Kind.STRING,
    "repository": Kind.STRING,
    "branch": Kind.STRING,
    "forge": Kind.STRING,
    "printer": Kind.STRING,
    "keep": Kind.STRINGS,
    "lexicon": Kind.STRINGS,
    "glossary": Kind.GLOSSARY,
    "allow": Kind.ALLOWANCES,
    "delivery": Kind.MAPPING,
    "legal": Kind.MAPPING,
    "accessibility": Kind.MAPPING,
}
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
    "depot": "repository",
    "depot_git": "repository",
    "branche": "branch",
    "imprimeur": "printer",
    "imprimerie": "printer",
    "garder": "keep",
    "intouchables": "keep",
    "lexique": "lexicon",
    "vocabulaire": "lexicon",
    "mots": "lexicon",
    "noms": "lexicon",
    "dictionnaire": "lexicon",
    "glossaire": "glossary",
    "abreviations": "glossary",
    "sigles": "glossary",
    "accepter": "allow",
    "accepte": "allow",
    "autoriser": "allow",
    "ignorer": "allow",
    "ignore": "allow",
    "lint": "allow",
    "livraison": "delivery",
    "commande": "delivery",
    "mentions": "legal",
    "mentions_legales": "legal",
    "accessibilite": "accessibility",
}
"""What people type for a key, folded to ASCII."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag (RFC 5646), without its registry."""


def read_settings(source: Source | None, found: list[Diagnostic]) -> Settings:
    """Return the settings; the defaults for what the file leaves out, for an empty file and for none."""
    root = compose(source, 0, len(source.text), found) if source else None
    if root is None:
        return Settings()
    fields = Fields(root, FIELDS, ALIASES, found, "wrong-kind.settings")
    printer = fields.string("printer")
    return Settings(
        title=_inline(fields, "title"),
        subtitle=_inline(fields, "subtitle"),
        organisation=_inline(fields, "organisation"),
        period=_inline(fields, "period"),
        authors=_inline(fields, "authors"),
        language=_language(fields),
        site_url=read_site_url(fields),
        edit_url=read_edit_url(fields),
        printer=printer.value if printer else None,
        printer_span=printer.span if printer else None,
        keep=tuple(_strings(fields, "keep")),
        lexicon=tuple(_strings(fields, "lexicon")),
        glossary=tuple(_glossary(fields)),
        delivery=read_delivery(fields),
        places={key: node.span for key, node in fields.values.items()},
        legal=read_legal(fields),
        accessibility=read_accessibility(fields),
        allow=read_allowances(fields),
    )


def published_at(settings: Settings, asked: str | None, found: list[Diagnostic], *, site: bool) -> Settings:
    """Return the settings with the address `asked` for on the command line; warn of an unfinished notice.

    The law wants the notice of whoever publishes: nobody is reminded before, nor where no `site` is made.
    """
    place = Span(Source("--site-url"))
    if asked is not None:
        settings = replace(settings, site_url=public_address(asked, place, found))
    missing = [key for key in ("director", "host", "contact") if not getattr(settings.legal, key)]
    if not (settings.legal.publisher or settings.organisation):
        missing.insert(0, "publisher")
    if site and settings.site_url and missing:
        place = settings.places.get("legal") or settings.places.get("site_url") or place
        found.append(warning("legal-incomplete", place, missing=", ".join(missing)))
    return settings


def _inline(fields: Fields, key: str) -> Inline:
    passage = fields.passage(key)
    return read_inline(passage, fields.found) if passage else ()


def _language(fields: Fields) -> str:
    given = fields.string("language")
    if given is None:
        return Settings().language
    if not LANGUAGE.fullmatch(given.value):
        fields.found.append(error("language-invalid", given.span, found=shown(given.value)))
    return given.value


def _strings(fields: Fields, key: str) -> Iterator[str]:
    for node in fields.items(key):
        if isinstance(node, Scalar) and node.text.strip():
            yield node.text
        elif not isinstance(node, Refused):
            fields.found.append(error("wrong-kind.text", node.span, key=key, found=shown(node.span.text)))


def _glossary(fields: Fields) -> Iterator[Abbreviation]:
    node = fields.values.get("glossary")
    if node is None or isinstance(node, Refused):
        return
    if not isinstance(node, Mapping):
        refused = error("wrong-kind.glossary", node.span, found=shown(node.span.text))
        fields.found += glued_fields(node) or [refused]
        return
    seen: dict[str, Span] = {}
    for key, value in node.entries:
        if key.text in seen:
            line, _ = line_and_column(seen[key.text])
            fields.found.append(error("key-twice.same", key.span, key=shown(key.text), line=line))
        elif isinstance(value, Scalar) and value.text.strip():
            yield Abbreviation(key.text, read_inline(passage_of_scalar(value, fields.found), fields.found))
        elif not isinstance(value, Refused):
            place = value.span if value.span.text else key.span
            fields.found.append(
                error("wrong-kind.text", place, key=shown(key.text), found=shown(value.span.text))
            )
        seen.setdefault(key.text, key.span)
