"""The estimate of `check` agrees with what layouts measure, and is silent where panels are large enough."""

from pathlib import Path

import pytest
from builds import ROOT, Built, in_this_process, said, write_project
from PIL import Image
from poster_trials import body_alone

from oxalis_panels.pipeline.capacity import capacity
from oxalis_panels.pipeline.check import check, review
from oxalis_panels.poster.captions import places_for
from oxalis_panels.poster.shortcomings import crowded
from oxalis_panels.rendering.sheet import SIZES, points

WORDS = tuple("la coopérative accompagne ses membres avec des outils utiles dans chaque territoire".split())  # noqa: SIM905 - words
SHAPES = ((1, 20, 18), (1, 24, 14), (1, 40, 8), (4, 6, 12), (10, 0, 40), (15, 0, 20))
"""Panels that are too long to be read without effort: findings, → of each, words of each item."""
PICTURE = "---\nfigure:\n  file: m.png\n  alt: Une image\n---\n"


def text(findings: int, points_of_each: int, words: int) -> str:
    """Return a panel of this shape."""
    item = " ".join(WORDS[n % len(WORDS)] for n in range(words))
    of_each = (
        f"- ✓ {item if not points_of_each else 'Un bilan complet'}\n" + f"  - → {item}\n" * points_of_each
    )
    return "# Titre\n\n" + of_each * findings


def test_the_estimate_agrees_with_the_layouts(tmp_path: Path, built: Built) -> None:
    """Within a step of the scale, of 24, whether findings, points, one column or two.

    And beside a picture.
    """
    texts = [*(text(*shape) for shape in SHAPES), *(PICTURE + text(count, 0, 10) for count in (24, 30, 40))]
    write_project(tmp_path, **{f"p{number}": each for number, each in enumerate(texts)})
    Image.new("1", (3000, 2000)).save(tmp_path / "panels" / "m.png")
    with in_this_process(), body_alone():
        measured = capacity(built.lend_fonts(tmp_path), tmp_path / "output").value
    checked = check(tmp_path).value
    assert measured
    assert checked
    for room, panel in zip(measured, checked.typeset.panels, strict=True):
        places = places_for(panel, [SIZES["a1"]], checked.printer)
        (told,) = crowded(panel, places, online=False)
        assert told.values["words"] == room.words
        assert (told.key == "panel-long.overfull") == (room.step is None)
        if room.step is not None:
            assert told.values["size"] in [round(points(room.step + away)) for away in (-1, 0, 1)]


def test_the_real_panels_are_large_enough() -> None:
    """None of the eight is crowded, with a code to scan or without."""
    checked = check(ROOT).value
    assert checked
    panels = checked.typeset.panels
    assert [
        each for panel in panels for online in (False, True) for each in crowded(panel, online=online)
    ] == []


@pytest.mark.parametrize(
    ("words", "codes"), [(180, []), (330, ["panel-long.crowded"]), (900, ["panel-long.overfull"])]
)
def test_a_long_panel_is_told_by_check(words: int, codes: list[str], tmp_path: Path) -> None:
    """Crowded, then overfull; what a build measures is left to the build, and to a design of one’s own."""
    write_project(tmp_path, un=text(words // 10, 0, 10))
    assert [code for code in said(review(tmp_path).diagnostics) if code.startswith("panel")] == codes
    assert [code for code in said(check(tmp_path).diagnostics) if code.startswith("panel")] == []
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    assert [code for code in said(review(tmp_path).diagnostics) if code.startswith("panel")] == []


def test_a_long_panel_is_told_in_a_checkout_of_the_program(tmp_path: Path) -> None:
    """Whose templates are those that come with the program: no design of one’s own."""
    write_project(tmp_path, un=text(90, 0, 10))
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    assert said(review(tmp_path).diagnostics) == ["panel-long.overfull"]


def test_the_words_to_cut_are_enough(tmp_path: Path) -> None:
    """Without them the panel is crowded no more."""
    write_project(tmp_path, un=text(33, 0, 10))
    (told,) = review(tmp_path).diagnostics
    cut = told.values["cut"]
    assert isinstance(cut, int)
    write_project(tmp_path, un=text(33 - cut // 10, 0, 10))
    assert review(tmp_path).diagnostics == ()


@pytest.mark.parametrize(
    ("pixels", "words", "codes"),
    [
        ((1500, 2000), 200, []),
        ((1500, 2000), 240, ["panel-long.crowded"]),
        ((1500, 2000), 340, ["panel-long.overfull"]),
        ((3000, 2000), 220, []),
        ((3000, 2000), 260, ["panel-long.crowded"]),
        ((3000, 2000), 370, ["panel-long.overfull"]),
    ],
)
def test_a_picture_takes_room_from_its_text(
    pixels: tuple[int, int], words: int, codes: list[str], tmp_path: Path
) -> None:
    """The more, the higher it is: from a text that would be easy to read without it."""
    write_project(tmp_path, un=PICTURE + text(words // 10, 0, 10))
    Image.new("1", pixels).save(tmp_path / "panels" / "m.png")
    assert said(review(tmp_path).diagnostics) == codes
