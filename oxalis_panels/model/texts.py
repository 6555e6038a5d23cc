"""Every text of the model, and the model with its texts changed: the one list that everything uses.

It follows from the classes of the model: a field that is added to one of them is in the list.
"""

from collections.abc import Callable, Container
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, Final, TypeGuard, TypeVar, cast

from oxalis_panels.model.collection import VERBATIM, Break, Emphasis, Inline, Link, Panel, Strong, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.model.value import value

T = TypeVar("T")
NODES: Final = (Text, Emphasis, Strong, Link, Break)
LEAVES: Final = (str, int, bytes, frozenset, type(None))
"""Types that hold no text."""
SETTINGS: Final = Span(Source("panels/collection.yaml"))
"""The span of a setting that was read from no file."""
FOR_PRINT_SHOP: Final = ("delivery",)
"""The settings that only the print shop reads."""


@value
class LocatedText:
    """A text of the model, and where it stands."""

    text: Inline
    """Never empty."""
    span: Span
    """Where the author wrote it; all of the figure, all of `legal:`, where nothing narrower is known."""
    key: str
    """The fields that lead to it: `figure.alt`, `findings.points.text`."""
    verbatim: bool = False
    """Whether it is a contact or an abbreviation, not prose."""


def texts(value: object, without: Container[str] = ()) -> list[LocatedText]:
    """Return every text of a collection, or of a part of it, in reading order.

    Fields named in `without` are skipped, with all that is in them. Raises TypeError for a model that holds
    a type this cannot search.

    >>> [each.key for each in texts(Settings(title=(Text("Bilan"),), legal=Legal(host=(Text("OVH"),))))]
    ['title', 'legal.host']
    """
    found: list[LocatedText] = []
    _gather(value, without, SETTINGS, "", found)
    return found


def _gather(value: object, without: Container[str], span: Span, key: str, found: list[LocatedText]) -> None:
    if is_text(value):
        found.append(LocatedText(value, span, key))
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
                found.append(LocatedText((Text(part),), place, inside, verbatim=True))
            elif not isinstance(part, LEAVES):
                _gather(part, without, place, inside, found)
    elif not isinstance(value, LEAVES):
        wrong = f"{key}: no text is looked for in {type(value).__name__}"
        raise TypeError(wrong)


def body(panel: Panel) -> list[LocatedText]:
    """Return the texts of a panel below its title."""
    return texts(panel, without=("title", "short_title"))


def mapped(value: T, change: Callable[[Inline], Inline], without: Container[str] = ()) -> T:
    """Return a collection, or a part of it, with `change` applied to each text that is not verbatim.

    `without` as for `texts`. A part whose texts all stay the same objects stays the same object.
    """
    return cast("T", _mapped(value, change, without))


def _mapped(value: Any, change: Callable[[Inline], Inline], without: Container[str]) -> Any:  # noqa: ANN401 - any part
    if is_text(value):
        return change(value)
    if isinstance(value, tuple):
        changed = tuple([_mapped(each, change, without) for each in value])
        return value if all(map(is_, value, changed)) else changed
    changes = {}
    for name in field_names(type(value)) if is_dataclass(value) else ():
        before = getattr(value, name)
        if isinstance(before, LEAVES) or name in without:
            continue
        if (after := _mapped(before, change, without)) is not before:
            changes[name] = after
    return replace(value, **changes) if changes else value


def is_text(value: object) -> TypeGuard[Inline]:
    """Return whether a value is a text that is not empty."""
    return isinstance(value, tuple) and len(value) > 0 and isinstance(value[0], NODES)


def field_names(kind: type) -> tuple[str, ...]:
    """Return the fields of a class of the model that are part of its value; spans are not."""
    return tuple(name for name, _ in _fields(kind))


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """Return the same, each with whether it is verbatim."""
    return tuple((each.name, each.metadata == VERBATIM) for each in fields(kind) if each.compare)
