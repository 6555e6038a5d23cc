"""Others that print the same sheets: the `weasyprint` command, Chromium and Typst."""

import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oxalis_panels.poster.job import FontFile

PEERS = Path(tempfile.gettempdir()) / "oxalis-panels-poster-peers"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking"),
]
TIMEOUT_S = 120
"""For each sheet of a peer."""

Sheets = dict[str, tuple[float, list[str]]]
"""Under each slug, the type size in points, and title and texts."""


class PeerFailure(Exception):  # noqa: N818 - theirs, and no reason to stop
    """Which sheet a peer did not print, how it ended and what it said."""

    def __str__(self) -> str:
        """Return all of it on one line."""
        return ": ".join(filter(None, map(str, self.args)))


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who prints sheets, one run for each."""

    name: str
    command: Callable[[Path], list[str]]
    sheets: list[Path]

    def seconds(self) -> float:
        """Return how long all sheets take. A crash is tried once more; raises PeerFailure after a second."""
        return sum(self._one(sheet) for sheet in self.sheets)

    def _one(self, sheet: Path) -> float:
        try:
            return _run(self.command(sheet), sheet)
        except PeerFailure as failure:
            sys.stdout.write(f"{self.name}: {failure}; tried again\n")
            return _run(self.command(sheet), sheet)


def _run(command: list[str], sheet: Path) -> float:
    begin = time.perf_counter()
    home = os.environ | {"HOME": str(sheet.parent)}
    try:
        subprocess.run(  # noqa: S603 - a peer's
            command, check=True, capture_output=True, cwd=sheet.parent, env=home, timeout=TIMEOUT_S
        )
    except subprocess.CalledProcessError as failure:
        said = failure.stderr.decode(errors="replace").strip()[-160:]
        raise PeerFailure(sheet.name, _ending(failure.returncode), said) from failure
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise PeerFailure(sheet.name, str(failure)) from failure
    return time.perf_counter() - begin


def _ending(code: int) -> str:
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"


def install(folder: Path) -> None:
    """Install or renew Typst, with pip, in an environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)  # noqa: S603 - our own Python
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-U", "typst"], check=True)  # noqa: S603 - the one just made


def of_same_pages(pages: list[Path]) -> list[Peer]:
    """Return those who print the very pages that our posters are made of."""
    return [Peer("weasyprint command, same pages", _weasyprint, pages), *_chromium("same pages", pages)]


def of_plain_sheets(sheets: Sheets, fonts: tuple[FontFile, ...], folder: Path, peers: Path) -> list[Peer]:
    """Return those who print plain sheets of the same text in the same fonts and sizes."""
    for index, font in enumerate(fonts):
        (folder / f"{index}.ttf").write_bytes(font.ttf)
    found = _chromium("plain sheets", _written(sheets, folder, ".html", _plain_html))
    python = peers / "venv" / "bin" / "python"
    if not python.exists():
        sys.stdout.write("Typst: missing; --install fetches it\n")
        return found
    typst = _written(sheets, folder, ".typ", _plain_typst)

    def command(sheet: Path) -> list[str]:
        return [str(python), "-c", TYPST, str(sheet), str(sheet.with_suffix(".typst.pdf")), str(folder)]

    return [*found, Peer("Typst, plain sheets", command, typst)]


def _weasyprint(page: Path) -> list[str]:
    return [sys.executable, "-m", "weasyprint", str(page), str(page.with_suffix(".pdf"))]


def _chromium(what: str, pages: list[Path]) -> list[Peer]:
    if CHROMIUM is None:
        sys.stdout.write("Chromium: missing\n")
        return []

    def command(page: Path) -> list[str]:
        profile = f"--user-data-dir={page.parent / 'profile'}"
        to = f"--print-to-pdf={page.with_suffix('.chromium.pdf')}"
        return [str(CHROMIUM), *CHROMIUM_FLAGS, profile, to, page.as_uri()]

    return [Peer(f"Chromium, {what}", command, pages)]


def _written(
    sheets: Mapping[str, tuple[float, list[str]]],
    folder: Path,
    suffix: str,
    sheet: Callable[[float, list[str]], str],
) -> list[Path]:
    paths = []
    for slug, (size, texts) in sheets.items():
        paths.append(folder / f"plain-{slug}{suffix}")
        paths[-1].write_text(sheet(size, texts), encoding="utf-8")
    return paths


def _plain_html(size: float, texts: list[str]) -> str:
    title, *others = map(html.escape, texts)
    style = (
        "@font-face { font-family: Text; src: url(0.ttf) }"
        "@font-face { font-family: Display; src: url(4.ttf) }"
        "@font-face { font-family: Marks; src: url(5.ttf) }"
        f"@page {{ size: 594mm 841mm; margin: 30mm 54mm }} body {{ font: {size}pt Text, Marks }}"
        "h1 { font: 96pt Display } p { margin: .5em 0 }"
    )
    paragraphs = "".join(f"<p>{text}</p>" for text in others)
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><h1>{title}</h1>{paragraphs}"


def _plain_typst(size: float, texts: list[str]) -> str:
    title, *others = (f"#text({json.dumps(text, ensure_ascii=False)})" for text in texts)
    head = (
        "#set page(width: 594mm, height: 841mm, margin: (x: 54mm, y: 30mm))\n"
        f'#set text(font: ("Oxalis Text", "Oxalis Marks"), size: {size}pt, lang: "fr")\n'
    )
    body = "\n\n".join(others)
    return f'{head}#text(font: "Oxalis Display W800", size: 96pt)[{title}]\n\n{body}\n'
