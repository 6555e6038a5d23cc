"""The catalogues of messages: complete in both languages, and in step with the code."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest
from source_codes import named, trees

from oxalis_panels.authoring.own_templates import template_names
from oxalis_panels.words.catalogue import LANGUAGES, catalogue, source, typed_in
from oxalis_panels.words.explanations import codes, keys


def _entries(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a catalogue with its dotted key."""
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _entries(value, f"{prefix}{key}.")


def _said(language: str) -> dict[str, Any]:
    """Return what is said of mistakes, parsed as a whole."""
    return tomllib.loads(typed_in(source(f"diagnostics.{language}")))


def _all(language: str) -> list[tuple[str, str]]:
    return [*_entries(catalogue(language).tables), *_entries(_said(language), "diagnostic.")]


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _strings() -> set[str]:
    """Return every string of the source: a code may reach `error(…)` through a table or a variable."""
    constants = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {node.value for node in constants if isinstance(node.value, str)}


def test_both_languages_have_the_same_keys() -> None:
    """Whatever can be said in French can be said in English."""
    french, english = (sorted(key for key, _ in _all(language)) for language in LANGUAGES)
    assert french == english


def test_both_languages_name_the_same_values() -> None:
    """Every entry has the same placeholders in both languages.

    Under `click` the keys are the phrases of another program: French may leave a value out, but invent none.
    """
    for (key, french), (_, english) in zip(*(sorted(_all(each)) for each in LANGUAGES), strict=True):
        assert _placeholders(french) <= _placeholders(english), key
        assert key.startswith("click.") or _placeholders(french) == _placeholders(english), key


def test_every_diagnostic_in_the_source_has_words() -> None:
    """No code is reported that the catalogue does not know."""
    severities = {"error", "warning"}  # the first text of a fault whose code is a variable
    found = named("error", "warning", "Fault", "fault_at", "doubt_at")
    assert found - severities - set(keys()) == set()


def test_every_entry_is_used() -> None:
    """No diagnostic of the catalogue is left over from code that is gone."""
    assert set(keys()) - _strings() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_diagnostic_has_a_message_and_a_reason(language: str) -> None:
    """In the order of the list of codes; a help beside them where it is needed, none of them empty."""
    assert list(_said(language)) == list(codes())
    for key in keys():
        entry = catalogue(language).entry(key)
        assert {"message", "why"} <= set(entry) <= {"message", "help", "why"}
        assert all(text.strip() == text != "" for text in entry.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_code_are_those_of_the_whole_file(language: str) -> None:
    """To parse the lines of one key gives what parsing the file gives; no case has words and no key."""
    said = _said(language)
    for key in keys():
        code, _, case = key.partition(".")
        shared = {name: text for name, text in said[code].items() if isinstance(text, str)}
        assert catalogue(language).entry(key) == shared | (said[code].pop(case) if case else {})
    assert [code for code in said if any(isinstance(each, dict) for each in said[code].values())] == []


def test_french_has_french_spaces() -> None:
    """A narrow no-break space before ; ! ?, a no-break space before : and inside « », a curved apostrophe."""
    wrong = [
        key
        for key, text in _all("fr")
        if re.search(
            "« (?!»)|(?<!«) »|[ \u00a0][;?]|[^«][ \u00a0]!|[a-zé] : |\u202f:|«\u202f|\u202f»|[ndlsc]'|qu'",
            text,
        )
    ]
    assert wrong == []


def test_english_has_one_kind_of_quotation_marks() -> None:
    """What is quoted stands in “ ”; straight ones are those of YAML, TOML, HTML and the command line."""
    opened = re.compile(r'''(?:^|(?<![:=-])(?<!new) |\()"''')
    assert [key for key, text in _all("en") if opened.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_told_by_the_command_that_lists_them(language: str) -> None:
    """A line in `[templates.files]` for each file of `templates/`, and none that is not there."""
    assert set(catalogue(language).tables["templates"]["files"]) == set(template_names())
