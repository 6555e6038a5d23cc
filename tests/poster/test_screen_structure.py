"""The sheets for the screen as a screen reader meets them: in reading order, with headings, lists, links."""

import shutil
import subprocess
from pathlib import Path

import page
import pikepdf
import pytest
from builds import Built, build_posters_of, write_project
from seed import SeedPanel
from spoken import Element, spoken
from words import MARKS, words

AUTHORS = "Textes corédigés par le Conseil d’administration et la direction générale"
LINKED = """# Un titre avec [un lien](https://exemple.fr/titre)

- ✓ [La *page*](https://reseau.example/?a=1&b=2) et plus bas [un autre](../deux/#c1).
  - → Un point assez long pour que sa ligne se brise au moins une fois sur une affiche, et même deux.
"""


def sheets(built: Built) -> list[Path]:
    """Return the sheets for the screen in the order of the series."""
    slugs = [path.stem.removesuffix("-a1").split("-", 1)[1] for path in built.posters]
    return [built.output / "site" / "posters" / f"{slug}.pdf" for slug in slugs]


def heard(path: Path) -> Element:
    """Return what a screen reader says of a file."""
    with pikepdf.open(path) as document:
        return spoken(document)


@pytest.fixture(scope="module")
def linked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the sheet of a panel full of links, first without an address of the site, then with one."""
    made = []
    for name, settings in (("sans", ""), ("avec", "site_url: https://bilan.example/2026/\n")):
        project = write_project(tmp_path_factory.mktemp(name), un=LINKED, deux="# Deux\n\n- ✓ Oui.\n")
        (project / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
        report, _ = build_posters_of(built.lend_fonts(project), panels=frozenset({"un"}))
        assert not report.failed
        made.append(project / "output" / "site" / "posters" / "un.pdf")
    return made[0], made[1]


def failures(path: Path) -> list[str]:
    """Return the rules of PDF/UA-1 that a file breaks."""
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_every_sheet_is_pdf_ua(built: Built, linked: tuple[Path, Path]) -> None:
    """An independent checker finds nothing in the eight sheets, in the booklet, nor in a sheet with links."""
    booklet = built.output / "site" / "posters" / "livret.pdf"
    files = [*sheets(built), booklet, *linked]
    assert len(files) == 11
    assert {path.name: failures(path) for path in files} == {path.name: [] for path in files}


def test_nothing_is_said_on_each_page_of_the_booklet(built: Built) -> None:
    """The series and its authors are read out on the first page, and shown on each (ISO 14289-1, 7.8)."""
    with pikepdf.open(built.output / "site" / "posters" / "livret.pdf") as document:
        articles = [" ".join(each.text.split()) for each in spoken(document).find("Art")]
    assert [AUTHORS in article for article in articles] == [True] + [False] * 8


def test_outloud_hears_no_fault(built: Built) -> None:
    """Another checker, which knows what a validator does not: not even a doubt about sheets and booklet."""
    outloud = pytest.importorskip("outloud")
    files = [*sheets(built), built.output / "site" / "posters" / "livret.pdf"]
    heard_of = {path.name: outloud.check(str(path)) for path in files}
    assert {name: (found.errors, found.warnings) for name, found in heard_of.items()} == {
        path.name: (0, 0) for path in files
    }


def test_the_checker_finds_what_it_is_there_for(built: Built, tmp_path: Path) -> None:
    """A sheet without its structure fails."""
    with pikepdf.open(sheets(built)[0]) as document:
        del document.Root.StructTreeRoot
        document.save(tmp_path / "bare.pdf")
    assert failures(tmp_path / "bare.pdf") != []


def test_every_word_is_read_in_order(built: Built, seed: tuple[SeedPanel, ...]) -> None:
    """The series, the number, then title and text word for word as in the seed, then the footer."""
    for number, (path, panel) in enumerate(zip(sheets(built), seed, strict=True), 1):
        head = "Oxalis · Trois ans de feuille de route"
        title = [] if panel.title else words("Trois ans de feuille de route")
        text = [word for each in panel.texts for word in words(each)]
        place = words(f"{number}/{len(seed)}")
        assert words(heard(path).text) == [*words(head), *place, *title, *text, *words(AUTHORS)]


def test_poppler_reads_the_same(built: Built, seed: tuple[SeedPanel, ...]) -> None:
    """Another program follows the structure to the same words, so it is not our reading alone."""
    path, panel = sheets(built)[2], seed[2]
    pdfinfo = shutil.which("pdfinfo")
    if pdfinfo is None:
        pytest.skip("poppler is not installed")
    done = subprocess.run([pdfinfo, "-struct-text", path], capture_output=True, encoding="utf-8", check=True)
    lines = [line.strip() for line in done.stdout.split("\n")]
    text = words("".join(line[1:-1] for line in lines if line.startswith('"')))
    expected = [word for each in panel.texts for word in words(each)]
    place = words(f"3/{len(seed)}")
    start = next(at for at in range(len(text)) if text[at : at + len(place)] == place) + len(place)
    assert text[start : start + len(expected)] == expected


def test_marks_and_ornaments_are_not_read(built: Built) -> None:
    """Neither « coche » nor « flèche », and no picture that has nothing to say."""
    for path in sheets(built):
        whole = heard(path)
        assert set(MARKS) & set(whole.text) == set()
        assert list(whole.find("Figure")) == []


def test_a_sheet_has_one_heading_and_lists_in_lists(built: Built, seed: tuple[SeedPanel, ...]) -> None:
    """The title is the heading; each ✓ is an item whose → are the items of one list, however many columns.

    The marks are the labels of their items.
    """
    for path, panel in zip(sheets(built), seed, strict=True):
        whole = heard(path)
        (title,) = whole.find("H1")
        assert words(title.text) == words(panel.title or "Trois ans de feuille de route")
        (main,) = whole.find("Part")
        assert [len(outer.kids("LI")) for outer in main.kids("L")] == [len(panel.findings)] * bool(
            panel.findings
        )
        for outer in main.kids("L"):
            for item, finding in zip(outer.kids("LI"), panel.findings, strict=True):
                (body,) = item.kids("LBody")
                assert [each.written.strip() for each in item.kids("Lbl")] == ["✓"]
                inner_labels = [each.written.strip() for each in body.find("Lbl")]
                assert inner_labels == ["→"] * len(finding.points)
                inner = [len(each.kids("LI")) for each in body.kids("L")]
                assert inner == [len(finding.points)] * bool(finding.points)


def test_links_live_and_say_where_they_lead(linked: tuple[Path, Path]) -> None:
    """Addresses are links, one even on two lines; so are other panels as soon as the site has an address."""
    without, published = heard(linked[0]), heard(linked[1])
    common = [
        ("un lien", "https://exemple.fr/titre"),
        ("La page", "https://reseau.example/?a=1&b=2"),
    ]
    assert [(link.text.strip(), link.target) for link in without.find("Link")] == common
    assert [(link.text.strip(), link.target) for link in published.find("Link")] == [
        *common,
        ("un autre", "https://bilan.example/2026/deux/index.html#c1"),
        ("bilan.example/2026/un", "https://bilan.example/2026/un/"),
    ]


def test_lines_do_not_run_into_each_other(linked: tuple[Path, Path]) -> None:
    """Between the last word of a line and the first of the next a space is read, and only one."""
    (point,) = [
        item for item in heard(linked[0]).find("LI") if "Un point" in item.text and not item.kids("L")
    ][-1:]
    (body,) = point.kids("LBody")
    assert " ".join(body.text.split()) == body.text.strip().replace("\u00a0", " ")
    assert len([each for each in body.content if isinstance(each, str)]) > 2


def test_a_file_says_what_it_is(built: Built, seed: tuple[SeedPanel, ...]) -> None:
    """Title, authors and language are set, and the title is what a window shows."""
    for path, panel in zip(sheets(built), seed, strict=True):
        with pikepdf.open(path) as document, document.open_metadata() as xmp:
            assert words(str(document.docinfo["/Title"])) == words(
                panel.title or "Trois ans de feuille de route"
            )
            assert xmp["dc:title"] == str(document.docinfo["/Title"])
            assert xmp["pdfuaid:part"] == "1"
            assert (str(document.Root.Lang), str(document.docinfo["/Author"])) == ("fr", AUTHORS)
            assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
