"""From the write of a file to the changed words on the screen, in headless Chromium: median and worst, in ms.

    .venv/bin/python benchmarks/serve.py [--runs 20]

The real panels are served from a copy. Panels, `collection.yaml` and a style sheet are saved in turn, and a
page that is open reports when the change has been painted. Needs Chromium.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PAUSE = 0.5
"""Seconds between two saves: those of a person are further apart."""
PAINTED = """holds => new Promise(done => {
    const now = () => done(performance.timeOrigin + performance.now());
    const look = () => eval(holds)
        ? requestAnimationFrame(() => requestAnimationFrame(now))
        : setTimeout(look, 1);
    look();
})"""


def serve(project: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the server; return its process and its address."""
    process = subprocess.Popen(  # noqa: S603 - this project's own command
        [sys.executable, "-P", "-m", "oxalis_panels", "serve", "--port", "0", "--project", str(project)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return process, "http://" + line.split("http://")[1].strip()
    raise SystemExit(1)


def measure(page: Page, file: Path, text: str, holds: str) -> float:
    """Save a file; return the milliseconds until what must hold is painted."""
    time.sleep(PAUSE)
    page.evaluate(f"window.waiting = ({PAINTED})({holds!r}); 0")
    started = time.time()
    file.write_text(text, encoding="utf-8")
    painted: float = page.evaluate("window.waiting")
    return painted - started * 1000


def print_times(kind: str, times: list[float]) -> None:
    """Print one line."""
    print(f"{kind:24} median {median(times):5.0f} ms   worst {max(times):5.0f} ms   ({len(times)} saves)")  # noqa: T201


def measured(page: Page, project: Path, address: str, runs: int) -> None:
    """Print the latencies of each kind of file."""
    panel = project / "panels" / "03-offre.md"
    text = panel.read_text(encoding="utf-8")
    page.goto(f"{address}offre/")
    page.wait_for_timeout(1000)
    shown = "document.querySelector('main').textContent.includes('{}')"
    changes = [(text.replace("Un bilan", f"Essai{n} bilan"), shown.format(f"Essai{n}")) for n in range(runs)]
    print_times("a panel", [measure(page, panel, new, holds) for new, holds in changes])
    page.goto(f"{address}~/affiches/offre/")
    page.wait_for_function("document.querySelector('[aria-busy=false] .whole')", timeout=60_000)
    page.wait_for_timeout(8000)  # until the other posters are there, too
    shown = (
        "document.querySelector('[aria-busy=false] .whole')?.complete"
        " && document.querySelector('.whole').currentSrc !== {!r}"
    )
    times = []
    for n in range(runs):
        before = page.evaluate("document.querySelector('.whole').currentSrc")
        new = text.replace("Un bilan", f"Essai{n} bilan")
        times.append(measure(page, panel, new, shown.format(before)))
    print_times("a panel, on its poster", times)
    page.goto(f"{address}offre/")
    page.wait_for_timeout(1000)
    settings = project / "panels" / "collection.yaml"
    text = settings.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("period:")]
    shown = "document.querySelector('footer').textContent.includes('an {}')"
    times = [
        measure(page, settings, "\n".join([*lines, f"period: an {n}\n"]), shown.format(n))
        for n in range(runs)
    ]
    print_times("collection.yaml", times)
    style = project / "templates" / "site" / "style.css"
    text = style.read_text(encoding="utf-8")
    shown = "getComputedStyle(document.querySelector('h1')).letterSpacing === '{}px'"
    times = [
        measure(page, style, f"{text}\nh1 {{ letter-spacing: {n}px }}\n", shown.format(n))
        for n in range(1, runs + 1)
    ]
    print_times("a style sheet", times)
    template = project / "templates" / "site" / "base.html"
    text = template.read_text(encoding="utf-8")
    shown = "document.querySelector('footer').textContent.includes('pied {}.')"
    times = [
        measure(page, template, text.replace("</footer>", f"<p>pied {n}.</p></footer>"), shown.format(n))
        for n in range(runs)
    ]
    print_times("a template", times)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder)
        shutil.copytree(ROOT / "panels", project / "panels")
        shutil.copytree(ROOT / "templates" / "site", project / "templates" / "site")
        process, address = serve(project)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        try:
            measured(browser.new_page(), project, address, runs)
        finally:
            browser.close()
            process.send_signal(signal.SIGINT)
            process.wait()


if __name__ == "__main__":
    main()
