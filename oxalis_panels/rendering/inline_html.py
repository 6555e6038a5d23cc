"""Inline text → HTML."""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from oxalis_panels.language.typography import unbreakable
from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text

Html = Markup
NOTHING = Html()
COMPOUND = re.compile(r"\b\w{1,15}(?:-\w{1,15}){1,2}\b")
"""Hyphenated words such as co-construit: few and short enough to stay whole on paper."""
ON_SCREEN = 15
"""Characters up to which they stay whole on a screen, too: as many as a title has room for on a phone."""
TOUCHING = "’«"
APART = Html('’<span class="apart">«</span>')
"""A guillemet behind an apostrophe, which it would touch in large type: it stands a hair away."""
LONG = 24
"""Characters up to which a word stays whole: the length of the shortest line at a readable size."""
SHORTEST = 3
"""Least characters of the parts into which a longer one is broken."""
LONG_WORD = re.compile(rf"[^\s\u00a0\u202f]{{{LONG + 1},}}")
ADDRESS = re.compile(r"\w@\w|\w/\w|\bwww\.|\w\.\w+\.\w")
IN_ADDRESS = re.compile(r"(?<=@)(?=\w)|(?<=\w)(?=[./?&=])(?!//)|(?<=-)(?=\w)")
IN_COMPOUND = re.compile(r"(?<=\w-)(?=\w)")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""The scheme of an absolute address."""


def html(inline: Inline, *, paper: bool = False) -> Html:
    """Return the HTML of typeset text; on `paper` compounds stay whole, links within the site are text."""
    if len(inline) == 1 and isinstance(inline[0], Text):  # nearly all of them
        return _text(inline[0].text, paper=paper)
    return NOTHING.join([_node(node, paper=paper) for node in inline])


def unlinked(inline: Inline) -> Inline:
    """Return the text without its links, for places that are links themselves."""
    return tuple(each for node in inline for each in _unlinked_node(node))


def _unlinked_node(node: Node) -> Inline:
    match node:
        case Link(children, _):
            return unlinked(children)
        case Emphasis(children):
            return (Emphasis(unlinked(children)),)
        case Strong(children):
            return (Strong(unlinked(children)),)
        case _:
            return (node,)


def _node(node: Node, *, paper: bool) -> Html:
    match node:
        case Text(text):
            return _text(text, paper=paper)
        case Break():
            return Html("<br>")
        case Emphasis(children):
            return Html("<em>{}</em>").format(html(children, paper=paper))
        case Strong(children):
            return Html("<strong>{}</strong>").format(html(children, paper=paper))
        case Link(children, target):
            inner = html(children, paper=paper)
            linked = ABSOLUTE.match(target) or not paper
            return Html('<a href="{}">{}</a>').format(target, inner) if linked else inner


def _text(text: str, *, paper: bool) -> Html:
    if paper and max(map(len, text.split()), default=0) > LONG:
        return NOTHING.join(_broken(text))
    return _unbroken(text, paper=paper)


def _broken(text: str) -> Iterator[Html]:
    """Yield a text in which the longest words, which would limit the type size, may break at signs."""
    done = 0
    for match in LONG_WORD.finditer(text):
        yield _unbroken(text[done : match.start()], paper=True)
        yield Html("<wbr>").join(_unbroken(part, paper=True) for part in _parts(match[0]))
        done = match.end()
    yield _unbroken(text[done:], paper=True)


def solid_length(word: str) -> int:
    """Return the length of the longest part of a word that stays together on paper."""
    return max(map(len, _parts(word))) if len(word) > LONG else len(word)


def _parts(word: str) -> Iterator[str]:
    """Yield the parts of a long word: an address is cut after @ and before . / ?, others after a hyphen."""
    address = ADDRESS.search(word)
    start = 0
    for match in (IN_ADDRESS if address else IN_COMPOUND).finditer(word):
        if match.start() - start >= SHORTEST and len(word) - match.start() >= SHORTEST:
            yield word[start : match.start()]
            start = match.start()
    yield word[start:]


def _unbroken(text: str, *, paper: bool) -> Html:
    solid = _solid(text, paper=paper)
    made = NOTHING.join(_words(text, solid)) if solid else escape(text)
    return made.replace(TOUCHING, APART) if TOUCHING in made else made


def _words(text: str, solid: Iterable[tuple[int, int]]) -> Iterator[Html]:
    """Yield the text with ranges that must not break wrapped in a span (no character is added)."""
    done = 0
    for start, end in solid:
        yield escape(text[done:start])
        yield Html('<span class="nobreak">{}</span>').format(text[start:end])
        done = end
    yield escape(text[done:])


def _solid(text: str, *, paper: bool) -> list[tuple[int, int]]:
    """Return the ranges that must not break; overlapping ones are joined."""
    compounds = COMPOUND.finditer(text) if "-" in text else ()
    whole = (match.span() for match in compounds if paper or len(match[0]) <= ON_SCREEN)
    ranges = sorted([*unbreakable(text), *whole])
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
