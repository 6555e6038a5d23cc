"""What a panel and a collection say besides paragraphs, ✓ and →: every field as a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass, replace
from hashlib import sha256
from unicodedata import normalize

from oxalis_panels.authoring.comparing.changes import FieldChange, Wording
from oxalis_panels.authoring.comparing.wording import pieces
from oxalis_panels.model.collection import (
    Abbreviation,
    Break,
    Figure,
    Inline,
    Link,
    Node,
    OwnPage,
    Panel,
    Settings,
    Text,
    figures_in,
    nodes,
    plain,
    with_nodes,
)
from oxalis_panels.model.texts import field_names, is_text, texts

Named = tuple[str, str]
"""The key of a field, and the entry of the glossary."""
PLACE = "{root}{path}"
"""What stands for a panel's path in an address that nobody typed: that of the forge of `repository`."""
TITLES = ("title", "short_title")
APART = frozenset({"number", "paragraphs", "findings", "data", "width", "height", "drawn"})
"""Of a panel and its figure: what is compared in another way."""


def wording(before: Inline, after: Inline) -> Wording:
    """Return two versions of a text; where links lead counts as words if that changed."""
    elsewhere = before and after and _targets(before) != _targets(after)
    old, new = (plain(with_nodes(each, aimed) if elsewhere else each) for each in (before, after))
    return Wording(before, after, pieces(old, new))


def aimed(node: Node) -> Node:
    """Return a link with where it leads behind its text, in angle brackets; any other node as it is."""
    if isinstance(node, Link):
        return replace(node, children=(*node.children, Text(f" <{node.target}>")))
    return node


def _targets(inline: Inline) -> list[str]:
    return [node.target for node in nodes(inline) if isinstance(node, Link)]


def setting_changes(before: Settings, after: Settings) -> tuple[FieldChange, ...]:
    """Return what changed in `collection.yaml`, in the order of its fields."""
    return tuple(_changed(dict(_texts(before, "")), dict(_texts(after, ""))))


def page_changes(before: Sequence[OwnPage], after: Sequence[OwnPage]) -> tuple[FieldChange, ...]:
    """Return which pages of the project's own changed, each with all of its text."""
    return tuple(_changed(dict(map(_whole, before)), dict(map(_whole, after))))


def _whole(page: OwnPage) -> tuple[Named, Inline]:
    """Return the texts of a page as one, with where its links lead and what tells its pictures."""
    signs = [_signed(figure) for figure in figures_in(page.blocks)]
    same = page.short_title == page.title
    written = [with_nodes(each.text, aimed) for each in texts(page, without=("short_title",) if same else ())]
    lines = ((*text, Break()) for text in (*written, *signs))
    return ("page", f"/{page.slug}/"), tuple(node for line in lines for node in line)


def panel_changes(before: Panel, after: Panel) -> tuple[FieldChange, ...]:
    """Return what changed in a panel besides its text."""
    old, new = dict(_panel_texts(before)), dict(_panel_texts(after))
    if before.figure and after.figure and before.figure.data != after.figure.data:
        file = ("figure.file", "")  # a new picture under an old name: its first letters tell them apart
        if old[file] == new[file]:
            old[file], new[file] = _signed(before.figure), _signed(after.figure)
    return tuple(_changed(old, new))


def _changed(old: Mapping[Named, Inline], new: Mapping[Named, Inline]) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name, ()), new.get(name, ())
        if before != after:
            yield FieldChange(*name, wording(before, after))


def _panel_texts(panel: Panel) -> Iterator[tuple[Named, Inline]]:
    """Yield the fields of a panel, its titles first."""
    named = dict(_texts(panel, ""))
    if panel.short_title == panel.title:
        named.pop(("short_title", ""), None)
    yield from sorted(named.items(), key=lambda each: each[0][0] not in TITLES)


def _signed(figure: Figure) -> Inline:
    size = f"{figure.width} × {figure.height}"
    return (Text(f"{figure.file} ({size}, {sha256(figure.data).hexdigest()[:8]})"),)


def _texts(part: object, prefix: str) -> Iterator[tuple[Named, Inline]]:
    """Yield every field that is part of the value, whatever the model comes to hold; unset ones left out."""
    for name in field_names(type(part)):
        value = getattr(part, name)
        if name in APART or value is None or value in {(), ""} or (name == "bleed" and value):
            continue  # what nobody wrote
        key = prefix + name
        if is_dataclass(value):
            yield from _texts(value, f"{key}.")
        elif isinstance(value, tuple) and isinstance(value[0], Abbreviation):
            yield from (((key, entry.short), entry.expansion) for entry in value)
        elif is_text(value):
            yield (key, ""), value
        else:
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield (key, ""), (Text(normalize("NFC", said.removesuffix(PLACE))),)
