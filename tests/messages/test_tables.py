"""The tables of a catalogue, parsed one by one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from oxalis_panels.messages import LANGUAGES, catalogue, typed_in
from oxalis_panels.messages.tables import Tables

FOLDER = Path(__file__).parent.parent.parent / "oxalis_panels" / "messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_parsing_tables_one_by_one_gives_the_whole_catalogue(language: str) -> None:
    """Nothing of a catalogue is lost or misplaced by cutting it at the headers of its tables."""
    text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(typed_in(text))
    assert dict(catalogue(language).tables) == whole


def test_tables_of_one_name_may_stand_apart() -> None:
    """`[report]` and `[report.file]` are one table, whatever stands between them."""
    tables = Tables('[report]\na = "1"\n[site]\nb = "2"\n[report.file]\nc = "3"\n')
    assert dict(tables) == {"report": {"a": "1", "file": {"c": "3"}}, "site": {"b": "2"}}


def test_a_table_that_is_not_there_is_a_key_error() -> None:
    """A slip in a key of our own is a bug, and shows itself as one."""
    with pytest.raises(KeyError):
        _ = Tables('[site]\nb = "2"\n')["sites"]
