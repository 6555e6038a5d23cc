"""How long the eight real panels take to build, beside two other ways to print the same sheets.

    .venv/bin/python benchmarks/build.py [ROUNDS]

Measured from outside, as a person waits: the command line from its start to its end, fonts already subset.
The peers print the very pages that our posters are made of, at the sizes found for them, so they do less:
no fitting, no site, no print finish. Chromium is left out where it is not installed.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from oxalis_panels import pipeline
from oxalis_panels.messages import catalogue
from oxalis_panels.poster.composing import PosterInputs, compose
from oxalis_panels.poster.fit import Fit, fit
from oxalis_panels.poster.print import Press, variables
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import characters, load_fonts, load_marks_font

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Job, Series

ROOT = Path(__file__).resolve().parent.parent
AIMS = {"cold build": 4.0, "nothing changed": 0.6}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]
MEGABYTE = 1024 * 1024


def own(*arguments: str) -> list[str]:
    """Return a command of this program."""
    return [sys.executable, "-m", "oxalis_panels", *arguments]


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a command takes; it must succeed."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables["PYTHONPATH"] = str(ROOT)
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=True)  # noqa: S603 - our own
    return time.perf_counter() - begin


def cold(folder: Path) -> float:
    """Build with nothing made but the fonts."""
    for name in ("site", "print", ".manifest.json", ".cache/poster-trials.json"):
        path = folder / "output" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return seconds(own("build"), folder)


def one_changed(folder: Path) -> float:
    """Build after one word was added to one panel."""
    panel = folder / "panels" / "07-mouvement.md"
    panel.write_text(panel.read_text(encoding="utf-8").rstrip() + " encore\n", encoding="utf-8")
    return seconds(own("build"), folder)


def pages(folder: Path) -> list[Path]:
    """Write each poster as one self-contained page, at the size that fitting finds."""
    checked = pipeline.check(folder).value
    assert checked is not None  # noqa: S101 - the real panels have no mistake
    cache = folder / "output" / CACHE / "fonts"
    fonts = load_fonts(characters(checked.typeset), cache)
    inputs = PosterInputs(checked.folders, checked.palette, fonts, catalogue("fr"), load_marks_font(cache))
    order = compose(checked.typeset, inputs).value
    assert order is not None  # noqa: S101 - as above
    press = Press(order.series.fonts, order.series.css, order.series.sheet)
    return [_page(folder, press, order.series, job) for job in order.jobs]


def _page(folder: Path, press: Press, series: Series, job: Job) -> Path:
    found = fit(press, job, series)
    assert isinstance(found, Fit)  # noqa: S101 - the real panels fit
    faces = "".join(
        f"@font-face {{ font-family: '{font.family}'; font-weight: {font.weight}; font-style: {font.style};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(font.ttf).decode()}) }}\n"
        for font in series.fonts
    )
    style = faces + series.css + variables(series.sheet, found.sizes, series.sheet.media[1])
    path = folder / f"{job.slug}.html"
    path.write_text(found.layout.html.replace("<style>", f"<style>{style}", 1), encoding="utf-8")
    return path


def by_weasyprint(paths: list[Path]) -> float:
    """Run the `weasyprint` command once per poster."""
    return sum(
        seconds([sys.executable, "-m", "weasyprint", str(path), str(path.with_suffix(".pdf"))], path.parent)
        for path in paths
    )


def by_chromium(paths: list[Path]) -> float:
    """Let Chromium print each poster."""
    with tempfile.TemporaryDirectory() as profile:
        return sum(
            seconds(
                [
                    str(CHROMIUM),
                    *CHROMIUM_FLAGS,
                    f"--user-data-dir={profile}",
                    f"--print-to-pdf={path.with_suffix('.chromium.pdf')}",
                    path.as_uri(),
                ],
                path.parent,
            )
            for path in paths
        )


def peak_memory(folder: Path) -> float:
    """Return the most memory, in MB, that a cold build and its processes hold at one time (Linux only)."""
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, sum(_private_bytes(each) for each in _descendants(os.getpid())))

    watcher = threading.Thread(target=watch)
    watcher.start()
    cold(folder)
    done.set()
    watcher.join()
    return peak / MEGABYTE


def _descendants(parent: int) -> list[int]:
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    except OSError:
        return []
    children = [int(word) for word in text.split()]
    return children + [each for child in children for each in _descendants(child)]


def _private_bytes(process: int) -> int:
    """Return the proportional share of a process: pages shared by several count once in all."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main(rounds: int) -> None:
    """Print a line for each way, from the median of several rounds, as ratios to our cold build."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT / "panels", folder / "panels")
        seconds(own("build"), folder)
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            times.setdefault("cold build", []).append(cold(folder))
            times.setdefault("nothing changed", []).append(seconds(own("build"), folder))
            times.setdefault("one panel changed", []).append(one_changed(folder))
            times.setdefault("check", []).append(seconds(own("check"), folder))
            times.setdefault("--help", []).append(seconds(own("--help"), folder))
        printed = pages(folder)
        times["peer: weasyprint command, once per poster"] = [by_weasyprint(printed)]
        if CHROMIUM:
            times["peer: Chromium, once per poster"] = [by_chromium(printed)]
        base = median(times["cold build"])
        for name, measured in times.items():
            aim = f"   (aim: under {AIMS[name]} s)" if name in AIMS else ""
            sys.stdout.write(f"{name:<42}{median(measured):7.2f} s{median(measured) / base:7.2f} ×{aim}\n")
        if Path("/proc/self/smaps_rollup").exists():
            sys.stdout.write(
                f"{'peak memory of a cold build':<42}{peak_memory(folder):7.0f} MB   (aim: under 300 MB)\n"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
