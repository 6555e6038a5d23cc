"""The real site in a real browser, from `file://`: accessibility, width, requests, console.

Needs Chromium (Debian's, or the one that `CHROMIUM` names). Without it these tests are skipped on a person's
machine and fail where `CI=true`.
"""

import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

import pypdfium2
import pytest
from browsers import PAINTED, chromium, everywhere, needs_chromium, violations
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route
from site_project import ROOT, TINY, checked, files, poster_sizes, with_settings

from oxalis_panels.poster.places import height_of
from oxalis_panels.rendering.fonts import characters, load_fonts, web_fonts
from oxalis_panels.site.history import History

TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
)
"""WCAG 1.4.12, and paragraphs apart by twice their size, which ours are."""
PICTURE_BYTES = {320: 18_000, 736: 50_000}
"""The heaviest pictures of the real posters."""
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => { window.shifted += each.value }))
        .observe({type: "layout-shift", buffered: true});
"""
LINES = """selector => {
    const lines = [];
    for (const text of document.querySelectorAll(selector)) {
        const range = document.createRange(), words = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        let top = null, length = 0;
        while (words.nextNode()) {
            for (let at = 0; at < words.currentNode.length; at++) {
                range.setStart(words.currentNode, at);
                range.setEnd(words.currentNode, at + 1);
                const box = range.getBoundingClientRect();
                if (top !== null && box.top > top + box.height / 2) { lines.push(length); length = 0 }
                if (box.height) { top = box.top; length++ }
            }
        }
    }
    return lines;
}"""
"""Characters on each line that the edge broke: the last one of each text is not counted."""

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Path:
    """Return a folder with the site of the real panels, and with files where their posters would be."""
    return _written(tmp_path_factory, french_fonts)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Path:
    """Return the same with a public address."""
    return _written(tmp_path_factory, french_fonts, site_url="https://bilan.exemple.fr/expo/")


def _written(
    tmp_path_factory: pytest.TempPathFactory, french_fonts: Path, site_url: str | None = None
) -> Path:
    folder = tmp_path_factory.mktemp("site")
    project = checked(ROOT)
    fonts = web_fonts(load_fonts(characters(project.typeset), french_fonts), french_fonts)
    posters = {path: _poster_file(path) for path in poster_sizes(project)}
    edit = "https://codeberg.org/oxalis/panneaux/_edit/main/{path}"
    day = datetime(2026, 3, 12, tzinfo=UTC)
    history = History({panel.span.source.path: day for panel in project.typeset.panels})
    project = with_settings(project, site_url=site_url, edit_url=edit)
    pages = files(project, fonts, {path: len(data) for path, data in posters.items()}, history)
    write(folder, {**posters, **pages})
    return folder


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _poster_file(path: str) -> bytes:
    """Return a plain picture as large, and as heavy, as that of a poster; any bytes for what is not shown."""
    found = re.search(r"-(\d+)\.webp$", path)
    if not found:
        return b"%PDF"
    buffer, width = io.BytesIO(), int(found.group(1))
    Image.new("RGB", (width, height_of(width)), "white").save(buffer, "WEBP")
    return buffer.getvalue().ljust(PICTURE_BYTES[width], b"\0")


@pytest.fixture(scope="module")
def kinds(site: Path) -> list[str]:
    """Return a page of each kind: all that are no panel's, the introduction, the longest, the shortest."""
    slugs = [panel["slug"] for panel in json.loads((site / "panels.json").read_bytes())["panels"]]
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    panels = sorted((f"{slug}/index.html" for slug in slugs), key=lambda path: (site / path).stat().st_size)
    chosen = {f"{slugs[0]}/index.html", panels[0], panels[-1]}
    return [path for path in paths if path not in panels or path in chosen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with chromium() as browser:
        yield browser


def test_no_page_keeps_anybody_out(browser: Browser, site: Path, kinds: list[str]) -> None:
    """No violation known to axe, on a small phone (or at 400 % zoom) and on a desk, light and dark."""
    found = {}
    with browser.new_context() as context:
        page = context.new_page()
        for name in kinds:
            _open(page, f"{site.as_uri()}/{name}")
            for case in everywhere(page):
                found[name, *case] = violations(page)
    assert len(found) == 4 * len(kinds)
    assert {case: barriers for case, barriers in found.items() if barriers} == {}


def test_no_page_scrolls_sideways(browser: Browser, site: Path, kinds: list[str]) -> None:
    """On a small phone, there with wide spacing, with letters twice as large, and on a very wide screen."""
    styles = ((320, "p { }"), (320, TEXT_SPACING), (640, "html { font-size: 200% }"), (2560, "p { }"))
    widths = {}
    with browser.new_context() as context:
        page = context.new_page()
        for name in kinds:
            _open(page, f"{site.as_uri()}/{name}")
            for width, style in styles:
                _show(page, width, 640)
                added = page.add_style_tag(content=style)
                widths[name, width, style] = page.evaluate("document.documentElement.scrollWidth")
                added.evaluate("style => style.remove()")
    assert {case: case[1] for case in widths} == widths


@pytest.mark.parametrize("served", [False, True])
def test_a_page_asks_for_little_and_says_nothing(
    browser: Browser, site: Path, kinds: list[str], server: str, *, served: bool
) -> None:
    """From `file://` as from a server: 100 KB compressed, six requests to the site, no cookie, no message.

    The home page asks for posters besides, when one scrolls to them.
    """
    root = server if served else site.as_uri()
    with browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2) as context:
        said: list[str] = []
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda mistake: said.append(str(mistake.error)))
        for name in kinds:
            requests = _requests(context, f"{root}/{name}")
            assert all(url.startswith(root) for url in requests)
            asked = [url.removeprefix(f"{root}/") for url in requests]
            if name == "index.html":
                asked = [path for path in asked if not path.endswith(".webp")]
            assert len(asked) <= 6
            assert sum(_transferred(site / path) for path in asked) <= 100 * 1024
        assert context.cookies() == []
    assert said == []


