"""Print shops are data: the files that come with the program, and those that a project adds."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builds import FRENCH, TOLD, command, said, write_project
from printer_files import ASKED, FOGRA39, printer, read, told, write_printer

from oxalis_panels.cli.commands.printers import list_printers
from oxalis_panels.pipeline.check import check
from oxalis_panels.printers.keys import is_file_name
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import default_printer, printer_names, read_printer
from oxalis_panels.words.catalogue import Words, catalogue

MISTAKES = Path(__file__).parent / "printers"
SHIPPED = ("offset-couche", "bureau", "grand-format", "offset-non-couche")
PANEL = "# Un titre\n\n- ✓ Un constat.\n"


def test_the_default_is_coated_offset() -> None:
    """Without a choice the posters are made as most print shops ask."""
    assert default_printer() == Printer(
        name="offset-couche",
        label=Words("printers.shipped.offset-couche"),
        bleed=3,
        safe=5,
        marks=False,
        standard="PDF/X-4",
        condition="FOGRA39",
        icc=FOGRA39,
        ink=300,
        grey="black",
        line=0.25,
        resolution=150,
        file_name="{number:02}-{slug}-{size}.pdf",
    )
    assert default_printer().file_of(3, "offre", "a1") == "03-offre-a1.pdf"


def test_four_printers_come_with_the_program(tmp_path: Path) -> None:
    """The default is first in every list; what macOS leaves beside files on a stick is none."""
    (tmp_path / "printers").mkdir()
    (tmp_path / "printers" / "._atelier.toml").write_bytes(b"\0\5\x16\7\xff")
    assert printer_names(tmp_path) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED[:3])
def test_a_shipped_printer_can_be_used_at_once(name: str, tmp_path: Path) -> None:
    """It is complete, its profile included."""
    parsed = read_printer(tmp_path, name, ASKED)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert (parsed.value.name, parsed.value.icc) == (name, FOGRA39)


def test_uncoated_paper_waits_for_the_shops_profile(tmp_path: Path) -> None:
    """No free profile of FOGRA52 can be shipped: the printer says so, and works once it is given one."""
    refused = read_printer(tmp_path, "offset-non-couche", ASKED)
    assert said(refused.diagnostics) == ["printer-icc.needed"]
    assert refused.diagnostics[0].span == ASKED
    again = read(tmp_path, 'based_on = "offset-non-couche"\n')
    assert said(again.diagnostics) == ["printer-icc.needed"]
    given = printer(tmp_path, 'based_on = "offset-non-couche"\nicc = "presse.icc"\n')
    assert (given.condition, given.ink, given.icc) == ("FOGRA52", 280, FOGRA39)


def test_a_printers_file_says_only_what_differs(tmp_path: Path) -> None:
    """What it leaves out is as in the printer that it is based on, the default if it names none."""
    changed = printer(tmp_path, 'label = "Chez Untel"\nbleed = 2.5\nmarks = true\n')
    expected = replace(default_printer(), name="atelier", label="Chez Untel", bleed=2.5, marks=True)
    assert changed == expected
    based = printer(tmp_path, 'based_on = "grand-format"\n')
    assert (based.name, based.label, based.bleed) == ("atelier", "atelier", 5)


@pytest.mark.parametrize(
    ("language", "ours"), [("fr", "Offset, papier couché"), ("en", "Offset, coated paper")]
)
def test_our_printers_are_called_in_the_language_of_the_run(language: str, ours: str, tmp_path: Path) -> None:
    """A project's own, based on one of ours or not, has the one name that its file gives it."""
    write_printer(tmp_path, 'label = "Imprimerie du Lac"\n')
    lines = list_printers(tmp_path, catalogue(language))[0]
    called = {line.split()[0]: line for line in lines[1:]}
    assert ours in called["offset-couche"]
    assert "Imprimerie du Lac" in called["atelier"]
    assert [name for name in SHIPPED if f"shipped.{name}" in called[name]] == []


def test_a_profile_is_found_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """The path starts from the file, wherever the command is run."""
    given = printer(tmp_path, 'condition = "FOGRA51"\nicc = "presse.icc"\n')
    assert (given.condition, given.icc) == ("FOGRA51", FOGRA39)


def test_a_projects_printer_goes_before_ours(tmp_path: Path) -> None:
    """A file of the same name takes the place of the one that comes with the program."""
    write_printer(tmp_path, "bleed = 5\n", "offset-couche")
    parsed = read_printer(tmp_path, None, ASKED)
    assert parsed.value is not None
    assert parsed.value.bleed == 5
    assert printer_names(tmp_path) == SHIPPED


