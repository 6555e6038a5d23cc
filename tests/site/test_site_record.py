"""What pages say of their source: when it was changed, where it can be; sitemap and robots."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from site_project import NO_FONTS, TINY, checked, parse, poster_sizes

from oxalis_panels.reading.project import read_project
from oxalis_panels.site.building import build_site
from oxalis_panels.site.history import History
from oxalis_panels.site.inputs import SiteInputs
from oxalis_panels.site.record import day_text, record
from oxalis_panels.words.catalogue import catalogue

CHANGED = {"panels/02-offre.md": datetime(2026, 3, 12, tzinfo=UTC)}
EVERYTHING = {
    **dict.fromkeys(("panels/01-introduction.md", "panels/03-equipe.md"), datetime(2026, 3, 1, tzinfo=UTC)),
    **CHANGED,
    "panels/collection.yaml": datetime(2026, 2, 1, tzinfo=UTC),
}


def site(history: History, site_url: str | None = None, edit_url: str | None = None) -> dict[str, bytes]:
    """Return the files of the tiny site with a history and other settings."""
    project = checked(TINY)
    settings = replace(project.typeset.settings, site_url=site_url, edit_url=edit_url)
    typeset = replace(project.typeset, settings=settings)
    inputs = SiteInputs(project.folders, project.palette, NO_FONTS, history=history)
    built = build_site(typeset, project.as_typed, inputs).value
    assert built is not None
    return {artifact.path.relative_to("site").as_posix(): artifact.data for artifact in built}


def test_a_day_is_written_as_people_read_it() -> None:
    """French numbers the first of a month otherwise, and never breaks a line before the month."""
    first, other = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC)
    assert [day_text(each, catalogue("fr")) for each in (first, other)] == [
        "1er\u00a0août 2026",
        "12\u00a0décembre 2026",
    ]
    assert day_text(first, catalogue("en")) == "1 August 2026"


def test_a_panel_says_when_it_was_changed_and_where_it_can_be() -> None:
    """A panel whose date is unknown says nothing of it."""
    edit = "https://github.com/oxalis/panneaux/edit/main/{root}{path}"
    made = site(History(CHANGED, "expo à voir/"), edit_url=edit)
    page = parse(made["offre/index.html"])
    (time,) = page.all("time")
    assert (time.text, time.get("datetime")) == ("12\u00a0mars 2026", "2026-03-12")
    (record,) = page.of_class("record")
    (link,) = record.iter("a")
    assert link.get("href") == (
        "https://github.com/oxalis/panneaux/edit/main/expo%20%C3%A0%20voir/panels/02-offre.md"
    )
    assert parse(made["equipe/index.html"]).all("time") == []
    assert parse(site(History())["offre/index.html"]).of_class("record") == []


def test_a_text_is_found_whose_name_git_writes_otherwise() -> None:
    """As on macOS, where the disk may keep accents apart: the forge knows git's name alone."""
    disk, kept = (normalize(form, "panels/02-été.md") for form in ("NFD", "NFC"))
    typeset = checked(TINY).typeset
    settings = replace(typeset.settings, edit_url="https://exemple.fr/{path}")
    for name in (kept, disk):
        history = History({name: CHANGED["panels/02-offre.md"]}, names={kept: name})
        inputs = SiteInputs(checked(TINY).folders, checked(TINY).palette, NO_FONTS, history=history)
        found = record(disk, replace(typeset, settings=settings), inputs, catalogue("fr"))
        assert (found.iso, found.edit_url) == ("2026-03-12", f"https://exemple.fr/{quote(name)}")


