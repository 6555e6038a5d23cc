"""Files of a project's own: `static/` is copied into the site as it is, and never over a file of ours."""

import os
import re
import sys
from pathlib import Path

import pytest
from builds import drawn, run_here, told, write_project
from site_project import TINY, checked, files

from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check, review
from oxalis_panels.pipeline.request import Request
from oxalis_panels.site.own_files import LARGEST

PANEL = "# Budget\n\n- ✓ Un constat.\n"
LINKS = "# Budget\n\n- ✓ Voir [la page deux](/pièces/rapport.pdf#page=2) et [l’autre](../jeu/).\n"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="no system but POSIX has such names and links")


def put(project: Path, **contents: str) -> Path:
    """Write files of the project's own, `__` for a slash; return the project."""
    for name, text in contents.items():
        place = project / "static" / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return project


def test_files_are_on_the_site_as_they_are_hidden_ones_too(tmp_path: Path) -> None:
    """All but what systems, editors and version control leave behind; the other files stay what they are."""
    project = write_project(tmp_path, budget=PANEL)
    before = files(checked(project))
    wanted = {".domains": "a.fr", ".htaccess": "x", ".well-known__security.txt": "y", "pièce.pdf": "z\r\n"}
    put(project, **wanted, **dict.fromkeys([".DS_Store", "Thumbs.db", "._a", ".git__config", "a~"], "x"))
    after = files(checked(project))
    new = {path: data.decode() for path, data in after.items() if path not in before}
    assert new == {name.replace("__", "/"): text for name, text in wanted.items()}
    assert {path: after[path] for path in before} == before


def test_a_name_with_accents_is_the_same_address_whatever_the_system_writes(tmp_path: Path) -> None:
    """Systems of Apple write an accent as a sign of its own, and links do not."""
    project = put(write_project(tmp_path, budget=PANEL), **{"re\u0301sume\u0301.pdf": "x"})
    assert "r\u00e9sum\u00e9.pdf" in files(checked(project))


def test_what_changes_is_copied_and_what_goes_is_removed(tmp_path: Path) -> None:
    """What did not change keeps its time; what a person put into the site stays."""
    project = put(write_project(tmp_path, budget=PANEL), one="1", two="1", three__four="1")
    request = Request(project, project / "output", posters=False)
    site = project / "output" / "site"
    assert not build(request).failed
    (site / "hand.txt").write_text("x", encoding="utf-8")
    (project / "static" / "three" / "four").unlink()
    put(project, two="2")
    again = build(request)
    assert again.plan is not None
    assert [each.path.name for each in again.plan.update] == ["two"]
    assert [path.name for path in again.plan.remove] == ["four"]
    assert sorted(
        path.name for path in site.iterdir() if path.name in {"one", "two", "three", "hand.txt"}
    ) == [
        "hand.txt",
        "one",
        "two",
    ]


def test_a_file_that_a_person_put_into_the_site_is_not_replaced(tmp_path: Path) -> None:
    """One of the same name in `static/` is an error, and nothing is written."""
    project = write_project(tmp_path, budget=PANEL)
    request = Request(project, project / "output", posters=False)
    assert not build(request).failed
    (project / "output" / "site" / "CNAME").write_text("by hand", encoding="utf-8")
    put(project, CNAME="other")
    assert [each.key for each in build(request).diagnostics] == ["output-in-the-way.foreign"]
    assert (project / "output" / "site" / "CNAME").read_text(encoding="utf-8") == "by hand"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("robots.txt", "site/robots.txt"),
        ("ROBOTS.TXT", "site/robots.txt"),
        ("budget", "site/budget/index.html"),
        ("index.html/a.txt", "site/index.html"),
        ("posters/a.pdf", "site/posters"),
        ("apple-touch-icon.png", "site/apple-touch-icon.png"),
    ],
)
def test_no_file_of_ours_is_replaced(name: str, other: str, tmp_path: Path) -> None:
    """Whatever the case of its letters; `check` and `build` name both, and a build writes nothing."""
    project = put(write_project(tmp_path, budget=PANEL), **{name.replace("/", "__"): "x"})
    (project / "panels" / "collection.yaml").write_text("site_url: https://a.fr/\n", encoding="utf-8")
    built = build(Request(project, project / "output", posters=False))
    for found in (review(project).diagnostics, built.diagnostics):
        mistakes = [each for each in found if each.severity == "error" and each.code == "static-file"]
        assert [(each.key, each.span.source.path, dict(each.values)) for each in mistakes] == [
            ("static-file.taken", f"static/{name}", {"other": other})
        ]
    assert not (project / "output" / "site").exists()


