"""Lines of running text end where a typographer would end them, and nothing gets smaller for it."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from builds import ROOT, Built, order_of
from hypothesis import given
from hypothesis import strategies as st
from poster_trials import fitted, lines_as_they_come, order, panel_of, press_of

from oxalis_panels.poster.box_tree import letters
from oxalis_panels.poster.composing import Order
from oxalis_panels.poster.job import Layout
from oxalis_panels.poster.line_breaking import cheapest, is_weak
from oxalis_panels.poster.line_setting import replaced, set_lines, spaces_of
from oxalis_panels.poster.measure import Fit

WEAK = (
    "à et ou de du des d la le les l un une en au aux par pour avec sans sur dans ses leur leurs qui que"  # noqa: SIM905 - words read best as words
    " vers très nos est-ce".split()
)
"""Written out once more: the program's own list is not what is to be believed."""
SOME = ("introduction", "budget", "gouvernance")
"""A full sheet, one of few words, one of a finding and its points."""
HARD = "# Titre\n\n- ✓ Un premier vers{}une suite de la phrase qui va bien au-delà de la fin de la ligne.\n"


def fits_of(made: Order) -> list[Fit]:
    """Return how the posters fit, which they all do."""
    return [each for each in fitted(made) if isinstance(each, Fit)]


def lines_of(made: Order, layout: Layout, found: Fit) -> list[str]:
    """Return the lines of a layout at the sizes that were found, those that end their block ending in ¶."""
    blocks = press_of(made).text(layout.html, found.sizes).blocks
    lines: list[str] = []
    for block in blocks:
        numbers = sorted({piece.line for piece in block.pieces})
        rows = [" ".join(each.text for each in block.pieces if each.line == number) for number in numbers]
        lines += [*rows[:-1], rows[-1] + "¶"]
    return lines


def test_no_line_of_the_real_posters_ends_on_a_weak_word(built: Built) -> None:
    """Neither « COVID et » nor « sur la »: what the text layer of the finished files says, line by line."""
    for path in built.posters:
        text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
        lasts = [
            line.lower().replace("\u00a0", " ").split()[-1] for line in text.splitlines() if line.strip()
        ]
        assert [last for last in lasts if last.rsplit("’")[-1].strip("(«") in WEAK] == []


def as_they_come(made: Order) -> list[Fit]:
    """Return how the posters fit with their lines broken where they are full."""
    with lines_as_they_come():
        return fits_of(made)


def weak_ends(made: Order, found: Fit) -> int:
    """Count the lines that end on a word that announces the next."""
    return sum(is_weak(line.split(" ")[-1]) for line in lines_of(made, found.layout, found))


def test_well_set_lines_cost_no_size(built: Built) -> None:
    """The real panels have the sizes, and at least the fill, that they have with lines as they come."""
    composed = order_of(ROOT, built.fonts).value
    assert composed is not None
    some = replace(composed, jobs=tuple(job for job in composed.jobs if job.slug in SOME))
    before, after = as_they_come(some), fits_of(some)
    assert [replace(each.sizes, gap=0) for each in after] == [replace(each.sizes, gap=0) for each in before]
    assert all(new.sizes.gap <= old.sizes.gap for old, new in zip(before, after, strict=True))
    assert [weak_ends(some, each) > 0 for each in before] == [True] * len(SOME)
    assert [weak_ends(some, each) for each in after] == [0] * len(SOME)


@pytest.mark.parametrize("panel", [panel_of((20, *[17] * 6)), panel_of((40,), (31,)), panel_of(*[(9,)] * 7)])
def test_setting_lines_changes_spaces_only(panel: str, built: Built, tmp_path: Path) -> None:
    """The same letters on sheets of any length, fewer weak ends, and nothing off the sheet."""
    made = order(tmp_path, built.fonts, un=panel)
    (before,), (after,) = as_they_come(made), fits_of(made)
    assert letters_of(after.layout) == letters_of(before.layout)
    measure = press_of(made).measure(after.layout.html, after.sizes)
    assert measure.used <= measure.available
    assert weak_ends(made, after) < weak_ends(made, before)


def letters_of(layout: Layout) -> str:
    """Return the text of a layout without any space, breakable or not."""
    return spaces_of(layout.html).letters.replace("\u00a0", "")


@pytest.mark.parametrize("break_", ["\\\n  ", "  \n  "])
def test_a_line_break_of_the_author_stays(break_: str, built: Built, tmp_path: Path) -> None:
    """What stands before it and after it is set as two texts."""
    made = order(tmp_path, built.fonts, un=HARD.format(break_))
    (found,) = fits_of(made)
    lines = [line.replace("\u00a0", " ") for line in lines_of(made, found.layout, found)]
    assert "Un premier vers" in lines


def test_a_style_sheet_that_hides_words_is_left_alone(built: Built, tmp_path: Path) -> None:
    """The words on the sheet are then not those of the text: nobody can say which space is which."""
    made = order(tmp_path, built.fonts, un=panel_of((30, 12)))
    hiding = replace(made, series=replace(made.series, css=made.series.css + ".points { display: none }"))
    (job,) = hiding.jobs
    press, sizes = press_of(hiding), fits_of(made)[0].sizes
    measure = press.measure(job.layouts[0].html, sizes)
    assert set_lines(press, job.layouts[0], sizes, measure.available) == (job.layouts[0], measure)


def test_spaces_are_found_by_the_letters_before_them() -> None:
    """Tags and entities count as what they show; unbreakable spaces are letters; `<br>` is no space."""
    html = "<main a='1'>\n <p>a &amp; b<em> c</em><br>d\u00a0e f</p></main> x y"
    found = spaces_of(html)
    assert found.letters == "a&bcd\u00a0ef"
    assert sorted(found.soft) == [0, 1, 2, 3, 7]
    assert found.hard == {4}
    assert replaced(html, found, {3: "<br>", 7: "_"}) == html.replace("<em> c", "<em><br>c").replace(
        "e f", "e_f"
    )


@given(st.text(alphabet="ab \n\t\u00a0é"))
def test_letters_are_all_but_the_spaces_of_html(text: str) -> None:
    """U+00A0 binds words, so it is one of them."""
    assert letters(text) == "".join(each for each in text if each not in " \n\t")


@pytest.mark.parametrize(
    ("word", "weak"),
    [
        ("et", True),
        ("(de", True),
        ("d’une", True),
        ("à\u00a0nos", True),
        ("+", True),
        ("l’équipe", False),
        ("été", False),
        ("Coop.", False),
        ("CA/DG", False),
    ],
)
def test_which_words_are_weak(word: str, weak: bool) -> None:  # noqa: FBT001 - a row of the table
    """Those that announce another, also elided, in brackets, or bound to the one before."""
    assert is_weak(word) is weak


def test_a_text_that_no_line_holds_has_no_ends() -> None:
    """None of its words fits, or it needs more lines than there may be."""
    assert cheapest(3, 2, lambda _start, _end: None) is None
    assert cheapest(3, 2, lambda start, end: None if end - start > 1 else 0.0) is None
    assert cheapest(3, 3, lambda start, end: None if end - start > 1 else 1.0) == (3.0, (1, 2, 3))
