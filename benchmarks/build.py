"""How long the eight real panels take to build, as multiples of importing WeasyPrint, and beside others.

    .venv/bin/python benchmarks/build.py [--rounds 5] [--install] [--peers FOLDER]

Measured from outside, as a person waits: commands from their start to their end, fonts already subset. In
each round everything runs once, in turn, and a ratio is the median of those of each round: it holds though
the speed of a machine drifts. Importing WeasyPrint in a new Python is the floor of all that makes a poster.
After the rounds: peak memory, and what each step costs in one warm process.

The peers of "same pages" print the very pages that our posters are made of, at the sizes found for them, one
run for each; those of "plain sheets" print title and text, one below the other. So they do less: no fitting,
no site, no print finish, no preflight, no pictures. `--install` fetches Typst into a temporary folder. A peer
that is missing or crashes is reported and left out.
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from statistics import median

from needs import NOT_READY

try:
    from PIL import Image
    from poster_peers import PEERS, ROOT, Failure, Peer, install, present, seconds
    from poster_steps import Workshop, edit, pages, plain_texts
except ModuleNotFoundError as missing:
    sys.exit(f"{missing}. {NOT_READY}")

FLOOR, COLD, CHANGED = "import of WeasyPrint", "cold build", "one panel changed, new process"
LARGEST = 220
"""MB that a cold build may hold at one time."""
MEGABYTE = 1024 * 1024


def own(folder: Path, *arguments: str) -> float:
    """Return how long a command of this program takes."""
    return seconds([sys.executable, "-m", "oxalis_panels", *arguments], folder)


def cold(folder: Path) -> float:
    """Build with nothing made but the fonts."""
    for name in ("site", "print", ".manifest.json", ".cache/poster-trials.json"):
        path = folder / "output" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return own(folder, "build")


def one_changed(folder: Path) -> float:
    """Build in a new process after one word was added to one panel."""
    edit(folder)
    return own(folder, "build")


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
    _write(f"\n{'peak memory of a cold build':<42}{peak_memory(folder):7.0f} MB   (aim: under {LARGEST} MB)")
    bare = peak_memory(photographed(folder, 0, (4, 3)))
    _write(f"{'… of eight short panels':<42}{bare:7.0f} MB")
    four = peak_memory(photographed(folder, 4, (4000, 3000)))
    _write(f"{'… with four photographs of 12 megapixels':<42}{four:7.0f} MB   (aim: at most 150 MB more)")
    one = peak_memory(photographed(folder, 1, (12_000, 9000)))
    _write(f"{'… with one of 108 megapixels':<42}{one:7.0f} MB   (aim: under 1,000 MB)")


def rounds_of(folder: Path, peers: list[Peer], number: int) -> dict[str, list[float]]:
    """Return what everything took in each round; a peer that crashes is reported and leaves `peers`."""
    ours: dict[str, Callable[[], float]] = {
        FLOOR: lambda: seconds([sys.executable, "-c", "import weasyprint"], folder),
        "--help": lambda: own(folder, "--help"),
        "check": lambda: own(folder, "check"),
        COLD: lambda: cold(folder),
        "nothing changed": lambda: own(folder, "build"),
        CHANGED: lambda: one_changed(folder),
    }
    turns = []
    for _ in range(number + 1):
        turn = {name: run() for name, run in ours.items()}
        for peer in tuple(peers):
            try:
                turn[peer.name] = peer.seconds()
            except Failure as failure:
                _write(f"{peer.name}: crashed and left out: {failure}")
                peers.remove(peer)
        turns.append(turn)
    # The first round keeps what is made once: compiled modules, caches of fonts, a profile of Chromium.
    return {name: [turn[name] for turn in turns[1:]] for name in turns[-1]}


def whole_builds(times: dict[str, list[float]], peers: list[Peer]) -> None:
    """Print what commands take, and how many times as long the peers take."""

    def ratio(name: str, base: str) -> float:
        return median(one / other for one, other in zip(times[name], times[base], strict=True))

    _write(f"\n{f'Median of rounds: {len(times[FLOOR])}':<34}{'seconds':>12}{'× import of WeasyPrint':>30}")
    for name, took in times.items():
        _write(f"{name:<34}{median(took):12.2f}{ratio(name, FLOOR):30.2f}")
    _write(f"\n{'As multiples of ours':<34}{'all / cold build':>20}{'one / one changed':>22}")
    for peer in peers:
        one = ratio(peer.name, CHANGED) / len(peer.sheets)
        _write(f"{peer.name:<34}{ratio(peer.name, COLD):18.2f} ×{one:20.2f} ×")


def warm_steps(workshop: Workshop, rounds: int) -> None:
    """Print what each step costs in a warm process: for the series, and for one panel that is changed."""
    whole = [workshop.series() for _ in range(rounds)]
    changed = [workshop.one_changed() for _ in range(rounds)]
    _write(f"\n{'In one warm process, ms':<34}{'eight posters':>20}{'one changed':>22}")
    for name in changed[0]:
        cells = ""
        for turns, width in ((whole, 13), (changed, 15)):
            took = median(turn.get(name, 0.0) for turn in turns)
            cells += f"{took:{width}.0f}{took / median(sum(turn.values()) for turn in turns):7.0%}"
        _write(f"{name:<34}{cells}")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print times, ratios, memory and steps."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--install", action="store_true", help="install Typst first (needs a network)")
    parser.add_argument("--peers", type=Path, default=PEERS, help="where Typst is")
    asked = parser.parse_args()
    if asked.install:
        install(asked.peers)
    with tempfile.TemporaryDirectory() as temporary:
        tempfile.tempdir = temporary  # for the fonts that WeasyPrint unpacks and leaves behind
        folder = Path(temporary)
        shutil.copytree(ROOT / "panels", folder / "panels")
        workshop = Workshop(folder)
        sheets, series = workshop.sheets(), workshop.order.series
        for index, font in enumerate(series.fonts):
            (folder / f"{index}.ttf").write_bytes(font.ttf)
        peers = present(pages(sheets, series, folder), plain_texts(sheets), folder, asked.peers)
        whole_builds(rounds_of(folder, peers, asked.rounds), peers)
        if Path("/proc/self/smaps_rollup").exists():
            memory(folder)
        warm_steps(workshop, asked.rounds)


if __name__ == "__main__":
    main()
