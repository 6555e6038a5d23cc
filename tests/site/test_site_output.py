"""The whole site of a tiny project, and what must hold for every page of the real one."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest
import site_project
from builds import drawn, told
from seed import SeedPanel
from site_project import (
    EXPECTED,
    ROOT,
    TINY,
    authors_text,
    checked,
    files,
    pages,
    poster_sizes,
    style,
    with_settings,
)
from words import MARKS, words

from oxalis_panels.model.collection import Emphasis, Text, plain
from oxalis_panels.pipeline.check import Checked
from oxalis_panels.reading.slugs import RESERVED
from oxalis_panels.rendering.addresses import PAGES
from oxalis_panels.words.catalogue import interface

REMEDY = "https://formulaire.defenseurdesdroits.fr/"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(scope="module")
def real() -> dict[str, bytes]:
    """Return the site of the real panels, with letters in place of fonts."""
    return files(checked(ROOT))


@pytest.fixture(scope="module")
def html(real: dict[str, bytes]) -> dict[str, site_project.Html]:
    """Return the parsed pages of the real panels."""
    return pages(real)


def test_the_tiny_site_is_the_expected_one() -> None:
    """Every file of a small project; after an intended change, site_project.py says how to write it anew."""
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes()
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    assert expected == site_project.plainly_named(files(checked(TINY)))


def test_the_address_of_every_page_is_kept_from_panels(real: dict[str, bytes]) -> None:
    """No panel can take the place of a page, of a folder or of a file beside the pages."""
    panels = {each["slug"] for each in json.loads(real["panels.json"])["panels"]}
    made = {path for path in real if path.endswith(".html") and path.split("/")[0] not in panels}
    assert made == {page for page in PAGES if page in real}
    tops = {path.split("/")[0] for path in (*real, *PAGES, *poster_sizes(checked(ROOT)))} - panels
    plain = {site_project.PRINT_OF.sub("", top).partition(".")[0] for top in tops} - {"", "apple-touch-icon"}
    assert plain - {"style"} <= RESERVED


def test_two_pages_with_one_address_are_an_error() -> None:
    """Whoever puts a collection together otherwise than reading does is told, at the panel."""
    project = checked(TINY)
    first, second, *others = project.typeset.panels
    slugs = (second.slug, second.slug, "tout")
    panels = tuple(
        replace(each, slug=slug) for each, slug in zip((first, second, *others), slugs, strict=True)
    )
    built = site_project.build(replace(project, typeset=replace(project.typeset, panels=panels)))
    assert built.value is None
    assert drawn(built.diagnostics, TINY) == told("site-page-twice")


def test_panels_json_holds_the_text_as_typed(seed: tuple[SeedPanel, ...], real: dict[str, bytes]) -> None:
    """Word by word the seed, with an empty title where the authors typed none."""
    data = json.loads(real["panels.json"])
    assert list(data) == ["title", "panels"]
    found = []
    for panel in data["panels"]:
        assert list(panel) == ["slug", "number", "title", "paragraphs", "findings"]
        items = [text for each in panel["findings"] for text in (each["text"], *each["points"])]
        found.append([words(panel["title"]), *map(words, panel["paragraphs"]), *map(words, items)])
    own = [[words(panel.title) if panel.title else [], *map(words, _body(panel))] for panel in seed]
    assert found == own


def test_panels_json_is_readable() -> None:
    """Accents are letters, two spaces indent, the file ends with a line end."""
    text = files(checked(TINY))["panels.json"].decode()
    assert text.startswith('{\n  "title": "Bilan d\'essai",\n')
    assert "entrepreneur·es" in text
    assert text.endswith("}\n")


def test_each_panel_page_holds_every_word_of_its_panel_once(
    seed: tuple[SeedPanel, ...], html: dict[str, site_project.Html]
) -> None:
    """In order, and nothing else but what is marked as added."""
    slugs = [panel["slug"] for panel in json.loads(files(checked(ROOT))["panels.json"])["panels"]]
    for slug, panel in zip(slugs, seed, strict=True):
        (element,) = html[f"{slug}/index.html"].of_class("panel")
        assert words(" ".join(panel.texts)) == words(authors_text(element))


def test_the_page_of_all_panels_holds_every_word(
    seed: tuple[SeedPanel, ...], html: dict[str, site_project.Html]
) -> None:
    """Panel after panel, in the order of the series."""
    found = [words(authors_text(element)) for element in html["tout/index.html"].of_class("panel")]
    assert [words(" ".join(panel.texts)) for panel in seed] == found


def test_the_home_page_shows_the_introduction_in_full_and_every_title(
    seed: tuple[SeedPanel, ...], html: dict[str, site_project.Html]
) -> None:
    """The introduction is the panel without a title; the others are cards."""
    home = html["index.html"]
    (introduction,) = home.of_class("panel")
    assert words(" ".join(seed[0].texts)) == words(authors_text(introduction))
    titles = [words(authors_text(each)) for each in home.all("h3")]
    assert [[str(n), *words(panel.title)] for n, panel in enumerate(seed[1:], 2)] == titles


def test_every_page_parses_without_an_error(html: dict[str, site_project.Html]) -> None:
    """Well-formed to an HTML5 parser; vnu, which needs Java, is run by hand."""
    assert {path: [] for path in html} == {path: page.errors for path, page in html.items()}


def test_every_page_is_structured_for_everybody(html: dict[str, site_project.Html]) -> None:
    """One h1, no skipped level, one main, a language, its own title, every list named a list; one script."""
    assert len({page.all("title")[0].text for page in html.values()}) == len(html)
    for page in html.values():
        levels = [int(each.tag[1]) for each in page.root.iter() if each.tag in HEADINGS]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
        assert len(page.all("main")) == 1
        assert page.root.get("lang") == "fr"
        assert ("<script" in page.text) is ("projection-" in page.text)
        assert {each.get("role") for each in page.all("ul")} <= {"list"}


def test_marks_are_text_that_nobody_hears(html: dict[str, site_project.Html]) -> None:
    """Each stands before its item; a screen reader says "Constat 1", never "coche"."""
    for path, page in html.items():
        marks = [*page.of_class("mark"), *page.of_class("sign")]
        assert page.text.count("✓ <") + page.text.count("→ <") == len(marks)
        assert sum(page.text.count(mark) for mark in MARKS) == len(marks)
        hidden = {each for repeated in page.of_class("said") for each in repeated}
        assert all(e.get("aria-label") or e.get("aria-hidden") or e in hidden for e in marks), path
    found = html["offre/index.html"].of_class("mark")
    assert [each.text for each in found] == ["✓ ", *["→ "] * 12]
    labels = [each.get("aria-label") for each in found]
    assert labels == ["Constat 1", *(f"Constat 1, point {n}" for n in range(1, 13))]


@pytest.mark.parametrize("path", ["offre/index.html", "tout/index.html", "projection/index.html"])
def test_a_page_without_its_style_reads_as_the_panel(path: str, html: dict[str, site_project.Html]) -> None:
    """The third panel, its marks before their items: what a reader view or a search engine sees."""
    panel = checked(ROOT).typeset.panels[2]
    expected = [f"✓ {plain(panel.findings[0].text)}"]
    expected += [f"→ {plain(point.text)}" for point in panel.findings[0].points]
    elements = html[path].of_class("panel")
    text = " ".join(" ".join(authors_text(each) for each in elements).split())
    places = [text.index(" ".join(each.split())) for each in expected]
    assert places == sorted(places)


def test_every_finding_and_point_has_a_permalink(html: dict[str, site_project.Html]) -> None:
    """10 ✓ and 26 →, on their own pages and on the page of all panels."""
    for paths, prefixed in (
        ([p for p in html if p != "tout/index.html"], False),
        (["tout/index.html"], True),
    ):
        marks = [each for path in paths for each in html[path].of_class("mark")]
        assert len(marks) == 36
        assert all(("_" in each.get("href", "")) is prefixed for each in marks)


def test_pages_stay_within_their_budget(real: dict[str, bytes], html: dict[str, site_project.Html]) -> None:
    """Style 20 KB; page and style 40 KB; 300 elements on a panel's page; at most 6 requests."""
    assert len(style(real)) <= 20 * 1024
    for path, page in html.items():
        sheet = style(real, "projection" if path == "projection/index.html" else "style")
        assert len(real[path]) + len(sheet) <= 40 * 1024
        if path not in {"tout/index.html", "projection/index.html"}:
            assert len(list(page.root.iter())) <= 300
    assert len([path for path in real if path.endswith(".woff2")]) + 2 <= 6


