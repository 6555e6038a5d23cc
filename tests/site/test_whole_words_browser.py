"""Where no line ends, in a real browser: inside a short hyphenated word.

Skipped where no Chromium is installed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import chromium, needs_chromium
from PIL import Image
from playwright.sync_api import Browser
from site_project import checked, files

from oxalis_panels.rendering.fonts import characters, load_fonts, web_fonts

pytestmark = needs_chromium

WHOLE = ("va-t-il", "quarante-sept")
SAID = "On {} va-t-il dire quarante-sept fois que cela va-t-il ? Oui, quarante-sept"
BROKEN = """whole => {
    const faults = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node; node = texts.nextNode();) {
        for (const word of whole) {
            for (let at = -1; (at = node.data.indexOf(word, at + 1)) >= 0;) {
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + word.length);
                const tops = [...range.getClientRects()].filter(box => box.width > 1).map(box => box.top);
                const within = node.parentElement, kind = within.closest('[class]')?.className;
                if (!tops.length || within.closest('.ear')) continue;
                seen++;
                if (Math.max(...tops) - Math.min(...tops) > 3)
                    faults.push(`${word} in ${kind}: ${node.data.slice(0, 40)}`);
            }
        }
    }
    return [seen, [...new Set(faults)]];
}"""
"""How often these words are seen, and where they stand on two lines."""
PAGES = ("index.html", "budget/index.html", "tout/index.html", "projection/index.html")
WIDTHS = (320, 360, 390, 412, 500, 640, 768, 900, 1024, 1100, 1280, 1920)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Path:
    """Return the site of panels that say those words everywhere, behind more and more letters."""
    project = tmp_path_factory.mktemp("whole")
    (project / "panels").mkdir()
    (project / "panels/collection.yaml").write_text(
        f"title: {SAID.format('nous')}\nsubtitle: {SAID.format('leur')}\n", encoding="utf-8"
    )
    for number, name in enumerate(("budget", "equipe", "offre"), 1):
        said = [SAID.format("a" * count) for count in range(1, 12, 2)]
        (project / f"panels/0{number}-{name}.md").write_text(
            f"---\nfigure:\n  file: photo.png\n  alt: Une table\n  caption: {said[3]}\n"
            f"  credit: {said[4]}\n---\n# {SAID.format('b' * number)}\n\n"
            + "".join(f"{each}\n\n" for each in said[:2])
            + "".join(f"- ✓ {each}\n  - → {each}\n" for each in said),
            encoding="utf-8",
        )
    Image.new("RGB", (900, 1600), "#888").save(project / "panels/photo.png")
    read = checked(project)
    fonts = web_fonts(load_fonts(characters(read.typeset), french_fonts), french_fonts)
    for path, data in files(read, fonts).items():
        (project / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / path).write_bytes(data)
    return project / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("path", PAGES)
def test_no_line_ends_inside_a_short_hyphenated_word(browser: Browser, site: Path, path: str) -> None:
    """In no title, text, caption or slide, on any screen."""
    faults = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}")
        page.evaluate("document.fonts.ready.then(() => null)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            seen, faults[width] = page.evaluate(BROKEN, WHOLE)
            assert seen >= 4
    assert {width: found for width, found in faults.items() if found} == {}
