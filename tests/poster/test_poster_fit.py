"""The type is as large as the text allows, and nothing of a text is ever lost or cut."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from builds import ROOT, Built, order_of
from poster_trials import fitted, order, panel_of, press_of, sentence, steps
from words import words

from oxalis_panels.poster.composing import Order
from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.fit import allowed
from oxalis_panels.poster.measure import Fit, Sizes
from oxalis_panels.poster.titles import LARGEST_STEP
from oxalis_panels.rendering.sheet import points

GENERATED = {
    "un-mot": "# Un titre\n\n- ✓ Oui\n",
    "court": panel_of((6,)),
    "sans-points": panel_of((20,), (15,), (30,)),
    "deux-colonnes": panel_of((8, 10, 12, 9, 14, 11)),
    "inegal": panel_of((8, 40, 3, 3, 3, 3, 60)),
    "beaucoup": panel_of(*[(4,)] * 30, title="Trente constats"),
    "melange": panel_of((10, 5, 5, 5, 5, 5), (12,), (6, 20)),
    "long": panel_of((30, *[16] * 14)),
    "introduction": f"# Une introduction\n\n{sentence(40)}\n\n{sentence(25)}\n",
}


def held_at_the_largest_step(order: Order) -> None:
    """Assert of each poster that its text fits at the step chosen and, in one column, at no larger one."""
    press, title = press_of(order), order.series.title_size
    for job, found in zip(order.jobs, fitted(order), strict=True):
        assert isinstance(found, Fit), job.slug
        spread = press.measure(found.layout.html, found.sizes)
        assert spread.used <= spread.available + 0.01, job.slug
        if found.step == found.layout.largest:
            continue
        larger = Sizes(title, points(found.step + 1))
        measures = [press.measure(each.html, larger) for each in job.layouts if each.columns == 1]
        assert not any(each.fits and each.used <= allowed(each, found.step + 1) for each in measures), (
            job.slug
        )


def test_real_panels_are_set_as_large_as_they_can_be(built: Built) -> None:
    """At the step chosen the text fits with its gaps; at the next one column does not hold it."""
    composed = order_of(ROOT, built.fonts).value
    assert composed is not None
    some = [job for job in composed.jobs if job.slug in {"introduction", "budget", "offre", "equipe"}]
    held_at_the_largest_step(replace(composed, jobs=tuple(some)))


def test_any_panel_is_set_as_large_as_it_can_be(built: Built, tmp_path: Path) -> None:
    """The same for panels that nobody has written yet: one word, thirty findings, uneven points."""
    held_at_the_largest_step(order(tmp_path, built.fonts, **GENERATED))


def test_a_poster_of_one_word_is_not_absurd(built: Built, tmp_path: Path) -> None:
    """Type stops growing where it is as large as the title."""
    assert steps(order(tmp_path, built.fonts, bref="# Un titre\n\n- ✓ Oui\n")) == [LARGEST_STEP]


@pytest.mark.parametrize("shape", ["points", "findings", "one finding"])
def test_type_shrinks_as_words_are_added(shape: str, built: Built, tmp_path: Path) -> None:
    """From 20 words to 300 the size falls, and never grows by more than a step (lines may break better)."""
    texts = {}
    for count in (20, 45, 90, 150, 220, 300):
        shapes: dict[str, list[tuple[int, ...]]] = {
            "points": [(8, *[count // 8] * 7)],
            "findings": [(count // 6,)] * 6,
            "one finding": [(count,)],
        }
        texts[f"mots-{count}"] = panel_of(*shapes[shape])
    found = steps(order(tmp_path, built.fonts, **texts))
    assert all(later <= earlier + 1 for earlier, later in pairwise(found)), found
    assert found[-1] < found[0] - 6


def test_what_is_emphasised_linked_or_broken_is_all_there(built: Built, tmp_path: Path) -> None:
    """Emphasis, strong, links and line breaks keep their words; a link leaves no trace on paper."""
    text = (
        "# Un *titre* **fort**\n\nUne [adresse](https://exemple.fr/) en tête.\n\n"
        "- ✓ Un *constat* **très fort** :\n  - → première ligne  \n    deuxième ligne,\n"
        "  - → *un **mélange** des deux* et [un lien](https://exemple.fr/page).\n"
    )
    composed = order(tmp_path, built.fonts, inline=text)
    (found,) = fitted(composed)
    assert isinstance(found, Fit)
    pdf = finish(press_of(composed).pdf(found.layout.html, found.sizes), composed.jobs[0], composed.series)
    assert isinstance(pdf, bytes)
    document = pypdfium2.PdfDocument(pdf)
    layer = words(document[0].get_textpage().get_text_range())
    expected = words(
        "Un titre fort Une adresse en tête. Un constat très fort : première ligne deuxième ligne,"
        " un mélange des deux et un lien."
    )
    start = layer.index("titre") - 1
    assert layer[start : start + len(expected)] == expected
    assert b"/Annots" not in pdf
    assert b"exemple.fr" not in pdf


def test_words_that_belong_together_stay_on_one_line(built: Built, tmp_path: Path) -> None:
    """Inclusive words and compounds do not break at their dot or hyphen, wherever the line ends."""
    solid = ("entrepreneur·es", "co-construits", "Psycho-Sociaux", "accompagnateur·rice·s", "c’est-à-dire")
    items = "\n".join(
        f"  - → {' '.join(['mot'] * before)} {' '.join(solid)} {' '.join(solid)} et la suite."
        for before in range(1, 9)
    )
    composed = order(tmp_path, built.fonts, ensemble=f"# Un titre\n\n- ✓ Des mots entiers :\n{items}\n")
    (found,) = fitted(composed)
    assert isinstance(found, Fit)
    pdf = press_of(composed).pdf(found.layout.html, found.sizes)
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split()
    assert {word: lines.count(word) for word in solid} == dict.fromkeys(solid, 16)
