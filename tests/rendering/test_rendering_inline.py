"""Inline text as HTML: nodes in nodes, nothing an author types taken for markup."""

import html as standard
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text, plain
from oxalis_panels.rendering.inline_html import html, unlinked

TAG = re.compile(r"</?(?:em|strong|a|br|span)(?: (?:href|class)=\"[^\"<>]*\")?>")
ADDRESS = "https://exemple.fr/?a=1&b=2"
NODES: st.SearchStrategy[Node] = st.recursive(
    st.text(min_size=1, max_size=12).map(Text),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda each: st.sampled_from([Emphasis(each), Strong(each), Link(each, ADDRESS)]))
    ),
    max_leaves=5,
)
INLINES: st.SearchStrategy[Inline] = st.lists(NODES, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        ((), ""),
        ((Text("a < b & « c » \"d\" 'e'"),), "a &lt; b &amp; « c » &#34;d&#34; &#39;e&#39;"),
        ((Text("<script>alert(1)</script>"),), "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ((Text("un"), Break(), Text("deux")), "un<br>deux"),
        ((Emphasis((Text("a"), Strong((Text("b"),)))),), "<em>a<strong>b</strong></em>"),
        (
            (Link((Emphasis((Text("ici"),)),), ADDRESS),),
            '<a href="https://exemple.fr/?a=1&amp;b=2"><em>ici</em></a>',
        ),
        ((Link((Text("x"),), 'https://e.fr/"><b>'),), '<a href="https://e.fr/&#34;&gt;&lt;b&gt;">x</a>'),
    ],
)
def test_inline_text_is_escaped_html(inline: Inline, expected: str) -> None:
    """Every node has its element; characters that mean something in HTML are written as references."""
    assert str(html(inline)) == expected


def test_a_link_is_its_text_on_paper() -> None:
    """A link from panel to panel leads nowhere on paper: its text is left."""
    inline = (Text("voir "), Link((Text("le "), Strong((Text("site"),))), "../budget/"))
    assert str(html(inline, paper=True)) == "voir le <strong>site</strong>"


def test_words_that_stay_whole_are_wrapped_and_nothing_is_added() -> None:
    """Inclusive words and short hyphenated ones stay whole everywhere, longer ones on paper only."""
    whole = '<span class="nobreak">{}</span>'
    short = f"des {whole.format('entrepreneur·es')} {whole.format('co-construits')}"
    inline = (Text("des entrepreneur·es co-construits auto-organisations"),)
    assert str(html(inline)) == f"{short} auto-organisations"
    assert str(html(inline, paper=True)) == f"{short} {whole.format('auto-organisations')}"


@pytest.mark.parametrize("paper", [True, False])
def test_a_guillemet_stands_a_hair_from_an_apostrophe(paper: bool) -> None:  # noqa: FBT001 - a case
    """In whatever it stands, and no character is added; elsewhere a guillemet is left alone."""
    apart = 'l’<span class="apart">«</span>'
    assert str(html((Text("l’« offre »"),), paper=paper)) == f"{apart} offre »"
    assert str(html((Emphasis((Text("l’« a-t-il »"),)),), paper=paper)) == (
        f'<em>{apart} <span class="nobreak">a-t-il</span> »</em>'
    )
    assert str(html((Text("son « offre »"),), paper=paper)) == "son « offre »"


@given(INLINES, st.booleans())
def test_what_is_shown_is_what_was_written(inline: Inline, paper: bool) -> None:  # noqa: FBT001 - hypothesis passes it so
    """Without its elements the HTML says the plain text, whatever characters it has."""
    shown = TAG.sub(lambda tag: " " if tag[0] == "<br>" else "", str(html(inline, paper=paper)))
    assert "<" not in shown
    assert standard.unescape(shown) == plain(inline) or "\r" in plain(inline) or "\x00" in plain(inline)


@given(INLINES)
def test_unlinked_text_has_no_link_and_all_words(inline: Inline) -> None:
    """For places that are links themselves: only the links go, at any depth."""
    assert "<a " not in str(html(unlinked(inline)))
    assert plain(unlinked(inline)) == plain(inline)
