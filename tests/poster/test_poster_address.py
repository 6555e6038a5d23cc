"""The footer leads to the panel's page: a code that a phone reads from a metre, and words to type."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from builds import SHORT, Built, build_posters_of, write_project

ONE_METRE_DPI = 44
"""At one metre a phone sees some 1.7 m: the 3000 pixels of its 12-megapixel picture are 44 to the inch."""


ADDRESSES = {
    "https://exemple.fr/": ("https://exemple.fr/", "exemple.fr/"),
    "https://exemple.fr/2026/index.html": ("https://exemple.fr/2026/", "exemple.fr/2026/"),
    "https://bilan-été.une-cooperative.example/année/": (
        "https://xn--bilan-t-gyab.une-cooperative.example/ann%C3%A9e/",
        "bilan-été.une-cooperative.example/année/",
    ),
}
"""The address as somebody gives it, as the code holds it and as it is read on the sheet."""


@pytest.fixture(scope="module", params=ADDRESSES)
def online(
    request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """Return the site's address and the poster of a panel on it."""
    folder = write_project(built.lend_fonts(tmp_path_factory.mktemp("online")), offre=SHORT)
    (folder / "panels" / "collection.yaml").write_text(f"site_url: {request.param}\n", encoding="utf-8")
    assert not build_posters_of(folder)[0].failed
    return request.param, folder / "output" / "print" / "01-offre-a1.pdf"


def test_the_code_scans_from_a_picture_taken_at_one_metre(online: tuple[str, Path]) -> None:
    """A decoder reads the address of the panel's page off the sheet as a camera sees it."""
    url, path = online
    picture = pypdfium2.PdfDocument(path)[0].render(scale=ONE_METRE_DPI / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{ADDRESSES[url][0]}offre/"]


def test_the_address_stands_in_words(online: tuple[str, Path]) -> None:
    """Who cannot scan can type: the address without its scheme and its last slash."""
    url, path = online
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()
    assert f"{ADDRESSES[url][1]}offre" in text


def test_without_an_address_there_is_no_code(built: Built, tmp_path: Path) -> None:
    """While the site is not published, the footer shows neither code nor address."""
    assert not build_posters_of(write_project(built.lend_fonts(tmp_path), offre=SHORT))[0].failed
    page = pypdfium2.PdfDocument(tmp_path / "output" / "print" / "01-offre-a1.pdf")[0]
    assert zxingcpp.read_barcodes(page.render(scale=1).to_pil()) == []
    assert "en ligne" not in page.get_textpage().get_text_bounded()