@pytest.mark.parametrize("path", sorted(MISTAKES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_mistake_is_told_in_these_words(path: Path, tmp_path: Path) -> None:
    """`printers/<code>.toml` holds the mistake, `<code>.txt` everything that is said of it."""
    parsed = read(tmp_path, path.read_text(encoding="utf-8"))
    assert parsed.value is None
    assert path.stem in said(parsed.diagnostics)
    assert told(parsed) + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_the_name_of_a_printers_file_is_plain(tmp_path: Path) -> None:
    """It is typed on a command line."""
    parsed = read(tmp_path, "bleed = 3\n", "Chez Élise")
    assert said(parsed.diagnostics) == ["printer-name"]
    assert "«\u00a0chez-elise.toml\u00a0»" in told(parsed)


@pytest.mark.parametrize("file", ["coupe.icc", "vide.icc"])
def test_half_a_profile_is_none(file: str, tmp_path: Path) -> None:
    """A download that broke off, or an empty file, is not a profile."""
    parsed = read(tmp_path, f'condition = "FOGRA51"\nicc = "{file}"\n')
    assert said(parsed.diagnostics) == ["printer-icc.not-cmyk"]


@pytest.mark.parametrize(
    "pattern",
    [
        "{number:02}-{slug}-{size}.pdf",
        "{slug}_{size}.pdf",
        "OXALIS.{number}.{size}.pdf",
        "{size}-{number:03}.pdf",
    ],
)
def test_a_file_name_tells_posters_apart(pattern: str) -> None:
    """It holds the size, and the number or the slug."""
    assert is_file_name(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "affiche.pdf",
        "{number}.pdf",
        "{size}.pdf",
        "{number}-{size}.PDF",
        "{number}-{size}",
        "../{number}-{size}.pdf",
        "{number} {size}.pdf",
        "é{number}-{size}.pdf",
        "{number:9999}-{size}.pdf",
        "{number!r}-{size}.pdf",
        "{slug:>30}-{size}.pdf",
        "{slug.upper}-{size}.pdf",
        "{number}-{size.pdf",
        "{}-{size}.pdf",
        ".{number}-{size}.pdf",
        "{{number}}-{size}.pdf",
        "{title}-{number}-{size}.pdf",
    ],
)
def test_other_file_names_are_refused(pattern: str) -> None:
    """Two posters of one name, a name that print shops do not take, or a pattern that would break."""
    assert not is_file_name(pattern)


def test_the_flag_goes_before_the_collection(tmp_path: Path) -> None:
    """`printer:` in collection.yaml chooses; `--printer` chooses otherwise for once."""
    write_project(tmp_path, un=PANEL)
    (tmp_path / "panels" / "collection.yaml").write_text("printer: grand-format\n", encoding="utf-8")
    assert [_chosen(tmp_path, None), _chosen(tmp_path, "bureau")] == ["grand-format", "bureau"]


def _chosen(project: Path, asked: str | None) -> str | None:
    checked = check(project, asked).value
    return checked.printer.name if checked else None


def test_an_unknown_printer_is_told_where_it_is_named(tmp_path: Path) -> None:
    """With the nearest name and all the others; on the command line the flag is the place."""
    write_project(tmp_path, un=PANEL)
    settings = "title: Essai\nprinter: ofset-couche\n"
    (tmp_path / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    (named,) = check(tmp_path).diagnostics
    assert (named.code, named.span.text) == ("printer-unknown", "ofset-couche")
    assert named.values == {"found": "ofset-couche", "nearest": "offset-couche", "known": ", ".join(SHIPPED)}
    (asked,) = check(tmp_path, "burau").diagnostics
    assert (asked.span.source.path, asked.values["nearest"]) == ("--printer", "bureau")


def test_a_colour_with_too_much_ink_yields(tmp_path: Path) -> None:
    """Nothing stops; the colours and the limit are named where the printer was chosen."""
    write_project(tmp_path, un=PANEL)
    write_printer(tmp_path, "ink = 235\n")
    checked = check(tmp_path, "atelier")
    (found,) = checked.diagnostics
    assert (found.key, found.severity, found.span.source.path) == ("palette-ink", "warning", "--printer")
    assert found.values["colours"] == ("sapin (deep)", "brique (deep)")
    assert (found.values["total"], found.values["limit"]) == (246, 235)
    assert checked.value is not None
    write_printer(tmp_path, "ink = 246\n")
    whole = check(tmp_path, "atelier")
    assert whole.diagnostics == ()
    assert whole.value is not None
    before, after = whole.value.palette.colours[0].deep, checked.value.palette.colours[0].deep
    assert before.cmyk == (0.86, 0.34, 0.84, 0.42)
    assert after.cmyk == (0.80, 0.28, 0.78, 0.48)
    assert before.screen == after.screen


@pytest.mark.parametrize("limit", [100, 150, 180, 200, 220, 240, 250])
def test_every_colour_keeps_its_hue_within_any_limit(limit: int, tmp_path: Path) -> None:
    """None asks for more ink than there may be; what there was most of, there is most of."""
    write_project(tmp_path, un=PANEL)
    write_printer(tmp_path, f"ink = {limit}\n")
    whole, checked = check(tmp_path), check(tmp_path, "atelier")
    assert whole.value is not None
    assert checked.value is not None
    for before, after in zip(whole.value.palette.colours, checked.value.palette.colours, strict=True):
        for shade in ("deep", "mid", "pale"):
            old, new = getattr(before, shade).cmyk, getattr(after, shade).cmyk
            assert sum(new) * 100 <= limit + 0.01
            assert new[3] >= old[3]
            ranked = sorted(zip(old[:3], new[:3], strict=True))
            assert [one for _, one in ranked] == sorted(new[:3])
            assert new == old or sum(old) * 100 > limit


def test_the_list_shows_every_printer(tmp_path: Path) -> None:
    """One line each, the project's own among them; a mistake in a file hides no other."""
    write_printer(tmp_path, 'label = "Chez Untel"\nbleed = 2.5\n')
    lines, mistakes = list_printers(tmp_path, FRENCH)
    assert mistakes == ()
    assert [line.split("  ")[0] for line in lines] == ["nom", "offset-couche", "atelier", *SHIPPED[1:]]
    assert " ".join(lines[2].split()) == "atelier Chez Untel 2,5 mm PDF/X-4 FOGRA39"
    write_printer(tmp_path, "bleed = 300\n")
    lines, mistakes = list_printers(tmp_path, FRENCH)
    assert (len(lines), said(mistakes)) == (5, ["printer-out-of-range"])


def _spoil(folder: Path) -> None:
    (folder / "atelier.toml").write_text("bleed = 500\n", encoding="utf-8")


@pytest.mark.parametrize(("spoil", "code"), [(shutil.rmtree, 0), (_spoil, 1)])
def test_the_command_lists_printers(spoil: Callable[[Path], None], code: int, tmp_path: Path) -> None:
    """`oxalis-panels printers` prints the table; a file that cannot be read makes it fail."""
    write_printer(tmp_path, "bleed = 5\n")
    spoil(tmp_path / "printers")
    done = command("printers", "--project", tmp_path)
    told = "[printer-out-of-range]" in done.stderr
    assert (done.returncode, "offset-couche" in done.stdout, told) == (
        code,
        True,
        code == 1,
    )


@pytest.mark.parametrize(("bleed", "usual"), [("10", True), ("10.5", False), ("50", False), ("200", False)])
def test_much_bleed_is_possible_and_asked_about(tmp_path: Path, bleed: str, *, usual: bool) -> None:
    """Cloth wants 50 mm; on paper it is a mistake of unit: a warning, with the value kept."""
    parsed = read(tmp_path, f"bleed = {bleed}\n")
    assert parsed.value is not None
    assert parsed.value.bleed == float(bleed)
    assert said(parsed.diagnostics) == ([] if usual else ["printer-bleed-large"])
    if bleed == "50":
        assert told(parsed) + "\n" == (TOLD / "printer-bleed-large.txt").read_text(encoding="utf-8")


def test_the_largest_file_that_a_shop_takes_is_listed(tmp_path: Path) -> None:
    """In a column that there is only where a shop says so."""
    assert printer(tmp_path, "weight = 50\n").weight == 50
    first, *_, own = (line.split("  ")[-1] for line in list_printers(tmp_path, FRENCH)[0][:3])
    assert (first, own) == ("fichier au plus", "50\u00a0Mo")
    write_printer(tmp_path, "bleed = 5\n")
    assert "fichier" not in list_printers(tmp_path, FRENCH)[0][0]
    assert said(read(tmp_path, "weight = 0\n").diagnostics) == ["printer-out-of-range"]


def test_a_resolution_of_the_shop_itself_is_known_as_such(tmp_path: Path) -> None:
    """It goes before what an eye can see, on sheets of any size; ours are for the A sizes."""
    assert printer(tmp_path, "resolution = 200\n").resolution_asked
    assert not printer(tmp_path, 'based_on = "grand-format"\n').resolution_asked


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("PDF/X-1a:2001", "PDF/X-1a:2003"),
        ("PDF/X-1a", "PDF/X-1a:2003"),
        ("x1a", "PDF/X-1a:2003"),
        ("PDF/X-3", "PDF/X-1a:2003"),
        ("PDF/X-3:2002", "PDF/X-1a:2003"),
        ("PDF/X4", "PDF/X-4"),
        ("PDF/X-4:2010", "PDF/X-4"),
        ("PDF/X-5g", "PDF/X-4"),
        ("PDF/X-6", "PDF/X-4"),
        ("PDF/A-3", "PDF/X-4"),
    ],
)
def test_a_standard_that_we_do_not_write_leads_to_the_nearest(
    tmp_path: Path, asked: str, nearest: str
) -> None:
    """With the question to put to the print shop."""
    assert f"Acceptez-vous le {nearest}\u202f?" in told(read(tmp_path, f'standard = "{asked}"\n'))
