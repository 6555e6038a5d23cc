"""From the save of a file to the changed words on the screen, in headless Chromium: median and worst, in ms.

    .venv/bin/python benchmarks/serve.py [--runs 20] [--against FOLDER]

The real panels are served from a copy. Panels, `collection.yaml`, a style sheet and a template are saved, and
a page that is open reports when the change has been painted. Half a second after that comes the next save. A
poster is measured in series of such saves, the first one not counted, and with saves that come to a quiet
server: what follows a save, when the poster is fitted anew, must not delay the next one.

`--against` another checkout of this project, say the version before, has that one serve the same panels, by
the same Python. Saves (or series) alternate between the two servers, so that both meet the machine as it is;
each line has the median of the ratios of such pairs: below 1, this checkout is the faster.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from needs import CHROMIUM, NO_CHROMIUM, NO_TOOLS

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ModuleNotFoundError as missing:
    sys.exit(f"{missing}. {NO_TOOLS}")

ROOT = Path(__file__).resolve().parent.parent
PAUSE = 0.5
"""Seconds from a change that is seen to the next save: those of a person are further apart."""
QUIET = """() => new Promise(done => {
    const source = new EventSource('/~/events')
    let last
    source.onmessage = () => {
        clearTimeout(last)
        last = setTimeout(() => done(source.close()), 4000)
    }
})"""
"""Wait until the server has had nothing to say for four seconds: after a save, posters are made anew."""
PAINTED = """holds => {
    const sheet = () => document.querySelector('[aria-busy=false] .whole')
    const before = sheet()?.currentSrc
    window.painted = new Promise(done => {
        const now = () => done(performance.timeOrigin + performance.now())
        const look = () => eval(holds)
            ? requestAnimationFrame(() => requestAnimationFrame(now))
            : setTimeout(look, 1)
        look()
    })
}"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of save."""

    name: str
    page: str
    file: str
    change: Callable[[str, int], str]
    """Gives the text of the n-th save from the first text."""
    shown: str
    """What holds in the page once that is shown; {} is n."""
    series: int = 1
    """How many saves follow each other before it is another server's turn."""


def _word(text: str, n: int) -> str:
    return text.replace("Un bilan", f"Essai{n} bilan")


PAGE, POSTER, PANEL = "offre/", "~/affiches/offre/", "panels/03-offre.md"
NEW_SHEET = "sheet()?.complete && sheet().currentSrc !== before"
TEXT = "document.querySelector('{}').textContent.includes('{}')"
KINDS = (
    Kind("a panel", PAGE, PANEL, _word, TEXT.format("main", "Essai{} ")),
    Kind("its poster, in quiet", POSTER, PANEL, _word, NEW_SHEET),
    Kind("its poster, in series", POSTER, PANEL, _word, NEW_SHEET, series=5),
    Kind(
        "collection.yaml",
        PAGE,
        "panels/collection.yaml",
        lambda text, n: re.sub(r"(?m)^period:.*\n?", "", text) + f"\nperiod: an {n}\n",
        TEXT.format("footer", "an {}"),
    ),
    Kind(
        "a style sheet",
        PAGE,
        "templates/site/style.css",
        lambda text, n: f"{text}\nh1 {{ letter-spacing: {n}px }}\n",
        "getComputedStyle(document.querySelector('h1')).letterSpacing === '{}px'",
    ),
    Kind(
        "a template",
        PAGE,
        "templates/site/base.html",
        lambda text, n: text.replace("</footer>", f"<p>pied {n}.</p></footer>"),
        TEXT.format("footer", "pied {}."),
    ),
)


class Server:
    """A running server, its project, and a page that looks at it."""

    def __init__(self, project: Path, address: str, page: Page) -> None:
        """Remember the texts as they are."""
        self._seen = 0.0
        self._project, self._address, self._page = project, address, page
        self._texts = {kind.file: (project / kind.file).read_text(encoding="utf-8") for kind in KINDS}

    def open(self, kind: Kind) -> None:
        """Show the page of a kind, all files being as they were."""
        for file, text in self._texts.items():
            (self._project / file).write_text(text, encoding="utf-8")
        self._page.goto(self._address + kind.page)
        self._page.evaluate(QUIET)

    def series(self, kind: Kind, first: int) -> list[float]:
        """Save a file several times; return for each the milliseconds until it is painted."""
        self._page.bring_to_front()
        if kind.page == POSTER:
            self._page.evaluate(QUIET)
        times = [self._saved(kind, first + n) for n in range(kind.series)]
        return times[1:] or times

    def _saved(self, kind: Kind, n: int) -> float:
        time.sleep(max(0.0, self._seen + PAUSE - time.time()))
        self._page.evaluate(PAINTED, kind.shown.format(n))
        started = time.time()
        text = kind.change(self._texts[kind.file], n)
        (self._project / kind.file).write_text(text, encoding="utf-8")
        self._seen = self._page.evaluate("window.painted") / 1000
        return (self._seen - started) * 1000


@contextmanager
def serve(checkout: Path, browser: Browser) -> Iterator[Server]:
    """Run the server of a checkout on a copy of our panels."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(ROOT / "panels", project / "panels")
        shutil.copytree(checkout / "templates" / "site", project / "templates" / "site")
        process = subprocess.Popen(  # noqa: S603 - this project's own command
            [sys.executable, "-P", "-m", "oxalis_panels", "serve", "--port", "0", "--project", folder],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says of our panels
            text=True,
        )
        try:
            assert process.stdout is not None
            address = next((line for line in process.stdout if "http://" in line), None)
            if address is None:
                sys.exit(f"No server: python -m oxalis_panels serve, in {checkout}, says why.")
            yield Server(project, "http://" + address.split("http://")[1].strip(), browser.new_page())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def measure(kind: Kind, servers: list[Server], runs: int) -> None:
    """Print the times of a kind of save on each server, and how the first compares with the second."""
    times: list[list[float]] = [[] for _ in servers]
    for server in servers:
        server.open(kind)
    for first in range(1, runs + 1, kind.series):
        for server, found in zip(servers, times, strict=True):
            found.extend(server.series(kind, first))
    cells = [f"median {median(found):5.0f} ms   worst {max(found):5.0f} ms" for found in times]
    if len(servers) > 1:
        cells[1:] = [
            f"against {cells[1]}",
            f"{median(ours / theirs for ours, theirs in zip(*times, strict=True)):.2f} ×",
        ]
    print(f"{kind.name:24}{'   '.join(cells)}   ({len(times[0])} saves)", flush=True)  # noqa: T201


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout of this project")
    asked = parser.parse_args()
    if CHROMIUM is None:
        sys.exit(NO_CHROMIUM)
    if asked.against and not (asked.against / "oxalis_panels").is_dir():
        parser.error(f"no checkout of this project: {asked.against}")
    checkouts = [ROOT, asked.against.resolve()] if asked.against else [ROOT]
    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        stack.callback(browser.close)
        servers = [stack.enter_context(serve(checkout, browser)) for checkout in checkouts]
        for kind in KINDS:
            measure(kind, servers, asked.runs)


if __name__ == "__main__":
    main()
