"""Lists: the numbers that a word processor counts, and what a line begins with, known by its neighbours."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oxalis_panels.authoring.importing.document import Mark
from oxalis_panels.authoring.importing.words import behind_prefix, mark_of, number_of
from oxalis_panels.model.value import value
from oxalis_panels.reading.marks import SPACES

_LETTERS = "m cm d cd c xc l xl x ix v iv i"
_ROMAN = dict(zip(_LETTERS.split(), (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), strict=True))
_LETTERED = re.compile(rf"[{SPACES}]*(\()?([a-z]|[ivxl]{{2,6}}|[A-Z](?=\)))([.)])[{SPACES}]+(?=\S)")
"""`a)`, `ii.` and the like; a capital with a full stop is an initial or a title."""
_SIGNED = re.compile(rf"[{SPACES}]*[-+–—−][{SPACES}]+(?=\d)")
_AMOUNT = re.compile(rf"[-+–—−\d{SPACES}.,]+(?:[kKM]?€|%|euros?|[{SPACES}])*")
_CELL_SIGN = re.compile(rf"[{SPACES}]*[-+][{SPACES}]")
_BOXES = frozenset("☐☑☒")
_MAYBE_BOXES: dict[str, Mark] = {"■": "finding", **dict.fromkeys("□◻❑❒", "unticked")}
_BOX = re.compile(rf"[{SPACES}]*(?:[☐☑☒□■❏❑]|\[[ xX]?\])[{SPACES}]*")
"""A box and nothing else, as in a cell before that of the text."""
_STEP = 6.0
"""Points by which an item of a list is further in than those above it, at least."""
_TAB, _BLANK, _SIGN = 36.0, 3.0, 7.0
"""Points that a tab and a blank before a text are worth, and the sign of a deeper level."""
_RANKS = {"o": 1, "§": 2}
"""The bullets of Word's second and third level, pasted as the letters that they are."""


@value
class Level:
    """One level of a list."""

    form: str = ""
    """`1`, `01`, `a`, `A`, `i`, `I`; empty where it counts nothing that is shown."""
    text: str = ""
    """The number as it is shown, `%1` standing for that of the first level."""
    start: int = 1
    sign: str = ""
    """Its bullet."""
    indent: float | None = None
    """Points from the margin to its sign; None where the file does not say."""
    restart: int | None = None
    """The level, from 1, whose items make it begin anew; 0 for none, None for any above it."""
    plain: bool = False
    """Whether the numbers of other levels in it are 1, 2, 3."""
    style: str = ""
    """The style of paragraphs that it is for."""


@value
class Place:
    """Where a paragraph stands, in a list and beside the margin."""

    depth: int | None = None
    """Its level in a list, 0 being the outermost; None outside of lists."""
    sign: str = ""
    """What the list puts before it; not part of its text."""
    number: str = ""
    """What a list or a heading counts before it; the file does not hold it as text."""
    indent: float = 0.0
    """Points from the margin to its first character, or to its sign."""


