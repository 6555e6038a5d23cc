"""What the tests of printers share: a project with one printer's file, and profiles of every kind."""

from importlib.resources import files
from pathlib import Path

from PIL import ImageCms

from oxalis_panels.model.diagnostics import Parsed, Source, Span
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import read_printer
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

ASKED = Span(Source("--printer"))
FOGRA39 = files("oxalis_panels.printers").joinpath("profiles", "FOGRA39L_coated.icc").read_bytes()


def profiles() -> dict[str, bytes]:
    """Return one file of every kind that somebody may name as a profile."""
    return {
        "presse.icc": FOGRA39,
        "v4.icc": FOGRA39[:8] + bytes([4]) + FOGRA39[9:],
        "ecran.icc": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        "coupe.icc": FOGRA39[:-100],
        "vide.icc": b"",
    }


def write_printer(project: Path, text: str, name: str = "atelier") -> None:
    """Write a printer's file and the profiles beside it."""
    folder = project / "printers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    for file, data in profiles().items():
        (folder / file).write_bytes(data)


def read(project: Path, text: str, name: str = "atelier") -> Parsed[Printer]:
    """Write a printer's file and read it."""
    write_printer(project, text, name)
    return read_printer(project, name, ASKED)


def printer(project: Path, text: str) -> Printer:
    """Return the printer of a file without a mistake."""
    parsed = read(project, text)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value


def told(parsed: Parsed[Printer]) -> str:
    """Return all that is said of a file, in French."""
    return "\n\n".join(draw(each, catalogue("fr")) for each in parsed.diagnostics)
