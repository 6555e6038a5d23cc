"""The one list of texts: a field that the model comes to have is seen by all who ask, or refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from oxalis_panels.authoring.comparing.comparison import compare
from oxalis_panels.authoring.formatting.canonical import canonical
from oxalis_panels.language.spelling import check_spelling
from oxalis_panels.language.typography import review_collection, typeset_collection
from oxalis_panels.language.wording import review_wording
from oxalis_panels.model.collection import (
    Collection,
    Emphasis,
    Inline,
    Link,
    Panel,
    Paragraph,
    Settings,
    Text,
    plain,
)
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.model.texts import mapped, texts
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.leftovers import text_digests
from oxalis_panels.poster.line_ends import bind
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.fonts import FACES, Font, characters
from oxalis_panels.rendering.links import local_links, panels_with_links, with_links_from, with_public_links
from oxalis_panels.site.data import panels_json
from oxalis_panels.site.faces import needed

SPAN = Span(Source("panels/01-offre.md", "# Offre\n"), 0, 7)
FONTS = tuple(Font(face, b"") for face in FACES)
EVERYTHING = (
    *(Text("L'Etat a un dispositf ☂ "), Emphasis((Text("neuf"),)), Link((Text(" là"),), "../budget/")),
    Text(" un mot" * 30 + " à la fin de tout ceci !"),
)
"""A text in which everybody who reads texts finds something."""
KEYS = """
settings.title settings.subtitle settings.organisation settings.period settings.authors
settings.glossary.short settings.glossary.expansion
settings.delivery.paper settings.delivery.finish settings.delivery.contact settings.delivery.deadline
settings.delivery.notes settings.legal.publisher settings.legal.director settings.legal.host
settings.legal.contact settings.legal.privacy settings.legal.licence
settings.accessibility.date settings.accessibility.contact settings.accessibility.audit
panels.title panels.short_title panels.paragraphs.text panels.findings.text panels.findings.points.text
panels.figure.alt panels.figure.credit
"""
PANEL = """\
title: L'offre
short_title: L'été
figure: {file: image.svg, alt: L'image, credit: L'auteur}
paragraphs: [L'avant]
findings:
  - {✓: L'un, →: [L'autre]}
