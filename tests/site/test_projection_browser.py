"""The projection in a real browser, from `file://`: every slide fits; keys, remote and reload steer it.

Needs Chromium, as `test_browser.py` does.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from browsers import chromium, needs_chromium
from PIL import Image
from playwright.sync_api import Browser, Page
from site_project import ROOT, checked, files

from oxalis_panels.rendering.fonts import characters, load_fonts, web_fonts
from oxalis_panels.rendering.palette import contrast

pytestmark = needs_chromium
SCREENS = ((1024, 768), (1280, 720), (1920, 1080), (390, 844))
NOW = """() => [...document.querySelectorAll('.slide')]
    .find(slide => Math.abs(slide.getBoundingClientRect().top) < 1)?.id"""
"""The slide that stands at the top of the screen."""
FAULTS = """height => [...document.querySelectorAll('.slide')].flatMap(slide => {
    const box = slide.getBoundingClientRect(), room = slide.querySelector('.fit').getBoundingClientRect();
    const texts = [...slide.querySelectorAll('.fit :is(h1, h2, p, li, img, figcaption)')]
        .filter(text => !text.closest('.ear'));
    const out = texts.filter(text => {
        const own = text.getBoundingClientRect();
        const outside = own.right > room.right + 1 || own.bottom > room.bottom + 1;
        return outside || text.scrollWidth > text.clientWidth + 1;
    });
    const faults = out.map(text => `${slide.id}: ${text.className} leaves its slide`);
    if (Math.abs(box.height - height) > 1) faults.push(`${slide.id}: ${box.height} high`);
    return faults;
})"""
"""What leaves its slide, and slides that are not exactly as high as the screen."""
WIDE = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
NASTY = {
    "01-introduction.md": "---\nintroduction: true\n---\n\n"
    + "Un paragraphe d’introduction assez long. " * 12,
    "02-quarante.md": "# Quarante points\n\n- ✓ Un constat suivi de beaucoup de points :\n"
    + "".join(
        f"  - → le point numéro {n}, tantôt court{', tantôt plus long' * (n % 4)},\n" for n in range(40)
    ),
    "03-soixante.md": "# Un titre qui n’en finit pas, parce que ses auteurs voulaient absolument tout y dire "
    f"à la fois, ce qui arrive\n\n- ✓ {'Soixante mots dans un constat, oui. ' * 10}\n"
    f"  - → {'Soixante mots aussi dans un seul point. ' * 9}\n  - → Deux mots.\n",
    "04-mots.md": "# Anticonstitutionnellement\n\n- ✓ Hexakosioïhexekontahexaphobie et "
    "rhinopharyngitographologiquement\n  - → "
    + "interminable" * 9
    + " https://exemple.fr/"
    + "a" * 70
    + "\n",
    "05-rien.md": "# Sans constat\n\nSeulement un paragraphe, avec **du gras** et *de l’italique*.\n",
    "06-image.md": "---\nfigure:\n  file: photo.png\n  alt: Une assemblée\n  credit: Une photo\n---\n\n"
    "# Avec une image\n\n- ✓ Un **seul** constat\\\n  sur deux lignes\n",
}
"""Panels that nobody should write, and somebody will."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> str:
    """Return the address of the projection of the real panels."""
    return _written(ROOT, tmp_path_factory.mktemp("real"), french_fonts)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> str:
    """Return the address of a projection of nasty panels."""
    project = tmp_path_factory.mktemp("nasty")
    (project / "panels").mkdir()
    for name, text in NASTY.items():
        (project / "panels" / name).write_text(text, encoding="utf-8")
    Image.new("RGB", (900, 1600), "#888").save(project / "panels/photo.png")
    return _written(project, project, french_fonts)


