"""The real site in a real browser, from `file://`: accessibility, width, requests, console.

Needs Chromium (Debian's, or the one that `CHROMIUM` names). Without it these tests are skipped on a person's
machine and fail where `CI=true`.
"""

from __future__ import annotations

import os
import shutil
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import sync_playwright
from site_project import ROOT, checked, files

from oxalis_panels.rendering.fonts import characters, load_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

    Scheme = Literal["light", "dark"]

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
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    *("index", "introduction/index", "budget/index", "offre/index", "equipe/index", "tout/index", "404"),
    *("glossaire/index", "mentions-legales/index", "accessibilite/index"),
)
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
)
"""WCAG 1.4.12, and paragraphs apart by twice their size, which ours are."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="no Chromium here: apt install chromium"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the site of the real panels."""
    folder = tmp_path_factory.mktemp("site")
    project = checked(ROOT)
    fonts = load_fonts(characters(project.typeset), tmp_path_factory.mktemp("fonts"))
    for path, data in files(project, fonts).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    assert CHROMIUM, "Chromium is needed where CI=true: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_keeps_anybody_out(browser: Browser, site: Path, width: int, scheme: Scheme) -> None:
    """No violation known to axe, on a small phone (or at 400 % zoom) and on a desk, light and dark."""
    axe = resources("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
        page = context.new_page()
        found = {}
        for name in PAGES:
            _open(page, f"{site.as_uri()}/{name}.html")
            page.evaluate(axe)
            run = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
            found[name] = [
                (each["id"], each["nodes"][0]["html"]) for each in page.evaluate(run, TAGS)["violations"]
            ]
    assert {name: [] for name in PAGES} == found


@pytest.mark.parametrize(
    ("width", "style"),
    [(320, "p { }"), (320, TEXT_SPACING), (640, "html { font-size: 200% }"), (2560, "p { }")],
)
def test_no_page_scrolls_sideways(browser: Browser, site: Path, width: int, style: str) -> None:
    """On a small phone, there with wide spacing, with letters twice as large, and on a very wide screen."""
    with browser.new_context(viewport={"width": width, "height": 640}) as context:
        page = context.new_page()
        widths = {}
        for name in PAGES:
            _open(page, f"{site.as_uri()}/{name}.html")
            page.add_style_tag(content=style)
            widths[name] = page.evaluate("document.documentElement.scrollWidth")
    assert dict.fromkeys(PAGES, width) == widths


def test_a_page_asks_for_little_and_says_nothing(browser: Browser, site: Path) -> None:
    """At most six requests, all to the site itself, 100 KB in all, and no message in the console."""
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda mistake: said.append(str(mistake)))
        for name in PAGES:
            requests = _requests(page, f"{site.as_uri()}/{name}.html")
            assert len(requests) <= 6
            assert all(url.startswith(site.as_uri()) for url in requests)
            weight = sum((site / url.removeprefix(f"{site.as_uri()}/")).stat().st_size for url in requests)
            assert weight <= 100 * 1024
    assert said == []


def test_every_control_shows_its_focus_and_is_large_enough(browser: Browser, site: Path) -> None:
    """By keyboard alone: each Tab lands on an outlined link of 24 px or more, the skip link first."""
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        links = page.locator("a").count()
        for number in range(links):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                """() => {
                    const link = document.activeElement, box = link.getBoundingClientRect();
                    const outline = getComputedStyle(link).outlineStyle;
                    return [link.className, box.width >= 24 && box.height >= 24, outline];
                }"""
            )
            assert focused[1:] == [True, "solid"]
            assert (focused[0] == "skip") is (number == 0)


def test_text_is_in_our_faces(browser: Browser, site: Path) -> None:
    """The fonts load from `file://`, and no other face is needed for any letter of the longest panel."""
    with browser.new_context() as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        session = context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "main *"})["nodeIds"]
        used = {
            font["familyName"]
            for node in nodes
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        }
    assert used == {"Oxalis Text Regular", "Oxalis Text W600", "Oxalis Display W800"}


def _open(page: Page, address: str) -> None:
    """Open a page and wait until it is painted in its own faces.

    `fonts.ready` may come too early; and a busy Chromium may give a font file up, so that it is asked for
    again. The fallback faces of the system are not waited for: it may have none.
    """
    loaded = """
        Promise.all([...document.fonts].filter(face => !face.family.includes("Fallback"))
            .map(face => face.load())).then(() => true, () => false)
    """
    for _ in range(5):
        page.goto(address)
        if page.evaluate(loaded):
            break
        page.wait_for_timeout(500)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _requests(page: Page, address: str) -> list[str]:
    """Return what a page asks for, itself included; pictures inside its own text are not requests."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith("data:"):
            asked.append(request.url)

    page.on("request", note)
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => null)")
    page.remove_listener("request", note)
    return asked
