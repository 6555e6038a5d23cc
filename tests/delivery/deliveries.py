"""What the tests of deliveries share: small projects whose fonts are made, and what is in an archive."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
from builds import Built, build_posters_of, write_project

from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.pipeline.delivery.delivering import Delivered, deliver
from oxalis_panels.pipeline.request import Request

SHORT = "# Un titre court\n\n- ✓ Un constat assez court,\n  - → et son premier point.\n"
ORDER = """\
title: Trois ans
organisation: Oxalis
delivery:
  copies: 2
  paper: couché mat 170 g
  finish: quatre œillets
  deadline: lundi 3 juin
  contact: |
    Camille Martin
    04 00 00 00 00
  notes: Merci !
"""


def project(folder: Path, built: Built, settings: str = ORDER, panels: tuple[str, ...] = ("un",)) -> Path:
    """Write a project of short panels, whose fonts are already made."""
    write_project(built.lend_fonts(folder), **dict.fromkeys(panels, SHORT))
    (folder / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    return folder


def delivered(folder: Path) -> Parsed[Delivered]:
    """Build the posters of a project and deliver them."""
    request = Request(folder, folder / "output", site=False)
    posters = build_posters_of(folder)[0].posters
    assert posters is not None
    return deliver(request, posters)


def archive_of(folder: Path) -> Path:
    """Return the one archive of a project."""
    (path,) = (folder / "output" / "livraison").iterdir()
    return path


def contents(archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive by their paths."""
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, each run of blanks of any kind being one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


def number_of_pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
