"""A tree of changes → the same in words, and counted in sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Literal

from oxalis_panels.authoring.comparing.changes import (
    Changes,
    FieldChange,
    ItemChange,
    PanelChange,
    Place,
    Wording,
)
from oxalis_panels.authoring.comparing.repository import Commit
from oxalis_panels.authoring.comparing.views import (
    FieldView,
    PanelReview,
    PieceView,
    PosterComparison,
    Review,
    Row,
    VersionView,
)
from oxalis_panels.model.collection import Collection, Inline, Panel, Text, plain
from oxalis_panels.model.value import value
from oxalis_panels.rendering.inline_html import html, unlinked
from oxalis_panels.rendering.palette import Palette
from oxalis_panels.rendering.views import collection_title
from oxalis_panels.site.record import day_text
from oxalis_panels.words.catalogue import Catalogue

KINDS = ("paragraph", "finding", "point")
COUNTED = frozenset({"added", "removed", "reworded", "moved", "moved_reworded"})
"""What is counted for each kind of text by itself."""
LANDMARK = 90
"""Characters of a text that did not change and only shows where one is."""
WHOLE = ("added", "removed")


@value
class Compared:
    """Two versions and what was found."""

    before: Collection
    after: Collection
    changes: Changes
    looks: Sequence[PosterComparison | None]
    """For each panel of `changes`."""
    unread: Sequence[str]
    """Files that could not be compared."""
    other_templates: bool = False
    """Whether the versions had other templates than each other."""


def review(
    compared: Compared, versions: tuple[VersionView, VersionView], palette: Palette, words: Catalogue
) -> Review:
    """Return what changed in words."""
    settings = compared.after.settings if compared.after.panels else compared.before.settings
    series = plain(collection_title(settings, words.text("site.untitled")))
    heading = words.text("compare.heading")
    looks = sum(each is not None for each in compared.looks)
    panels = tuple(_panels(compared, palette, words))
    before, after = versions
    return Review(
        title=words.text("compare.title", heading=heading, title=series),
        heading=heading,
        series=series,
        before=before,
        after=after,
        verdict=verdict(compared.changes, looks + compared.other_templates, words),
        in_short=in_short(compared.changes, looks, words),
        settings=tuple(_field(change, words) for change in compared.changes.settings),
        panels=tuple(panel for panel in panels if panel.sentence),
        posters=tuple(panel for panel in panels if not panel.sentence),
        notes=tuple(_notes(compared, words)),
        colour=palette.colours[0],
        language=words.language,
        texts=settings.language,
    )


def version_view(commit: Commit | None, today: datetime, words: Catalogue) -> VersionView:
    """Return a commit, or the files in the folder as they stand today, in words."""
    if commit is None:
        name = words.text("compare.present", date=day_text(today, words))
        return VersionView(name, "", words.text("compare.present_short"))
    values = {"short": commit.short, "date": day_text(commit.date, words)}
    if commit.name == "HEAD" or commit.identifier.startswith(commit.name):
        name = words.text("compare.commit", **values)
    else:
        name = words.text("compare.named", name=commit.name, **values)
    said = words.text("compare.said", subject=commit.subject, author=commit.author)
    return VersionView(name, said, commit.short)


def _panels(compared: Compared, palette: Palette, words: Catalogue) -> Iterator[PanelReview]:
    """Yield each panel of which there is something to tell or to show."""
    changes = compared.changes.panels
    sides = compared.before.panels, compared.after.panels
    titles = [{panel.number: _quoted(panel, words) for panel in side} for side in sides]
    pairs = {(each.before.number, each.after.number) for each in changes if each.before and each.after}
    teller = RowTeller(titles, pairs, words)
    for change, looks in zip(changes, compared.looks, strict=True):
        if not change.changed and not looks:
            continue
        panel, title = change.panel, _title(change.panel, words)
        yield PanelReview(
            slug=panel.slug,
            anchor=f"{panel.slug}-{'avant' if change.after is None else 'apres'}",
            number=panel.number,
            name=words.text("compare.panel" if change.after else "compare.panel_gone", number=panel.number),
            title=html(unlinked(title)),
            plain_title=plain(title),
            colour=palette.of(panel),
            fate=change.fate,
            sentence=sentence(change, words),
            fields=tuple(_field(each, words) for each in change.fields),
            rows=tuple(teller.rows(change)),
            looks=looks,
        )


def _title(panel: Panel, words: Catalogue) -> Inline:
    return panel.title or (Text(words.text("compare.introduction")),)


def _quoted(panel: Panel, words: Catalogue) -> str:
    return words.text("compare.quoted", title=plain(_title(panel, words)))


def _notes(compared: Compared, words: Catalogue) -> Iterator[str]:
    """Yield which panels did not change at all, and what could not be compared, or is not shown."""
    same = tuple(
        _quoted(change.panel, words)
        for change, looks in zip(compared.changes.panels, compared.looks, strict=True)
        if not change.changed and not looks
    )
    if same and len(same) < len(compared.changes.panels):
        yield words.text("compare.kept", titles=same)
    if compared.unread:
        yield words.text("compare.unread", files=tuple(compared.unread))
    if compared.other_templates:
        yield words.text("compare.other_templates")


def _field(change: FieldChange, words: Catalogue) -> FieldView:
    try:
        name = words.text(f"compare.field.{change.key}", entry=change.entry)
    except KeyError:  # a field newer than these words: its own name is better than none
        name = change.key
    return FieldView(name, tuple(piece_views(change.text)))


def verdict(changes: Changes, looks: int, words: Catalogue) -> str:
    """Return the sentence for when no word changed; the empty string if some did.

    `looks`: how many posters look different, and whether templates are others.
    """
    if changes.nothing and not looks:
        return words.text("compare.nothing")
    worded = changes.settings or counted(changes.panels).keys() - {"retouched"}
    named = any(panel.fields for panel in changes.panels)
    return "" if worded or named else words.text("compare.same_words")


def in_short(changes: Changes, looks: int, words: Catalogue) -> str:
    """Return all that changed in one sentence; nothing changed: the empty string."""
    panels = sum(panel.changed for panel in changes.panels)
    counts = counted(changes.panels)
    counts.update({"settings": len(changes.settings), "look": looks})
    rest = ", ".join(_said(counts, words))
    if panels and rest:
        return words.text("compare.in_short", changed=words.count("compare.count.changed", panels), rest=rest)
    return _sentence(rest or (words.count("compare.count.changed", panels) if panels else ""))


def sentence(change: PanelChange, words: Catalogue) -> str:
    """Return what changed in a panel; the empty string for its looks alone."""
    parts: list[str] = []
    if change.fate != "kept":
        kinds: Counter[str] = Counter(item.place.kind for item in change.items)
        content = tuple(words.count(f"compare.count.{kind}", kinds[kind]) for kind in KINDS if kinds[kind])
        return _sentence(words.text(f"compare.fate.{change.fate}", content=content or ("–",)))
    if change.moved and change.before and change.after:
        old, new = change.before.number, change.after.number
        parts.append(words.text("compare.panel_moved", old=old, new=new))
    fields = dict.fromkeys(each.key.partition(".")[0] for each in change.fields)
    parts += [words.text(f"compare.{key}_changed") for key in fields]
    counts = _texts(change)
    counts["left"] = sum(1 for item in change.items if change.has_left(item))
    return _sentence(", ".join([*parts, *_said(counts, words)]))


def counted(changes: Sequence[PanelChange]) -> Counter[str]:
    """Count what happened, by the keys of its words; of a panel that came or went, only that."""
    counts: Counter[str] = Counter()
    for change in changes:
        if change.fate != "kept":
            counts[f"fate_{change.fate}"] += 1
            continue
        counts["panel_moved"] += change.moved
        counts["title_changed"] += any(each.key == "title" for each in change.fields)
        counts += _texts(change)
    return +counts


def _texts(change: PanelChange) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in change.items:
        if change.has_left(item):
            continue  # counted where it is now
        if item.status in COUNTED:
            counts[f"{item.place.kind}_{item.status}"] += 1
        elif item.status == "punctuated":
            counts["punctuated"] += 1
        elif item.text.retouched:
            counts["retouched"] += 1
    return counts


def _said(counts: Mapping[str, int], words: Catalogue) -> Iterator[str]:
    """Yield each count in words, in the order of the catalogue."""
    for key in words.tables["compare"]["count"]:
        if counts.get(key):
            yield words.count(f"compare.count.{key}", counts[key])


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}." if said else ""


class RowTeller:
    """Says what became of texts, in one language."""

    def __init__(
        self, titles: Sequence[Mapping[int, str]], pairs: set[tuple[int, int]], words: Catalogue
    ) -> None:
        """Take the titles of the panels, by number, before and after, and which numbers are one panel."""
        self._titles, self._pairs, self._words = titles, pairs, words

    def rows(self, change: PanelChange) -> Iterator[Row]:
        """Yield what changed, each ✓ above its → that did; of what did not, how much there is."""
        told = _told(change)
        if not any(told):
            return
        for shown, group in groupby(zip(change.items, told, strict=True), key=lambda each: each[1]):
            items = [item for item, _ in group]
            if shown:
                yield from (self._row(change, item) for item in items)
            else:
                yield Row("gap", "same", self._words.count("compare.count.same", len(items)), "", "", ())

    def _row(self, change: PanelChange, item: ItemChange) -> Row:
        left = change.has_left(item)
        place = item.before if left and item.before else item.place
        status = "left" if left else item.status
        if status in {"same", "left"}:
            pieces: tuple[PieceView, ...] = (landmark(item.text.before if left else item.text.after),)
        else:
            pieces = tuple(piece_views(item.text))
        said = self._place(place)
        named = status != "same" and not (change.fate != "kept" and status in WHOLE)
        label = self._words.text(f"compare.status.{status}") if named else ""
        name = f"{said[:1].upper()}{said[1:]}"
        return Row(place.kind, status, name, label, self._note(item, left=left), pieces)

    def _note(self, item: ItemChange, *, left: bool) -> str:
        """Return where a text was, or went."""
        before, after = item.before, item.after
        if before is None or after is None or not (item.moved or left):
            return ""
        if (before.panel, after.panel) in self._pairs:
            return self._words.text("compare.was_here", place=self._place(before))
        place, titles = (after, self._titles[1]) if left else (before, self._titles[0])
        key = "compare.now_there" if left else "compare.was_there"
        return self._words.text(key, panel=place.panel, title=titles[place.panel], place=self._place(place))

    def _place(self, place: Place) -> str:
        number = place.finding if place.kind == "finding" else place.number
        return self._words.text(f"compare.at_{place.kind}", n=number, finding=place.finding)


def _told(change: PanelChange) -> list[bool]:
    """Return which texts are shown: those that changed, and each ✓ above one that did."""
    told = [change.fate != "kept" or item.status != "same" or change.has_left(item) for item in change.items]
    below = False
    for at in reversed(range(len(told))):
        if change.items[at].place.kind == "point":
            below = below or told[at]
        else:
            told[at] = told[at] or (below and change.items[at].place.kind == "finding")
            below = False
    return told


def piece_views(text: Wording) -> Iterator[PieceView]:
    """Yield a text in pieces; spaces stand outside what is struck through or underlined."""
    for piece, following in zip(text.pieces, [*text.pieces[1:], None], strict=True):
        if piece.kept:
            goes = following is not None and following.before and not piece.after[-1:].isspace()
            yield _view("kept", piece.after, space=_end(piece.before) if goes else None)
            continue
        if piece.before:
            yield _view("removed", piece.before, space="" if piece.after else None)
        if piece.after:
            yield _view("added", piece.after)


def _view(kind: Literal["kept", "removed", "added"], text: str, *, space: str | None = None) -> PieceView:
    bare = text.rstrip()
    return PieceView(kind, bare, html((Text(bare),)), _end(text) if space is None else space)


def _end(text: str) -> str:
    """Return the spaces at the end of a text."""
    return text[len(text.rstrip()) :]


def landmark(text: Inline) -> PieceView:
    """Return the beginning of a text, up to a word's end."""
    whole = plain(text)
    if len(whole) > LANDMARK:
        whole = whole[:LANDMARK].rsplit(" ", 1)[0].rstrip(" ,;:.\u00a0\u202f") + "\u00a0…"
    return _view("kept", whole)
