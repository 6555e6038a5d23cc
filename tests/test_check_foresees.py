"""`check` says what `build` would refuse, in the same words, and loads nothing that draws."""

import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT, Built, build_posters_of, environment, said, write_project
from click.testing import CliRunner
from diagnostics_run import project_of
from PIL import Image

from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import code_of
from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check, review
from oxalis_panels.pipeline.request import Request

DRAWING = {"weasyprint", "pikepdf", "pypdfium2", "fontTools", "starlette", "uvicorn", "watchfiles"}
"""Libraries that make things, which `check` never does."""
FORESEEN = (
    *("site-dead-link.page", "site-dead-link.anchor", "figure-coarse", "title-too-long.poster"),
    *("word-too-long.line", "panel-long.overfull"),
)
PICTURE = "---\nfigure:\n  file: m.png\n  alt: Une image\n---\n"
LONG = "Développer une stratégie budgétaire exigeante " * 6
ONE = "# Un\n\n- ✓ Un constat,\n  - → et son point : {}.\n"
TWO = "# Deux\n\n- ✓ Un constat.\n"
LINKS = (
    *(
        "../deux/",
        "../deux",
        "/deux/",
        "../deux/index.html",
        "../deux/#c1",
        "#c1",
        "#c1-1",
        "/#les_objectifs",
    ),
    *("/", "../", "/tout/#deux", "/tout/#deux_c1", "/projection/#deux", "/404.html", "/panels.json"),
    *(
        "/mentions-legales/",
        "/accessibilite/",
        "/glossaire/",
        "/glossaire/#ca",
        "/robots.txt",
        "/sitemap.xml",
    ),
    *("https://exemple.fr/deuxx/", "mailto:a@exemple.fr", "?page=2", "../un/#le_texte", "/icon.png"),
    *("../trois/", "deux", "/02-deux.md", "../02-deux/", "#c2", "#c1-2", "../deux/#c1-1", "../deux/#C1"),
    *("../../ailleurs/", "/tout/#trois", "/glossaire/#xx", "/deux.html", "/photo.jpg", "#", "/posters/x.pdf"),
)
"""Where links lead, or do not."""


@pytest.mark.parametrize("code", FORESEEN)
def test_the_wrong_project_of_a_build_is_told_by_check(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that there is no fault, and then refused."""
    monkeypatch.chdir(project_of(code, tmp_path))
    done = CliRunner().invoke(cli, ["check"])
    assert f"[{code_of(code)}]" in done.stderr
    assert done.exit_code == (code != "panel-long.overfull")
    assert "qui n’empêche rien" not in done.stdout


@pytest.mark.parametrize(
    "settings", ["title: Bilan\n", "glossary:\n  CA: chiffre\nsite_url: https://a.fr/b/\n"]
)
def test_a_link_is_dead_for_check_where_it_is_for_the_build(
    settings: str, tmp_path: Path, built: Built
) -> None:
    """Pages, places on them and other files; the same message at the same place, or none."""
    links = " ".join(f"[lien]({target})" for target in LINKS)
    write_project(built.lend_fonts(tmp_path), un=ONE.format(links), deux=TWO)
    (tmp_path / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    made = build(Request(tmp_path, tmp_path / "output", posters=False), lambda *_: None)
    dead = [each for each in made.diagnostics if each.key.startswith("site-dead")]
    assert 10 < len(dead) < len(LINKS)
    assert [each for each in review(tmp_path).diagnostics if each.key.startswith("site-")] == dead


def test_links_of_settings_and_to_posters_are_checked(tmp_path: Path) -> None:
    """Those of `collection.yaml` start at the home page; posters count as made, those of no panel do not."""
    good, bad = "[a](posters/livret.pdf) [b](/posters/un-736.webp)", "[c](posters/trois.pdf)"
    write_project(tmp_path, un=TWO)
    (tmp_path / "panels" / "collection.yaml").write_text(f'authors: "{good} {bad}"\n', encoding="utf-8")
    (found,) = (each for each in review(tmp_path).diagnostics if each.key == "site-dead-link.page")
    assert (found.span.source.path, found.values["found"]) == ("panels/collection.yaml", "posters/trois.pdf")


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ('<p id="ici"></p>{% for f in panel.findings %}<p id="c{{ f.number }}"></p>{% endfor %}', []),
        ("<p></p>", ["site-dead-link.anchor", "site-dead-link.anchor"]),
        ("{{ nulle_part }}", []),
        ("{% if %}", []),
    ],
)
def test_places_are_those_of_the_templates_in_use(page: str, codes: list[str], tmp_path: Path) -> None:
    """A project's own page has other places; what is wrong with the page itself is left to the build."""
    write_project(tmp_path, un=ONE.format("[là](#c1) et [ici](#ici)"))
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "panel.html").write_text(page, encoding="utf-8")
    assert [code for code in said(review(tmp_path).diagnostics) if code.startswith("site-")] == codes


