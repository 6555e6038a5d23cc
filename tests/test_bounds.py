"""Pipes, devices and files of holes where a project has its files: words at once, and no memory taken."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from builds import SHORT, Built, build_posters_of, environment, said, told, write_project
from PIL import Image

from oxalis_panels.model.collection import Figure
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.separation import for_press, for_screen
from oxalis_panels.printers.printer import Condition
from oxalis_panels.printers.reading import default_printer
from oxalis_panels.reading.pictures import MOST_PIXELS
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.artifact import MANIFEST
from oxalis_panels.rendering.figures import HIGHEST, WIDEST, site_picture
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

resource = pytest.importorskip("resource", reason="Windows has no limits for a process")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, holes and limits as Linux has them")

GIANT = 8_000_000_000
"""Bytes of a file of holes."""
MEMORY = 700_000_000
"""Bytes that a command may take in these tests."""
EACH = """
import json, os, sys
from click.testing import CliRunner
from oxalis_panels.cli.main import cli
for folder in sys.argv[2:]:
    os.chdir(folder)
    ended = CliRunner().invoke(cli, json.loads(sys.argv[1]))
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    print(json.dumps([ended.exit_code, ended.stderr]), flush=True)
"""
"""A command in many projects, as `test_any_project.py` runs it: no traceback."""
SOON = 60
"""Seconds; a command that waits for a pipe waits for ever."""
PICTURED = "---\nfigure:\n  file: image.png\n  alt: Une courbe\n---\n# Budget\n\n- ✓ Constat.\n"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _giant(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(GIANT)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _endless(path: Path) -> None:
    path.symlink_to(path.name)


def _folder(path: Path) -> None:
    path.mkdir()


MAKERS: dict[str, Callable[[Path], None]] = {
    "pipe": _pipe,
    "giant": _giant,
    "device": _device,
    "endless": _endless,
    "folder": _folder,
}
PLACES = (
    "panels/02-deux.md",
    "panels/02-deux.yaml",
    "panels/collection.yaml",
    "panels/image.png",
    "printers/atelier.toml",
    "printers/atelier.icc",
    "messages/fr.toml",
    "templates/site/panel.html",
    "templates/poster/poster.css",
    "templates/shared/palette.toml",
)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limited(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python with little memory; what waits is a failure of the test."""
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=folder,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SOON,
        preexec_fn=_limited,
        check=False,
    )


def ends(folders: Sequence[Path], *arguments: str) -> list[tuple[int, str]]:
    """Run a command in one project after the other, all in one process that has little memory.

    Return how each ended: its exit code, and what it said of mistakes.
    """
    done = limited(folders[0], "-c", EACH, json.dumps(arguments), *folders)
    assert done.returncode == 0, done.stderr
    return [(code, text) for code, text in map(json.loads, done.stdout.splitlines())]


def project(folder: Path, place: str, make: Callable[[Path], None]) -> Path:
    """Write a project in which something stands in the place of a file."""
    write_project(folder, un=PICTURED if place.endswith(".png") else SHORT)
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if place.startswith("printers"):
        (folder / "panels" / "collection.yaml").write_text("printer: atelier\n", encoding="utf-8")
    if place.endswith(".icc"):
        settings = 'condition = "FOGRA51"\nicc = "atelier.icc"\n'
        (path.with_suffix(".toml")).write_text(settings, encoding="utf-8")
    make(path)
    return folder


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_no_file_is_told_at_once(kind: str, tmp_path: Path) -> None:
    """`check` says in words that it cannot read it, with whatever else is wrong; it never waits."""
    folders = [project(tmp_path / str(n), place, MAKERS[kind]) for n, place in enumerate(PLACES)]
    for place, (code, said_of_it) in zip(PLACES, ends(folders, "check"), strict=True):
        assert code == 1, place
        assert place.removesuffix(".icc") in said_of_it or "01-un.md" in said_of_it, said_of_it


@pytest.mark.parametrize("command", [("fmt",), ("new", "Un titre"), ("build", "--site"), ("printers",)])
def test_other_commands_do_not_wait_either(command: tuple[str, ...], tmp_path: Path) -> None:
    """A panel, the settings and a printer that are none: each command ends by itself, in words."""
    for kind, make in MAKERS.items():
        write_project(tmp_path / kind, un=SHORT)
        (tmp_path / kind / "printers").mkdir()
        for name in ("panels/02-deux.md", "panels/collection.yaml", "printers/atelier.toml"):
            make(tmp_path / kind / name)
    ended = ends([tmp_path / kind for kind in MAKERS], *command)
    assert len(ended) == len(MAKERS)
    assert {code for code, _ in ended} <= {0, 1, 2}


