"""Edits of the joined text land in the nodes they belong to."""

from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.language.typography import typeset
from oxalis_panels.language.typography.styles import FRANCE
from oxalis_panels.language.typography.typesetter import joined, typeset_inline
from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Strong, Text


def composed(*nodes: Text | Emphasis | Strong | Link | Break) -> Inline:
    """Return the nodes typeset as in France."""
    return typeset_inline(nodes, FRANCE, ())


def test_a_rule_sees_across_emphasis() -> None:
    """The space before `!` stays outside the emphasis that it follows."""
    expected = (Text("Très "), Emphasis((Text("bien"),)), Text("\u202f!"))
    assert expected == composed(Text("Très "), Emphasis((Text("bien"),)), Text("!"))


def test_an_inserted_space_prefers_the_outer_node() -> None:
    """A space after `;` does not become part of the strong text that follows."""
    expected = (Text("Oui\u202f; "), Strong((Text("non"),)))
    assert expected == composed(Text("Oui;"), Strong((Text("non"),)))


def test_quotation_marks_pair_across_nodes() -> None:
    """Straight quotes around emphasis become « » with their spaces outside it."""
    expected = (Text("«\u00a0"), Emphasis((Text("Citation"),)), Text("\u00a0»."))
    assert expected == composed(Text('"'), Emphasis((Text("Citation"),)), Text('".'))


def test_a_replacement_over_two_nodes_goes_to_the_first() -> None:
    """Three dots typed in two nodes are one ellipsis in the first."""
    expected = (Text("Oui…"), Emphasis((Text(" fin"),)))
    assert expected == composed(Text("Oui.."), Emphasis((Text(". fin"),)))


def test_a_break_is_kept() -> None:
    """A line break that the author asked for survives, and counts as the end of a line."""
    expected = (Text("Objectif\u00a0:"), Break(), Text("tenir"))
    assert expected == composed(Text("Objectif:"), Break(), Text("tenir"))


def test_the_target_of_a_link_is_never_touched() -> None:
    """The text of a link is typeset, its address is not."""
    expected = (Link((Text("l’offre\u202f!"),), "https://x.fr/l'offre!"),)
    assert expected == composed(Link((Text("l'offre !"),), "https://x.fr/l'offre!"))


def test_an_inline_text_without_faults_is_the_same_object() -> None:
    """Nothing is rebuilt when there is nothing to do."""
    inline = (Text("Rien à dire"),)
    assert inline is typeset_inline(inline, FRANCE, ())


pieces = st.sampled_from(
    ["mot", "«", "»", '"', "'", " ", "  ", "!", ";", ":", "...", ",", "12", "km", "(", ")", "l", ""]
)
text_nodes = st.lists(pieces, max_size=4).map(lambda parts: Text("".join(parts)))
inlines = st.recursive(
    st.lists(st.one_of(text_nodes, st.just(Break())), max_size=4).map(tuple),
    lambda children: st.lists(
        st.one_of(
            text_nodes, children.map(Emphasis), children.map(Strong), children.map(lambda c: Link(c, "#"))
        ),
        max_size=4,
    ).map(tuple),
    max_leaves=8,
)


@given(inlines)
def test_joining_and_typesetting_commute(inline: Inline) -> None:
    """The joined text of what was typeset is the joined text, typeset; the nodes stay the same in kind."""
    assert typeset(joined(inline)) == joined(typeset_inline(inline, FRANCE, ()))


@given(inlines)
def test_no_break_moves_into_another_place(inline: Inline) -> None:
    """There are as many breaks after typesetting as before."""
    assert repr(inline).count("Break()") == repr(typeset_inline(inline, FRANCE, ())).count("Break()")
