"""The projection: its steps, its words, its places in the address."""

from pathlib import Path

import hypothesis.strategies as st
import pytest
import site_project
from hypothesis import given
from seed import SeedPanel
from site_project import ROOT, TINY, authors_text, checked, files, parse
from words import words

from oxalis_panels.model.collection import plain
from oxalis_panels.site.fitting import SCREEN, Block, block, fitting, measure, room
from oxalis_panels.site.steps import beginning, steps

PAGE = "projection/index.html"


@pytest.fixture(scope="module")
def page() -> site_project.Html:
    """Return the projection of the real panels."""
    return parse(files(checked(ROOT))[PAGE])


def test_it_holds_every_word_of_every_panel_once(
    seed: tuple[SeedPanel, ...], page: site_project.Html
) -> None:
    """In order, and nothing else but what is marked as added."""
    found = [words(authors_text(element)) for element in page.of_class("panel")]
    assert [words(" ".join(panel.texts)) for panel in seed] == found


def test_what_is_repeated_is_for_the_eye_alone(page: site_project.Html) -> None:
    """A screen reader hears each text once: repeated titles and ✓ are hidden from it."""
    repeated = [*page.of_class("said"), *(e for e in page.of_class("running") if e.tag == "p")]
    assert len(repeated) > 10
    assert {each.get("aria-hidden") for each in repeated} == {"true"}
    assert {each.get("data-added") for each in repeated} == {""}


def test_every_panel_is_a_section_with_its_heading(page: site_project.Html) -> None:
    """One h1, a level-2 heading for each panel and one for the titles at the end."""
    assert len(page.all("h1")) == 1
    assert len(page.all("h2")) == 9
    sections = {each.get("aria-labelledby") for each in page.all("section")}
    assert sections == {each.get("id") for each in page.all("h2")}


def test_a_long_finding_is_told_in_runs_of_its_points() -> None:
    """The ✓ in full above the first, its beginning above the others; each → once, in order."""
    panel = checked(ROOT).typeset.panels[2]
    found = steps(panel, "3. Offre")
    assert [step.fresh for step in found] == [True] + [False] * (len(found) - 1)
    assert [n for step in found for n in step.points] == list(range(12))
    assert len(found) > 2
    assert all(len(step.points) >= 2 for step in found)


def test_each_finding_has_a_step_of_its_own() -> None:
    """However short: what is said next is not seen yet."""
    found = steps(checked(ROOT).typeset.panels[1], "2. Budget")
    assert [step.finding for step in found] == [0, 1, 2]


def test_a_long_finding_is_repeated_by_its_beginning() -> None:
    """Whole words, an ellipsis, and no stop before it; a short one is repeated as it is."""
    panels = checked(ROOT).typeset.panels
    start = beginning(panels[3].findings[0].text)
    assert start.endswith("…")
    assert len(start) <= 85
    assert plain(panels[3].findings[0].text).startswith(start[:-1])
    assert beginning(panels[4].findings[0].text) == plain(panels[4].findings[0].text)


def test_a_screen_of_another_shape_gets_a_size_that_fits_it() -> None:
    """The rule behind the four sizes: on any screen, the largest of them still fits."""
    blocks = (block("check", "Un bilan complet, rempli de succès :"), block("arrow", "mot " * 60))
    steps_of = dict(zip(SCREEN.shapes, (int(n[1:]) for n in fitting(blocks, 10).split()), strict=True))
    for ratio in (0.3, 0.45, 0.5, 0.6, 0.75, 1, 1.2, 4 / 3, 1.5, 16 / 9, 2, 3):
        sizes = (SCREEN.sizes[n] * min(1, ratio / SCREEN.shapes[name]) for name, n in steps_of.items())
        size = max(sizes)
        assert sum(each.height(measure(ratio, size)) for each in blocks) <= room(size)


@pytest.mark.parametrize("words", [1, 7, 40, 90, 200, 900])
def test_the_size_is_the_largest_that_fits(words: int) -> None:
    """The next one would not, on any shape, whatever the search began with."""
    blocks = (block("running", "2. Offre"), block("check", "Un bilan"), block("arrow", "mots et " * words))
    found = dict(zip(SCREEN.shapes, (int(n[1:]) for n in fitting(blocks, 10).split()), strict=True))
    for name, shape in SCREEN.shapes.items():
        assert found[name] == max(_fitting_steps(blocks, shape, 10), default=0)


@given(texts=st.lists(st.text("aW, \n-é", max_size=160), min_size=1, max_size=4))
def test_the_size_is_the_largest_that_fits_whatever_the_words(texts: list[str]) -> None:
    """Empty lines, and words longer than a line: those may be broken in small text, and never in larger."""
    blocks = tuple(block("arrow", text) for text in texts)
    found = dict(zip(SCREEN.shapes, (int(n[1:]) for n in fitting(blocks, 10).split()), strict=True))
    for name, shape in SCREEN.shapes.items():
        fits = _fitting_steps(blocks, shape, 10)
        assert found[name] <= max(fits, default=0)
        one_more = found[name] + 1
        if one_more in fits:
            size, widest = SCREEN.sizes[one_more], max(each.widest for each in blocks)
            assert size > 3
            assert widest > (measure(shape, size) - 1.4) * 0.975 * 0.999


def _fitting_steps(blocks: tuple[Block, ...], shape: float, largest: float) -> list[int]:
    """Return every step at which texts are no higher than the screen."""
    highs = [sum(each.height(measure(shape, size)) for each in blocks) for size in SCREEN.sizes]
    sizes = zip(SCREEN.sizes, highs, strict=True)
    return [step for step, (size, high) in enumerate(sizes) if size <= largest and high <= room(size)]


def test_a_word_too_long_for_a_line_is_counted_on_several() -> None:
    """It is broken, as a browser breaks it; text goes smaller first, so that it is not."""
    long = block("arrow", "a" * 60)
    assert long.height(10) > block("arrow", "a").height(10)
    assert fitting((long,), 10) != fitting((block("arrow", "a " * 30),), 10)


def test_links_between_panels_stay_in_the_projection() -> None:
    """To the slide of the other panel, or to the very ✓ or →."""
    text = files(checked(TINY))[PAGE].decode()
    assert 'href="#offre_c1-2"' in text
    assert 'href="#equipe_c1"' in text
    assert 'href="#offre"' in text


def test_the_next_slide_is_known(page: site_project.Html) -> None:
    """Each slide but the last says what comes, and how far the series is."""
    upcoming = [each.text for each in page.of_class("upcoming")]
    assert len(upcoming) == len(page.of_class("slide")) - 1
    assert upcoming[0] == "Ensuite\u00a0: 1. Introduction"
    assert upcoming[-1] == "Ensuite\u00a0: Objectif par objectif"
    assert [each.text for each in page.all("b")][-3:] == ["8 / 8"] * 3


def test_a_panel_without_findings_shows_its_introduction(tmp_path: Path) -> None:
    """After its title, which has a slide of its own."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels/01-a.md").write_text("# Titre\n\nRien que du texte.\n", encoding="utf-8")
    project = checked(tmp_path)
    assert [step.paragraphs for step in steps(project.typeset.panels[0], "1. Titre")] == [range(1)]
    slides = parse(files(project)[PAGE]).of_class("slide")
    assert [each.get("class", "").split()[1] for each in slides] == [
        "cover",
        "opener",
        "introduction",
        "overview",
    ]