@pytest.mark.parametrize("panels", ["real", "nasty"])
def test_every_slide_fits_its_screen(browser: Browser, request: pytest.FixtureRequest, panels: str) -> None:
    """Nothing is cut, nothing leaves its slide, no slide is higher than the screen, no page is wider."""
    with browser.new_context() as context:
        page = _open(context.new_page(), request.getfixturevalue(panels))
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(FAULTS, height) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_word_in_bold_in_a_finding_has_the_colour_of_its_panel(browser: Browser, nasty: str) -> None:
    """The whole finding is bold already; the slide is light in either mode, and the word reads well on it."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    with browser.new_context() as context:
        page = _open(context.new_page(), nasty)
        colours = """selector => [...document.querySelectorAll(selector)].map(each => '#' +
            getComputedStyle(each).color.match(/\\d+/g)
                .map(n => (+n).toString(16).padStart(2, 0)).join(''))"""
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            (bold,) = page.evaluate(colours, ".check strong")
            assert set(page.evaluate(colours, "section:has(.check strong) .running")) == {bold}
            assert contrast(bold, "#fdfcf8") >= 7


def test_text_is_as_large_as_fits(browser: Browser, real: str) -> None:
    """A quarter larger, and no slide below the largest size still fits; a phone keeps words whole instead."""
    with browser.new_context() as context:
        page = _open(context.new_page(), real)
        for width, height in SCREENS[:3]:
            page.set_viewport_size({"width": width, "height": height})
            grown = page.evaluate(
                """() => [...document.querySelectorAll('.finding, .introduction, .opener')].filter(slide => {
                    const size = parseFloat(getComputedStyle(slide).fontSize);
                    if (size > .094 * innerHeight) return false;
                    slide.style.fontSize = `${size * 1.25}px`;
                    const box = slide.getBoundingClientRect();
                    const titles = [...slide.querySelectorAll('.title')];
                    const wide = titles.some(title => title.scrollWidth > title.clientWidth);
                    slide.style.fontSize = '';
                    return box.height < innerHeight + 1 && !wide;
                }).map(slide => slide.id)"""
            )
            assert (width, grown) == (width, [])


def test_keys_and_a_remote_move_one_slide(browser: Browser, real: str) -> None:
    """Remotes send PageDown and PageUp; the rest is what hands try."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = _open(context.new_page(), real)
        places = page.evaluate("[...document.querySelectorAll('.slide')].map(slide => slide.id)")
        moves = (
            *(
                ("PageDown", 1),
                ("ArrowRight", 2),
                ("ArrowDown", 3),
                ("Space", 4),
                ("Enter", 5),
                ("PageUp", 4),
            ),
            *(("ArrowLeft", 3), ("ArrowUp", 2), ("Shift+Space", 1), ("Backspace", 0), ("PageUp", 0)),
            *(("End", len(places) - 1), ("PageDown", len(places) - 1), ("Home", 0)),
        )
        for key, expected in moves:
            page.keyboard.press(key)
            assert (key, places[expected]) == (key, page.evaluate(NOW))
            assert page.evaluate("location.hash") == f"#{places[expected]}"


def test_the_place_is_kept(browser: Browser, real: str) -> None:
    """By a reload, and by a screen that changes its shape; Back leaves at once."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.goto("about:blank")
        _open(page, real)
        for _ in range(9):
            page.keyboard.press("PageDown")
        place = page.evaluate(NOW)
        page.reload()
        page.wait_for_function("document.documentElement.classList.contains('steered')")
        assert page.evaluate(NOW) == place
        page.set_viewport_size({"width": 1024, "height": 768})
        page.wait_for_function(f"({NOW})() === '{place}'")
        page.go_back()
        assert page.url == "about:blank"


def test_a_click_a_swipe_and_the_wheel_turn(browser: Browser, real: str) -> None:
    """A click on the left quarter goes back; the address follows what is scrolled by hand."""
    with browser.new_context(viewport={"width": 1280, "height": 720}, has_touch=True) as context:
        page = _open(context.new_page(), real)
        page.mouse.click(900, 600)
        assert page.evaluate(NOW) == "introduction"
        page.mouse.click(100, 600)
        assert page.evaluate(NOW) == "_debut"
        _swipe(page, (900, 300), (300, 300))
        page.wait_for_function(f"({NOW})() === 'introduction'")
        page.mouse.wheel(0, 720)
        page.wait_for_function("location.hash === '#budget'")


def test_the_screen_can_be_black_and_full(browser: Browser, real: str) -> None:
    """B or the full stop, which remotes send, until any key; F for the whole screen and back."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = _open(context.new_page(), real)
        for black in ("b", "."):
            page.keyboard.press(black)
            assert page.evaluate("getComputedStyle(document.body).visibility") == "hidden"
            page.keyboard.press("PageDown")
            assert page.evaluate("getComputedStyle(document.body).visibility") == "visible"
            assert page.evaluate(NOW) == "_debut"
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement === null")


def test_a_click_or_a_swipe_lights_a_black_screen(browser: Browser, real: str) -> None:
    """And turns no slide; the next one does."""
    with browser.new_context(viewport={"width": 1280, "height": 720}, has_touch=True) as context:
        page = _open(context.new_page(), real)
        acts: tuple[Callable[[], None], ...] = (
            lambda: page.mouse.click(900, 600),
            lambda: page.touchscreen.tap(900, 600),
            lambda: _swipe(page, (900, 300), (300, 300)),
            lambda: _swipe(page, (600, 500), (600, 200)),
        )
        for act in acts:
            page.keyboard.press("b")
            assert page.evaluate("getComputedStyle(document.body).visibility") == "hidden"
            act()
            page.wait_for_function("getComputedStyle(document.body).visibility === 'visible'")
            page.wait_for_timeout(100)
            assert page.evaluate("location.hash") in {"", "#_debut"}
        page.mouse.click(900, 600)
        page.wait_for_function("location.hash === '#introduction'")


def test_a_drag_over_a_zoomed_page_turns_nothing(browser: Browser, real: str) -> None:
    """Two fingers enlarged it; one then moves what is seen of it."""
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = _open(context.new_page(), real)
        session = context.new_cdp_session(page)
        session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
        page.wait_for_function("visualViewport.scale > 1.5")
        _swipe(page, (300, 300), (60, 300))
        page.wait_for_timeout(200)
        assert page.evaluate("location.hash") == ""
        session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})
        page.wait_for_function("visualViewport.scale < 1.01")
        _swipe(page, (300, 300), (60, 300))
        page.wait_for_function("location.hash === '#introduction'")


