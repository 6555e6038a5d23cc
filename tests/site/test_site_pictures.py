"""Pictures on the site: what stands below them, and what a slide says beside them."""

from pathlib import Path

import pytest
import site_project
from PIL import Image
from site_project import authors_text, checked, files, pages

FIGURE = "  file: photo.png\n  alt: Six personnes autour d’une table\n"
TEXT = "# Budget\n\n- ✓ Situation assainie\n  - → des comptes clairs\n- ✓ Suivi approprié\n"
CAPTION, CREDIT = "L’assemblée du 12 mars", "Photo de A. Durand"


def site_of(folder: Path, figure: str, text: str = TEXT) -> dict[str, site_project.Html]:
    """Return the pages of one panel with a picture."""
    (folder / "panels").mkdir()
    (folder / "panels/01-budget.md").write_text(
        f"---\nfigure:\n{FIGURE}{figure}---\n{text}", encoding="utf-8"
    )
    Image.new("RGB", (1600, 1200), "#888").save(folder / "panels/photo.png")
    return pages(files(checked(folder)))


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (f"  caption: {CAPTION}\n  credit: {CREDIT}\n", [f"{CAPTION} {CREDIT}"]),
        (f"  caption: {CAPTION}\n", [CAPTION]),
        (f"  credit: {CREDIT}\n", [CREDIT]),
        ("", []),
    ],
)
def test_a_page_shows_the_caption_and_the_credit_below_the_picture(
    figure: str, said: list[str], tmp_path: Path
) -> None:
    """On every page with the picture, whose description stays what it was; the credit is told apart."""
    made = site_of(tmp_path, figure)
    for path in ("budget/index.html", "tout/index.html", "projection/index.html"):
        (shown,) = made[path].all("figure")
        below = [" ".join(authors_text(each).split()) for each in shown.iter("figcaption")]
        assert below == [" ".join(text.split()) for text in said]
        (picture,) = shown.iter("img")
        assert picture.get("alt") == "Six personnes autour d’une table"
        told = made[path].of_class("credit")
        assert len(told) == ("credit" in figure)


def test_the_picture_slide_repeats_its_check_for_the_eye_only(tmp_path: Path) -> None:
    """A screen reader heard it on its own slide, where it stands once more; so did who reads the words."""
    projection = site_of(tmp_path, "")["projection/index.html"]
    (slide,) = projection.of_class("picture")
    (aside,) = (each for each in slide.iter("p") if "aside" in each.get("class", "").split())
    assert "".join(aside.itertext()).replace("\u00a0", " ") == "✓ Situation assainie"
    assert (aside.get("aria-hidden"), aside.get("data-added")) == ("true", "")
    (check, other) = projection.of_class("check")
    assert "Situation assainie" in authors_text(check)
    assert (check.get("aria-hidden"), check.get("data-added")) == (None, None)
    assert "Suivi" in authors_text(other)


def test_a_picture_without_a_check_stands_alone_on_its_slide(tmp_path: Path) -> None:
    """Of a panel with paragraphs only, nothing is repeated."""
    projection = site_of(tmp_path, "", "# Budget\n\nRien que du texte.\n")["projection/index.html"]
    assert len(projection.of_class("picture")) == 1
    assert projection.of_class("aside") == []
