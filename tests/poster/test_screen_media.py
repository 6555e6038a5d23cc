"""From inks to the screen: what a template writes once for the press, and what becomes of it."""

import pytest
from builds import ROOT

from oxalis_panels.poster.job import Screen
from oxalis_panels.poster.media import on_paper, on_screen
from oxalis_panels.printers.printer import Condition

SCREEN = Screen(colours=(("device-cmyk(0.9 0.47 0 0.38)", "#005385"),))


def shown(text: str) -> str:
    """Return a text for the screen, printed on coated paper."""
    icc = ROOT / "oxalis_panels" / "printers" / "profiles" / "FOGRA39L_coated.icc"
    return on_screen(text, SCREEN, Condition("FOGRA39", icc.read_bytes()))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("--deep: device-cmyk(0.9 0.47 0 0.38);", "--deep: #005385;"),
        ('fill="device-cmyk(90% 47% 0% 38%)"', 'fill="#005385"'),
        ("color: device-cmyk(0 0 0 1)", "color: rgb(0 0 0)"),
        ("color: device-cmyk(0 0 0 0)", "color: rgb(255 255 255)"),
        ("color: device-cmyk(0 0 0 .5 / 25%)", "color: rgb(128 128 128 / 25%)"),
        ("color: device-cmyk(var(--a) 0 0 1)", "color: device-cmyk(var(--a) 0 0 1)"),
        ("color: device-cmyk(0 1)", "color: device-cmyk(0 1)"),
        ("color: #123456", "color: #123456"),
    ],
)
def test_inks_become_screen_colours(written: str, expected: str) -> None:
    """The palette's inks become its screen colours, black a grey; what is not four numbers stays."""
    assert shown(written) == expected


def test_a_colour_of_nobody_looks_as_it_would_in_print() -> None:
    """Full yellow on coated paper is the yellow that the profile knows, not the screen's own."""
    parts = shown("device-cmyk(0 0 1 0)").removeprefix("rgb(").removesuffix(")").split()
    red, green, blue = map(int, parts)
    assert red > 240
    assert 220 < green < 250
    assert blue < 60


def test_paper_has_no_targets() -> None:
    """A link stays as an element, so that lines break alike, and leads nowhere."""
    html = 'Voir <a href="https://exemple.fr/?a=1&amp;b=2">la <em>page</em></a>.'
    assert on_paper(html) == "Voir <a>la <em>page</em></a>."
