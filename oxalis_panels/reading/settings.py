"""`collection.yaml` → the settings common to all panels."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from oxalis_panels.model.collection import Abbreviation, Accessibility, Delivery, Legal, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, line_and_column, warning
from oxalis_panels.reading.addresses import SITE_URL, edit_address, public_address, read_edit_url
from oxalis_panels.reading.allowing import ALLOWANCES
from oxalis_panels.reading.fields import (
    NUMBER,
    STRING,
    STRINGS,
    TEXT,
    WORDS,
    Field,
    Fields,
    Kind,
    Located,
    mapping,
    of_model,
    passage_of_scalar,
    read_number,
    read_string,
    refuse_mapping,
    table,
)
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import abbreviated
from oxalis_panels.reading.slugs import fold
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Refused, Scalar, compose

_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""The shape of a BCP 47 tag (RFC 5646), without its registry."""
STATUSES = {
    "non-conforme": "none",
    "none": "none",
    "partiellement-conforme": "partial",
    "partial": "partial",
    "totalement-conforme": "full",
    "full": "full",
}
"""The three levels of the RGAA as people write them, folded to ASCII."""


def _read_language(key: str, node: Node, found: list[Diagnostic]) -> str | None:
    given = read_string(key, node, found)
    if given is None or re.fullmatch(_TAG, given.value):
        return given.value if given else None
    found.append(error("language-invalid", given.span, found=abbreviated(given.value)))
    return None


def _read_copies(key: str, node: Node, found: list[Diagnostic]) -> Located[int] | None:
    given = read_number(key, node, found)
    if given and given.value == 0:
        found.append(error("copies-none", given.span))
    return given


def _read_status(key: str, node: Node, found: list[Diagnostic]) -> str | None:
    given = read_string(key, node, found)
    if given is None:
        return None
    status = STATUSES.get(fold(given.value))
    if status is None:
        found.append(error("accessibility-status", given.span, found=abbreviated(given.value)))
    return status


def _read_accessibility(key: str, node: Node, found: list[Diagnostic]) -> Accessibility:
    """Read the statement; a status that no audit has found is a doubt."""
    fields = Fields(node, ACCESSIBILITY, found, "wrong-kind.notice", key)
    statement = Accessibility(**of_model(fields.read(), found))
    status = fields.nodes.get("status")
    proven = statement.status == Accessibility().status or "audit" in fields.nodes
    if isinstance(status, Scalar) and not proven:
        found.append(warning("accessibility-unproven", status.span, found=abbreviated(status.text)))
    return statement


def _read_glossary(key: str, node: Node, found: list[Diagnostic]) -> tuple[Abbreviation, ...]:
    if isinstance(node, Mapping):
        return tuple(_abbreviations(node, found))
    refuse_mapping("wrong-kind.glossary", key, node, found)
    return ()


def _abbreviations(node: Mapping, found: list[Diagnostic]) -> Iterator[Abbreviation]:
    seen: dict[str, Span] = {}
    for key, value in node.entries:
        if key.text in seen:
            line, _ = line_and_column(seen[key.text])
            found.append(error("key-twice.same", key.span, key=abbreviated(key.text), line=line))
        elif isinstance(value, Scalar) and value.text.strip():
            yield Abbreviation(key.text, read_inline(passage_of_scalar(value, found), found))
        elif not isinstance(value, Refused):
            place = value.span if value.span.text else key.span
            found.append(
                error("wrong-kind.text", place, key=abbreviated(key.text), found=abbreviated(value.span.text))
            )
        seen.setdefault(key.text, key.span)


LANGUAGE: Final = Kind(_read_language, {"type": ["string", "null"], "pattern": rf"^(?:{_TAG})$"})
GLOSSARY: Final = Kind(_read_glossary, {"type": ["object", "null"], "additionalProperties": WORDS})
DELIVERY: Final = table(
    "delivery",
    Field("copies", Kind(_read_copies, NUMBER.schema), "exemplaires quantite nombre tirage"),
    Field("paper", TEXT, "papier support"),
    Field("finish", TEXT, "finition finitions"),
    Field("contact", STRING, "interlocuteur interlocutrice telephone"),
    Field("deadline", TEXT, "date delai echeance"),
    Field("notes", TEXT, "remarques remarque note"),
)
LEGAL: Final = table(
    "legal",
    Field("publisher", TEXT, "editeur editrice edition"),
    Field("director", TEXT, "directeur directrice direction responsable"),
    Field("host", TEXT, "hebergeur hebergement"),
    Field("contact", STRING, "courriel email adresse"),
    Field("privacy", TEXT, "vie_privee donnees cookies"),
    Field("licence", TEXT, "license droits"),
)
ACCESSIBILITY: Final = table(
    "accessibility",
    Field("status", Kind(_read_status, STRING.schema), "etat statut conformite"),
    Field("date", TEXT),
    Field("contact", STRING, "courriel"),
    Field("audit", TEXT),
)
SETTINGS: Final = table(
    "collection",
    Field("title", TEXT, "titre"),
    Field("subtitle", TEXT, "sous_titre soustitre"),
    Field("organisation", TEXT, "organization organisme structure"),
    Field("period", TEXT, "periode annees"),
    Field("authors", TEXT, "auteurs auteur author"),
    Field("language", LANGUAGE, "langue lang"),
    Field("site_url", SITE_URL, "site url adresse"),
    Field("edit_url", STRING),
    Field("repository", STRING, "depot depot_git"),
    Field("branch", STRING, "branche"),
    Field("forge", STRING),
    Field("printer", STRING, "imprimeur imprimerie"),
    Field("keep", STRINGS, "garder intouchables"),
    Field("lexicon", STRINGS, "lexique vocabulaire mots noms dictionnaire"),
    Field("glossary", GLOSSARY, "glossaire abreviations sigles"),
    Field("allow", ALLOWANCES, "accepter accepte autoriser ignorer ignore lint"),
    Field("delivery", mapping(DELIVERY, Delivery, "wrong-kind.delivery"), "livraison commande"),
    Field("legal", mapping(LEGAL, Legal, "wrong-kind.notice"), "mentions mentions_legales"),
    Field("accessibility", Kind(_read_accessibility, {}, ACCESSIBILITY), "accessibilite"),
)


def read_settings(source: Source | None, found: list[Diagnostic]) -> Settings:
    """Return the settings; the defaults for what the file leaves out, for an empty file and for none."""
    root = compose(source, 0, len(source.text), found) if source else None
    if root is None:
        return Settings()
    fields = Fields(root, SETTINGS, found, "wrong-kind.settings")
    values = fields.read()
    edit_url = read_edit_url(values, found)
    places = {key: node.span for key, node in fields.nodes.items()}
    return Settings(**of_model(values, found), edit_url=edit_url, places=places)


def edited_at(settings: Settings, asked: str | None, found: list[Diagnostic]) -> Settings:
    """Return the settings with the address where panels are edited, if they have none of their own.

    It comes from whoever builds, not from git or the variables of a forge: the same command makes the same
    bytes anywhere, and no address that a forge puts a password into is ever read.
    """
    if settings.edit_url or not asked:
        return settings
    given = Located(asked, Span(Source("--edit-url")))
    return replace(settings, edit_url=edit_address(given, found))


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
