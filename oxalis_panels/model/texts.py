"""Every text of the model, and the model with its texts changed: the one list that everything asks.

The classes of the model say themselves what there is: a field that is added to one of them is in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, Final, TypeGuard, TypeVar, cast

from oxalis_panels.model.collection import VERBATIM, Break, Emphasis, Inline, Link, Panel, Strong, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.model.value import frozen

T = TypeVar("T")
NODES: Final = (Text, Emphasis, Strong, Link, Break)
LEAVES: Final = (str, int, bytes, frozenset, type(None))
"""In these no text is hidden."""
SETTINGS: Final = Span(Source("panels/collection.yaml"))
"""The place of a setting that was read from no file."""
FOR_PRINT_SHOP: Final = ("delivery",)
"""The settings that only the print shop reads."""


@frozen
class Written:
    """A text of the model."""

    text: Inline
    """Never empty."""
    span: Span
    """Where the author wrote it; all of the figure, all of `legal:`, where nothing narrower is known."""
    key: str
    """The fields that lead to it: `figure.alt`, `findings.points.text`."""
    verbatim: bool = False
    """Whether it is no prose: a contact, an abbreviation."""


def texts(value: object, without: Container[str] = ()) -> list[Written]:
    """Return every text of a collection, or of a part of it, in reading order: the list that everything asks.

    Fields named in `without` are passed by, with all that is in them. Whatever the model comes to hold is in
    the list; a TypeError says that it holds something that this cannot look into.

    >>> [each.key for each in texts(Settings(title=(Text("Bilan"),), legal=Legal(host=(Text("OVH"),))))]
    ['title', 'legal.host']
    """
    found: list[Written] = []
    _gather(value, without, SETTINGS, "", found)
    return found


def _gather(value: object, without: Container[str], span: Span, key: str, found: list[Written]) -> None:
    if is_text(value):
        found.append(Written(value, span, key))
    elif isinstance(value, tuple):
        for each in value:
            _gather(each, without, span, key, found)
    elif is_dataclass(value):
        kind: type = type(value)
        span, places = getattr(value, "span", span), getattr(value, "places", {})
        for name, verbatim in _fields(kind):
            part = getattr(value, name)
            if not part or name in without:
                continue
            place, inside = places.get(name, span), f"{key}.{name}" if key else name
            if verbatim:
                found.append(Written((Text(part),), place, inside, verbatim=True))
            elif not isinstance(part, LEAVES):
                _gather(part, without, place, inside, found)
    elif not isinstance(value, LEAVES):
        wrong = f"{key}: no text is looked for in {type(value).__name__}"
        raise TypeError(wrong)


def body(panel: Panel) -> list[Written]:
    """Return the texts of a panel below its title."""
    return texts(panel, without=("title", "short_title"))


def mapped(value: T, change: Callable[[Inline], Inline], without: Container[str] = ()) -> T:
    """Return a collection, or a part of it, with each text changed but for those that are verbatim.

    `without` as for `texts`. What `change` returns as it was is not made anew, nor is what holds it.
    """
    return cast("T", _mapped(value, change, without))


def _mapped(value: Any, change: Callable[[Inline], Inline], without: Container[str]) -> Any:  # noqa: ANN401 - any part
    if is_text(value):
        return change(value)
    if isinstance(value, tuple):
        made = tuple([_mapped(each, change, without) for each in value])
        return value if all(map(is_, value, made)) else made
    changes = {}
    for name in field_names(type(value)) if is_dataclass(value) else ():
        before = getattr(value, name)
        if isinstance(before, LEAVES) or name in without:
            continue
        if (after := _mapped(before, change, without)) is not before:
            changes[name] = after
    return replace(value, **changes) if changes else value


def is_text(value: object) -> TypeGuard[Inline]:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, tuple) and len(value) > 0 and isinstance(value[0], NODES)


def field_names(kind: type) -> tuple[str, ...]:
    """Return the fields of a class of the model that are part of its value; places are not."""
    return tuple(name for name, _ in _fields(kind))


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """Return the same, each with whether it is verbatim."""
    return tuple((each.name, each.metadata == VERBATIM) for each in fields(kind) if each.compare)
