"""Signs of Markdown that mean nothing where they stand: almost always slips, and they would stay visible.

Each is a doubt, not an error: an author may want the sign, and then a backslash before it says so.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from oxalis_panels.model.diagnostics import Diagnostic, warning
from oxalis_panels.model.value import value
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.words.catalogue import Words

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
"""What a backslash protects (CommonMark 2.4)."""
_ESCAPE = re.compile(rf"\\({_PUNCTUATION}|\n)?")
_BACKTICKS = re.compile("`+")
_JOINT = re.compile(r"\]\([^\s)]*\)?")
_ADDRESS = r"(?:https?:|www\.|mailto:|tel:)"
_APART = re.compile(rf"\[[^\[\]]+\]\s+\({_ADDRESS}[^\s)]*\)?", re.IGNORECASE)
_REVERSED = re.compile(rf"\([^()\[\]]+\)\s?\[{_ADDRESS}[^\s\]]*\]?", re.IGNORECASE)
_FILLED_IN_BY_HAND = 3
"""Underscores in a row that are a line to write on."""


@value
class Run:
    """Signs of emphasis in a row of which the parser found no use for one at least."""

    sign: str
    """All of them, as typed."""
    start: int
    """In the text of the passage."""
    before: str
    """The character before it; empty at the beginning."""
    after: str
    """The character after it; empty at the end."""

    @property
    def end(self) -> int:
        """Where it ends in the text of the passage."""
        return self.start + len(self.sign)

    @property
    def may_open(self) -> bool:
        """Whether an emphasis could have been meant to begin here."""
        return not self.before.isalnum()

    @property
    def may_close(self) -> bool:
        """Whether an emphasis could have been meant to end here."""
        return not self.after.isalnum()

    @property
    def is_spaced(self) -> bool:
        """Whether it touches no word at all."""
        return self.may_open and self.may_close


def run_at(text: str, start: int, end: int) -> Run:
    """Return the run `text[start:end]` with its neighbours."""
    return Run(text[start:end], start, text[:start][-1:], text[end : end + 1])


def find_slips(
    passage: Passage, used: Sequence[tuple[int, int]], runs: Iterable[Run]
) -> Iterator[Diagnostic]:
    """Yield a warning for each slip; `used` are the stretches of links, code and HTML, reported elsewhere."""
    text = passage.text
    taken = {position for start, end in used for position in range(start, end)}
    for match in _ESCAPE.finditer(text):
        if match[1] is None and match.start() not in taken:
            yield warning("sign-visible.backslash", passage.at(*match.span()))
        taken.update(range(*match.span()))
    yield from _links(passage, taken)
    for match in _BACKTICKS.finditer(text):
        if match.start() not in taken:
            yield warning("sign-visible.backtick", passage.at(*match.span()), found=match[0])
    yield from _emphasis(passage, [run for run in runs if not _is_meant(run, text)])


def _links(passage: Passage, taken: set[int]) -> Iterator[Diagnostic]:
    text = passage.text
    for match in _JOINT.finditer(text):
        opening = text.rfind("[", 0, match.start())
        if match.start() not in taken and not text.startswith("\\", max(0, opening - 1), opening):
            opened = opening >= 0 and opening not in taken
            start = opening if opened else match.start()
            yield _broken(passage, start, match.end(), "closing" if opened else "opening")
    for pattern, cause in ((_APART, "apart"), (_REVERSED, "reversed")):
        for match in pattern.finditer(text):
            if match.start() not in taken and match.end() - 1 not in taken:
                yield _broken(passage, *match.span(), cause)


def _broken(passage: Passage, start: int, end: int, cause: str) -> Diagnostic:
    place = passage.at(start, end)
    return warning("link-broken", place, found=abbreviated(place.text), cause=Words(f"link.{cause}"))


def _emphasis(passage: Passage, runs: list[Run]) -> Iterator[Diagnostic]:
    """Report two signs that blanks keep from their text as one slip, any other sign as one of its own."""
    rest = iter([*runs, None])
    run = next(rest)
    while run:
        following = next(rest)
        if following and _belong_together(run, following):
            place = passage.at(run.start, following.end)
            yield warning("sign-visible.spaced", place, found=run.sign, escaped=_escaped(run.sign))
            following = next(rest)
        else:
            code = "sign-visible.tildes" if run.sign[0] == "~" else "sign-visible.unclosed"
            place = passage.at(run.start, run.end)
            yield warning(code, place, found=run.sign, escaped=_escaped(run.sign))
        run = following


def _belong_together(one: Run, other: Run) -> bool:
    spaced = one.is_spaced or other.is_spaced
    return one.sign == other.sign and one.sign[0] != "~" and spaced and one.may_open and other.may_close


def _is_meant(run: Run, text: str) -> bool:
    """`salarié*e`, `nom_de_fichier`, `3 * 4` and `Nom : ____` are written with these very signs."""
    if run.sign[0] == "_" and len(run.sign) >= _FILLED_IN_BY_HAND:
        return True
    if len(run.sign) > 1:
        return False
    if run.before.isalnum() and run.after.isalnum():
        return True
    near = text[: run.start].rstrip()[-1:], text[run.end :].lstrip()[:1]
    return run.is_spaced and any(character.isdigit() for character in near)


def _escaped(sign: str) -> str:
    return "".join(f"\\{character}" for character in sign)
