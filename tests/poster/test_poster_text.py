"""The words on the print files: all of them, in order, at the size that was promised, clear of the knife."""

import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest
from builds import ROOT, Built
from seed import SeedPanel
from text_runs import runs
from words import words

from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.request import Request
from oxalis_panels.rendering.sheet import SIZES, points

MM = 25.4 / 72
SAFE = 5
"""Millimetres inside the trim where no letter may stand: cutting is not exact."""
TRIM = (3, 3, 597, 844)
"""The trimmed sheet on the page, in mm."""


class Letter(NamedTuple):
    """A character and its box in mm from the lower left corner of the page."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


def letters(path: str) -> list[Letter]:
    """Return every character of a file's text layer, as pdfium finds it."""
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage()
    characters = text.get_text_range(0, -1)
    assert len(characters) == text.count_chars()
    return [
        Letter(character, *(side * MM for side in text.get_charbox(index)))
        for index, character in enumerate(characters)
        if not character.isspace()
    ]


def layer(path: str) -> str:
    """Return the text layer of a file as pdfium reads it."""
    text: str = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    return text


def poppler(path: str) -> str:
    """Return the text layer of a file as poppler reads it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler is not installed")
    done = subprocess.run([program, "-raw", path, "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def body_words(text: str, panel: SeedPanel) -> list[str]:
    """Return the words of a text from those of the panel's on, as many as the panel has."""
    found, expected = words(text), words("\n".join(panel.texts))
    starts = [n for n in range(len(found)) if found[n : n + 5] == expected[:5]]
    return found[starts[0] : starts[0] + len(expected)] if starts else found


@pytest.mark.parametrize("read", [layer, poppler])
def test_every_word_is_in_the_text_layer_in_order(
    read: Callable[[str], str], built: Built, seed: tuple[SeedPanel, ...]
) -> None:
    """What a machine reads on each poster, from its title to its last point, is what the authors wrote."""
    for path, panel in zip(built.posters, seed, strict=True):
        assert body_words(read(str(path)), panel) == words("\n".join(panel.texts))


@pytest.mark.parametrize("read", [layer, poppler])
def test_the_marks_are_in_the_text_layer(
    read: Callable[[str], str], built: Built, seed: tuple[SeedPanel, ...]
) -> None:
    """Each ✓ and → can be found and read aloud: 10 and 26 in all."""
    texts = [read(str(path)) for path in built.posters]
    counts = [(text.count("✓"), text.count("→")) for text in texts]
    assert counts == [
        (len(panel.findings), sum(len(finding.points) for finding in panel.findings)) for panel in seed
    ]
    assert tuple(map(sum, zip(*counts, strict=True))) == (10, 26)


def test_no_letter_stands_near_the_knife(built: Built) -> None:
    """Every character, marks and numbers included, stands 5 mm or more inside the trimmed sheet."""
    for path in built.posters:
        for letter in letters(str(path)):
            assert letter.left >= TRIM[0] + SAFE, letter
            assert letter.bottom >= TRIM[1] + SAFE, letter
            assert letter.right <= TRIM[2] - SAFE, letter
            assert letter.top <= TRIM[3] - SAFE, letter


def test_no_two_lines_lie_over_each_other(built: Built) -> None:
    """Lines that start at the same edge stand well apart, and none starts where another does."""
    for path in built.posters:
        with pikepdf.open(path) as document:
            found = [run for run in runs(document.pages[0]) if run.font.startswith("Oxalis-Text")]
        by_edge: dict[int, list[tuple[float, float]]] = {}
        for run in found:
            by_edge.setdefault(round(run.left), []).append((run.baseline, run.size * MM))
        for lines in by_edge.values():
            for (upper, _), (lower, size) in pairwise(sorted(lines)):
                assert lower - upper > size


def test_sizes_on_paper_are_those_of_the_scale(built: Built) -> None:
    """The body of each poster is set in the size of its step, 36 pt or more; all titles in one size."""
    report = build(Request(ROOT, built.output, site=False), lambda *_: None)
    assert report.posters is not None
    titles = set()
    for artifact in (each for each in report.posters.artifacts if each.path.parts[0] == "print"):
        assert artifact.made_from is not None
        promised = points(report.posters.trials[artifact.made_from][0].step)
        with pikepdf.open(built.output / PurePosixPath(artifact.path)) as document:
            found = list(runs(document.pages[0]))
        body = [run for run in found if run.font.startswith("Oxalis-Text") and 256 < run.baseline < 780]
        assert min(run.size for run in body) == pytest.approx(promised, abs=0.05)
        assert promised >= SIZES["a1"].comfort
        numeral = max(run.size for run in found)
        titles |= {run.size for run in found if run.font.startswith("Oxalis-Display") and run.size < numeral}
    assert len(titles) == 1
    assert min(titles) >= 72


def test_type_is_as_large_as_the_guidance_asks(built: Built) -> None:
    """Nothing at all on a poster, footer included, is under 24 pt."""
    for path in built.posters:
        with pikepdf.open(path) as document:
            assert min(run.size for run in runs(document.pages[0])) >= 24
