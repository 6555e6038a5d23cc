"""The archive for the print shop: what it holds, always the same bytes, all or nothing."""

import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from builds import Built, build_posters_of, drawn, run_here, said, standing, told
from deliveries import ORDER, archive_of, contents, delivered, project
from PIL import Image

from oxalis_panels.pipeline.delivery.delivering import deliver
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.building import PosterBuild

TOP = "trois-ans-offset-couche"


@pytest.fixture(scope="module")
def done(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of two panels that has been delivered."""
    folder = project(tmp_path_factory.mktemp("delivered"), built, panels=("un", "deux"))
    assert delivered(folder).diagnostics == ()
    return folder


def test_the_archive_holds_all_that_the_printer_needs(done: Path) -> None:
    """One folder, named as the archive: posters, job sheet, report, contact sheet, checksums; in order."""
    path = archive_of(done)
    assert path.name == f"{TOP}.zip"
    assert list(contents(path.read_bytes())) == [
        f"{TOP}/SHA256SUMS",
        f"{TOP}/affiches/01-un-a1.pdf",
        f"{TOP}/affiches/02-deux-a1.pdf",
        f"{TOP}/bon-de-commande.pdf",
        f"{TOP}/controle.html",
        f"{TOP}/controle.txt",
        f"{TOP}/planche-contact.png",
    ]


def test_the_posters_are_the_print_files(done: Path) -> None:
    """What is sent is what stands in the output folder, byte for byte."""
    files = contents(archive_of(done).read_bytes())
    for name in ("01-un-a1.pdf", "02-deux-a1.pdf"):
        assert files[f"{TOP}/affiches/{name}"] == (done / "output" / "print" / name).read_bytes()


def test_entries_name_neither_date_nor_machine(done: Path) -> None:
    """Every entry has the first date of zip, and may be read by all, on whatever system it was made."""
    with ZipFile(archive_of(done)) as archive:
        entries = {
            (each.date_time, each.create_system, each.external_attr >> 16) for each in archive.infolist()
        }
    assert entries == {((1980, 1, 1, 0, 0, 0), 3, 0o100644)}


def test_checksums_are_those_of_all_other_files(done: Path) -> None:
    """`SHA256SUMS` has a line for each file but itself."""
    files = contents(archive_of(done).read_bytes())
    listed = files.pop(f"{TOP}/SHA256SUMS").decode()
    expected = [
        f"{hashlib.sha256(data).hexdigest()}  {name.removeprefix(TOP + '/')}" for name, data in files.items()
    ]
    assert listed.splitlines() == expected


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the system has no sha256sum")
def test_sha256sum_agrees(done: Path, tmp_path: Path) -> None:
    """The system's own tool verifies the unpacked archive without a complaint."""
    with ZipFile(archive_of(done)) as archive:
        archive.extractall(tmp_path)
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],  # noqa: S607 - wherever it is
        cwd=tmp_path / TOP,
        check=True,
    )


def test_the_report_tells_of_every_poster(done: Path) -> None:
    """Both forms of the report name each file with its verdict."""
    files = contents(archive_of(done).read_bytes())
    for form in ("txt", "html"):
        report = files[f"{TOP}/controle.{form}"].decode()
        for name in ("01-un-a1.pdf", "02-deux-a1.pdf"):
            assert f"{name} — conforme au profil" in report


def test_the_contact_sheet_shows_every_poster(done: Path) -> None:
    """Two posters stand side by side on one picture, each with its own band of colour."""
    with Image.open(io.BytesIO(contents(archive_of(done).read_bytes())[f"{TOP}/planche-contact.png"])) as png:
        picture = png.convert("RGB")
    assert picture.size == (840, 646)
    bands = [picture.getpixel((left + 20, 100)) for left in (40, 440)]
    assert all(isinstance(band, tuple) and max(band) < 150 for band in bands)
    assert bands[0] != bands[1]
    assert picture.getpixel((420, 100)) == (255, 255, 255)


def test_the_same_text_gives_the_same_bytes_anywhere(done: Path, built: Built, tmp_path: Path) -> None:
    """The archive of the same project in another folder is the same to the last byte."""
    other = project(tmp_path, built, panels=("un", "deux"))
    assert delivered(other).diagnostics == ()
    assert archive_of(other).read_bytes() == archive_of(done).read_bytes()


def test_an_archive_that_would_not_change_is_left_alone(built: Built, tmp_path: Path) -> None:
    """Delivering twice writes once; afterwards a build of everything leaves the archive where it is."""
    folder = project(tmp_path, built)
    first = delivered(folder).value
    before = standing(folder / "output" / "livraison")
    second = delivered(folder).value
    assert first is not None
    assert second is not None
    assert (first.changed, second.changed) == (True, False)
    assert not build_posters_of(folder, site=True)[0].failed
    assert standing(folder / "output" / "livraison") == before


def test_an_archive_of_another_name_is_replaced(built: Built, tmp_path: Path) -> None:
    """The archive of before goes when the title changes; a file that is not ours stays."""
    folder = project(tmp_path, built)
    delivered(folder)
    (folder / "output" / "livraison" / "lettre.txt").write_text("à joindre", encoding="utf-8")
    settings = folder / "panels" / "collection.yaml"
    settings.write_text(ORDER.replace("Trois ans", "Quatre ans"), encoding="utf-8")
    delivered(folder)
    names = sorted(path.name for path in (folder / "output" / "livraison").iterdir())
    assert names == ["lettre.txt", "quatre-ans-offset-couche.zip"]