"""
SETTINGS = """\
title: L'un
subtitle: L'un
organisation: L'un
period: L'an
authors: L'un
glossary: {CA: L'un}
delivery: {copies: 1, paper: L'un, finish: L'un, contact: L'un, deadline: L'un, notes: L'un}
legal: {publisher: L'un, director: L'un, host: L'un, contact: L'un, privacy: L'un, licence: L'un}
accessibility: {date: L'un, contact: L'un, audit: L'un}
"""


@value
class _Panel(Panel):
    """The model's with one field more."""

    note: Inline | tuple[Paragraph, ...] = ()


@value
class _Settings(Settings):
    """The model's with one field more."""

    motto: Inline = ()


def _with_note(note: Inline) -> Collection:
    panel = _Panel("offre", 1, (Text("Offre"),), (Text("Offre"),), (), (), None, SPAN, note=note)
    return Collection(Settings(site_url="https://oxalis.coop/"), (panel,), ())


def _with_motto(motto: Inline) -> Collection:
    return Collection(_Settings(site_url="https://oxalis.coop/", motto=motto), (), ())


def _differences(collection: Collection) -> list[str]:
    other = mapped(collection, lambda text: (Text("–"),) if len(text) > 1 else text)
    changes = compare(other, collection)
    return [
        each.key for part in (changes.settings, *(panel.fields for panel in changes.panels)) for each in part
    ]


OF_ALL: dict[str, Callable[[Collection], object]] = {
    "typography": lambda collection: typeset_collection(collection) == collection,
    "spelling": lambda collection: check_spelling(collection, Path()),
    "missing characters": check_characters,
    "fonts": characters,
    "italics": lambda collection: needed(FONTS, collection),
    "links": lambda collection: list(local_links(collection)),
    "links of a page": lambda collection: (
        with_links_from(collection, "index.html", panels_with_links(collection)) == collection
    ),
    "links on posters": lambda collection: with_public_links(collection) == collection,
    "diff": _differences,
}
OF_PANELS: dict[str, Callable[[Collection], object]] = {
    "doubts about typography": review_collection,
    "doubts about sentences": review_wording,
    "rag": lambda collection: bind(collection) == collection,
    "leftovers": text_digests,
}


@pytest.mark.parametrize("asker", [*OF_ALL, *OF_PANELS])
def test_a_new_text_of_panels_is_seen(asker: str) -> None:
    """Whoever reads the texts of panels says something else once a new one has all that they look for."""
    ask = (OF_ALL | OF_PANELS)[asker]
    assert ask(_with_note(EVERYTHING)) != ask(_with_note(()))


@pytest.mark.parametrize("asker", OF_ALL)
def test_a_new_text_of_the_settings_is_seen(asker: str) -> None:
    """The same for `collection.yaml`."""
    assert OF_ALL[asker](_with_motto(EVERYTHING)) != OF_ALL[asker](_with_motto(()))


@pytest.mark.parametrize("made", [_with_note, _with_motto])
def test_panels_json_refuses_a_text_that_nobody_decided_about(made: Callable[[Inline], Collection]) -> None:
    """Its form is public: a text is in it, or in the list of what it leaves out."""
    with pytest.raises(LookupError, match=r"panels\.note|settings\.motto"):
        panels_json(made(EVERYTHING))


def test_a_list_of_texts_is_seen_too() -> None:
    """A new field may hold parts of its own, each with its place."""
    place = Span(SPAN.source, 2, 7)
    panel = replace(_with_note(()).panels[0], note=(Paragraph((Text("l'un"),), place),))  # type: ignore[call-arg]
    (found,) = [each for each in texts(panel) if each.key.startswith("note")]
    assert (found.key, found.text, found.span) == ("note.text", (Text("l'un"),), place)


def test_what_cannot_be_looked_into_is_refused() -> None:
    """A text in a list or a dictionary would be passed by: the first who asks says so."""
    with pytest.raises(TypeError, match="note: no text is looked for in list"):
        list(texts(_with_note([Text("l'un")])))  # type: ignore[arg-type]


def _full(tmp_path: Path) -> Collection:
    folder = tmp_path / "panels"
    folder.mkdir()
    (folder / "image.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (folder / "01-offre.yaml").write_text(PANEL, encoding="utf-8")
    (folder / "collection.yaml").write_text(SETTINGS, encoding="utf-8")
    read = read_project(tmp_path)
    assert read.value is not None, read.diagnostics
    return read.value


def test_every_text_of_a_project_is_listed_once_in_reading_order(tmp_path: Path) -> None:
    """Contacts and abbreviations, which nobody typesets, are marked."""
    found = list(texts(_full(tmp_path)))
    assert [each.key for each in found] == KEYS.split()
    verbatim = {each.key.rpartition(".")[2] for each in found if each.verbatim}
    assert verbatim == {"contact", "short"}


def test_settings_have_the_place_of_their_key(tmp_path: Path) -> None:
    """A message about the host of the site points at `legal:`."""
    (host,) = [each for each in texts(_full(tmp_path)) if each.key == "settings.legal.host"]
    assert host.span.text.startswith("{publisher:")


def test_what_does_not_change_stays_the_same_object(tmp_path: Path) -> None:
    """Whoever keeps what was made of a panel finds it again."""
    full = _full(tmp_path)
    assert mapped(full, lambda text: text) is full


def test_fmt_sets_every_text_of_a_panel(tmp_path: Path) -> None:
    """What typesetting changes in a panel, `fmt` writes into its source."""
    full = _full(tmp_path)
    folder = tmp_path / "panels"
    source = Source("panels/01-offre.yaml", (folder / "01-offre.yaml").read_text(encoding="utf-8"))
    (folder / "01-offre.yaml").write_text(canonical(source, tmp_path, full.settings).text, encoding="utf-8")
    again = read_project(tmp_path).value
    assert again is not None
    assert [plain(each.text) for each in texts(again.panels) if "'" in plain(each.text)] == []
