"""What the tests in a real browser share."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files as resources
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and (os.environ.get("CI") != "true" or sys.platform != "linux"),
    reason="no Chromium here: apt install chromium",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium."""
    assert CHROMIUM, "Chromium is needed where CI=true: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def everywhere(page: Page) -> Iterator[tuple[int, str]]:
    """Show a page that is open on a small phone and on a desk, light and dark; yield the width and which."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for width, scheme in product((320, 1280), schemes):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(PAINTED)
        yield width, scheme


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds wrong with the page that is open: the rule, and the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(resources("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    run = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    return [(each["id"], each["nodes"][0]["html"]) for each in page.evaluate(run, TAGS)["violations"]]
