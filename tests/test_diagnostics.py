"""How a diagnostic is drawn: the caret stands under the mistake, whatever is written before it."""

import pytest

from oxalis_panels.model.diagnostics import Source, Span, error
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw


def drawn(before: str, marked: str = "XX", path: str = "panels/01-a.md") -> list[str]:
    """Return the lines of a diagnostic about `marked`, with `before` on its line."""
    source = Source(path, f"# Titre\n{before}{marked} fin\nautre ligne\n")
    start = len("# Titre\n") + len(before)
    return draw(error("item-empty", Span(source, start, start + len(marked))), catalogue("fr")).split("\n")


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("", 0),
        ("\t- ✓ ", 8),
        ("équipe ", 7),
        ("e\u0301quipe ", 7),
        ("漢字 ", 5),
        ("한국 ", 5),
        ("👍 ", 3),
        ("عربي ", 5),
        ("a\u200bb ", 3),
        ("\x07\x85 ", 3),
        ("\u202ea\u2028 ", 4),
    ],
)
def test_the_caret_stands_under_the_mistake(before: str, columns: int) -> None:
    """Tabs, accents that are signs of their own, wide letters and signs without any width are counted."""
    assert drawn(before)[2] == "    | " + " " * columns + "^^"


def test_a_place_is_counted_in_characters() -> None:
    """Line and column from 1, a tab being one character, as editors have it."""
    assert drawn("\té👍")[0].startswith("panels/01-a.md:2:4: ")


def test_no_line_does_what_its_characters_say() -> None:
    """No bell, no line end and no change of direction reaches the terminal."""
    assert drawn("\x07a\u2028\u202eb")[1] == "  2 | �a��bXX fin"


def test_a_line_break_in_a_name_does_not_break_the_message() -> None:
    """A file name may hold any character but a slash."""
    assert drawn("", path="panels/01-a\nb.md")[0].startswith("panels/01-a�b.md:2:1: ")


@pytest.mark.parametrize("length", [200, 100_000])
def test_a_long_line_is_cut_around_the_mistake(length: int) -> None:
    """What is shown fits the screen, and the caret is still right."""
    _, line, carets, *_ = drawn("mot " * (length // 4), "XX")
    assert len(line) < 120
    assert line[carets.index("^") :].startswith("XX")


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (Source("panels/01-a.md", "# Titre\n- ✓ un"), "'panels/01-a.md:2:3'"),
        (Source("--printer"), "'--printer'"),
        (Source("notes.docx", "un\ndeux", numbered=False), "'notes.docx'"),
        (Source("panels/01-a\nb.md", "un\ndeux"), r"'panels/01-a\nb.md:2:8'"),
    ],
)
def test_a_diagnostic_is_shown_in_one_line(source: Source, place: str) -> None:
    """In a log or a failing test: code, place, severity and values, never the whole file nor a password."""
    values = {"found": "un\ndeux", "link": "https://moi:secret@oxalis.fr"}
    shown = repr(error("item-empty", Span(source, 10, 11), **values))
    masked = "https://" + "•" * len("moi:secret") + "@oxalis.fr"
    assert shown == rf"Diagnostic('item-empty', {place}, 'error', found='un\ndeux', link='{masked}')"
    assert "\n" not in repr(Span(source))