@pytest.mark.parametrize("width", [320, 768, 1280, 2560])
def test_nothing_jumps_when_the_fonts_arrive(
    browser: Browser, site: Path, kinds: list[str], width: int
) -> None:
    """Pages painted in the fallback faces first: what is in the window then moves by less than 0.01 (CLS)."""
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        context.add_init_script(SHIFTS)
        page = context.new_page()
        held: list[Route] = []
        page.route("**/*.woff2", lambda request: held.append(request))  # noqa: PLW0108 - it needs a signature
        shifted = {}
        for name in kinds:
            held.clear()
            page.goto(f"{site.as_uri()}/{name}", wait_until="domcontentloaded")
            page.evaluate(PAINTED)
            page.wait_for_timeout(100)
            for request in held:
                request.continue_()
            page.evaluate("document.fonts.ready.then(() => null)")
            page.evaluate(PAINTED)
            shifted[name] = page.evaluate("window.shifted")
    jumps = {name: value for name, value in shifted.items() if value >= 0.01}
    assert jumps == {}, "without Arial or Liberation Sans there is no fallback of the same widths"


def test_lines_are_neither_long_nor_short(browser: Browser, site: Path) -> None:
    """From a tablet to a wall: half the lines of a long panel hold 60 to 75 characters, none more than 80."""
    with browser.new_context() as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/gouvernance/index.html")
        for width in (768, 1280, 2560):
            _show(page, width)
            lines = page.evaluate(LINES, ".points li")
            assert (width, 60 <= median(lines) <= 75, max(lines) <= 80) == (width, True, True)