@on_posix
def test_names_that_are_one_on_windows_and_macos_are_told(tmp_path: Path) -> None:
    """Both of them are files of the project's own."""
    project = put(write_project(tmp_path, budget=PANEL), **{"Plan.pdf": "1", "plan.pdf": "2"})
    (found,) = (each for each in review(project).diagnostics if each.severity == "error")
    assert (found.span.source.path, dict(found.values)) == ("static/plan.pdf", {"other": "static/Plan.pdf"})


def test_links_lead_to_files_of_ones_own(tmp_path: Path) -> None:
    """From the root and relative, to a place inside them, to a folder with a page; `check` says the same."""
    project = put(write_project(tmp_path, budget=LINKS), **{"pièces__rapport.pdf": "x"}, jeu__index_html="x")
    (project / "static" / "jeu" / "index_html").rename(project / "static" / "jeu" / "index.html")
    assert 'href="../pi%C3%A8ces/rapport.pdf#page=2"' in files(checked(project))["budget/index.html"].decode()
    assert [each for each in review(project).diagnostics if each.code == "site-dead-link"] == []
    (project / "static" / "pièces" / "rapport.pdf").unlink()
    assert [each.key for each in review(project).diagnostics if each.severity == "error"] == [
        "site-dead-link.page"
    ]


def test_an_icon_of_ones_own_is_that_of_the_pages(tmp_path: Path) -> None:
    """The vector first; without one, the template draws it."""
    project = put(write_project(tmp_path, budget=PANEL), **{"favicon.ico": "1", "favicon.svg": "2"})
    pages = files(checked(project))
    assert '<link rel="icon" href="../favicon.svg">' in pages["budget/index.html"].decode()
    assert "data:image/svg" not in pages["index.html"].decode()
    assert "data:image/svg" in files(checked(TINY))["index.html"].decode()


@on_posix
def test_what_is_no_file_of_the_project_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a link that leads out or nowhere, what is too large, what may not be read; a link inside is."""
    project = put(write_project(tmp_path / "p", budget=PANEL), good="x", large="x", shut="x")
    static = project / "static"
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (static / "link").symlink_to(project / "panels" / "01-budget.md")
    (static / "out").symlink_to(tmp_path / "secret")
    (static / "lost").symlink_to("nowhere")
    (static / "round").symlink_to(static)
    os.truncate(static / "large", LARGEST + 1)
    os.mkfifo(static / "pipe")
    real = os.open

    def refusing(path: str, *more: int) -> int:
        if Path(path).name == "shut":
            raise PermissionError(13, "denied", path)
        return real(path, *more)

    monkeypatch.setattr(os, "open", refusing)
    found = {each.span.source.path: each.key for each in check(project).diagnostics}
    assert found == {
        "static/large": "file-too-large",
        "static/lost": "file-special.link",
        "static/out": "static-file.outside",
        "static/pipe": "file-special.kind",
        "static/round": "file-special.kind",
        "static/shut": "file-unreadable.source",
    }


@on_posix
def test_links_out_of_the_project_and_names_that_no_system_shares_are_told(tmp_path: Path) -> None:
    """In these words."""
    project = put(write_project(tmp_path, budget=PANEL), **{"a:b": "x"})
    named = [each for each in review(project).diagnostics if each.code == "static-file"]
    assert drawn(named, tmp_path) == told("static-file.name")
    (project / "static" / "hôte").symlink_to("/")
    outside = [each for each in check(project).diagnostics if each.code == "static-file"]
    assert drawn(outside, tmp_path) == told("static-file.outside")


def test_a_text_with_a_password_or_a_mark_of_a_merge_is_not_published(tmp_path: Path) -> None:
    """As nowhere in a project; what is no text is not looked into."""
    secret = "https://ana:motdepasse@exemple.fr/"  # noqa: S105 - one that nobody has
    project = put(
        write_project(tmp_path, budget=PANEL), one=secret, two="<<<<<<< HEAD\n", three="\0" + secret
    )
    assert {each.span.source.path: each.key for each in check(project).diagnostics} == {
        "static/one": "address-password",
        "static/two": "conflict-marker",
    }


def test_the_last_line_of_a_build_counts_them(tmp_path: Path) -> None:
    """They are files of the site."""
    project = write_project(tmp_path, budget=PANEL)
    before = run_here("build", "--site", cwd=project).stdout
    put(project, one="1", two="2")
    after = run_here("build", "--site", cwd=project).stdout
    counts = [int(found[1]) for text in (before, after) if (found := re.search(r"Site\s: (\d+)", text))]
    assert counts[1] - counts[0] == 2