@dataclass(slots=True)
class Numbering:
    """Counts the items of all lists of a document."""

    counts: dict[object, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """By list and level, from 0."""

    def next(
        self, identity: object, depth: int, levels: Mapping[int, Level], start: int | None = None
    ) -> str:
        """Count an item and return its number as it is shown; `start` is that of a list which begins anew."""
        counts = self.counts[identity]
        level = levels.get(depth, Level())
        for above in range(depth):
            counts.setdefault(above, levels.get(above, Level()).start)
        counts[depth] = counts.get(depth, level.start - 1) + 1 if start is None else start
        for below in [each for each in counts if each > depth]:
            restart = levels.get(below, Level()).restart
            if restart is None or depth < restart:
                del counts[below]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = "1" if level.plain else levels.get(place, Level()).form
            return written(counts.get(place, 1), form)

        return re.sub(r"%([1-9])", number, level.text)


def written(number: int, form: str) -> str:
    """Return a number in a form of `Level`."""
    if form in {"a", "A"} and number > 0:
        return chr(ord(form) + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
    if form in {"i", "I"} and 0 < number < 4000:  # noqa: PLR2004 - the Romans did not count further
        return _roman(number).upper() if form == "I" else _roman(number)
    return f"{number:02}" if form == "01" else str(number) if form else ""


def _roman(number: int) -> str:
    text = ""
    for letters, unit in _ROMAN.items():
        text += letters * (number // unit)
        number %= unit
    return text


@value
class Line:
    """A line as its reader found it."""

    text: str
    place: Place = Place()
    row: int = 0
    """The row of a table that it stands in; 0 for none."""
    is_title: bool = False
    is_bold: bool = False
    """Whether all of it is: then its text alone makes no item of it."""

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list."""
        return self.place.depth is not None


@value
class Beginning:
    """What a line begins with."""

    is_item: bool
    mark: Mark = "none"
    skip: int = 0
    """Characters that go: its mark or bullet."""
    number: str = ""
    """What stays of them."""
    rank: int = 0
    """How much deeper than others its sign alone makes it."""
    doubtful: bool = False
    """Whether its bullet may be the sign of an amount."""


def beginnings(lines: Sequence[Line]) -> list[Beginning]:
    """Return what each line begins with; only the lines beside it tell a sign, a box or a letter."""
    lettered = _lettered(lines)
    found = [_beginning(line, lettered.get(place)) for place, line in enumerate(lines)]
    listed = [each.is_item for each in found]
    for place, line in enumerate(lines):
        if found[place].is_item and found[place].mark == "none" and _SIGNED.match(line.text):
            alone = not any(listed[max(place - 1, 0) : place] + listed[place + 1 : place + 2])
            sign = alone and not line.is_listed
            found[place] = Beginning(is_item=False) if sign else replace(found[place], doubtful=True)
    for first, last in _groups(found):
        _tick(lines, found, first, last)
    _tick_rows(lines, found)
    return found


def _beginning(line: Line, letters: int | None) -> Beginning:
    match, rest = behind_prefix(line.text)
    listed = line.place.sign
    sign = None if listed in {"", *_MAYBE_BOXES} else behind_prefix(f"{listed} ")[0]
    mark = mark_of(match) if match else "none"
    if mark == "none" and ((line.row and _CELL_SIGN.match(line.text)) or _is_amount(line.text)):
        match, rest = None, line.text
    if letters is not None and match is None and not line.is_listed:
        return Beginning(is_item=True, rank=letters)
    if mark == "none" and sign:
        mark = mark_of(sign)
    skip = len(line.text) - len(rest)
    typed = match[0].strip(SPACES) if match else ""
    number = number_of(match[0]) if match else ""
    return Beginning(line.is_listed or match is not None, mark, skip, number, _RANKS.get(typed, 0))


def _is_amount(text: str) -> bool:
    return bool(_SIGNED.match(text) and _AMOUNT.fullmatch(text))


def _lettered(lines: Sequence[Line]) -> dict[int, int]:
    """Return the lines that begin with a letter or a Roman number as those beside them go on; with a rank."""
    found: dict[int, int] = {}
    last: dict[tuple[str, ...], tuple[int, int]] = {}
    for place, line in enumerate(lines):
        match = None if line.is_title or line.is_bold else _LETTERED.match(line.text)
        for kind, rank in _readings(match[2]) if match else ():
            key = (kind, match[1] or "", match[3])  # type: ignore[index]  # readings are those of a match
            before, number = last.get(key, (-1, 0))
            if rank == number + 1 and number:
                found |= dict.fromkeys((before, place), 1 + kind.startswith("i"))
            if rank in {1, number + 1}:
                last[key] = (place, rank)
    return found


def _readings(letters: str) -> Iterator[tuple[str, int]]:
    if len(letters) == 1:
        yield ("a" if letters.islower() else "A"), ord(letters.lower()) - ord("a") + 1
    values = [number for number in range(1, 40) if _roman(number) == letters]
    yield from (("i", value) for value in values)


def _groups(found: Sequence[Beginning]) -> Iterator[tuple[int, int]]:
    """Yield the lists: items that no other line parts."""
    start = 0
    for place, each in enumerate((*found, Beginning(is_item=False))):
        if not each.is_item:
            if place > start:
                yield start, place
            start = place + 1


def _tick(lines: Sequence[Line], found: list[Beginning], first: int, last: int) -> None:
    """Read ■ and □ as boxes where others stand beside them; elsewhere they are bullets."""
    signs = [line.place.sign or line.text.lstrip(SPACES)[:1] for line in lines[first:last]]
    values = {_MAYBE_BOXES[sign] for sign in signs if sign in _MAYBE_BOXES}
    if len(values) > 1 or (values and _BOXES & {*signs}):
        for place, sign in enumerate(signs, first):
            if sign in _MAYBE_BOXES and found[place].mark in {"none", "unticked"}:
                found[place] = replace(found[place], mark=_MAYBE_BOXES[sign])


def _tick_rows(lines: Sequence[Line], found: list[Beginning]) -> None:
    """Give the box that is alone in its cell to the text beside it; any other is text."""
    rows: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        rows[line.row or -place - 1].append(place)
    for row in rows.values():
        lone = [place for place in row if _BOX.fullmatch(lines[place].text)]
        others = [place for place in row if not _BOX.fullmatch(lines[place].text)]
        if len(lone) == 1 and others:
            beside = next((place for place in others if place > lone[0]), others[-1])
            found[beside] = replace(found[beside], is_item=True, mark=found[lone[0]].mark)
        else:
            for place in lone:
                found[place] = Beginning(is_item=False)


def levels(lines: Iterable[Line], begins: Iterable[Beginning]) -> list[int]:
    """Return the level of each line in its list, by the level that its file gives and by its indentation."""
    stack: list[tuple[float, int]] = []
    found = []
    for line, begin in zip(lines, begins, strict=True):
        blank = line.text[: len(line.text) - len(line.text.lstrip())]
        inner = sum(_TAB if character == "\t" else _BLANK for character in blank)
        indent = line.place.indent + inner + _SIGN * begin.rank
        if line.is_title or not begin.is_item:
            stack = [] if stack and indent <= stack[0][0] else stack
            found.append(0)
            continue
        while stack and indent < stack[-1][0] - _STEP:
            stack.pop()
        if stack and indent <= stack[-1][0] + _STEP:
            stack.pop()
        level = max(line.place.depth or 0, stack[-1][1] + 1 if stack else 0)
        stack.append((indent, level))
        found.append(level)
    return found