@pytest.mark.parametrize(("kind", "code"), [("pipe", "file-special"), ("giant", "file-too-large")])
def test_a_print_file_that_is_none_is_told(kind: str, code: str, tmp_path: Path) -> None:
    """`preflight` of a pipe, a device or 8 GB of nothing."""
    MAKERS[kind](tmp_path / "affiche.pdf")
    done = limited(tmp_path, "-m", "oxalis_panels", "preflight", "affiche.pdf")
    assert (done.returncode, f"[{code}]" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("kind", MAKERS)
def test_an_output_folder_full_of_traps_is_built_into(kind: str, built: Built, tmp_path: Path) -> None:
    """A build, or words; what is not ours stays as it is."""
    traps = []
    for n, place in enumerate((MANIFEST, "site/index.html", ".cache/poster-trials.json", ".lock")):
        traps.append(built.lend_fonts(write_project(tmp_path / str(n), un=SHORT)) / "output" / place)
        traps[-1].parent.mkdir(exist_ok=True)
        MAKERS[kind](traps[-1])
    before = [trap.lstat() for trap in traps]
    ended = ends([tmp_path / str(n) for n in range(len(traps))], "build", "--site")
    for trap, old, (code, _) in zip(traps, before, ended, strict=True):
        assert code in {0, 1}, trap
        assert code == 0 or (trap.lstat().st_ino, trap.lstat().st_mode) == (old.st_ino, old.st_mode)


def test_a_giant_in_the_place_of_our_own_file_is_made_again(tmp_path: Path) -> None:
    """It is not read to find out that somebody changed it."""
    write_project(tmp_path, un=SHORT)
    request = Request(tmp_path, tmp_path / "output", posters=False)
    build(request, lambda *_: None)
    page = tmp_path / "output" / "site" / "index.html"
    good = page.read_bytes()
    _giant(page)
    report = build(request, lambda *_: None)
    assert "output-changed-remade" in said(report.diagnostics)
    assert page.read_bytes() == good


def test_a_giant_manifest_owns_nothing(tmp_path: Path) -> None:
    """As one that is damaged."""
    _giant(tmp_path / MANIFEST)
    assert load_manifest(tmp_path).damaged


# Pictures


def _png(size: tuple[int, int], mode: str = "1") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    return buffer.getvalue()


def _with(folder: Path, data: bytes) -> Path:
    write_project(folder, un=PICTURED)
    (folder / "panels" / "image.png").write_bytes(data)
    return folder


def test_a_picture_of_just_so_many_pixels_is_read(tmp_path: Path) -> None:
    """The bound itself is within."""
    assert read_project(_with(tmp_path, _png((10_000, MOST_PIXELS // 10_000)))).diagnostics == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_picture_that_was_cut_off_is_a_mistake(kind: str, progressive: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """A JPEG too, of which only a small picture is made while it is looked through."""
    buffer = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(buffer, kind, progressive=progressive)
    whole = buffer.getvalue()
    assert read_project(_with(tmp_path / "whole", whole)).diagnostics == ()
    for share in (0.5, 0.9, 0.98):
        cut = read_project(_with(tmp_path / str(share), whole[: int(share * len(whole))]))
        assert said(cut.diagnostics) == ["figure-not-picture"], share


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 12_000), (12_000, 1), (65_535, 1), (1, 65_535), (30_000, 2), (2, 30_000)]
)
@pytest.mark.parametrize("mode", ["RGB", "P", "1"])
def test_pictures_of_any_proportion_are_drawn(size: tuple[int, int], mode: str) -> None:
    """On paper, on the screen and on the site: a thread has one pixel at least, and no side is too long."""
    data = _png(size, mode)
    press = Condition("FOGRA39", default_printer().icc)
    for drawn in (for_press(data, 486, press, 300), for_screen(data, press.icc)):
        with Image.open(io.BytesIO(drawn)) as picture:
            assert min(picture.size) >= 1
    shown = site_picture(
        Figure("image.png", (), (), (), *size, drawn=True, data=data, span=Span(Source("01-un.md"))),
        press.icc,
    )
    with Image.open(io.BytesIO(shown)) as picture:
        assert picture.width <= WIDEST
        assert picture.height <= HIGHEST


@pytest.mark.parametrize("size", [(12_000, 1), (1, 12_000), (1, 65_535)])
def test_a_thread_of_a_picture_makes_a_poster_or_words(
    size: tuple[int, int], built: Built, tmp_path: Path
) -> None:
    """From the file to the finished sheet."""
    report, made = build_posters_of(_with(built.lend_fonts(tmp_path), _png(size)))
    assert made == ["un"] or said(report.diagnostics) == ["poster-overflow"]


# Profiles


def test_a_profile_outside_the_project_is_used_and_told(tmp_path: Path) -> None:
    """Somebody else's computer will not have it."""
    (tmp_path / "presse.icc").write_bytes(default_printer().icc)
    folder = write_project(tmp_path / "projet", un=SHORT)
    (folder / "printers").mkdir()
    settings = 'condition = "FOGRA51"\nicc = "../../presse.icc"\n'
    (folder / "printers" / "atelier.toml").write_text(settings, encoding="utf-8")
    checked = check(folder, "atelier")
    assert checked.value is not None
    assert checked.value.printer.icc == default_printer().icc
    assert "".join(f"{draw(each, catalogue('fr'))}\n" for each in checked.diagnostics) == told(
        "printer-icc.outside"
    )
    (folder / "printers" / "presse.icc").write_bytes(default_printer().icc)
    inside = settings.replace("../../", "")
    (folder / "printers" / "atelier.toml").write_text(inside, encoding="utf-8")
    assert check(folder, "atelier").diagnostics == ()