def _replaced(built: PosterBuild, pdf: bytes) -> PosterBuild:
    """Return a build whose print file is another PDF."""
    artifacts = tuple(
        replace(each, data=pdf) if each.path.parts[0] == "print" else each for each in built.artifacts
    )
    return replace(built, artifacts=artifacts)


def _with_a_second_page(pdf: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.add_blank_page()
        document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(_with_a_second_page, "preflight-pages"), (lambda _pdf: b"no PDF", "preflight-unreadable.not-a-pdf")],
)
def test_a_poster_with_a_fault_is_not_sent(
    spoil: Callable[[bytes], bytes], code: str, built: Built, tmp_path: Path
) -> None:
    """A print file that does not pass the check is named, and no archive is written."""
    folder = project(tmp_path, built)
    request = Request(folder, folder / "output", site=False)
    posters = build_posters_of(folder)[0].posters
    assert posters is not None
    pdf = (folder / "output" / "print" / "01-un-a1.pdf").read_bytes()
    result = deliver(request, _replaced(posters, spoil(pdf)))
    assert result.value is None
    assert code in said(result.diagnostics)
    assert {each.span.source.path for each in result.diagnostics} == {"print/01-un-a1.pdf"}
    assert not (folder / "output" / "livraison").exists()


def test_a_project_that_changed_since_the_build_is_not_sent(built: Built, tmp_path: Path) -> None:
    """A panel that came after the build has no poster: nothing is sent, rather than a part."""
    folder = project(tmp_path, built)
    request = Request(folder, folder / "output", site=False)
    posters = build_posters_of(folder)[0].posters
    assert posters is not None
    (folder / "panels" / "02-deux.md").write_text("# Deux\n\n- ✓ Un constat.\n", encoding="utf-8")
    assert drawn(deliver(request, posters).diagnostics, folder) == told("delivery-changed")


def test_the_command_says_what_to_send_and_what_to_say(built: Built, tmp_path: Path) -> None:
    """Where the archive is, how heavy, how many files; and one sentence for the print shop."""
    folder = project(tmp_path, built)
    done = run_here("deliver", "--project", folder)
    assert done.exit_code == 0, done.stderr
    said_lines = done.stdout.replace("\u00a0", " ").replace("\u202f", " ").splitlines()[-2:]
    assert said_lines[0].startswith("À envoyer à l’imprimeur : ")
    assert said_lines[0].endswith(
        "output/livraison/trois-ans-offset-couche.zip (0,1 Mo, 6 fichiers ; nouveau ou modifié)."
    )
    spoken = "1 affiche de 594 × 841 mm, 2 exemplaires de chacune, PDF/X-4, FOGRA39, fond perdu de 3 mm"
    assert said_lines[1].startswith(f"À lui dire : « {spoken} ;")


def test_the_command_sends_nothing_when_the_build_fails(built: Built, tmp_path: Path) -> None:
    """A mistake in a panel or an unknown printer ends with code 1, and no archive."""
    folder = project(tmp_path, built)
    asked = run_here("deliver", "--project", folder, "--printer", "personne")
    assert asked.exit_code == 1
    assert "[printer-unknown]" in asked.stderr
    assert not (folder / "output" / "livraison").exists()


def test_what_paper_cannot_mend_is_said_before(built: Built, tmp_path: Path) -> None:
    """No address for the posters, blanks in the order: the archive is made all the same."""
    folder = project(tmp_path, built, "title: Trois ans\n")
    done = run_here("deliver", cwd=folder)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == f"{told('delivery-blank')}\n{told('delivery-no-address')}\n"
    assert archive_of(folder).is_file()


@pytest.mark.parametrize(
    ("settings", "asked", "codes"),
    [
        (ORDER, (), ["delivery-no-address"]),
        (ORDER, ("--site-url", "https://exemple.fr/"), []),
        (f"{ORDER}allow: [delivery-no-address]\n", (), []),
        (ORDER.replace("  paper: couché mat 170 g\n", ""), (), ["delivery-no-address", "delivery-blank"]),
    ],
)
def test_only_what_is_missing_is_said(
    settings: str, asked: tuple[str, ...], codes: list[str], built: Built, tmp_path: Path
) -> None:
    """Nothing of an order that is whole; what somebody has decided to do without is not said again."""
    done = run_here("deliver", *asked, "--project", project(tmp_path, built, settings))
    assert re.findall(r"\[(delivery-[a-z-]+)\]", done.stderr) == codes


def test_crop_marks_are_said_to_the_printer(built: Built, tmp_path: Path) -> None:
    """The sentence is what is read out on the telephone: it must say all that the sheet says."""
    folder = project(tmp_path, built)
    (folder / "printers").mkdir()
    (folder / "printers" / "atelier.toml").write_text('label = "A"\nmarks = true\n', encoding="utf-8")
    done = run_here("deliver", "--printer", "atelier", "--project", folder)
    assert done.exit_code == 0, done.stderr
    assert "fond perdu de 3 mm, traits de coupe ;" in done.stdout.replace("\u00a0", " ").replace(
        "\u202f", " "
    )
