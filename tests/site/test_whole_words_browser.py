"""Where no line ends, in a real browser: inside a word, or inside a short hyphenated one.

Skipped where no Chromium is installed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import chromium, needs_chromium
from PIL import Image
from playwright.sync_api import Browser
from site_project import checked, files, poster_sizes

from oxalis_panels.rendering.fonts import characters, load_fonts, web_fonts

pytestmark = needs_chromium

WHOLE = ("va-t-il", "quarante-sept", "peut-être", "est-à-dire")
SAID = "On {} va-t-il dire quarante-sept fois que cela va-t-il ? Oui, quarante-sept"
HARD = (
    "Anticonstitutionnellement, l’équipe va-t-il peut-être",
    "Les entrepreneur·es de Saint-Quentin-en-Yvelines",
    "C’est-à-dire : contact@maison-des-initiatives.exemple.fr",
    "Lire https://www.maison-des-initiatives.exemple.fr/bilan/2024/quarante-sept-pages.html, peut-être",
)
NAMES = ("budget", "equipe", "offre", "suite")
BROKEN = """whole => {
    const texts = new Map(), faults = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node; node = walk.nextNode();) {
        let block = node.parentElement;
        while (getComputedStyle(block).display === 'inline') block = block.parentElement;
        if (!texts.has(block)) texts.set(block, []);
        if (node.data) texts.get(block).push(...[...node.data].map((letter, at) => [letter, node, at]));
        else if (node.tagName === 'BR') texts.get(block).push([' ']);
    }
    const boxes = letters => {
        const found = [];
        for (let at = 0; at < letters.length;) {
            const node = letters[at][1], range = document.createRange();
            range.setStart(node, letters[at][2]);
            while (letters[at]?.[1] === node) range.setEnd(node, letters[at++][2] + 1);
            found.push(...[...range.getClientRects()].filter(box => box.width > 1));
        }
        return found;
    };
    const parts = RegExp(`[^\\\\s-]*(?:${whole.join('|')})[^\\\\s-]*|[^\\\\s-]+-?|-`, 'g');
    let seen = 0;
    for (const [block, letters] of texts) {
        if (block.closest('.ear, .mark, .sign')) continue;
        const style = getComputedStyle(block), said = letters.map(each => each[0]).join('');
        const room = block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        for (const word of said.matchAll(/\\S+/g)) {
            const wide = boxes(letters.slice(word.index, word.index + word[0].length))
                .reduce((sum, box) => sum + box.width, 0);
            const address = /@|:\\/\\//.test(word[0]);
            for (const part of word[0].matchAll(address ? /[^-/?]+[-/?]*|[-/?]+/g : parts)) {
                const from = word.index + part.index;
                const found = boxes(letters.slice(from, from + part[0].length));
                if (!found.length) continue;
                seen++;
                const tops = found.map(box => box.top);
                const apart = Math.max(...tops) - Math.min(...tops) > found[0].height / 2;
                if (apart && !(address && wide > room))
                    faults.add(`${part[0]} in ${block.closest('[class]')?.className}`);
            }
        }
    }
    return [seen, [...faults]];
}"""
"""How many words are seen, and which stand on two lines, though neither a hyphen nor a slash parts them."""
PAGES = ("index.html", "cards.html", "equipe/index.html", "tout/index.html", "projection/index.html")
WIDTHS = (320, 360, 390, 412, 500, 640, 768, 900, 1024, 1100, 1280, 1440, 1920)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, french_fonts: Path) -> Path:
    """Return the site of panels that say those words everywhere, behind more and more letters.

    On its `cards.html` the home page as it is while there are no posters.
    """
    project = tmp_path_factory.mktemp("whole")
    (project / "panels").mkdir()
    (project / "panels/collection.yaml").write_text(
        f"title: {HARD[0]}\nsubtitle: {HARD[1]}\nauthors: '{HARD[2]}'\norganisation: {HARD[1]}\n",
        encoding="utf-8",
    )
    said = [SAID.format("a" * count) for count in range(1, 12, 2)] + list(HARD)
    for number, (name, title) in enumerate(zip(NAMES, HARD, strict=True), 1):
        (project / f"panels/0{number}-{name}.md").write_text(
            f"---\nfigure:\n  file: photo.png\n  alt: Une table\n  caption: {said[3]}\n"
            f"  credit: '{title}'\n---\n# {title}\n\n"
            + "".join(f"{each}\n\n" for each in said[:2])
            + "".join(f"- ✓ {each}\n  - → {each}\n" for each in said),
            encoding="utf-8",
        )
    Image.new("RGB", (900, 1600), "#888").save(project / "panels/photo.png")
    read = checked(project)
    fonts = web_fonts(load_fonts(characters(read.typeset), french_fonts), french_fonts)
    made = files(read, fonts, poster_sizes(read)) | {"cards.html": files(read, fonts)["index.html"]}
    for path, data in made.items():
        (project / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / path).write_bytes(data)
    return project / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("path", PAGES)
def test_no_line_ends_inside_a_word(browser: Browser, site: Path, path: str) -> None:
    """In no title, text, caption, card or slide, on any screen."""
    faults = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}")
        page.evaluate("document.fonts.ready.then(() => null)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            seen, faults[width] = page.evaluate(BROKEN, WHOLE)
            assert seen >= 50
    assert {width: found for width, found in faults.items() if found} == {}