def test_the_sitemap_names_every_page_with_the_dates_that_are_known() -> None:
    """The pages of everything are as new as the newest file, if all dates are known."""
    made = site(History(EVERYTHING), site_url="https://exemple.fr/a&b/")
    rows = [
        ("", "2026-03-12"),
        ("tout/", "2026-03-12"),
        ("projection/", "2026-03-12"),
        ("introduction/", "2026-03-01"),
        ("offre/", "2026-03-12"),
        ("equipe/", "2026-03-01"),
        *((f"{page}/", "2026-02-01") for page in ("glossaire", "mentions-legales", "accessibilite")),
    ]
    told = made["sitemap.xml"].decode()
    for page, date in rows:
        assert f"<url><loc>https://exemple.fr/a&amp;b/{page}</loc><lastmod>{date}</lastmod></url>" in told
    assert told.count("<url>") == len(rows)
    assert "Sitemap: https://exemple.fr/a&b/sitemap.xml" in made["robots.txt"].decode()
    unsure = site(History(CHANGED), site_url="https://exemple.fr/")["sitemap.xml"].decode()
    assert unsure.count("<lastmod>") == 1


def test_an_unpublished_site_tells_search_engines_nothing() -> None:
    """A sitemap needs whole addresses."""
    assert {"sitemap.xml", "robots.txt"} & set(site(History())) == set()


def test_a_published_page_names_the_card_of_its_poster() -> None:
    """Pages about everything name that of the series; without an address or posters there is none."""
    project = checked(TINY)
    settings = replace(project.typeset.settings, site_url="https://exemple.fr/")
    inputs = SiteInputs(project.folders, project.palette, NO_FONTS, posters=poster_sizes(project))
    built = build_site(replace(project.typeset, settings=settings), project.as_typed, inputs).value
    assert built is not None
    pages = {artifact.path.relative_to("site").as_posix(): artifact.data for artifact in built}
    for page, card in (("offre/", "offre"), ("", "livret"), ("tout/", "livret")):
        text = pages[f"{page}index.html"].decode()
        assert f'<meta property="og:image" content="https://exemple.fr/posters/{card}-card.png">' in text
        assert 'property="og:image:alt" content="' in text
    unpublished = site(History())["offre/index.html"].decode()
    assert "og:image" not in unpublished + site(History(), "https://exemple.fr/")["index.html"].decode()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("repository: https://github.com/o/r", "https://github.com/o/r/edit/main/{root}{path}"),
        ("repository: git@github.com:o/r.git", "https://github.com/o/r/edit/main/{root}{path}"),
        (
            "repository: https://gitlab.com/g/s/r/\nbranch: v1",
            "https://gitlab.com/g/s/r/-/edit/v1/{root}{path}",
        ),
        ("repository: https://git.a.fr/o/r\nforge: gitlab", "https://git.a.fr/o/r/-/edit/main/{root}{path}"),
        ("repository: ssh://git@codeberg.org/o/r.git", "https://codeberg.org/o/r/_edit/main/{root}{path}"),
        ("repository: https://gitea.a.fr:8443/o/r", "https://gitea.a.fr:8443/o/r/_edit/main/{root}{path}"),
        ("repository: https://github.com/o/r\nedit_url: https://a.fr/{path}", "https://a.fr/{path}"),
    ],
)
def test_a_repository_gives_the_address_to_edit(given: str, expected: str, tmp_path: Path) -> None:
    """GitHub, GitLab and Forgejo each in its own form; `edit_url` goes before it."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels/01-a.md").write_text("# A\n\n- ✓ b\n", "utf-8")
    (tmp_path / "panels/collection.yaml").write_text(given, "utf-8")
    parsed = read_project(tmp_path)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.settings.edit_url == expected


def test_the_address_of_the_command_line_goes_before_the_collection_s() -> None:
    """With its final slash; a wrong one is told as such."""
    parsed = read_project(TINY, site_url="https://exemple.fr/bilan")
    assert parsed.value is not None
    assert parsed.value.settings.site_url == "https://exemple.fr/bilan/"
    assert [each.key for each in parsed.diagnostics] == ["legal-incomplete"]
    wrong = read_project(TINY, site_url="exemple.fr")
    assert [(each.key, each.span.source.path) for each in wrong.diagnostics] == [
        ("address-invalid.site", "--site-url")
    ]
