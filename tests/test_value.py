"""`@value`: values that are equal by their fields, and that the type checker keeps from being changed."""

from dataclasses import field, replace

import pytest
from builds import ROOT

from oxalis_panels.model.value import value


@value
class _Place:
    name: str
    note: str = field(default="", compare=False)


@value
class _Person:
    name: str
    note: str = field(default="", repr=False)


@value
class _Nowhere:
    pass


def _renamed(place: _Place) -> None:
    place.name = "La Motte"  # type: ignore[misc]  # mypy calls this comment needless once it allows it


def test_values_are_equal_and_hashed_by_their_fields() -> None:
    """Two objects with the same fields are one key; a field that is not compared makes no difference."""
    assert {_Place("Les Bauges"), _Place("Les Bauges", "un terrain")} == {_Place("Les Bauges")}
    assert replace(_Place("Les Bauges"), name="La Motte") != _Place("Les Bauges")


def test_values_of_two_kinds_differ() -> None:
    """The same fields of another class are another value; a class without fields has one value only."""
    person: object = _Person("Les Bauges")
    assert _Place("Les Bauges") != person
    assert {_Nowhere(), _Nowhere()} == {_Nowhere()}


def test_values_are_shown_as_they_are_made() -> None:
    """A failing test shows the fields, but for those that say nothing of the value."""
    assert repr(_Person("Mo", "une note")) == "_Person(name='Mo')"


def test_values_have_no_other_fields() -> None:
    """A misspelt attribute is an error even where no type checker sees it, such as in a template."""
    with pytest.raises(AttributeError):
        setattr(_Place("Les Bauges"), "nom", "La Motte")  # noqa: B010 - mypy would refuse it otherwise


def test_nothing_is_frozen_twice_over() -> None:
    """Only the type checker refuses a change: no object is made slower for the program to refuse it, too."""
    place = _Place("Les Bauges")
    _renamed(place)
    assert place == _Place("La Motte")


def test_every_value_of_the_program_is_made_so() -> None:
    """`@dataclass(frozen=True)` would be one more way to say the same, and the slow one."""
    sources = (ROOT / "oxalis_panels").rglob("*.py")
    slow = [file.name for file in sources if "@dataclass(frozen" in file.read_text(encoding="utf-8")]
    assert slow == []