@pytest.mark.parametrize(
    ("pixels", "severity"), [((1341, 280), []), ((1340, 280), ["warning"]), ((900, 200), ["error"])]
)
def test_a_coarse_picture_is_told_as_the_build_tells_it(
    pixels: tuple[int, int], severity: list[str], tmp_path: Path
) -> None:
    """An error where no sheet takes it, a warning where it would be less than sharp."""
    write_project(tmp_path, un=PICTURE + TWO)
    Image.new("L", pixels, 200).save(tmp_path / "panels" / "m.png")
    found = [each for each in review(tmp_path).diagnostics if each.key == "figure-coarse"]
    assert [each.severity for each in found] == severity


@pytest.mark.parametrize("address", ["https://exemple.fr/" + "un-deux/" * 20, "a/" * 80, "mot-" * 40])
def test_a_word_that_may_break_at_its_signs_is_left_to_the_build(address: str, tmp_path: Path) -> None:
    """Only letters in one run are surely too long."""
    write_project(tmp_path, un=TWO.replace("constat", address))
    assert "word-too-long.line" not in said(review(tmp_path).diagnostics)


def test_check_loads_nothing_that_draws(tmp_path: Path) -> None:
    """Whatever there is to be told: links, places, a picture, a title and a text too long."""
    text = "- ✓ Un constat assez long pour une affiche.\n" * 150
    write_project(
        tmp_path, un=PICTURE + ONE.format("[a](../x/) [b](#c9) [c](/tout/#un)"), deux=f"# {LONG}\n\n{text}"
    )
    Image.new("L", (900, 200), 200).save(tmp_path / "panels" / "m.png")
    loading = (
        "import sys; from oxalis_panels.cli.main import cli\n"
        "try: cli(['check'], prog_name='oxalis-panels')\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", loading],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told = ("site-dead-link", "figure-coarse", "title-too-long", "panel-long")
    assert [code for code in told if f"[{code}]" not in done.stderr] == []
    assert DRAWING & set(done.stdout.split()) == set()


def test_one_poster_is_made_whatever_is_wrong_with_the_posters_of_others(
    tmp_path: Path, built: Built
) -> None:
    """A title, a text, a word too long, a coarse picture, a template that their panels break."""
    write_project(
        tmp_path,
        un=TWO,
        titre=f"# {LONG}\n\n- ✓ Un constat.\n",
        texte="# Texte\n\n" + "- ✓ Un constat assez long pour une affiche.\n" * 150,
        mot=TWO.replace("constat", "x" * 200),
        image=PICTURE + TWO,
    )
    Image.new("L", (900, 200), 200).save(tmp_path / "panels" / "m.png")
    built.lend_fonts(tmp_path)
    report, made = build_posters_of(tmp_path, panels=frozenset({"un"}))
    assert (report.failed, made) == (False, ["un"])
    own = tmp_path / "templates" / "poster" / "poster.html"
    own.parent.mkdir(parents=True)
    shipped = (ROOT / "templates" / "poster" / "poster.html").read_text(encoding="utf-8")
    own.write_text(shipped + "{% if panel.slug == 'mot' %}{{ nulle_part }}{% endif %}", encoding="utf-8")
    assert not build_posters_of(tmp_path, panels=frozenset({"un"}))[0].failed
    refused, _ = build_posters_of(tmp_path, panels=frozenset({"titre"}))
    assert [each.key for each in refused.diagnostics if each.severity == "error"] == ["title-too-long.poster"]


def test_the_real_panels_have_no_error_for_check() -> None:
    """What is told of them is what was told before: doubts about the text."""
    assert review(ROOT).diagnostics == check(ROOT).diagnostics
