"""Whole series, as they hang on a wall: no text stands on another, type beside a picture is read at ease."""

import re
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path

import pytest
from builds import ROOT, SHORT, Built, build_posters_of, run_here, said, write_project
from PIL import Image

from oxalis_panels.inspection.checks.overlaps import check_overlaps
from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.poster.figures import words
from oxalis_panels.printers.reading import default_printer
from oxalis_panels.rendering.sheet import A1, points

ASK = for_our_own(default_printer(), A1.width, A1.height)
AT_EASE, SOME = 36, 150
"""Points that text beside a picture has at least, up to so many words."""
SEED = (ROOT / "tests" / "data" / "seed.txt").read_text(encoding="utf-8")
WORDS = re.findall(r"(?<!\S)[\w’·-]+(?=,?\s)", SEED)
"""All in a row: the same words twice would be each other's shadow for the rule about overlaps."""
OF = {60: (10, 10), 108: (9, 9, 9, 9), 129: (7, 9, 9, 9, 9), 159: (8, 9, 9, 9, 9, 9)}
"""For so many words, those of each of three ✓ and of its →."""
BARE = {(1080, 1920): 60, (2400, 1800): 159, (2560, 1440): 108, (4500, 1500): 129}
ONLINE = {(1400, 2100): 108, (1800, 1800): 129, (2400, 1600): 60}
"""Words beside each shape, with an address and without: `benchmarks/pictures.py` prints all such pairs."""
SIX = {
    "photo": (2400, 1600),
    "courbe": (2560, 1440),
    "plan": (2400, 1800),
    "portrait": (1500, 2000),
    "panorama": (4500, 1500),
    "logo": (900, 900),
}
DRAWN = ("courbe", "plan")
ADDRESS = "site_url: https://panier.example/\n"
RUNNING = """organisation: La Maison des initiatives sociales et citoyennes
title: Cinq ans de feuille de route, ce qui est tenu et ce qui reste à faire
authors: >
  Textes corédigés par le Conseil d’administration, la direction générale
  et les groupes de sociétaires des deux pays
period: 2020–2025
"""
"""120 characters above each title, and as many in each footer."""


def series(folder: Path, settings: str, texts: Iterable[tuple[int, ...]], *figures: str) -> None:
    """Write panels with so many words in each of three ✓ and in its →, the first ones with these pictures."""
    more, heads = cycle(WORDS), iter(figures)
    panels = {}
    for number, counts in enumerate(texts, 1):
        lines = [f"{next(heads, '')}# Ce qui est fait, et ce que nous ferons encore\n"]
        for _ in range(3):
            finding, *points_of_it = [" ".join(islice(more, count)) for count in counts]
            lines += [f"- ✓ {finding}", *(f"  - → {each}" for each in points_of_it)]
        panels[f"panneau-{number}"] = "\n".join(lines) + "\n"
    write_project(folder, **panels)
    (folder / "panels" / "collection.yaml").write_text(settings or "title: Bilan\n", encoding="utf-8")


def pictured(folder: Path, pixels: tuple[int, int], kind: str = "photo") -> str:
    """Make a photograph, a drawing or a logo on glass; return what a panel says of it."""
    file = f"{kind}-{pixels[0]}-{pixels[1]}.png"
    made = Image.linear_gradient("L").resize(pixels)
    if kind in DRAWN:
        made = Image.new("L", pixels, 200)
    if kind == "logo":
        made.putalpha(Image.radial_gradient("L").resize(pixels))
    (folder / "panels").mkdir(exist_ok=True)
    made.save(folder / "panels" / file, compress_level=1)
    return f"---\nfigure:\n  file: {file}\n  alt: Le {kind}\n  credit: Élise Marchal, octobre 2023\n---\n"


def matrix(folder: Path, settings: str, cells: dict[tuple[int, int], int]) -> None:
    """Write a panel for each of these shapes of pictures, with so many words."""
    figures = [pictured(folder, pixels) for pixels in cells]
    series(folder, settings, [OF[count] for count in cells.values()], *figures)


def six(folder: Path) -> None:
    """Write six panels with a picture each, of every kind."""
    figures = [pictured(folder, pixels, kind) for kind, pixels in SIX.items()]
    series(folder, "", [OF[108], OF[129]] * 3, *figures)


SERIES: dict[str, Callable[[Path], object]] = {
    "bare": lambda folder: matrix(folder, "", BARE),
    "online": lambda folder: matrix(folder, ADDRESS, ONLINE),
    "six pictures": six,
    "twelve short": lambda folder: series(folder, "", [(5,), (7,), (10,), (3, 4)] * 3),
    "five long": lambda folder: series(
        folder, RUNNING + ADDRESS, [(20, *[12] * count) for count in range(2, 7)]
    ),
    "of init": lambda folder: run_here("init", folder, "--organisation", "Notre coopérative"),
}


def on_each_other(sheets: Iterable[Path]) -> dict[str, object]:
    """Return where texts stand on others, by the names of the print files."""
    found = {}
    for path in sheets:
        survey = read(path.read_bytes())
        assert not isinstance(survey, Unreadable)
        item = check_overlaps(survey, ASK)
        assert item.applies
        found[path.name] = item.faults
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("name", SERIES)
def test_no_text_of_a_series_stands_on_another(name: str, built: Built, tmp_path: Path) -> None:
    """Whatever its pictures, lengths and running lines; text beside a picture has 36 points or more."""
    SERIES[name](tmp_path)
    report, made = build_posters_of(built.lend_fonts(tmp_path))
    assert [each for each in report.diagnostics if each.severity == "error"] == []
    sheets = sorted((tmp_path / "output" / "print").iterdir())
    assert len(sheets) == len(made)
    assert on_each_other(sheets) == {}
    assert report.collection
    assert report.posters
    small = {}
    for panel in report.collection.panels:
        (chosen, *_) = report.posters.trials[report.posters.digests[panel.slug]]
        if panel.figure and words(panel) <= SOME and points(chosen.step) < AT_EASE:
            small[panel.slug] = points(chosen.step)
    assert small == {}


def test_no_text_of_the_real_panels_stands_on_another(built: Built) -> None:
    """On none of the eight sheets."""
    assert on_each_other(built.posters) == {}


def test_a_style_sheet_that_moves_a_text_onto_another_is_told(built: Built, tmp_path: Path) -> None:
    """The running head, onto the number: the rule sees both, and nothing is printed."""
    write_project(tmp_path, panneau=SHORT)
    (tmp_path / "panels" / "collection.yaml").write_text(RUNNING, encoding="utf-8")
    own = tmp_path / "templates" / "poster" / "poster.css"
    own.parent.mkdir(parents=True)
    css = (ROOT / "templates" / "poster" / "poster.css").read_text(encoding="utf-8")
    own.write_text(f"{css}.running {{ left: auto; right: 40mm; bottom: 770mm }}\n", encoding="utf-8")
    report, _ = build_posters_of(built.lend_fonts(tmp_path))
    assert said(report.diagnostics) == ["preflight-overlap"]
