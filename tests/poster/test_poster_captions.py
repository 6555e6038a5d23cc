"""A caption takes three lines at most under its picture, or its authors are told; the picture makes way."""

from pathlib import Path

import pytest
from builds import Built, build_posters_of, said, write_project
from PIL import Image

from oxalis_panels.model.collection import Panel
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.pipeline.check import Checked, check, review
from oxalis_panels.poster.captions import MOST_LINES, lines, places_for
from oxalis_panels.poster.figures import ACROSS, Place
from oxalis_panels.rendering.sheet import SIZES

FINDING = "- ✓ La coopérative accompagne ses membres avec des outils utiles dans chaque territoire.\n"
THREE = (
    "L’assemblée de printemps a réuni une quarantaine de personnes autour des comptes et des projets à venir"
)
FOUR = f"{THREE}, dans la grande salle de la mairie, un samedi de mai où il pleuvait"
PHOTO, UPRIGHT, WIDE = (3000, 2000), (2000, 3000), (4000, 2000)


def panel(caption: str, credit: str = "", findings: int = 12, allow: str = "") -> str:
    """Return a panel with a picture."""
    texts = f'  caption: "{caption}"\n' * bool(caption) + f'  credit: "{credit}"\n' * bool(credit)
    figure = f"figure:\n  file: m.png\n  alt: Une image\n{texts}"
    return f"---\n{allow}{figure}---\n# Un titre\n\n{FINDING * findings}"


def project(folder: Path, text: str, pixels: tuple[int, int] = PHOTO) -> Path:
    """Write a project of one panel with a picture."""
    write_project(folder, un=text)
    Image.new("1", pixels).save(folder / "panels" / "m.png")
    return folder


def checked(folder: Path) -> Checked:
    """Return a project without mistakes."""
    found = check(folder).value
    assert found
    return found


def captions(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return what is told of captions."""
    return [each for each in found if each.code == "caption-long"]


def offered(found: Checked) -> tuple[Panel, tuple[Place, ...]]:
    """Return the only panel of a project, and where its picture may stand."""
    (panel,) = found.typeset.panels
    return panel, places_for(panel, [SIZES["a1"]], found.printer)


@pytest.mark.parametrize(
    ("caption", "credit", "number"),
    [
        ("", "", 0),
        ("La cour", "", 1),
        (THREE, "", 3),
        (FOUR, "", 4),
        (THREE, "Photo : Camille Untel, pour la coopérative de Grenoble", 4),
        ("", FOUR, 4),
        (THREE.replace("quarantaine", "**quarantaine**").replace("projets", "*projets*"), "", 3),
        (FOUR.replace("quarantaine", "**quarantaine**").replace("projets", "*projets*"), "", 4),
        ("Anticonstitutionnellement" * 4, "", 1),
        (f"{'Anticonstitutionnellement' * 4} et {THREE}", "", 4),
    ],
)
def test_a_caption_of_more_than_three_lines_is_told(
    caption: str, credit: str, number: int, tmp_path: Path
) -> None:
    """With who made the picture, at the caption, if there is one; marks of bold and italics are no text."""
    project(tmp_path, panel(caption, credit))
    panel_, (widest, *_) = offered(checked(tmp_path))
    assert panel_.figure
    assert lines(panel_.figure, widest)[1] == number
    found = captions(review(tmp_path).diagnostics)
    assert [each.values["lines"] for each in found] == [number] * (number > MOST_LINES)
    assert [each.span.text.strip('"') for each in found] == [caption or "m.png"] * len(found)


@pytest.mark.parametrize("pixels", [PHOTO, UPRIGHT, WIDE, (1000, 3000)])
def test_what_is_said_to_fit_fits(pixels: tuple[int, int], tmp_path: Path) -> None:
    """The caption cut where the message says is told no more, and little less would not do."""
    project(tmp_path, panel(f"{FOUR} et où chacun a parlé"), pixels)
    (found,) = captions(check(tmp_path).diagnostics)
    most = found.values["most"]
    assert isinstance(most, int)
    for more, codes in ((0, []), (25, ["caption-long"])):
        project(tmp_path, panel(FOUR[: most + more].rpartition(" ")[0]), pixels)
        assert said(check(tmp_path).diagnostics) == codes


def test_a_narrow_place_is_left_to_texts_that_fit_nowhere_else(built: Built, tmp_path: Path) -> None:
    """A poster whose picture would be 60 % of its column has it wider; one too full for that is made."""
    shares = []
    built.lend_fonts(tmp_path)
    for caption, findings in (("La cour", 21), (THREE, 21), (THREE, 28)):
        project(tmp_path, panel(caption, findings=findings), UPRIGHT)
        posters = build_posters_of(tmp_path)[0].posters
        assert posters
        ((chosen, *_),) = posters.trials.values()
        shares.append(chosen.share)
    assert shares == [0.6, 0.8, 0.6]


def test_a_caption_too_long_everywhere_takes_as_few_lines_as_it_can(tmp_path: Path) -> None:
    """And no place is taken from a short one, nor the place across both columns."""
    project(tmp_path, panel(FOUR), WIDE)
    panel_, places = offered(checked(tmp_path))
    assert panel_.figure
    numbers = [(place.share, lines(panel_.figure, place)[1], place.enough > 0) for place in places]
    assert numbers == [(1.0, 4, True), (0.9, 5, False), (0.8, 5, False), (ACROSS, 2, True)]


def test_a_caption_across_both_columns_has_their_width(tmp_path: Path) -> None:
    """Where few words leave room for that; the same caption is too long beside a longer text."""
    for findings, codes in ((4, []), (14, ["caption-long"])):
        project(tmp_path, panel(FOUR, findings=findings), WIDE)
        assert said(check(tmp_path).diagnostics) == codes


def test_a_caption_of_a_thousand_words_is_told(tmp_path: Path) -> None:
    """Somebody took the picture's caption for the text."""
    project(tmp_path, panel("mot " * 1000))
    (found,) = captions(check(tmp_path).diagnostics)
    assert found.values["lines"] == 91


def test_it_is_said_once_by_a_build_and_may_be_kept(built: Built, tmp_path: Path) -> None:
    """By `allow:`; of a design of one’s own nothing is known."""
    project(built.lend_fonts(tmp_path), panel(FOUR))
    assert said(build_posters_of(tmp_path)[0].diagnostics) == ["caption-long"]
    project(tmp_path, panel(FOUR, allow="allow: [caption-long]\n"))
    assert said(review(tmp_path).diagnostics) == []
    project(tmp_path, panel(FOUR))
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    assert said(review(tmp_path).diagnostics) == []