def test_a_title_beside_its_number_is_one_piece(html: dict[str, site_project.Html]) -> None:
    """In a grid or a row each element is a cell: « l’« offre » » would stand on two lines in two columns."""
    contents = [link for each in html["tout/index.html"].of_class("contents") for link in each.iter("a")]
    turns = [each for path in ("offre", "budget") for each in html[f"{path}/index.html"].of_class("to")]
    assert len(contents) == 8
    assert len(turns) == 4
    for each in (*contents, *turns):
        number, title = each
        assert not (number.tail or "").strip()
        assert not (title.tail or "").strip()


def test_links_are_relative_and_name_their_file(html: dict[str, site_project.Html]) -> None:
    """So the site works from a USB stick and under any sub-path; one link leads to the ombudsman."""
    for page in html.values():
        for link in page.all("a"):
            target = link.get("href", "").partition("#")[0]
            assert not target.startswith("/")
            assert target in {"", REMEDY} or target.endswith((".html", ".json", ".txt"))


def test_an_unpublished_site_names_no_address(html: dict[str, site_project.Html]) -> None:
    """No canonical link, no Open Graph while `site_url` is unknown; no link on 404, shown at any depth."""
    assert not any("canonical" in page.text or "og:" in page.text for page in html.values())
    assert html["404.html"].all("a") == []


