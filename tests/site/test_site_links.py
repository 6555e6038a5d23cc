"""Links: where they lead, how they are written on each page, and what is said of dead ones."""

from dataclasses import replace
from pathlib import Path

import pytest
from site_project import TINY, build, checked, files

from oxalis_panels.model.diagnostics import line_and_column
from oxalis_panels.rendering.addresses import ALL, Address, on_one_page, resolve
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.site.extraction import Facts, facts_of
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

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
    assert expected == address.link_from(page)


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
    assert expected == on_one_page(address, frozenset({"offre", "equipe"}), ALL)


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
panels/01-titre.md:3:16: error: The link “../titr/” leads to no page of the site. [site-dead-link]
  3 | - ✓ Voir [ici](../titr/) et [là](#c7), pas [ailleurs](https://x.fr/#c9)
    |                ^^^^^^^^
  help: A link to another panel is written with the name of its file, without the number: ../titre/
panels/01-titre.md:3:34: error: The link “#c7” leads to a page that has no “c7”. [site-dead-link]
  3 | - ✓ Voir [ici](../titr/) et [là](#c7), pas [ailleurs](https://x.fr/#c9)
    |                                  ^^^
  help: The ✓ are called c1, c2… in the order of the panel, and their → c1-1, c1-2…"""
    )


def test_a_dead_link_in_the_settings_is_an_error_too(tmp_path: Path) -> None:
    """It is written for the home page, in `collection.yaml`."""
    project = _project(tmp_path, "# Titre\n\n- ✓ Un\n")
    (project / "panels/collection.yaml").write_text('authors: "[Nous](nous/)"\n', encoding="utf-8")
    built = build(checked(project))
    assert [(each.key, each.span.source.path) for each in built.diagnostics] == [
        ("site-dead-link.page", "panels/collection.yaml")
    ]


def test_dead_links_of_the_settings_have_their_line(tmp_path: Path) -> None:
    """Told at the text, not at the file."""
    project = _project(tmp_path, "# Titre\n\n- ✓ Un\n")
    text = 'title: Bilan\nauthors: "[Nous](nous/) et [eux](titre/#c9)"\n'
    (project / "panels/collection.yaml").write_text(text, encoding="utf-8")
    built = build(checked(project))
    assert [(each.key, line_and_column(each.span), each.span.text) for each in built.diagnostics] == [
        ("site-dead-link.page", (2, 18), "nous/"),
        ("site-dead-link.anchor", (2, 34), "titre/#c9"),
    ]


def test_a_dead_link_of_a_template_is_told_in_the_template(tmp_path: Path) -> None:
    """Once, though every page has it, with the pages and the place in the project's own template."""
    frame = "<title>x</title>\n<p>{% block main %}{% endblock %}<img src='chat.png' alt=''>"
    project = _with_template(tmp_path, "base.html", frame)
    built = build(checked(project))
    assert built.value is None
    assert "\n".join(draw(each, catalogue("en")) for each in built.diagnostics) == (
        """\
templates/site/base.html:2:44: error: “chat.png” does not exist on the site, and a link leads to it \
(pages: site/index.html, site/tout/index.html, site/404.html, …). [site-dead-link]
  2 | <p>{% block main %}{% endblock %}<img src='chat.png' alt=''>
    |                                            ^^^^^^^^
  help: It comes from a template of templates/site/: correct it there."""
    )


def test_a_target_that_a_template_puts_together_is_told_where_its_end_stands(tmp_path: Path) -> None:
    """`{{ page.root }}` is different on each page; the name of the file is not."""
    frame = "{% block main %}{% endblock %}<img alt='' src='{{ page.root }}chat.png'>"
    built = build(checked(_with_template(tmp_path, "base.html", frame)))
    assert [(each.key, each.span.source.path, each.span.text) for each in built.diagnostics[:1]] == [
        ("site-dead-link.target", "templates/site/base.html", "chat.png")
    ]


def test_everything_wrong_with_finished_pages_is_told_at_once(tmp_path: Path) -> None:
    """Dead links of an author and of templates, an id twice, a picture without words, a lost reference."""
    frame = """{% block main %}{% endblock %}
<p id="deux"><p id="deux">
<img src="data:,">
<nav aria-labelledby="nom">
<a href="#nulle_part">a</a>
<style>p { background: url(fond.png) } /* url(rien.png) */</style>
<!-- <a href="commentaire/"> -->
<script>"<a href='script/'>"</script>
<p style="background: url('style.png')">"""
    project = _with_template(tmp_path, "base.html", frame)
    (project / "panels/01-titre.md").write_text("# Titre\n\n- ✓ Voir [ici](../titr/)\n", encoding="utf-8")
    built = build(checked(project))
    assert [
        (each.key, line_and_column(each.span)[0], each.values["found"]) for each in built.diagnostics
    ] == [
        ("site-dead-link.page", 3, "../titr/"),
        ("site-dead-link.target", 5, "#nulle_part"),
        ("site-dead-link.target", 6, "fond.png"),
        ("site-dead-link.target", 9, "style.png"),
        ("site-id-twice", 2, "deux"),
        ("site-dead-link.reference", 4, "nom"),
        ("site-alt-missing", 3, '<img src="data:,">'),
    ]


def test_a_mistake_that_no_template_spells_out_is_told_on_the_page_made(tmp_path: Path) -> None:
    """There what was made is shown, with its place."""
    frame = "{% block main %}{% endblock %}\n<a href='{{ 'x' ~ 'y' ~ 'z' }}/'>a</a>"
    built = build(checked(_with_template(tmp_path, "base.html", frame)))
    assert [(each.span.source.path, each.span.text) for each in built.diagnostics] == [
        ("site/index.html", "xyz/")
    ]


def test_a_public_address_of_the_site_is_checked_too(tmp_path: Path) -> None:
    """Whether a link has it or what is shown to messengers; other addresses are not ours to check."""
    frame = """{% block main %}{% endblock %}<meta property="og:image" content="{{ site.site_url }}carte.png">
<a href="{{ site.site_url }}titre/">a</a> <a href="{{ site.site_url }}absent/">b</a> <a href="https://x.fr/a">c</a>
<meta name="description" content="carte2.png">"""
    project = _with_template(tmp_path, "base.html", frame)
    (project / "panels/collection.yaml").write_text("site_url: https://b.fr/sous\n", encoding="utf-8")
    built = build(checked(project))
    assert [(each.key, each.values["found"]) for each in built.diagnostics] == [
        ("site-dead-link.target", "https://b.fr/sous/absent/"),
        ("site-dead-link.target", "https://b.fr/sous/carte.png"),
    ]


def test_a_mistake_in_a_template_is_told_once(tmp_path: Path) -> None:
    """Though every page runs into it."""
    project = _with_template(tmp_path, "base.html", "<title>{{ nobody }}</title>")
    built = build(checked(project))
    assert built.value is None
    assert [(each.key, each.span.source.path) for each in built.diagnostics] == [
        ("template-mistake", "templates/site/base.html")
    ]


def test_names_are_found_in_tags_only() -> None:
    """However the attribute is quoted, and never in text."""
    text = """<a id="a" href='b.html?x=1&amp;y'>id="no" &lt;a href="no"&gt;</a><img alt="a > b" src=c.png>"""
    assert facts_of(text) == Facts(("a",), ("b.html?x=1&y", "c.png"))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<img srcset="a.png 1x, b.png 2x" alt>', Facts(targets=("a.png", "b.png"))),
        ("<IMG SRC=a.png>", Facts(targets=("a.png",), without_alt=("<IMG SRC=a.png>",))),
        ("<img title='alt='>", Facts(without_alt=("<img title='alt='>",))),
        ('<img class="a">', Facts(without_alt=('<img class="a">',))),
        ('<p id="a"><p title="x id=b"><p data-id=c>', Facts(identifiers=("a",))),
        (
            '<p class="<b id=no>" id="a"></p "<b id="b">"><p "<b>" id="c">',
            Facts(identifiers=("a", "b", "c")),
        ),
        ('<p id="a&amp;b"><p id="" class=x>', Facts(identifiers=("a&b", ""))),
        ('<video poster="a.png"><object data="b.svg">', Facts(targets=("a.png", "b.svg"))),
        ('<label for="a"><p aria-describedby="b c">', Facts(references=("a", "b", "c"))),
        ('<script src="a.js">"<p id=x>"</script>', Facts(targets=("a.js",))),
        ('<STYLE>p{background:url( "a b.png" )}</STYLE>', Facts(targets=("a b.png",))),
        ('<link href="data:image/svg+xml,x"><p style="mask:url(data:,x)">', Facts()),
        ('<meta content="https://x.fr/">', Facts(published=("https://x.fr/",))),
    ],
)
def test_every_attribute_that_leads_somewhere_is_read(tag: str, expected: Facts) -> None:
    """Files, places, references between elements; nothing that only looks like one."""
    assert expected == facts_of(tag)


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
