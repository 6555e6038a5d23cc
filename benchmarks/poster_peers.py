"""Others that print the same sheets: the `weasyprint` command, Chromium and Typst; and how runs are timed."""

import html
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from needs import CHROMIUM, NO_CHROMIUM

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(tempfile.gettempdir()) / "oxalis-panels-poster-peers"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
CHROMIUM_FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking"),
]
TIMEOUT_S = 120

Sheets = dict[str, tuple[float, list[str]]]
"""Under each slug, the type size in points, and title and texts."""


class Failure(Exception):  # noqa: N818 - mostly a peer's, and no reason to stop
    """What was not done, how it ended and what was said."""

    def __str__(self) -> str:
        """Return all of it on one line."""
        return ": ".join(filter(None, map(str, self.args)))


def seconds(command: Sequence[str], folder: Path) -> float:
    """Return how long a command takes there, all Python modules being kept compiled. Raises Failure."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables |= {"HOME": str(folder), "PYTHONPATH": str(ROOT)}
    begin = time.perf_counter()
    try:
        subprocess.run(  # noqa: S603 - our own, or a peer's
            command, check=True, capture_output=True, cwd=folder, env=variables, timeout=TIMEOUT_S
        )
    except subprocess.CalledProcessError as failure:
        code, said = failure.returncode, failure.stderr.decode(errors="replace").strip()[-160:]
        raise Failure(f"ended by signal {-code}" if code < 0 else f"exit code {code}", said) from failure
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise Failure(str(failure)) from failure
    return time.perf_counter() - begin


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who prints sheets, one run for each."""

    name: str
    command: Callable[[Path], list[str]]
    sheets: list[Path]

    def seconds(self) -> float:
        """Return how long all sheets take. A crash is tried once more; raises Failure after a second."""
        return sum(self._one(sheet) for sheet in self.sheets)

    def _one(self, sheet: Path) -> float:
        try:
            return seconds(self.command(sheet), sheet.parent)
        except Failure as failure:
            sys.stdout.write(f"{self.name}: {sheet.name}: {failure}; tried again\n")
            return seconds(self.command(sheet), sheet.parent)


def install(folder: Path) -> None:
    """Install or renew Typst, with pip, in an environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)  # noqa: S603 - our own Python
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-U", "typst"], check=True)  # noqa: S603 - the one just made


def present(pages: list[Path], plain: Sheets, folder: Path, peers: Path) -> list[Peer]:
    """Return those who are here, and say who is not.

    They print the very pages that our posters are made of, or plain sheets of the same text in the same sizes
    and in the fonts that are in `folder`.
    """
    found = [Peer("weasyprint command, same pages", _weasyprint, pages)]
    if CHROMIUM:
        found.append(Peer("Chromium, same pages", _chromium, pages))
        found.append(Peer("Chromium, plain sheets", _chromium, _written(plain, folder, ".html", _plain_html)))
    else:
        sys.stdout.write(f"{NO_CHROMIUM}\n")
    python = peers / "venv" / "bin" / "python"
    if not python.exists():
        sys.stdout.write("Typst is missing: --install fetches it.\n")
        return found

    def typst(sheet: Path) -> list[str]:
        return [str(python), "-c", TYPST, str(sheet), str(sheet.with_suffix(".typst.pdf")), str(folder)]

    return [*found, Peer("Typst, plain sheets", typst, _written(plain, folder, ".typ", _plain_typst))]


def _weasyprint(page: Path) -> list[str]:
    return [sys.executable, "-m", "weasyprint", str(page), str(page.with_suffix(".pdf"))]


def _chromium(page: Path) -> list[str]:
    profile = f"--user-data-dir={page.parent / 'profile'}"
    to = f"--print-to-pdf={page.with_suffix('.chromium.pdf')}"
    return [str(CHROMIUM), *CHROMIUM_FLAGS, profile, to, page.as_uri()]


def _written(
    plain: Sheets, folder: Path, suffix: str, sheet: Callable[[float, list[str]], str]
) -> list[Path]:
    paths = []
    for slug, (size, texts) in plain.items():
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
