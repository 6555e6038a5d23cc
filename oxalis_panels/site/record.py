"""The source of a page: when it was changed, and where it can be edited."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.value import value
from oxalis_panels.rendering.addresses import ACCESSIBILITY, ALL, GLOSSARY, HOME, LEGAL, PROJECTION, page_of
from oxalis_panels.site.history import History
from oxalis_panels.site.inputs import SiteInputs
from oxalis_panels.words.catalogue import Catalogue

COMMON = ("panels/collection.yaml", "panels/collection.yml")
"""The settings, which every page is made from."""


@value
class Record:
    """Facts about the source of a page; empty where they are unknown."""

    changed: str
    """When it was last changed, for readers: `12 mars 2026`."""
    iso: str
    """The same for machines: `2026-03-12`."""
    edit_url: str
    """Where it can be edited."""


def record(file: str, collection: Collection, inputs: SiteInputs, words: Catalogue) -> Record:
    """Return what is known of the source `file`; nothing for the empty name."""
    file = inputs.history.name(file)
    changed = inputs.history.changed.get(file)
    template = collection.settings.edit_url if file else None
    place = (template or "").replace("{root}", quote(inputs.history.root)).replace("{path}", quote(file))
    if changed is None:
        return Record("", "", place)
    return Record(day_text(changed, words), changed.date().isoformat(), place)


def day_text(moment: datetime, words: Catalogue) -> str:
    """Return a date in words; French has its own form for the first of a month."""
    day = words.text("site.date.first") if moment.day == 1 else moment.day
    month = words.text(f"site.month.{moment.month:02}")
    return words.text("site.date.day", day=day, month=month, year=moment.year)


def changed_pages(collection: Collection, history: History) -> Iterator[tuple[str, datetime]]:
    """Yield the pages whose date is known: that of the newest file that they show."""
    common = next((history.changed[path] for path in COMMON if path in history.changed), None)
    for page in collection.pages:
        if date := history.changed.get(history.name(page.span.source.path)):
            yield page_of(page.slug), date
    names = {panel.slug: history.name(panel.span.source.path) for panel in collection.panels}
    dates = {slug: history.changed.get(name) for slug, name in names.items()}
    known = [date for date in dates.values() if date]
    yield from ((page_of(slug), date) for slug, date in dates.items() if date)
    if common is None:
        return
    yield from ((page, common) for page in (GLOSSARY, LEGAL, ACCESSIBILITY))
    if len(known) == len(dates):
        yield from ((page, max([common, *known])) for page in (HOME, ALL, PROJECTION))
