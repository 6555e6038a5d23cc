"""The first use of an abbreviation on a page: a button that shows what it stands for, without a script.

A button with `popovertarget` works by touch and keyboard, and screen readers announce it. A link to the
glossary would take readers away from their line; a `title` works with a mouse only. Browsers without popovers
show the words beside it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from markupsafe import Markup, escape

from oxalis_panels.model.value import value
from oxalis_panels.rendering.inline_html import NOTHING, Html
from oxalis_panels.rendering.notices import EntryView
from oxalis_panels.rendering.views import FindingView, PanelView

PIECE = re.compile(r"<[^>]*>|[^<]+")
TAG_NAME = re.compile(r"</?(\w+)")
WORD = re.compile(r"\S+")
BEGINNING = r"(?<![\w·&].)"
"""Tested after the first letter: patterns that begin with a letter are found three times as fast."""
ADDRESS = re.compile(r"@|://|^www\.")


@value
class Explanation:
    """The explanations of abbreviations on a page."""

    entries: tuple[EntryView, ...]
    glossary: str
    """The relative link to the page of the glossary."""
    words: Html
    """The link's words, with the attribute `lang` where they need one: `<span lang="en">Glossary</span>`."""


@value
class Forms:
    """How the abbreviations of a glossary may be written."""

    any: re.Pattern[str]
    """One of them, the longest that matches."""
    token: re.Pattern[str]
    """One with all around it up to a space: a line must not end between an abbreviation and its comma."""
    named: Mapping[str, EntryView]
    """The entry of each, by the letters of its short form."""


@dataclass(slots=True)
class Explainer:
    """The abbreviations of one page, each explained once."""

    explanation: Explanation
    forms: Forms = field(init=False)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Prepare the patterns of all entries."""
        self.forms = _forms(self.explanation.entries)

    def panel(self, panel: PanelView) -> PanelView:
        """Return a panel in which abbreviations new to the page are explained."""
        if not self.explanation.entries:
            return panel
        paragraphs = tuple(self.text(each) for each in panel.paragraphs)
        return replace(
            panel, paragraphs=paragraphs, findings=tuple(self._finding(each) for each in panel.findings)
        )

    def _finding(self, finding: FindingView) -> FindingView:
        return replace(
            finding,
            lead=self.text(finding.lead, beside=finding.rest),
            rest=self.text(finding.rest, beside=finding.lead),
            points=tuple(self.text(each) for each in finding.points),
        )

    def text(self, html: Html, beside: Html = NOTHING) -> Html:
        """Return a text with abbreviations explained, but in links, and where it or `beside` does so."""
        used = (self.forms.named[_letters(short)] for short in self.forms.any.findall(html))
        fresh = [entry for entry in used if entry.anchor not in self.seen]
        if not fresh:
            return html
        whole = f"{_folded(html)} {_folded(beside)}"
        self.seen |= {entry.anchor for entry in fresh if _folded(entry.expansion) in whole}
        open_tags: list[str] = []
        return Markup("".join(self._piece(piece, open_tags) for piece in PIECE.findall(html)))  # noqa: S704 - pieces of HTML, and HTML

    def _piece(self, piece: str, open_tags: list[str]) -> str:
        if not piece.startswith("<"):
            if "a" in open_tags:
                return piece
            return self.forms.token.sub(lambda match: self._token(match[0], open_tags), piece)
        name = TAG_NAME.match(piece)
        if piece.startswith("</"):
            open_tags.pop()
        elif name and name[1] != "br":
            open_tags.append(name[1])
        return piece

    def _token(self, token: str, open_tags: list[str]) -> str:
        explained = token if ADDRESS.search(token) else self.forms.any.sub(self._use, token)
        if explained == token or "span" in open_tags:
            return explained
        return f'<span class="nobreak">{explained}</span>'

    def _use(self, match: re.Match[str]) -> str:
        entry = self.forms.named[_letters(match[0])]
        if entry.anchor in self.seen:
            return match[0]
        self.seen.add(entry.anchor)
        identifier = f"sigle_{entry.anchor}"
        link = f'<a href="{self.explanation.glossary}#{entry.anchor}">{self.explanation.words}</a>'
        return (
            f'<button type="button" class="abbr" popovertarget="{identifier}">{match[0]}</button>'
            f'<span class="sense" popover id="{identifier}" data-added>{entry.expansion} {link}</span>'
        )


@cache
def _forms(entries: tuple[EntryView, ...]) -> Forms:
    """Return the forms of all entries, the longest first; the same on every page."""
    named = {
        str(escape(entry.short)): entry for entry in sorted(entries, key=lambda entry: -len(entry.short))
    }
    words = _one_of(short for short in named if WORD.fullmatch(short))
    return Forms(
        any=re.compile(_one_of(named)),
        token=re.compile(rf"(?<!\S)\S*?{words}\S*"),
        named={_letters(short): entry for short, entry in named.items()},
    )


def _one_of(shorts: Iterable[str]) -> str:
    """Return a pattern for any of some abbreviations; it never matches if there are none."""
    spelt = "|".join(_spellings(short[0], short[1:]) for short in shorts if short) or "(?!)"
    return rf"(?:{spelt})(?![\w·])"


def _spellings(first: str, rest: str) -> str:
    """Return the pattern of an abbreviation: as it is, with full stops (C.A.E.), with a plural s."""
    begun = re.escape(first) + BEGINNING
    if not (first + rest).isalpha() or not (first + rest).isupper():
        return begun + re.escape(rest)
    pointed = "".join(rf"\.{letter}" for letter in rest)
    return rf"{begun}(?:{rest}s?|{pointed}\.?)"


def _letters(spelt: str) -> str:
    """Return the abbreviation without the full stops and the plural s of its spelling."""
    bare = spelt.replace(".", "")
    return bare[:-1] if len(bare) > 1 and bare[:-1].isupper() and bare.endswith("s") else bare


def _folded(html: str) -> str:
    """Return a text for comparison: without tags and capitals, every white space as one space."""
    return " ".join(re.sub(r"<[^>]*>", "", html).casefold().split())
