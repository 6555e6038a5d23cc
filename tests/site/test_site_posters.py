"""The posters on the pages: pictures to look at, files to keep, and pages without them."""

from dataclasses import replace

import pytest
from site_project import ROOT, checked, files, pages, poster_sizes

from oxalis_panels.site.poster_views import PosterViews
from oxalis_panels.words.catalogue import catalogue


def test_a_panel_shows_its_poster_and_says_what_the_file_is() -> None:
    """One link: the picture in two sizes, loaded late, then what it is, its format, weight and language."""
    project = checked(ROOT)
    page = pages(files(project, posters=poster_sizes(project)))["offre/index.html"]
    (poster,) = page.of_class("poster")
    (link,) = poster.iter("a")
    (picture,) = poster.iter("img")
    assert (link.get("href"), link.get("type"), link.get("hreflang")) == (
        "../posters/offre.pdf",
        "application/pdf",
        "fr",
    )
    assert "".join(link.itertext()) == "L’affiche de ce panneau PDF\u00a0A1, 13\u00a0Ko, français"
    assert picture.get("srcset") == "../posters/offre-320.webp 320w, ../posters/offre-736.webp 736w"
    assert {name: picture.get(name) for name in ("src", "width", "height", "alt", "loading")} == {
        "src": "../posters/offre-320.webp",
        "width": "320",
        "height": "454",
        "alt": "",
        "loading": "lazy",
    }


def test_the_home_page_hangs_a_poster_for_each_objective() -> None:
    """In order; the introduction's stands beside its text, all together are one file."""
    project = checked(ROOT)
    home = pages(files(project, posters=poster_sizes(project)))["index.html"]
    slugs = [panel.slug for panel in project.typeset.panels]
    assert [img.get("src") for img in home.all("img")] == [f"posters/{slug}-320.webp" for slug in slugs]
    assert len(home.of_class("hung")) == len(slugs) - 1
    assert "posters/livret.pdf" in [link.get("href") for link in home.all("a")]


def test_without_posters_nothing_is_hung_and_nothing_promised() -> None:
    """The cards take the colours of the series; a poster without all of its files counts as none."""
    project = checked(ROOT)
    only_pdfs = {path: size for path, size in poster_sizes(project).items() if path.endswith("re.pdf")}
    for posters in ({}, only_pdfs):
        site = pages(files(project, posters=posters))
        assert not any(page.all("img") or "posters/" in page.text for page in site.values())
        assert len(site["index.html"].of_class("card")) == 8


@pytest.mark.parametrize(
    ("interface", "language", "size", "detail"),
    [
        ("fr", "fr-CA", 1001, "PDF\u00a0A4, 2\u00a0Ko, français"),
        ("en", "br", 1001, "PDF\u00a0A4, 2\u00a0kB, Breton"),
        ("en", "tlh", 1001, "PDF\u00a0A4, 2\u00a0kB"),
        ("fr", "fr", 999_000, "PDF\u00a0A4, 999\u00a0Ko, français"),
        ("fr", "fr", 999_001, "PDF\u00a0A4, 1\u00a0Mo, français"),
        ("fr", "fr", 7_719_001, "PDF\u00a0A4, 7,7\u00a0Mo, français"),
        ("en", "en", 7_719_001, "PDF\u00a0A4, 7.7\u00a0MB, English"),
    ],
)
def test_a_file_tells_its_weight_and_its_language(
    interface: str, language: str, size: int, detail: str
) -> None:
    """In the language of the interface, where it knows the name of the other; begun kilobytes count."""
    booklet = PosterViews({"posters/livret.pdf": size}, catalogue(interface), language).booklet
    assert booklet is not None
    assert booklet.detail == detail


def test_a_collection_of_an_introduction_alone_promises_no_objectives() -> None:
    """The home page says all there is; only the way to the page of all panels is left."""
    project = checked(ROOT)
    alone = replace(project, typeset=replace(project.typeset, panels=project.typeset.panels[:1]))
    home = pages(files(alone))["index.html"]
    assert [each.tag for each in home.root.iter() if each.tag in ("h1", "h2", "h3")] == ["h1"]
    assert len(home.of_class("card")) == 1
