"""Whatever two collections hold: nothing is invented, and every word of both is in the tree of changes."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from builds import FRENCH
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.authoring.comparing.changes import Changes, ItemChange, Place
from oxalis_panels.authoring.comparing.comparison import compare
from oxalis_panels.authoring.comparing.fields import APART, aimed
from oxalis_panels.model.collection import (
    Abbreviation,
    Collection,
    Emphasis,
    Figure,
    Finding,
    Inline,
    Link,
    Panel,
    Paragraph,
    Point,
    Settings,
    Text,
    plain,
    with_nodes,
)
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.model.texts import field_names
from oxalis_panels.words.catalogue import LANGUAGES, catalogue

NOWHERE = Span(Source("x"))
SENTENCES = [
    "Un bilan complet, rempli de succès",
    "Un bilan mitigé, mais rempli d’espoir",
    "refonte du process d’entrée",
    "redynamisation des groupes locaux avec la mise en place d’un fil rouge",
    "redynamisation des territoires, notamment de l’Ouest",
    "oui",
    "oui.",
    "Oui !",
]
LINES: st.SearchStrategy[Inline] = st.one_of(
    st.sampled_from(SENTENCES).map(lambda text: (Text(text),)),
    st.sampled_from(SENTENCES).map(lambda text: (Emphasis((Text(text),)),)),
    st.sampled_from(SENTENCES).map(lambda text: (Link((Text(text),), f"https://exemple.fr/{len(text)}"),)),
)


def _finding(text: Inline, points: list[Inline]) -> Finding:
    return Finding(text, tuple(Point(point, NOWHERE) for point in points), NOWHERE)


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """Draw a collection of up to four panels with addresses from a few."""
    slugs = draw(st.lists(st.sampled_from("abcdef"), max_size=4, unique=True))
    panels = [
        Panel(
            slug=slug,
            number=number,
            title=draw(LINES),
            short_title=draw(LINES),
            paragraphs=tuple(Paragraph(text, NOWHERE) for text in draw(st.lists(LINES, max_size=2))),
            findings=tuple(
                draw(st.lists(st.builds(_finding, LINES, st.lists(LINES, max_size=3)), max_size=3))
            ),
            colour=None,
            span=Span(Source(f"panels/{slug}.md")),
        )
        for number, slug in enumerate(slugs, 1)
    ]
    settings = Settings(title=draw(LINES), keep=tuple(draw(st.lists(st.sampled_from(SENTENCES), max_size=2))))
    return Collection(settings, tuple(panels), ())


def _texts(collection: Collection) -> Iterator[tuple[int, str, int, int, str]]:
    """Yield every text with its place."""
    for panel in collection.panels:
        for number, paragraph in enumerate(panel.paragraphs, 1):
            yield panel.number, "paragraph", 0, number, plain(paragraph.text)
        for number, finding in enumerate(panel.findings, 1):
            yield panel.number, "finding", number, 0, plain(finding.text)
            for below, point in enumerate(finding.points, 1):
                yield panel.number, "point", number, below, plain(point.text)


def _items(changes: Changes) -> list[ItemChange]:
    """Return every text of the tree once: one that moved to another panel is told in both."""
    found = {id(item): item for panel in changes.panels for item in panel.items}
    return list(found.values())


def _placed(place: Place | None, text: str) -> tuple[int, str, int, int, str]:
    assert place is not None
    return place.panel, place.kind, place.finding, place.number, text


@given(collections())
def test_a_collection_compared_with_itself_has_not_changed(collection: Collection) -> None:
    """However often it says the same thing."""
    assert compare(collection, collection).nothing


@given(collections(), collections())
def test_both_collections_can_be_read_from_the_changes(before: Collection, after: Collection) -> None:
    """Every text of both is there, at its place, once, with every word."""
    items = _items(compare(before, after))
    assert sorted(_placed(i.before, plain(i.text.before)) for i in items if i.before) == sorted(
        _texts(before)
    )
    assert sorted(_placed(i.after, plain(i.text.after)) for i in items if i.after) == sorted(_texts(after))
    for item in items:
        old, new = ("".join(getattr(p, side) for p in item.text.pieces) for side in ("before", "after"))
        texts = item.text.before, item.text.after
        if (old, new) != tuple(map(plain, texts)):  # a link leads elsewhere now
            assert (old, new) == tuple(plain(with_nodes(text, aimed)) for text in texts)


@given(collections(), collections())
def test_every_panel_is_told_once(before: Collection, after: Collection) -> None:
    """In the order of the new version, with those that are gone in between."""
    changes = compare(before, after)
    assert [change.after for change in changes.panels if change.after] == list(after.panels)
    assert {change.before.slug for change in changes.panels if change.before} == {
        p.slug for p in before.panels
    }


@given(collections(), collections())
def test_what_comes_one_way_goes_the_other(before: Collection, after: Collection) -> None:
    """Compared the other way round, as much is removed as was added."""
    one, other = compare(before, after), compare(after, before)
    assert sum(i.before is None for i in _items(one)) == sum(i.after is None for i in _items(other))


@given(collections())
def test_a_changed_word_is_one_change(collection: Collection) -> None:
    """In a collection with one long text more, rewording that text touches no other."""
    text = "L’évolution de Louty est un sujet complexe, très lié à nos métiers"
    old, new = (_with(collection, each) for each in (text, text.replace("complexe", "difficile")))
    changed = [item for item in _items(compare(old, new)) if item.status != "same"]
    assert [(item.status, plain(item.text.before)) for item in changed] == [("reworded", text)]


def _with(collection: Collection, text: str) -> Collection:
    finding = _finding((Text(text),), [])
    number = len(collection.panels) + 1
    panel = Panel("zz", number, (Text("Titre"),), (), (), (finding,), None, Span(Source("panels/zz.md")))
    return replace(collection, panels=(*collection.panels, panel))


def test_every_setting_has_a_name() -> None:
    """A field of `collection.yaml` is called in the review what people call it, in both languages."""

    def keys(settings: object, prefix: str = "") -> Iterator[str]:
        for field in fields(settings):  # type: ignore[arg-type]
            value = getattr(settings, field.name)
            if is_dataclass(value):
                yield from keys(value, f"{prefix}{field.name}.")
            elif field.compare:
                yield prefix + field.name

    names = [catalogue(language).tables["compare"]["field"] for language in LANGUAGES]
    wanted = list(keys(Settings()))
    known = [[key for key in wanted if _found(table, key)] for table in names]
    assert [wanted, wanted] == known


def test_every_field_of_a_panel_has_a_name_and_a_sentence() -> None:
    """One that the catalogue has no words for would end in a mistake of the program."""
    wanted = [name for name in field_names(Panel) if name not in APART | {"figure"}]
    wanted += [f"figure.{name}" for name in field_names(Figure) if name not in APART]
    for language in LANGUAGES:
        table = catalogue(language).tables["compare"]
        assert [key for key in wanted if not _found(table["field"], key)] == []
        assert [key for key in wanted if f"{key.partition('.')[0]}_changed" not in table] == []


def _found(table: object, key: str) -> bool:
    for part in key.split("."):
        table = table.get(part) if isinstance(table, dict) else None
    return isinstance(table, str)


def test_an_entry_of_the_glossary_is_a_change_of_its_own() -> None:
    """Not one text of them all."""
    one, other = (
        Collection(Settings(glossary=(Abbreviation("CA", (Text(text),)),)), (), ())
        for text in ("Conseil", "Conseil d’administration")
    )
    found = compare(one, other).settings
    assert [(change.key, change.entry) for change in found] == [("glossary", "CA")]
    assert FRENCH.text("compare.field.glossary", entry="CA") == "Glossaire, CA"
