"""Inline Markdown → the model's nodes; the tokens of the parser stay in here.

A text without any sign that Markdown knows does not need the parser (nor the time to import it): almost every
line of a panel is such a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text, plain
from oxalis_panels.model.diagnostics import CREDENTIALS, Diagnostic, Span, error, warning
from oxalis_panels.reading.dialects import SIGNS, find_dialects
from oxalis_panels.reading.marks import CHECKS
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.reading.slips import Run, find_slips, run_at
from oxalis_panels.reading.tidying import tidy, tidy_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MARKUP = re.compile(r"[*_\[\]<>&`\\~]|  \n")
"""A text in which this finds nothing is plain."""
_UNUSUAL = re.compile(rf"[*_\[\]<>&`\\~{CHECKS}\n]|{SIGNS}")
"""Nearly every text is short and has none of these: then there is nothing to report."""

LONGEST = 10_000
"""Characters of one text: ten posters full. The parser takes quadratic time over some longer ones."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NO_HOST = re.compile(r"https?:(?!//[^/?#\s])", re.IGNORECASE)
_BARE_ADDRESS = re.compile(
    r"//|www\.|[^/?#]*@|[\w-]+(?:\.[\w-]+)*\.(?:fr|coop|org|com|net|eu|info|io|be|ch)(?:[/?#]|$)"
)
_REFUSED = (
    (re.compile(r"(?<!\\)\[\^[^\[\]\s]+\]|(?<!\\)\^\[[^\[\]\n]+\](?!\()"), "foreign-markup.footnote"),
    (re.compile(r"(?<!\\)\[[^\[\]]+\]\[[^\[\]]*\]"), "foreign-markup.reference"),
)
"""What the parser takes for text, and authors who know other programs for Markdown."""
_MARK = re.compile(f"[{CHECKS}]")
_HOLDING = frozenset({"link_open", "image", "code_inline", "html_inline"})
"""Tokens of stretches in which signs have another meaning."""
_SIGNS = frozenset({"*", "_", "~", "~~"})
"""What a token holds that began or ended no emphasis."""


def read_inline(passage: Passage, found: list[Diagnostic]) -> Inline:
    """Return the text of a passage; empty when there is nothing but blanks in it."""
    if len(passage.text) <= LONGEST and not _UNUSUAL.search(passage.text):
        return tidy_text(passage.text)
    found += [warning("mark-inside", passage.at(*m.span()), found=m[0]) for m in _MARK.finditer(passage.text)]
    if len(passage.text) > LONGEST:
        found.append(error("text-too-long", passage.span, longest=LONGEST))
        return tidy_text(passage.text)
    if not MARKUP.search(passage.text):
        found += find_dialects(passage, ())
        return tidy_text(passage.text)
    return read_marked_up(passage, found)


def read_marked_up(passage: Passage, found: list[Diagnostic]) -> Inline:
    """Return the text of a passage as the parser reads it."""
    for pattern, code in _REFUSED:
        found += [error(code, passage.at(*match.span())) for match in pattern.finditer(passage.text)]
    parser = _parser()
    tokens = parser.inline.parse(passage.text, parser, {}, [])
    found += find_dialects(passage, _kept(tokens, passage.text))
    used = [token.meta["place"] for token in tokens if token.type in _HOLDING]
    found += find_slips(passage, used, _runs(tokens, passage.text))
    return tidy(_Reader(passage, found).read(tokens))


def _kept(tokens: list[Token], text: str) -> Iterator[tuple[int, int]]:
    """Yield where pictures, code and HTML stand, and of each link its address."""
    for token in tokens:
        if token.type in _HOLDING:
            start, end = token.meta["place"]
            yield (max(start, text.rfind("](", start, end)) if token.type == "link_open" else start), end


def _runs(tokens: list[Token], text: str) -> Iterator[Run]:
    """Yield the signs of emphasis that are left over, each run once."""
    left = (token for token in tokens if token.type == "text" and token.content in _SIGNS)
    for place in dict.fromkeys(token.meta["place"] for token in left if "place" in token.meta):
        if text[slice(*place)] != "~":
            yield run_at(text, *place)


@cache
def _parser() -> MarkdownIt:
    """CommonMark's inline rules; tokens of markup carry `meta["place"]`, their (start, end) in the text."""
    from markdown_it import MarkdownIt, rules_inline  # noqa: PLC0415 - a tenth of a second

    parser = MarkdownIt("commonmark").enable("strikethrough")
    rules = {
        "autolink": rules_inline.autolink,
        "backticks": rules_inline.backtick,
        "emphasis": rules_inline.emphasis.tokenize,
        "html_inline": rules_inline.html_inline,
        "image": rules_inline.image,
        "link": rules_inline.link,
        "strikethrough": rules_inline.strikethrough.tokenize,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _placed(rule))
    parser.inline.ruler2.disable("fragments_join")  # it would hide which signs of emphasis were left over
    setattr(parser, "validateLink", lambda _: True)  # noqa: B010 - bad schemes are reported, not left as text
    return parser


def _placed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Make a rule write down where its tokens come from: inline tokens have no position of their own."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[before:]:
                token.meta.setdefault("place", (start, state.pos))
        return done

    return run


class _Reader:
    """One passage on its way to nodes."""

    def __init__(self, passage: Passage, found: list[Diagnostic]) -> None:
        self.passage = passage
        self.found = found
        self.tags: set[str] = set()
        """Names of the HTML elements already reported: their closing tags are the same mistake."""

    def read(self, tokens: list[Token]) -> Inline:
        """Turn the parser's flat list of opening and closing tokens into a tree."""
        levels: list[list[Node]] = [[]]
        opened: list[Token] = []
        for token in tokens:
            if token.nesting > 0:
                levels.append([])
                opened.append(token)
            elif token.nesting < 0:
                children = tuple(levels.pop())
                levels[-1] += self._element(opened.pop(), children, token)
            else:
                levels[-1] += self._leaf(token)
        return tuple(levels[0])

    def _leaf(self, token: Token) -> Inline:
        match token.type:
            case "text" | "text_special":
                return (Text(token.content),)
            case "softbreak":
                return (Text("\n"),)
            case "hardbreak":
                return (Break(),)
            case "html_inline":
                self._report_html(token)
                return ()
            case "code_inline" | "image":
                code = "foreign-markup.image" if token.type == "image" else "foreign-markup.code"
                self.found.append(error(code, self._place(token), found=abbreviated(token.content)))
                return (Text(token.content),)
        raise AssertionError(token.type)

    def _element(self, opening: Token, children: Inline, closing: Token) -> Inline:
        match opening.type:
            case "em_open":
                self._check_inside_word(opening, closing)
                return (Emphasis(children),)
            case "strong_open":
                return (Strong(children),)
            case "link_open":
                return (self._link(opening, children),)
            case "s_open":
                self.found.append(error("foreign-markup.strikethrough", self._place(opening, closing)))
                return children
        raise AssertionError(opening.type)

    def _link(self, token: Token, children: Inline) -> Link:
        target = str(token.attrs.get("href", ""))
        scheme = _SCHEME.match(target)
        place = self._place(token)
        if not target or not plain(children).strip():
            self.found.append(error("link-empty", place))
        elif scheme and scheme[1].lower() not in SCHEMES:
            self.found.append(error("link-address.scheme", place, found=abbreviated(scheme[0])))
        elif _NO_HOST.match(target) or (not scheme and _BARE_ADDRESS.match(target)):
            self.found.append(error("link-address.incomplete", place, found=abbreviated(target)))
        if CREDENTIALS.search(target) and not CREDENTIALS.search(place.source.text, place.start, place.end):
            self.found.append(error("address-password", place))  # written with `&#64;`: not seen in the file
        if token.attrs.get("title"):
            self.found.append(error("link-title", place, found=abbreviated(str(token.attrs["title"]))))
        return Link(children, target)

    def _report_html(self, token: Token) -> None:
        name = token.content.strip("</> \n").split()[0].lower() if token.content.strip("</> \n") else ""
        closing = token.content.startswith("</")
        if not closing or name not in self.tags:
            self.found.append(error("foreign-markup.html", self._place(token)))
        self.tags.add(name)

    def _check_inside_word(self, opening: Token, closing: Token) -> None:
        """`salarié*es et entrepreneur*es`: stars of inclusive spelling, which Markdown takes for emphasis."""
        start, end = opening.meta["place"][0], closing.meta["place"][1]
        if self.passage.text[:start][-1:].isalnum():
            self.found.append(warning("emphasis-inside-word", self.passage.at(start, end)))

    def _place(self, token: Token, closing: Token | None = None) -> Span:
        start, end = token.meta["place"]
        return self.passage.at(start, closing.meta["place"][1] if closing else end)