def test_a_site_is_held_to_what_the_law_asks_once_it_has_an_address() -> None:
    """Before that no page says that something lacks, or that nobody tested it."""
    asked = ("non conforme", "à compléter")
    unpublished, published = (
        files(with_settings(checked(TINY), site_url=url)) for url in (None, "https://exemple.fr/")
    )
    for made, expected in ((unpublished, set()), (published, set(asked))):
        texts = [data.decode() for path, data in made.items() if path.endswith(".html")]
        assert {words for words in asked if any(words in text for text in texts)} == expected
    assert "Accessibilité</a>" in unpublished["index.html"].decode()


def test_of_a_long_finding_the_first_sentence_leads_as_on_its_poster() -> None:
    """No word is lost, and a short one is all lead."""
    project = checked(TINY)
    first, second, *others = project.typeset.panels
    sentence = "Une phrase assez longue pour dire ce que tout le monde savait déjà. "
    finding = replace(second.findings[0], text=(Text((sentence * 2).strip()),))
    longer = replace(second, findings=(finding, *second.findings[1:]))
    made = pages(files(replace(project, typeset=replace(project.typeset, panels=(first, longer, *others)))))
    for path, count in (("offre/index.html", 1), ("projection/index.html", 1), ("equipe/index.html", 0)):
        rests = [(each.text or "").replace("\u00a0", " ") for each in made[path].of_class("rest")]
        assert rests == [f" {sentence.strip()}"] * count


def test_a_published_site_names_its_addresses() -> None:
    """Canonical links are the stable addresses; the links of 404 are absolute."""
    site = pages(files(_with(checked(TINY), site_url="https://exemple.fr/bilan/")))
    found = {
        path: link.get("href")
        for path, page in site.items()
        for link in page.all("link")
        if link.get("rel") == "canonical"
    }
    assert found == {
        "index.html": "https://exemple.fr/bilan/",
        "tout/index.html": "https://exemple.fr/bilan/tout/",
        "projection/index.html": "https://exemple.fr/bilan/projection/",
        "introduction/index.html": "https://exemple.fr/bilan/introduction/",
        "offre/index.html": "https://exemple.fr/bilan/offre/",
        "equipe/index.html": "https://exemple.fr/bilan/equipe/",
        "glossaire/index.html": "https://exemple.fr/bilan/glossaire/",
        "mentions-legales/index.html": "https://exemple.fr/bilan/mentions-legales/",
        "accessibilite/index.html": "https://exemple.fr/bilan/accessibilite/",
    }
    assert [link.get("href") for link in site["404.html"].all("a")] == [
        "https://exemple.fr/bilan/",
        "https://exemple.fr/bilan/tout/",
    ]


def test_panels_in_another_language_have_an_english_interface() -> None:
    """The page is in the panels' language; what the interface says is marked as English."""
    project = replace(_with(checked(TINY), language="br"), words=interface("br"))
    page = pages(files(project))["offre/index.html"]
    assert page.root.get("lang") == "br"
    (skip,) = page.of_class("skip")
    assert (skip.text, skip.get("lang")) == ("Skip to the text", "en")


def test_italic_faces_are_shipped_only_where_somebody_emphasised() -> None:
    """Regular italics for emphasis in a paragraph or point, bold ones for emphasis in a finding."""
    project = checked(ROOT)
    assert not any("italic" in path for path in files(project))
    first = project.typeset.panels[0]
    paragraph = replace(first.paragraphs[0], text=(Emphasis((Text("a"),)),))
    changed = replace(project.typeset, panels=(replace(first, paragraphs=(paragraph,)),))
    shipped = files(replace(project, typeset=changed))
    (italic,) = (path for path in shipped if "italic" in path)
    assert italic.rpartition("-")[0] == "fonts/oxalis-text-400-italic"


def test_the_licences_stand_beside_the_fonts(real: dict[str, bytes]) -> None:
    """The OFL asks for its text and the copyright lines wherever the fonts go."""
    text = real["fonts/OFL.txt"].decode()
    assert text.count("SIL Open Font License, Version 1.1") == 2
    assert "Copyright 2010-2020 Adobe" in text
    assert "Copyright 2022 The Bricolage Grotesque Project Authors" in text


def test_a_series_too_long_for_a_strip_has_none() -> None:
    """Sixteen clovers fit a phone; a thousand would be a thousand links on each of a thousand pages."""
    project = checked(TINY)
    last = project.typeset.panels[-1]
    more = tuple(replace(last, slug=f"plus-{n}", number=n) for n in range(4, 18))
    longer = replace(project.typeset, panels=project.typeset.panels + more)
    site = pages(files(replace(project, typeset=longer)))
    assert [page.of_class("strip") for page in site.values()] == [[]] * len(site)


def _body(panel: SeedPanel) -> list[str]:
    texts: list[str] = panel.texts
    return texts[1:] if panel.title else texts


def _with(project: Checked, *, site_url: str | None = None, language: str = "fr") -> Checked:
    """Return the project with other settings."""
    changed = replace(project.typeset.settings, site_url=site_url, language=language)
    return replace(project, typeset=replace(project.typeset, settings=changed))
