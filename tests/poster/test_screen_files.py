"""The files for the screen beside the print files: the same sheets in RGB, a booklet, pictures."""

import io
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from builds import SHORT, Built, build_posters_of, order_of, standing, write_project
from PIL import Image
from seed import SeedPanel
from spoken import spoken
from test_screen_structure import AUTHORS, sheets
from words import words

from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.pictures import pictures
from oxalis_panels.poster.places import WIDTHS, height_of

A1_MM = (594, 841)
A4_MM = (210, 297)
MM = 25.4 / 72


def lines(path: Path) -> list[str]:
    """Return the lines of a file's first page as pdfium reads them."""
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    return [line.rstrip() for line in text.splitlines()]


def mm(box: pikepdf.Object) -> tuple[float, ...]:
    """Return a box in mm."""
    return tuple(round(float(side) * MM, 2) for side in box)


def colours(path: Path) -> set[str]:
    """Return the operators that set colours in a file."""
    with pikepdf.open(path) as document:
        found = {str(each.operator) for each in pikepdf.parse_content_stream(document.pages[0])}
    return found & {"k", "K", "g", "G", "rg", "RG", "cs", "CS", "sc", "scn", "SC", "SCN"}


def test_both_media_break_their_lines_alike(built: Built) -> None:
    """The sheet on the screen is the sheet on the wall: line for line the same."""
    for printed, shown in zip(built.posters, sheets(built), strict=True):
        assert lines(shown) == lines(printed)


def test_a_sheet_for_the_screen_is_trimmed_and_in_rgb(built: Built) -> None:
    """No bleed, no ink: exactly A1, and every colour in RGB."""
    for path in sheets(built):
        with pikepdf.open(path) as document:
            (sheet,) = document.pages
            assert mm(sheet.MediaBox) == (0, 0, *A1_MM)
            assert mm(sheet.TrimBox) == (0, 0, *A1_MM)
        assert colours(path) <= {"rg", "RG"}


def test_a_sheet_shows_the_colours_of_the_site(built: Built) -> None:
    """The band of the third panel is the palette's screen colour, not what inks would look like."""
    picture = Image.open(built.output / "site" / "posters" / "offre-736.webp").convert("RGB")
    band = picture.getpixel((20, 20))
    assert isinstance(band, tuple)
    assert band == (0x00, 0x53, 0x85)


def test_pictures_have_their_widths_and_show_the_sheet(built: Built) -> None:
    """Each picture has the width in its name, the height of an A1 sheet, few bytes, and is not blank."""
    folder = built.output / "site" / "posters"
    for path in sheets(built):
        for width in WIDTHS:
            with Image.open(folder / f"{path.stem}-{width}.webp") as picture:
                assert picture.size == (width, height_of(width))
                drawn = picture.convert("L")
            counts = drawn.histogram()
            assert counts[255] > 0.3 * sum(counts)
            assert sum(counts[:100]) > 0.1 * sum(counts)
        assert (folder / f"{path.stem}-{max(WIDTHS)}.webp").stat().st_size <= 60_000


def test_the_booklet_holds_all_sheets_in_order(built: Built, seed: tuple[SeedPanel, ...]) -> None:
    """A cover, eight A4 pages with the words of the eight panels, one after the other, the authors once."""
    with pikepdf.open(built.output / "site" / "posters" / "livret.pdf") as document:
        assert [mm(each.MediaBox) for each in document.pages] == [(0, 0, *A4_MM)] * 9
        assert [str(each.label) for each in document.pages] == ["·", *map(str, range(1, 9))]
        whole = spoken(document)
        single = []
        for path in sheets(built):
            with pikepdf.open(path) as sheet:
                single.append(spoken(sheet).text)
    cover, *said = [article.text.split("\n") for article in whole.kids("Art")]
    alone = [text.split("\n") for text in single]
    for heard, lone in zip(said, alone, strict=True):
        silent = [line for line in lone if line not in heard]
        assert [line for line in lone if line not in silent] == heard
        assert len(silent) >= 1
        assert all(" ".join(line.split()) in " ".join([*cover, *single[0].split()]) for line in silent)
    assert len(single) == len(seed)
    titles = [panel.title or "Trois ans de feuille de route" for panel in seed]
    listed = [word for number, title in enumerate(titles, 1) for word in words(f"{number} {title}")]
    head = "Oxalis Trois ans de feuille de route Bilan de la feuille de route de la direction générale"
    assert words(" ".join(cover)) == [*words(head), *listed, *words(AUTHORS)]


