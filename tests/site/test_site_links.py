"""Links: where they lead, how they are written on each page, and what is said of dead ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from site_project import TINY, build, checked, files

from oxalis_panels.diagnostics import draw
from oxalis_panels.messages import catalogue
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.site.addresses import Address, on_one_page, resolve
from oxalis_panels.site.checking import names

if TYPE_CHECKING:
    from pathlib import Path

OFFRE = "offre/index.html"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../equipe/", Address("equipe/index.html")),
        ("../equipe", Address("equipe/index.html")),
        ("../equipe/index.html#c1", Address("equipe/index.html", "c1")),
        ("/equipe/", Address("equipe/index.html")),
        ("../", Address("index.html")),
        ("/", Address("index.html")),
        ("#c2", Address(OFFRE, "c2")),
        ("", Address(OFFRE)),
        ("?a=1", Address(OFFRE)),
        ("../panels.json", Address("panels.json")),
        ("../../secret/", Address("../secret/index.html")),
        ("../%C3%A9quipe/", Address("équipe/index.html")),
        ("https://exemple.fr/", None),
        ("mailto:ca@exemple.fr", None),
        ("//exemple.fr/", None),
    ],
)
def test_a_target_leads_where_a_browser_would_go(target: str, expected: Address | None) -> None:
    """As seen from the page of a panel; a folder is its index.html, `/` the root of the site."""
    assert expected == resolve(target, OFFRE)


@pytest.mark.parametrize(
    ("address", "page", "expected"),
    [
        (Address("equipe/index.html", "c1"), OFFRE, "../equipe/index.html#c1"),
        (Address("equipe/index.html"), "index.html", "equipe/index.html"),
        (Address("index.html"), OFFRE, "../index.html"),
        (Address(OFFRE, "c1"), OFFRE, "#c1"),
        (Address(OFFRE), OFFRE, "index.html"),
        (Address("équipe/index.html"), OFFRE, "../%C3%A9quipe/index.html"),
    ],
)
def test_a_link_is_relative_to_its_page(address: Address, page: str, expected: str) -> None:
    """And names the file, for a site read from a USB stick."""
    assert expected == address.seen_from(page)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (Address(OFFRE), Address("tout/index.html", "offre")),
        (Address(OFFRE, "c1-2"), Address("tout/index.html", "offre_c1-2")),
        (Address(OFFRE, "le_texte"), Address(OFFRE, "le_texte")),
        (Address("index.html"), Address("index.html")),
        (Address("panels.json"), Address("panels.json")),
    ],
)
def test_on_one_page_links_between_panels_stay_on_it(address: Address, expected: Address) -> None:
    """What the page of all panels does not show is reached on the page that does."""
    assert expected == on_one_page(address, frozenset({"offre", "equipe"}))


def test_a_dead_link_is_an_error_where_it_was_written(tmp_path: Path) -> None:
    """Both kinds at once: no such page, and no such place on a page."""
    project = _project(
        tmp_path, "# Titre\n\n- ✓ Voir [ici](../titr/) et [là](#c7), pas [ailleurs](https://x.fr/#c9)\n"
    )
    built = build(checked(project))
    assert built.value is None
    drawn = "\n".join(draw(each, catalogue("en")) for each in built.diagnostics)
    assert (
        drawn
        == """\
panels/01-titre.md:3:16: error: The link "../titr/" leads to no page of the site. [site-dead-link]
  3 | - ✓ Voir [ici](../titr/) et [là](#c7), pas [ailleurs](https://x.fr/#c9)
    |                ^^^^^^^^
  help: A link to another panel is written with the name of its file, without the number: ../titre/
panels/01-titre.md:3:34: error: The link "#c7" leads to a page that has no "c7". [site-dead-anchor]
  3 | - ✓ Voir [ici](../titr/) et [là](#c7), pas [ailleurs](https://x.fr/#c9)
    |                                  ^^^
  help: The ✓ are called c1, c2… in the order of the panel, and their → c1-1, c1-2…"""
    )


def test_a_dead_link_in_the_settings_is_an_error_too(tmp_path: Path) -> None:
    """It is written for the home page, in `collection.yaml`."""
    project = _project(tmp_path, "# Titre\n\n- ✓ Un\n")
    (project / "panels/collection.yaml").write_text('authors: "[Nous](nous/)"\n', encoding="utf-8")
    built = build(checked(project))
    assert [(each.code, each.span.source.path) for each in built.diagnostics] == [
        ("site-dead-link", "panels/collection.yaml")
    ]


def test_a_dead_link_of_a_template_is_an_error_that_names_the_page(tmp_path: Path) -> None:
    """A project's own template may lack a file that it asks for."""
    project = _with_template(tmp_path, "base.html", "<p>{% block main %}{% endblock %}<img src='chat.png'>")
    built = build(checked(project))
    assert [(each.code, each.span.source.path, each.values) for each in built.diagnostics] == [
        ("site-dead-target", f"site/{page}", {"found": "chat.png"})
        for page in ("index.html", "tout/index.html", "404.html", "titre/index.html")
    ]


def test_a_mistake_in_a_template_is_told_once(tmp_path: Path) -> None:
    """Though every page runs into it."""
    project = _with_template(tmp_path, "base.html", "<title>{{ nobody }}</title>")
    built = build(checked(project))
    assert built.value is None
    assert [(each.code, each.span.source.path) for each in built.diagnostics] == [
        ("template-mistake", "templates/site/base.html")
    ]


def test_an_identifier_used_twice_is_a_bug() -> None:
    """Permalinks would lead to the first of the two."""
    with pytest.raises(ValueError, match=r"x\.html: id used twice: c1"):
        names("x.html", "<p id=c1><p id='c1'>")


def test_identifiers_and_targets_are_found_in_tags_only() -> None:
    """However the attribute is quoted, and never in text."""
    text = """<a id="a" href='b.html?x=1&amp;y'>id="no" &lt;a href="no"&gt;</a><img alt="a > b" src=c.png>"""
    assert names("x.html", text) == (frozenset({"a"}), ("b.html?x=1&y", "c.png"))


def test_the_shipped_templates_are_used_where_a_project_has_none() -> None:
    """A project without `templates/` looks like this one."""
    project = checked(TINY)
    shipped = replace(project, folders=TemplateFolders.of(TINY.parent))
    assert files(project) == files(shipped)


def _project(folder: Path, text: str, name: str = "01-titre.md") -> Path:
    (folder / "panels").mkdir()
    (folder / "panels" / name).write_text(text, encoding="utf-8")
    return folder


def _with_template(folder: Path, name: str, text: str) -> Path:
    (folder / "templates/site").mkdir(parents=True)
    (folder / "templates/site" / name).write_text(text, encoding="utf-8")
    return _project(folder, "# Titre\n\n- ✓ Un\n")
