"""The live preview in a real browser: what a save changes on the screen, and what it leaves."""

import shutil
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

import pytest
from browsers import chromium, everywhere, needs_chromium, violations
from playwright.sync_api import Browser, Page, expect
from served import PANEL, Served, project_in, served

LONG = "# Un titre court\n\n" + "".join(
    f"- ✓ Le constat {number} du panneau,\n  - → et un point.\n" for number in range(1, 40)
)
BROKEN = "Un texte sans titre.\n"

expect.set_options(timeout=60_000)

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Iterator[Served]:
    """Return a server of a long panel and a short one."""
    project = project_in(tmp_path_factory.mktemp("served"), french_fonts, un=LONG, deux=PANEL)
    with served(project) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """Return the long panel in a window, connected; the project is whole again afterwards."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{server.address}/un/", wait_until="load")
        page.wait_for_function("document.querySelector('oxalis-live')")
        yield page
        server.write("panels/01-un.md", LONG)
        server.write("panels/02-deux.md", PANEL)


def test_a_saved_word_is_shown_and_the_place_is_kept(page: Page, server: Served) -> None:
    """The page is not loaded again, does not scroll, and what did not change is the same element."""
    page.evaluate("scrollTo(0, 1500); window.mark = document.getElementById('c30'); window.same = true")
    server.write("panels/01-un.md", LONG.replace("constat 20 du", "constat vingt du"))
    expect(page.locator("#c20")).to_contain_text("constat vingt")
    assert page.evaluate("[scrollY, window.same, window.mark === document.getElementById('c30')]") == [
        1500,
        True,
        True,
    ]


def test_findings_that_come_and_go_leave_the_others(page: Page, server: Served) -> None:
    """Whatever moves, the page is the one that is served."""
    page.evaluate("window.same = true")
    for text in (LONG + "- ✓ Un de plus.\n", LONG.replace("- ✓ Le constat 2 du panneau,\n", "")):
        server.write("panels/01-un.md", text)
        page.wait_for_function(
            """async () => {
                const page = new DOMParser().parseFromString(
                    await (await fetch(location.href)).text(), 'text/html');
                return page.body.textContent.includes(%s) && page.body.isEqualNode(document.body);
            }"""
            % ("'Un de plus'" if "plus" in text else "'constat 3 '")
        )
    assert page.evaluate("window.same") is True


def test_a_changed_style_sheet_is_put_on_without_loading_the_page(page: Page, server: Served) -> None:
    """The old one stays until the new one is there."""
    page.evaluate("window.same = true")
    own = server.project / "templates" / "site" / "style.css"
    own.parent.mkdir(parents=True)
    shipped = server.get("/").text
    assert "style-" in shipped
    source = (resources("oxalis_panels").joinpath("..", "templates", "site", "style.css")).read_text("utf-8")
    own.write_text(source + "\nh1 { text-decoration: underline }\n", encoding="utf-8")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('h1')).textDecorationLine === 'underline'"
    )
    assert page.evaluate("[window.same, document.querySelectorAll('link[rel=stylesheet]').length]") == [
        True,
        1,
    ]
    shutil.rmtree(server.project / "templates")
    page.wait_for_function("getComputedStyle(document.querySelector('h1')).textDecorationLine === 'none'")


def test_a_mistake_lies_over_the_last_good_page(browser: Browser, server: Served) -> None:
    """The diagnostic of the terminal, heard as an alert; focus stays, Escape closes, the repair clears it."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.address}/deux/")
        page.locator(".home").focus()
        server.write("panels/02-deux.md", BROKEN)
        alert = page.get_by_role("alert")
        expect(alert).to_have_text("1 erreur – la page montre la dernière bonne version.")
        expect(page.locator("oxalis-live .problem")).to_contain_text("panels/02-deux.md:1:1: erreur")
        expect(page.locator("h1")).to_have_text("Un titre court")
        assert page.evaluate("document.activeElement.className") == "home"
        for case in everywhere(page):
            expect(alert).to_be_visible()
            assert (case, *_barriers(page)) == (case, True, [])
            page.locator("oxalis-live .close").focus()
            page.keyboard.press("Escape")
            expect(alert).to_be_hidden()
            page.get_by_role("button", name="1 erreur").click()
            expect(alert).to_be_visible()
        server.write("panels/02-deux.md", PANEL)
        expect(alert).to_be_hidden()
        expect(page.get_by_role("button", name="1 erreur")).to_be_hidden()


def test_a_poster_is_shown_with_its_lines_and_its_room(browser: Browser, server: Served) -> None:
    """Bleed, trim and safe margin can be switched; size and words left are said; nobody is kept out."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.address}/~/affiches/deux/")
        expect(page.locator(".bar p").first).to_contain_text("sans qu’il rapetisse")
        trim = page.locator("svg .trimline")
        for case in everywhere(page):
            expect(trim).to_be_visible()
            page.get_by_label("Coupe").uncheck()
            expect(trim).to_be_hidden()
            assert (case, *_barriers(page)) == (case, True, [])
            page.get_by_label("Coupe").check()
        page.goto(f"{server.address}/~/affiches/")
        expect(page.locator(".card")).to_have_count(2)
        for case in everywhere(page):
            assert (case, *_barriers(page)) == (case, True, [])


def _barriers(page: Page) -> tuple[bool, list[tuple[str, str]]]:
    """Return whether a page fits into its window, and what axe finds wrong with it."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth"), violations(page)


def test_a_poster_is_zoomed_with_keys_and_buttons(browser: Browser, server: Served) -> None:
    """Keys work while the sheet has the focus; beyond its picture, the part in view is drawn sharply."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{server.address}/~/affiches/deux/")
        expect(page.locator(".whole")).to_be_visible()
        level = page.locator("#level")
        page.locator(".stage").focus()
        page.keyboard.press("1")
        expect(level).to_have_text("100 %")
        expect(page.locator(".sharp")).to_be_visible()
        page.keyboard.press("+")
        expect(level).to_have_text("125 %")
        page.get_by_role("button", name="Réduire").click()
        expect(level).to_have_text("100 %")
        page.keyboard.press("0")
        page.get_by_role("button", name="Ajuster").click()
        expect(level).not_to_have_text("100 %")


def test_a_saved_word_is_on_the_poster(browser: Browser, server: Served) -> None:
    """The same page, another picture; a text that overflows is told, and the last sheet stays."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{server.address}/~/affiches/deux/")
        sheet = page.locator(".whole")
        before = sheet.get_attribute("src")
        page.evaluate("window.same = true")
        server.write("panels/02-deux.md", PANEL.replace("assez court", "plus que court"))
        expect(sheet).not_to_have_attribute("src", before or "")
        server.write(
            "panels/02-deux.md", PANEL + f"- ✓ {'Un constat bien trop long pour une affiche. ' * 6}\n" * 20
        )
        expect(page.locator(".problem")).to_contain_text("poster-overflow")
        expect(sheet).to_be_visible()
        expect(page.locator(".bar p").first).to_contain_text("Ne tient pas")
        server.write("panels/02-deux.md", PANEL)
        expect(page.locator(".problem")).to_have_count(0)
        assert page.evaluate("window.same") is True
