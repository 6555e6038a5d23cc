"""Pages of a project's own: ordinary Markdown in `pages/`, typeset, checked and linked as panels are."""

from pathlib import Path

import pytest
from browsers import chromium, everywhere, needs_chromium, violations
from builds import run_here, write_project
from PIL import Image
from site_project import Html, checked, files, parse

from oxalis_panels.model.collection import figures_in, plain
from oxalis_panels.model.texts import texts
from oxalis_panels.pipeline.check import check, review

PATH = "pages/contact.md"
PANEL = "# Budget\n\n- ✓ Un constat.\n"
CONTACT = """\
---
short_title: Contact
---
# Nous écrire, et venir "chez nous" !

Voir [le budget](../budget/), *vite*.

![Plan](plan.png "L'entrée.")

## Horaires d'ouverture

| Jour | Heures |  |
| --- | :-: | --: |
| Lundi | 9 h | **12** |

### À apporter

- Une pièce :
  1. carte,
  2. passeport.
- Rien d'autre.

7. Sept
"""


def project(folder: Path, **pages: str) -> Path:
    """Write a project with a panel, these pages and a picture beside them; return it."""
    write_project(folder, budget=PANEL)
    (folder / "panels" / "collection.yaml").write_text(
        "title: Bilan\nsite_url: https://a.fr/\n", encoding="utf-8"
    )
    (folder / "pages").mkdir()
    Image.new("RGB", (40, 20), "white").save(folder / "pages" / "plan.png")
    for name, text in pages.items():
        (folder / "pages" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Html:
    """Return the page of `CONTACT`."""
    return parse(files(checked(project(tmp_path, contact=CONTACT)))["contact/index.html"])


def test_a_page_is_what_its_markdown_says(page: Html) -> None:
    """Headings, paragraphs, lists inside lists, a table with its heads, a picture with its description."""
    main = page.all("main")[0]
    assert page.errors == []
    assert [each.tag for each in main.iter() if each.tag[0] == "h" and each.tag[1:].isdigit()] == [
        *("h1", "h2", "h3")
    ]
    assert [(each.tag, each.get("start"), len(each)) for each in main.iter() if each.tag in {"ul", "ol"}] == [
        ("ul", None, 2),
        ("ol", None, 2),
        ("ol", "7", 1),
    ]
    assert [(each.text, each.get("scope"), each.get("class")) for each in main.iter("th")] == [
        ("Jour", "col", None),
        ("Heures", "col", "center"),
    ]
    assert [each.get("class") for each in main.iter("td")] == [None, None, "center", "right"]
    assert [each.get("href") for each in main.iter("a")] == ["../budget/index.html"]
    (picture,) = main.iter("img")
    assert (picture.get("alt"), picture.get("width"), picture.get("height")) == ("Plan", "40", "20")


def test_its_text_is_typeset_by_the_same_rules(page: Html) -> None:
    """Quotation marks, apostrophes and spaces, in headings and captions too."""
    whole = "".join(page.all("main")[0].itertext())
    for typeset in ("«\u00a0chez nous\u00a0»\u202f!", "Horaires d’ouverture", "L’entrée.", "9\u00a0h"):
        assert typeset in whole
    assert '"' not in whole


def test_every_page_leads_to_it_and_so_does_the_map_of_the_site(tmp_path: Path) -> None:
    """By its short title, in the order of the numbers, and not to a draft."""
    late = "---\norder: 9\nslug: a-propos\n---\n# À propos\n\nNous.\n"
    draft = "---\ndraft: true\n---\n# Plus tard\n\nRien.\n"
    made = files(checked(project(tmp_path, **{"02-contact": CONTACT, "01-late": late, "03-draft": draft})))
    for path in (path for path in made if path.endswith("/index.html") and path != "projection/index.html"):
        foot = parse(made[path]).of_class("foot")[0]
        links = [(link.text, (link.get("href") or "").lstrip("./")) for link in foot.iter("a")]
        own = [each for each in links if "contact" in each[1] or "propos" in each[1]]
        assert own == [("Contact", "contact/index.html"), ("À propos", "a-propos/index.html")], path
    assert b"<loc>https://a.fr/contact/</loc>" in made["sitemap.xml"]
    assert not any("draft" in path for path in made)
    assert b"contact" not in made["panels.json"]


def test_all_its_texts_are_in_the_one_list(tmp_path: Path) -> None:
    """So that spelling, fonts and links see them; those of lists and tables too."""
    collection = checked(project(tmp_path, contact=CONTACT)).as_typed
    (own,) = collection.pages
    assert [plain(each.text) for each in texts(own)] == [
        'Nous écrire, et venir "chez nous" !',
        "Contact",
        "Voir le budget, vite.",
        "Plan",
        "L'entrée.",
        "Horaires d'ouverture",
        *("Jour", "Heures", "Lundi", "9 h", "12"),
        "À apporter",
        *("Une pièce :", "carte,", "passeport.", "Rien d'autre.", "Sept"),
    ]
    places = [each.span.text for each in texts(own) if each.span.source.path == "pages/contact.md"]
    assert {"9 h", "**12**", "carte,", "Sept"} <= set(places)
    assert len(list(figures_in(own.blocks))) == 1


def test_doubts_about_its_words_are_told_at_their_place(tmp_path: Path) -> None:
    """Of spelling and of typography, in a cell and in a list."""
    text = "# Contact\n\n| Jour | Un mot fautifff |\n| - | - |\n| a | à 10h30 |\n\n- ortografe\n"
    found = [
        each for each in check(project(tmp_path, contact=text)).diagnostics if each.span.source.path == PATH
    ]
    assert {each.span.text: each.code.partition("-")[0] for each in found} == {
        "fautifff": "spelling",
        "10h30": "typography",
        "ortografe": "spelling",
    }


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("budget", "# Budget\n\nDeux.\n", "slug-twice.panel"),
        ("tout", "# Tout\n\nTrop.\n", "slug-reserved.name"),
        ("mentions-legales", "# Les nôtres\n\nTrop.\n", "slug-reserved.name"),
        ("contact", "---\ncolour: ocre\n---\n# Contact\n\nUn.\n", "key-unknown.other"),
        ("contact", "# Contact\n\n[Nulle part](../nulle/)\n", "site-dead-link.page"),
        ("contact", "# Contact\n\n![Plan](plans.png)\n", "figure-not-found.misspelt"),
        ("contact", "# Contact\n\n[Non](javascript:x)\n", "link-address.scheme"),
        ("contact", "# Contact\n\n- dans une liste\n\n  <b>non</b>\n", "page-markup"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(name: str, text: str, code: str, tmp_path: Path) -> None:
    """`check` says it of the file of the page."""
    found = [
        each for each in review(project(tmp_path, **{name: text})).diagnostics if each.severity == "error"
    ]
    assert {(each.key, each.span.source.path) for each in found} == {(code, f"pages/{name}.md")}


@pytest.mark.parametrize(
    "text", ["# Contact", "# Contact\n\nUn.", "# Contact\n\n- Un\n\n  deux", "---\ntitle: Un\n---"]
)
def test_a_page_may_end_anywhere(text: str, tmp_path: Path) -> None:
    """Without a line end, or without a text: nothing is wrong with it."""
    assert [
        each for each in check(project(tmp_path, contact=text)).diagnostics if each.severity == "error"
    ] == []


def test_other_files_among_pages_are_told_and_pictures_are_not(tmp_path: Path) -> None:
    """A page in plain text would be missing, and nobody would know."""
    folder = project(tmp_path, contact=CONTACT)
    for name in ("notes.txt", "README.md", ".caché.md"):
        (folder / "pages" / name).write_text("x", encoding="utf-8")
    assert [each.span.source.path for each in check(folder).diagnostics if each.code == "file-not-read"] == [
        "pages/notes.txt"
    ]


def test_a_picture_of_the_panels_may_be_on_a_page(tmp_path: Path) -> None:
    """It is not one that nothing shows, in a list neither."""
    folder = project(tmp_path, contact="# Contact\n\n- Là :\n\n  ![Plan](../panels/plan.png)\n")
    (folder / "pages" / "plan.png").rename(folder / "panels" / "plan.png")
    assert [each for each in check(folder).diagnostics if each.code.startswith("figure")] == []
    assert any(path.startswith("contact/plan-") for path in files(checked(folder)))


@needs_chromium
def test_it_is_accessible_and_no_wider_than_a_telephone(tmp_path: Path, french_fonts: Path) -> None:
    """On a small phone and on a desk, light and dark; a wide table scrolls by itself."""
    wide = (
        "| "
        + " | ".join(["Une longue colonne"] * 9)
        + " |\n|"
        + " - |" * 9
        + "\n|"
        + " anticonstitution |" * 9
    )
    folder = project(tmp_path, contact=f"{CONTACT}\n{wide}\n")
    (folder / "output" / ".cache").mkdir(parents=True)
    (folder / "output" / ".cache" / "fonts").symlink_to(french_fonts)
    assert run_here("build", "--site", cwd=folder).exit_code == 0
    with chromium() as browser:
        shown = browser.new_page()
        shown.goto((folder / "output" / "site" / "contact" / "index.html").as_uri())
        for width, _ in everywhere(shown):
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(shown) == []
        tables = shown.evaluate(
            "[...document.querySelectorAll('.grid')].map(e => e.scrollWidth > e.clientWidth)"
        )
        assert tables == [False, True]
