"""How long the eight real panels take to build, beside others who print the same sheets.

    .venv/bin/python benchmarks/build.py [--rounds 5] [--install] [--peers FOLDER]

Measured from outside, as a person waits: the command line from its start to its end, fonts already subset;
what each step costs, in one warm process. The peers of "same pages" print the very pages that our posters are
made of, at the sizes found for them; those of "plain sheets" print title and text, one below the other. So
they do less: no fitting, no site, no print finish, no preflight, no pictures. `--install` fetches Typst into
a temporary folder; Chromium is used if it is installed. A peer that crashes is reported and left out.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from PIL import Image
from poster_peers import PEERS, Peer, PeerFailure, install, of_plain_sheets, of_same_pages
from poster_steps import PREVIEW, Workshop, edit, one_changed, pages, plain_texts, whole_series

ROOT = Path(__file__).resolve().parent.parent
AIMS = {"cold build": 4.0, "nothing changed": 0.6}
WARM, SEEN = 1000, 700
"""Milliseconds that a changed poster, and its preview, may take in a warm process."""
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


def one_changed_cold(folder: Path) -> float:
    """Build in a new process after one word was added to one panel."""
    edit(folder)
    return seconds(own("build"), folder)


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


def photographed(folder: Path, count: int, size: tuple[int, int]) -> Path:
    """Return a copy of a project of which the first panels have a photograph, and few words beside it."""
    place = folder / f"photographs-{size[0]}"
    (place / "panels").mkdir(parents=True)
    shutil.copytree(folder / "output" / ".cache" / "fonts", place / "output" / ".cache" / "fonts")
    tile = Image.merge("RGB", [Image.effect_noise((500, 500), 90) for _ in "rgb"]).resize(size)
    for number in range(1, 9):
        head = ""
        if number <= count:
            tile.save(place / "panels" / f"{number}.jpg", quality=90)
            head = f"---\nfigure:\n  file: {number}.jpg\n  alt: Une photo\n---\n"
        text = f"{head}# Le panneau {number}\n\n- ✓ Un constat de quelques mots.\n"
        (place / "panels" / f"{number:02}-panneau-{number}.md").write_text(text, encoding="utf-8")
    return place


def memory(folder: Path) -> None:
    """Print the most memory of a cold build: of the project, and of eight short panels with photographs."""
    _write(f"{'peak memory of a cold build':<42}{peak_memory(folder):7.0f} MB   (aim: under 300 MB)")
    bare = peak_memory(photographed(folder, 0, (4, 3)))
    _write(f"{'… of eight short panels':<42}{bare:7.0f} MB")
    four = peak_memory(photographed(folder, 4, (4000, 3000)))
    _write(f"{'… with four photographs of 12 megapixels':<42}{four:7.0f} MB   (aim: at most 150 MB more)")
    one = peak_memory(photographed(folder, 1, (12_000, 9000)))
    _write(f"{'… with one of 108 megapixels':<42}{one:7.0f} MB   (aim: under 1,000 MB)")


def whole_builds(folder: Path, rounds: int) -> float:
    """Print what the command line takes; return the median of a cold build."""
    seconds(own("build"), folder)
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        times.setdefault("cold build", []).append(cold(folder))
        times.setdefault("nothing changed", []).append(seconds(own("build"), folder))
        times.setdefault("one panel changed, new process", []).append(one_changed_cold(folder))
        times.setdefault("check", []).append(seconds(own("check"), folder))
        times.setdefault("--help", []).append(seconds(own("--help"), folder))
    base = median(times["cold build"])
    for name, measured in times.items():
        _line(name, median(measured), base, f"   (aim: under {AIMS[name]} s)" if name in AIMS else "")
    if Path("/proc/self/smaps_rollup").exists():
        memory(folder)
    return base


def warm_steps(workshop: Workshop, folder: Path, rounds: int) -> None:
    """Print what each step costs in a warm process: for the series, and for one panel that is changed."""
    whole_series(workshop)
    turns = [whole_series(workshop) for _ in range(rounds)]
    base = median(sum(map(sum, turn.values())) for turn in turns)
    _write("\nEight posters in one warm process, one after the other:")
    for name in turns[0]:
        took = median(sum(turn[name]) for turn in turns)
        _write(f"{name:<42}{took:7.0f} ms{took / base:7.0%}")
    edits = [one_changed(workshop, folder) for _ in range(rounds)]
    _write("\nOne panel changed, in a warm process:")
    for name in edits[0]:
        _write(f"{name:<42}{median(turn[name] for turn in edits):7.0f} ms")
    every = median(sum(turn.values()) for turn in edits)
    seen = median(sum(turn[name] for name in PREVIEW) for turn in edits)
    _write(f"{'all of it':<42}{every:7.0f} ms   (aim: under {WARM} ms)")
    _write(f"{'what its preview needs':<42}{seen:7.0f} ms   (aim: under {SEEN} ms)")


def others(peers: list[Peer], base: float, rounds: int) -> None:
    """Print what each of the others takes for eight sheets; one that crashes is reported and left out."""
    _write("\nOthers, eight sheets, one run for each:")
    for peer in peers:
        try:
            _line(peer.name, median(peer.seconds() for _ in range(rounds)), base)
        except PeerFailure as failure:
            _write(f"{peer.name:<42}crashed: {failure}")


def _line(name: str, measured: float, base: float, end: str = "") -> None:
    _write(f"{name:<42}{measured:7.2f} s{measured / base:7.2f} ×{end}")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print a line for each way and each step: medians, and ratios to our cold build."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-rounds", type=int, default=3)
    parser.add_argument("--install", action="store_true", help="install Typst first (needs a network)")
    parser.add_argument("--peers", type=Path, default=PEERS, help="where Typst is")
    asked = parser.parse_args()
    if asked.install:
        install(asked.peers)
    with tempfile.TemporaryDirectory() as temporary:
        tempfile.tempdir = temporary  # for the fonts that WeasyPrint unpacks and leaves behind
        folder = Path(temporary)
        shutil.copytree(ROOT / "panels", folder / "panels")
        base = whole_builds(folder, asked.rounds)
        workshop = Workshop(folder)
        peers = of_same_pages(pages(workshop, folder))
        peers += of_plain_sheets(plain_texts(workshop), workshop.order.series.fonts, folder, asked.peers)
        warm_steps(workshop, folder, asked.rounds)
        others(peers, base, asked.peer_rounds)


if __name__ == "__main__":
    main()