def test_the_longest_titles_stay_on_the_cover(tmp_path: Path, built: Built) -> None:
    """One of the series that fits no size, sixty of panels: nothing runs over an edge, a page or the foot."""
    texts = {f"p{number}": SHORT.replace("court", f"long {number} " * 9) for number in range(60)}
    project = built.lend_fonts(write_project(tmp_path, **dict(list(texts.items())[:6])))
    settings = f"title: {'Un titre très long de collection ' * 6}\nsubtitle: {'Un sous-titre ' * 20}\n"
    (project / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    build_posters_of(project)
    with pypdfium2.PdfDocument(project / "output" / "site" / "posters" / "livret-couverture.pdf") as cover:
        assert len(cover) == 1
        page = cover[0].get_textpage()
        read = words(page.get_text_range())
        boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    assert read[: 6 * 6] == words("Un titre très long de collection " * 6)
    assert max(right for _, _, right, _ in boxes) * MM < A1_MM[0] - 30
    assert min(bottom for _, bottom, _, _ in boxes if bottom) * MM > A1_MM[1] - 770
    composed = order_of(write_project(tmp_path / "many", **texts), built.fonts).value
    assert composed is not None
    assert "entries" not in composed.cover.layouts[0].html.partition("<body>")[2]


def test_the_booklet_has_a_bookmark_for_each_panel_and_finding(
    built: Built, seed: tuple[SeedPanel, ...]
) -> None:
    """Titles, and below each its ✓ without the mark; each leads to its page, at the height of its finding."""
    with (
        pikepdf.open(built.output / "site" / "posters" / "livret.pdf") as document,
        document.open_outline() as outline,
    ):
        pages = [each.objgen for each in document.pages]
        cover, *sheets = outline.root
        assert (cover.title, [*cover.children]) == ("Couverture", [])
        assert [words(each.title) for each in sheets] == [
            words(panel.title or "Trois ans de feuille de route") for panel in seed
        ]
        for number, (item, panel) in enumerate(zip(sheets, seed, strict=True), 1):
            assert [words(child.title) for child in item.children] == [
                words(each.text) for each in panel.findings
            ]
            places = [child.destination for child in item.children]
            heights = [float(place[3]) for place in places if isinstance(place, pikepdf.Array)]
            assert heights == sorted(heights, reverse=True)
            assert all(0 < height * MM < A4_MM[1] for height in heights)
            assert {place[0].objgen for place in places if isinstance(place, pikepdf.Array)} <= {
                pages[number]
            }


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Return a project of two panels of which everything has been built, once for all tests."""
    texts = {"un": SHORT, "deux": SHORT.replace("court", "bref")}
    project = built.lend_fonts(write_project(tmp_path_factory.mktemp("finished"), **texts))
    settings = project / "panels" / "collection.yaml"
    settings.write_text("site_url: https://panneaux.example/\n", encoding="utf-8")
    report, _ = build_posters_of(project, site=True)
    assert not report.failed
    return project


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of that project, the times of its files included."""
    return Path(shutil.copytree(finished, tmp_path / "p"))


def test_the_same_text_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    """Made again elsewhere, every file for the screen has the same bytes."""
    again = tmp_path / "again"
    shutil.copytree(project / "panels", again / "panels")
    build_posters_of(again)
    first, second = (standing(each / "output" / "site" / "posters") for each in (project, again))
    assert {path: data for path, (_, data) in first.items()} == {
        path: data for path, (_, data) in second.items()
    }
    assert len(first) == 2 * 4 + 3


def test_only_the_changed_poster_is_made_again(project: Path) -> None:
    """What shows all panels follows; other files keep bytes and times, and so does the card of a title."""
    before = standing(project / "output" / "site" / "posters")
    panel = project / "panels" / "01-un.md"
    panel.write_text(SHORT.replace("assez court", "changé"), encoding="utf-8")
    report, made = build_posters_of(project)
    after = standing(project / "output" / "site" / "posters")
    assert (report.failed, made) == (False, ["un"])
    changed = {path for path in after if after[path] != before[path]}
    own = {"un.pdf", "un-320.webp", "un-736.webp"}
    assert changed == own | {"livret.pdf", "livret-card.png"}


def test_a_build_of_the_site_alone_keeps_and_links_the_posters(project: Path) -> None:
    """Nothing is made, nothing is lost: the same pages with the same links to the files that stand."""
    before = standing(project / "output")
    report, made = build_posters_of(project, site=True, posters=False)
    assert (report.failed, made, standing(project / "output")) == (False, [], before)
    page = (project / "output" / "site" / "un" / "index.html").read_text(encoding="utf-8")
    assert 'href="../posters/un.pdf"' in page
    assert 'href="../posters/livret.pdf"' in page


def test_a_site_without_posters_does_not_promise_any(tmp_path: Path) -> None:
    """No page links to a poster that was never made."""
    project = write_project(tmp_path, un=SHORT)
    report = build(Request(project, project / "output", posters=False), lambda *_: None)
    assert not report.failed
    pages = [path.read_text(encoding="utf-8") for path in (project / "output" / "site").rglob("*.html")]
    assert [text for text in pages if "posters/" in text] == []


def test_one_panel_alone_leaves_the_others_and_the_booklet(project: Path) -> None:
    """`--panel` makes that poster only; what stands for the others stays."""
    before = standing(project / "output" / "site" / "posters")
    (project / "panels" / "01-un.md").write_text(SHORT.replace("assez court", "changé"), encoding="utf-8")
    report, made = build_posters_of(project, panels=frozenset({"un"}))
    after = standing(project / "output" / "site" / "posters")
    assert (report.failed, made, after.keys()) == (False, ["un"], before.keys())
    assert {path for path in after if after[path] == before[path]} >= {
        "livret.pdf",
        "deux.pdf",
        "deux-320.webp",
    }


def test_files_of_a_panel_that_is_gone_are_removed(project: Path) -> None:
    """A build of the site alone takes its sheet and its pictures away; all posters make the booklet anew."""
    (project / "panels" / "02-deux.md").unlink()
    folder = project / "output" / "site" / "posters"
    build_posters_of(project, site=True, posters=False)
    own = ["un-320.webp", "un-736.webp", "un-card.png", "un.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == own
    build_posters_of(project)
    series = ["livret-card.png", "livret-couverture.pdf", "livret.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == [*series, *own]


def test_a_damaged_picture_is_made_again(project: Path) -> None:
    """A file that somebody changed does not stand for the one that was made."""
    picture = project / "output" / "site" / "posters" / "un-320.webp"
    sound = picture.read_bytes()
    picture.unlink()
    report, made = build_posters_of(project)
    assert (report.failed, made, picture.read_bytes() == sound) == (False, ["un"], True)
    assert Image.open(io.BytesIO(sound)).width == 320


def test_messengers_get_cards_of_the_size_they_ask_for(project: Path) -> None:
    """A panel's is its band on bare paper, so that no line is cut; the series' shows every poster."""
    folder = project / "output" / "site" / "posters"
    card, series, other = (
        opened(folder / name) for name in ("un-card.png", "livret-card.png", "deux-320.webp")
    )
    assert (card.size, series.size) == ((1200, 630), (1200, 630))
    band = next(row for row in range(630) if card.getpixel((0, row)) != card.getpixel((0, 0)))
    assert 500 < band < 540  # however high it is on the poster
    assert [colour for _, colour in card.crop((0, band + 2, 1200, 630)).getcolors() or []] == [
        (255, 255, 255)
    ]
    shown = {colour for _, colour in series.getcolors(9999) or []}
    assert {card.getpixel((0, 0)), other.getpixel((0, 0))} <= shown


def test_pictures_for_messengers_go_with_the_address(project: Path) -> None:
    """Nobody can link to a site that has none: what an earlier build made for it is removed."""
    (project / "panels" / "collection.yaml").unlink()
    assert not build_posters_of(project)[0].failed
    folder = project / "output" / "site" / "posters"
    assert [path.name for path in folder.iterdir() if "card" in path.name] == []
    assert (folder / "un-320.webp").is_file()


@pytest.mark.parametrize("photographs", [True, False])
def test_no_shade_becomes_a_stripe(photographs: bool) -> None:  # noqa: FBT001 - a case
    """A page of 256 greys, as a photograph or as the gradient of somebody's own template, keeps them."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((594, 841)).save(buffer, "PDF")
    for data in pictures(buffer.getvalue(), (320, 736), photographs=photographs).values():
        with Image.open(io.BytesIO(data)) as picture:
            assert len(picture.convert("L").getcolors() or []) > 200


def opened(path: Path) -> Image.Image:
    """Return a picture in full colours, its file closed."""
    with Image.open(path) as picture:
        return picture.convert("RGB")
