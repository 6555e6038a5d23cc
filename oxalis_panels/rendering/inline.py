"""Inline text → HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from oxalis_panels.model import Break, Emphasis, Inline, Link, Node, Strong, Text
from oxalis_panels.typography import unbreakable

if TYPE_CHECKING:
    from collections.abc import Iterator

Html = Markup
UNBREAKABLE = Markup('<span class="nobreak">{}</span>')


def html(inline: Inline, *, links: bool = True) -> Html:
    """Return the HTML of typeset text; without `links`, as on paper, only their text remains."""
    return Markup("").join(_node(node, links=links) for node in inline)


def _node(node: Node, *, links: bool) -> Html:
    match node:
        case Text(text):
            return Markup("").join(_words(text))
        case Break():
            return Markup("<br>")
        case Emphasis(children):
            return Markup("<em>{}</em>").format(html(children, links=links))
        case Strong(children):
            return Markup("<strong>{}</strong>").format(html(children, links=links))
        case Link(children, target):
            inner = html(children, links=links)
            return Markup('<a href="{}">{}</a>').format(target, inner) if links else inner


def _words(text: str) -> Iterator[Html]:
    """Yield the text, words that must never break wrapped in a span (no character is added to the text)."""
    done = 0
    for start, end in unbreakable(text):
        yield escape(text[done:start])
        yield UNBREAKABLE.format(text[start:end])
        done = end
    yield escape(text[done:])