def test_keys_of_one_letter_can_be_turned_off(browser: Browser, real: str) -> None:
    """For those whose voice types them (WCAG 2.1.4); the others go on, and they can be had back."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = _open(context.new_page(), real)
        seen = []
        for _ in range(2):
            page.locator("#_letters").click()
            page.keyboard.press("b")
            seen.append(page.evaluate("getComputedStyle(document.body).visibility"))
            page.keyboard.press("PageDown")
        assert seen == ["visible", "hidden"]
        assert page.evaluate(NOW) == "introduction"


def test_buttons_work_and_say_what_they_do(browser: Browser, real: str) -> None:
    """By keyboard: leave, back, on, full screen; Enter presses them and does not turn besides."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = _open(context.new_page(), real)
        names = []
        for _ in range(6):
            page.keyboard.press("Tab")
            names.append(
                page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")
            )
        assert names == [
            "Aller au texte",
            "Quitter la projection",
            "Précédent",
            "Suivant",
            "Plein écran",
            "Raccourcis F et B",
        ]
        page.locator("#_next").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(NOW) == "introduction"


def test_what_steers_is_said_beside_the_buttons_or_below(browser: Browser, real: str) -> None:
    """Never under them, nor on the title, nor touching it; with the spacing of WCAG 1.4.12 neither."""
    padding = "parseFloat(getComputedStyle(document.querySelector('.help')).paddingBottom)"
    with browser.new_context() as context:
        page = _open(context.new_page(), real)
        for spacing in ("p { }", WIDE):
            page.add_style_tag(content=spacing)
            for width in (320, 480, 639, 640, 800, 1280):
                page.set_viewport_size({"width": width, "height": 600})
                boxes = [page.locator(each).first.bounding_box() for each in (".help", ".steer", "h1")]
                (said, buttons, title) = (box for box in boxes if box)
                beside = said["x"] + said["width"] <= buttons["x"]
                assert beside or said["y"] >= buttons["y"] + buttons["height"]
                assert said["y"] + said["height"] <= title["y"]
                assert page.evaluate(padding) >= 4


def test_it_can_be_read_without_its_script(browser: Browser, real: str) -> None:
    """Only what needs the script is hidden; the browser's own keys turn; the titles at the end are links."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=False)
    with context:
        page = context.new_page()
        page.goto(real)
        hidden = [each.get_attribute("id") for each in page.locator("[hidden]").all()]
        assert hidden == ["_previous", "_next", "_fullscreen", "_letters", "_help"]
        assert page.locator(".slide").count() > 25
        for link in page.locator(".overview a").all():
            target = link.get_attribute("href") or ""
            assert page.locator(f"[id='{target[1:]}']").count() == 1
        page.keyboard.press("PageDown")
        slide = page.locator("#introduction")
        for _ in range(50):
            if slide.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}:
                break
            page.wait_for_timeout(100)
        assert slide.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}


def test_it_runs_under_a_strict_policy(browser: Browser, real: str) -> None:
    """No style and no script inside the page: a policy that allows only files lets everything work."""
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        policy = "default-src 'none'; style-src file:; script-src file:; font-src file:; img-src file: data:"
        tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        text = (
            Path(real.removeprefix("file://")).read_text(encoding="utf-8").replace("<head>", f"<head>{tag}")
        )
        page.route("**/index.html", lambda route: route.fulfill(body=text, content_type="text/html"))
        _open(page, real)
        page.keyboard.press("PageDown")
        assert page.evaluate(NOW) == "introduction"
        assert said == []


def test_printed_it_is_a_slide_on_each_page(browser: Browser, real: str) -> None:
    """For those who were not there."""
    with browser.new_context() as context:
        page = _open(context.new_page(), real)
        slides = page.locator(".slide").count()
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
        assert len(document) == slides
        width, height = document[0].get_size()
        assert width / height == pytest.approx(16 / 9, abs=0.01)


def _written(project: Path, folder: Path, french_fonts: Path) -> str:
    """Write the site of a project; return the address of its projection."""
    read = checked(project)
    fonts = web_fonts(load_fonts(characters(read.typeset), french_fonts), french_fonts)
    for path, data in files(read, fonts).items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_bytes(data)
    return (folder / "site/projection/index.html").as_uri()


def _swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw a finger over the screen."""
    session = page.context.new_cdp_session(page)
    middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
    for kind, (x, y) in (("touchStart", start), ("touchMove", middle), ("touchMove", end)):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _open(page: Page, address: str) -> Page:
    """Open the projection and wait until it is steered and in its own faces."""
    page.goto(address)
    page.wait_for_function("document.documentElement.classList.contains('steered')")
    page.evaluate("document.fonts.ready.then(() => null)")
    return page
