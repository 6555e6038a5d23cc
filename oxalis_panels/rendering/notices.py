"""What templates see of the glossary, the legal notice and the accessibility statement."""

import re
from collections.abc import Iterator

from oxalis_panels.model.collection import Abbreviation, Settings
from oxalis_panels.model.value import value
from oxalis_panels.reading.slugs import fold
from oxalis_panels.rendering.inline_html import Html, html

MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
WEB = re.compile(r"https?://\S+")


@value
class EntryView:
    """An abbreviation of the glossary."""

    anchor: str
    """Its identifier on the page of the glossary."""
    short: str
    expansion: Html


@value
class LegalView:
    """The legal notice; empty where not given."""

    publisher: Html
    """The organisation, when nobody else is named."""
    director: Html
    host: Html
    contact: Html
    """A link, if it is an address of e-mail or web."""
    privacy: Html
    licence: Html


@value
class AccessibilityView:
    """The accessibility statement; empty where not given."""

    status: str
    """`none`, `partial` or `full`."""
    date: Html
    contact: Html
    audit: Html


def glossary_view(glossary: tuple[Abbreviation, ...]) -> tuple[EntryView, ...]:
    """Return the entries in alphabetical order."""
    anchored = zip(anchors(glossary), glossary, strict=True)
    entries = [EntryView(anchor, entry.short, html(entry.expansion)) for anchor, entry in anchored]
    return tuple(sorted(entries, key=lambda entry: (fold(entry.short), entry.short)))


def anchors(glossary: tuple[Abbreviation, ...]) -> Iterator[str]:
    """Yield the identifier of each entry: its letters, and its position if they are not unique."""
    seen: set[str] = set()
    for number, entry in enumerate(glossary, 1):
        letters = fold(entry.short)
        anchor = f"{letters}-{number}".strip("-") if not letters or letters in seen else letters
        seen.add(anchor)
        yield anchor if anchor[0].isalpha() else f"n{anchor}"


def legal_view(settings: Settings) -> LegalView:
    """Return the legal notice."""
    legal = settings.legal
    return LegalView(
        publisher=html(legal.publisher or settings.organisation),
        director=html(legal.director),
        host=html(legal.host),
        contact=contact_link(legal.contact),
        privacy=html(legal.privacy),
        licence=html(legal.licence),
    )


def accessibility_view(settings: Settings) -> AccessibilityView:
    """Return the accessibility statement; its contact is that of the legal notice unless it has its own."""
    statement = settings.accessibility
    contact = contact_link(statement.contact or settings.legal.contact)
    return AccessibilityView(statement.status, html(statement.date), contact, html(statement.audit))


def contact_link(contact: str) -> Html:
    """Return an address as a link, any other text as it is."""
    if MAIL.fullmatch(contact):
        return Html('<a href="mailto:{0}">{0}</a>').format(contact)
    if WEB.fullmatch(contact):
        return Html('<a href="{0}">{0}</a>').format(contact)
    return Html("{}").format(contact)
