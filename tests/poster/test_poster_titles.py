"""Titles break where a typographer would, paragraphs end well, and no word changes on the way."""

from collections.abc import Iterator
from functools import cache

import pytest
from builds import ROOT
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.model.collection import (
    Break,
    Collection,
    Emphasis,
    Finding,
    Inline,
    Link,
    Node,
    Panel,
    Paragraph,
    Point,
    Settings,
    Strong,
    Text,
    plain,
)
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.model.texts import texts
from oxalis_panels.pipeline.check import check
from oxalis_panels.poster.line_breaking import ANNOUNCING
from oxalis_panels.poster.line_ends import NO_BREAK, bind
from oxalis_panels.poster.titles import (
    LARGEST_STEP,
    SMALLEST_STEP,
    Ruler,
    break_title,
    running_head,
    series_step,
    surely_fits,
)
from oxalis_panels.rendering.fonts import DISPLAY, FACES
from oxalis_panels.rendering.sheet import A1

HERE = Span(Source("panels/01-essai.md"))
WORD = st.text(alphabet="aàbcdéeilnoprstuAÀ’'-·«»\u00a0\u202f,.", min_size=1, max_size=12)
RUN = st.lists(WORD, min_size=1, max_size=6).map(lambda found: Text(" ".join(found)))
NODES: st.SearchStrategy[Node] = st.recursive(
    RUN | st.just(Break()),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(
            lambda children: st.sampled_from(
                [Emphasis(children), Strong(children), Link(children, "https://exemple.fr/")]
            )
        )
    ),
    max_leaves=6,
)
INLINES: st.SearchStrategy[Inline] = st.lists(NODES, min_size=1, max_size=5).map(tuple)


@cache
def ruler() -> Ruler:
    """Return what titles are measured with: the widths of the display face."""
    return Ruler(next(face for face in FACES if face.family == DISPLAY).load())


def kinds(inline: Inline) -> Iterator[str]:
    """Yield the kinds of nodes of a text and what they hold, text and line breaks left out."""
    for node in inline:
        if isinstance(node, Emphasis | Strong | Link):
            yield type(node).__name__
            yield plain(node.children).replace(NO_BREAK, " ")
            yield from kinds(node.children)


def lines(inline: Inline) -> list[str]:
    """Return the lines of a title that has been broken."""
    return "".join(_with_newlines(inline)).split("\n")


def _with_newlines(inline: Inline) -> Iterator[str]:
    for node in inline:
        if isinstance(node, Break):
            yield "\n"
        elif isinstance(node, Text):
            yield node.text
        else:
            yield from _with_newlines(node.children)


@given(INLINES)
def test_breaking_a_title_changes_spaces_only(title: Inline) -> None:
    """Some spaces become line breaks; characters, emphasis and links stay, and lines are four at most."""
    broken = break_title(title, ruler(), A1.column, SMALLEST_STEP)
    if broken is None:
        return
    assert plain(broken.text) == plain(title)
    assert list(kinds(broken.text)) == list(kinds(title))
    assert len(lines(broken.text)) == broken.lines <= 4


@given(INLINES)
def test_binding_a_paragraph_changes_spaces_only(text: Inline) -> None:
    """Some spaces become unbreakable, none else changes, and twice is the same as once."""
    panel = Panel(
        "essai",
        1,
        text,
        (),
        (Paragraph(text, HERE),),
        (Finding(text, (Point(text, HERE),), HERE),),
        None,
        HERE,
    )
    collection = Collection(Settings(), (panel,), ())
    bound = bind(collection)
    assert bound.panels[0].title == text
    for before, after in zip(texts(panel), texts(bound.panels[0]), strict=True):
        old, new = plain(before.text), plain(after.text)
        assert len(old) == len(new)
        assert {pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]} <= {(" ", NO_BREAK)}
        assert list(kinds(before.text)) == list(kinds(after.text))
    assert bind(bound) == bound