def test_a_mark_becomes_a_link_under_the_pointer_and_for_the_keyboard(browser: Browser, site: Path) -> None:
    """And what it leads to is shown on a tinted ground."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        mark = page.get_by_label("Constat 1, point 2", exact=True)
        drawn = "mark => getComputedStyle(mark, '::before').clipPath"
        assert mark.evaluate(drawn).startswith("polygon")
        mark.hover()
        assert mark.evaluate(drawn) == "none"
        mark.click()
        assert page.url.endswith("#c1-2")
        ground = "document.querySelector(':target') && getComputedStyle(document.querySelector(':target'))"
        assert page.evaluate(f"({ground}).backgroundColor") == "rgb(223, 240, 252)"
        page.mouse.move(0, 0)
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert mark.evaluate(drawn) == "none"


@pytest.mark.parametrize("path", ["offre/index.html", "tout/index.html", "projection/index.html"])
def test_marks_are_copied_printed_and_read_without_the_style_sheet(
    browser: Browser, site: Path, path: str
) -> None:
    """Each before its item, on its line, a space between them."""
    select = "(getSelection().selectAllChildren(document.querySelector('main')), getSelection().toString())"
    page = browser.new_page(viewport={"width": 320, "height": 640})
    _open(page, f"{site.as_uri()}/{path}")
    copied, seen = page.evaluate(select), page.inner_text("main")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
        printed = "\n".join(each.get_textpage().get_text_range() for each in document)
    page.evaluate("document.querySelectorAll('link[rel=stylesheet], style').forEach(each => each.remove())")
    bare = page.inner_text("main")
    page.close()
    items = re.compile("✓ Un bilan|→ entrée|→ dynamiques|→ clarification|→ restructuration")
    for text in (copied, seen, printed, bare):
        assert list(dict.fromkeys(items.findall(text.replace("\u00a0", " ")))) == items.pattern.split("|")


def test_an_abbreviation_opens_and_closes_by_keyboard_and_leaves_the_words(
    browser: Browser, site: Path
) -> None:
    """Enter opens what it stands for, Tab reaches the link, Escape goes back; copied text is the authors'."""
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        page.locator("button.abbr").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(":popover-open").inner_text().startswith("contrat d’entrepreneur·e")
        box = page.locator(":popover-open").bounding_box()
        assert box is not None
        assert (box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "../glossaire/index.html#cesa"
        page.keyboard.press("Escape")
        assert page.locator(":popover-open").count() == 0
        assert page.evaluate("document.activeElement.textContent") == "CESA"
        copied = page.evaluate(
            """() => {
                getSelection().selectAllChildren(document.querySelector(".panel .text"));
                return getSelection().toString();
            }"""
        )
        assert "(passage en CESA)," in copied


def test_the_note_of_an_abbreviation_is_as_wide_as_its_words_ask(browser: Browser, site: Path) -> None:
    """Wherever on its line the abbreviation stands: inside the window, and never a ribbon."""
    with browser.new_context() as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        for width in (320, 360, 390, 412, 1280):
            _show(page, width)
            notes = page.evaluate(
                """() => [0, .25, .5, .75, 1].map(part => {
                    const button = document.querySelector('button.abbr'), line = button.closest('li');
                    line.style.display = 'flex';
                    const gap = document.createElement('span');
                    gap.style.width = `${part * (line.clientWidth - button.offsetWidth)}px`;
                    const word = button.closest('.nobreak') ?? button;
                    line.replaceChildren(gap, word, document.querySelector('.sense'));
                    button.scrollIntoView({block: 'center'});
                    button.click();
                    const note = document.querySelector(':popover-open'), box = note.getBoundingClientRect();
                    button.click();
                    return [box.left, innerWidth - box.right, box.width];
                })"""
            )
            assert len(notes) == 5
            inside = all(left >= 0 and right >= 0 for left, right, _ in notes)
            assert (width, inside) == (width, True)
            assert min(wide for _, _, wide in notes) >= min(width, 320) - 24


def test_the_strip_says_its_numbers_and_survives_forced_colours(browser: Browser, site: Path) -> None:
    """Fingers have no tooltip: each clover has its number; and it is drawn in the colours of the system.

    Its name is for the ear alone where there is little room.
    """
    with browser.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active") as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        strip = page.get_by_role("navigation", name="Panneaux", exact=True)
        assert strip.inner_text().split() == ["Panneaux", *"12345678"]
        _show(page, 320, 640)
        assert strip.inner_text().split() == [*"12345678"]
        for link in strip.locator("a").all():
            assert _colours(link.screenshot()) > 1
        _open(page, f"{site.as_uri()}/projection/index.html#offre")
        assert _colours(page.locator("#offre .row").screenshot()) > 2


def test_a_long_series_shows_how_far_it_has_come(browser: Browser, tmp_path: Path) -> None:
    """In forced colours too; and without a style in the page."""
    project = checked(TINY)
    last = project.typeset.panels[-1]
    more = tuple(replace(last, slug=f"plus-{n}", number=n) for n in range(4, 18))
    longer = replace(project.typeset, panels=project.typeset.panels + more)
    write(tmp_path, files(replace(project, typeset=longer)))
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto((tmp_path / "plus-9/index.html").as_uri())
        assert _colours(page.locator(".run").screenshot()) > 1
    assert b"style=" not in (tmp_path / "plus-9/index.html").read_bytes()


def test_wide_spacing_leaves_the_position_apart_from_the_title(browser: Browser, site: Path) -> None:
    """With the spacing of WCAG 1.4.12, on a desk, where they stand side by side."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        page.add_style_tag(content=TEXT_SPACING)
        of, title = (page.locator(each).first.bounding_box() for each in (".of", "h1"))
    assert of is not None
    assert title is not None
    assert of["x"] + of["width"] + 8 <= title["x"]


def test_pages_work_under_the_policy_of_the_guide(browser: Browser, public: Path, kinds: list[str]) -> None:
    """Every kind of page, that for wrong addresses at any depth included: styled, and nothing is refused."""
    guide = (ROOT / "docs/publier.md").read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy "([^"]+)"', guide)
    handler = partial(StrictHandler, directory=str(public), policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, browser.new_context() as context:
        thread = Thread(target=server.serve_forever)
        thread.start()
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        root = f"http://127.0.0.1:{server.server_port}/expo"
        for name in kinds:
            _open(page, f"{root}/{name}")
        refused = [text for text in said if "404 (Not Found)" not in text]
        grounds = set()
        for wrong in ("rien", "offre/rien", "a/b/c/rien.html"):
            _open(page, f"{root}/{wrong}")
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        faults = violations(page)
        server.shutdown()
        thread.join()
    assert refused == []
    assert grounds == {"rgb(30, 90, 56)"}
    assert faults == []


def _colours(picture: bytes) -> int:
    """Return how many colours, roughly told apart, cover a two-hundredth of a picture or more."""
    with Image.open(io.BytesIO(picture)) as image:
        counted = image.convert("RGB").point(lambda value: value // 86).getcolors(1 << 24) or []
        return sum(count >= image.width * image.height / 200 for count, _ in counted)


def test_every_control_shows_its_focus_and_is_large_enough(
    browser: Browser, site: Path, kinds: list[str]
) -> None:
    """By keyboard alone: each Tab lands on an outlined control of 24 px or more, until all were reached."""
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        for name in kinds:
            _open(page, f"{site.as_uri()}/{name}")
            controls = page.locator(":is(a[href], button, summary):visible").count()
            for number in range(controls):
                page.keyboard.press("Tab")
                focused = page.evaluate(
                    """() => {
                        const link = document.activeElement, box = link.getBoundingClientRect();
                        const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0;
                        const style = getComputedStyle(link);
                        const large = box.height >= 24 && box.width >= 24 || style.display === "inline";
                        return [link.className, large, seen, style.outlineStyle, link.outerHTML];
                    }"""
                )
                assert focused[1:4] == [True, True, "solid"], (name, focused[4])
                assert (focused[0] == "skip") is (number == 0) or name == "404.html"


def test_text_is_in_our_faces(browser: Browser, site: Path) -> None:
    """The fonts load from `file://`, and no other face is needed for any letter of the longest panel."""
    with browser.new_context() as context:
        page = context.new_page()
        _open(page, f"{site.as_uri()}/offre/index.html")
        page.evaluate(
            "document.querySelectorAll('.mark').forEach((mark) => mark.remove())"
        )  # drawn as shapes
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


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """Return the address of a server of the site."""
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """A server of files that tells nobody what it serves."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


class StrictHandler(QuietHandler):
    """A host with the site below `/expo/`, a policy for its pages, and its page for wrong addresses."""

    def __init__(self, *arguments: Any, policy: str, **named: Any) -> None:  # noqa: ANN401 - the library's
        """Remember the policy."""
        self._policy = policy
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        """Return the file of an address."""
        return super().translate_path(path.removeprefix("/expo"))

    def end_headers(self) -> None:
        """Send the policy with all else."""
        self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for what is missing."""
        del message, explain
        data = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _transferred(path: Path) -> int:
    """Return the bytes that a server sends: pages and styles compressed, the rest as it is."""
    data = path.read_bytes()
    return len(gzip.compress(data)) if path.suffix in {".html", ".css", ".js"} else len(data)


def _show(page: Page, width: int, height: int = 800) -> None:
    """Have a page that is open shown in a window of this size; wait until it is painted."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(PAINTED)


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
    page.evaluate(PAINTED)


def _requests(context: BrowserContext, address: str) -> list[str]:
    """Return what a page asks for, itself included; pictures inside its own text are not requests.

    A tab of its own: what another page still asks for, as pictures further down, would be counted here.
    """
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => null)")
    page.close()
    return [url for url in asked if not url.startswith("data:")]