def paragraph(text: str) -> str:
    """Return a paragraph with its spaces bound, `_` standing for a bound one."""
    panel = Panel("essai", 1, (), (), (Paragraph((Text(text),), HERE),), (), None, HERE)
    (bound,) = bind(Collection(Settings(), (panel,), ())).panels
    return plain(bound.paragraphs[0].text).replace(NO_BREAK, "_")


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("une équipe à taille humaine et solidaire", "une équipe à_taille humaine et_solidaire"),
        ("il y a de quoi tenir la durée", "il_y_a_de quoi tenir la_durée"),
        ("un dernier mot anticonstitutionnellement", "un dernier mot anticonstitutionnellement"),
        ("deux mots", "deux mots"),
        ("plan à, b et c puis le reste du texte", "plan à, b et c puis le reste du_texte"),
    ],
)
def test_one_letter_words_and_last_words_are_bound(typed: str, bound: str) -> None:
    """A lonely « à » does not end a line, nor a short word make one; short texts keep room to break."""
    assert paragraph(typed) == bound


def test_real_titles_end_no_line_on_a_weak_word() -> None:
    """No line of the eight titles ends on « et », « de » or « l’ »; all come out at the largest size."""
    checked = check(ROOT).value
    assert checked is not None
    titles = [panel.title or checked.typeset.settings.title for panel in checked.typeset.panels]
    step = series_step(titles, ruler(), A1.column)
    assert step is not None
    assert SMALLEST_STEP <= step <= LARGEST_STEP
    for title in titles:
        broken = break_title(title, ruler(), A1.column, step)
        assert broken is not None
        ends = [line.split(" ")[-1].lower().strip("«»()\u00a0\u202f") for line in lines(broken.text)[:-1]]
        assert [end for end in ends if end in ANNOUNCING or end.endswith("’")] == []


@given(st.lists(WORD | st.text(max_size=30), max_size=40).map(" ".join))
def test_what_surely_fits_does(title: str) -> None:
    """`check` may spare itself the font only where the font would say the same."""
    inline = (Text(title),)
    assert not surely_fits(inline, A1.column) or break_title(inline, ruler(), A1.column, SMALLEST_STEP)


def test_the_real_titles_surely_fit() -> None:
    """So that `check` loads no font for them."""
    checked = check(ROOT).value
    assert checked is not None
    assert all(surely_fits(panel.title, A1.column) for panel in checked.typeset.panels)


def test_a_series_has_the_size_of_its_longest_title() -> None:
    """One title that needs a smaller size sets it for all; one that no size holds leaves none."""
    short, long = (Text("Un titre"),), (Text(" ".join(["coopérative"] * 12)),)
    alone, together = (
        series_step(titles, ruler(), A1.column, LARGEST_STEP) for titles in ([short], [short, long])
    )
    assert alone == LARGEST_STEP
    assert together is not None
    assert SMALLEST_STEP <= together < LARGEST_STEP
    assert series_step([short, (Text("x" * 80),)], ruler(), A1.column) is None


def test_a_title_keeps_the_line_breaks_out_of_its_words() -> None:
    """A break that the author put in a title is a space like any other on the poster."""
    broken = break_title((Text("Un"), Break(), Text("titre")), ruler(), A1.column, LARGEST_STEP)
    assert broken is not None
    assert lines(broken.text) == ["Un titre"]


@pytest.mark.parametrize(
    ("organisation", "title", "expected"),
    [
        ("La Fabrique", "Ce que nous voulons", "La Fabrique · Ce que nous voulons"),
        ("", "Ce que nous voulons", "Ce que nous voulons"),
        ("La Fabrique", "La Fabrique", "La Fabrique"),
        ("La Fabrique", "un titre " * 20, "La Fabrique"),
        ("une maison " * 20, "un titre " * 20, ""),
    ],
)
def test_a_running_head_has_two_lines_at_most(organisation: str, title: str, expected: str) -> None:
    """What does not fit is left out whole, the title first: it stands on every other page of the series."""
    parts = [(Text(each.strip()),) if each else () for each in (organisation, title)]
    assert plain(running_head(*parts)) == expected
