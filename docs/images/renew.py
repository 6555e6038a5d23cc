"""Take the pictures of the README and the guides anew, from real output.

    python3 build.py && .venv/bin/python docs/images/renew.py

Needs Chromium. The pictures are reduced to 96 colours: small in the repository, good enough for a README.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "output"
WALL = (226, 224, 218)
GAP = 24
COLOURS = 96
PANEL = """# Former chacune et chacun

- ✓ Un plan de formation pour toutes et tous :
  - → douze formations en 2025,
  - → trois parcours « gestion », ouverts aux nouveaux entrants.
"""
"""A ninth panel, for the picture of a mistake in it."""
DELIVERY = """
delivery:
  copies: 1
  paper: Couché mat 170 g
  finish: Aucune
  contact: Camille Martin, 04 00 00 00 00, camille@exemple.fr
  deadline: vendredi 12 juin
"""
CHANGE = ("Un sujet technique mais saisi !", "Un sujet technique, et dont chacun et chacune s’est saisi.")
"""Words of a panel, and what somebody proposes to write instead."""


def poster(path: Path, width: int) -> Image.Image:
    """Return the picture of a poster's first page, `width` pixels wide."""
    page = pypdfium2.PdfDocument(path)[0]
    return (
        page.render(scale=2 * width / page.get_width())
        .to_pil()
        .resize((width, round(width * page.get_height() / page.get_width())), Image.Resampling.LANCZOS)
    )


def hung(pictures: list[Image.Image], columns: int) -> Image.Image:
    """Return pictures of one size side by side on a wall."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    wall = Image.new("RGB", (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP), WALL)
    for index, picture in enumerate(pictures):
        place = (GAP + index % columns * (width + GAP), GAP + index // columns * (height + GAP))
        wall.paste(picture, place)
    return wall


def screens() -> Image.Image:
    """Return a page on a wide screen, and beside it on a phone in dark mode."""
    page = (OUTPUT / "site" / "equipe" / "index.html").as_uri()
    shots = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width, height, scheme in ((1280, 860, "light"), (390, 860, "dark")):
            size = {"width": width, "height": height}
            view = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
            view.goto(page)
            shots.append(Image.open(io.BytesIO(view.screenshot())).convert("RGB"))
        browser.close()
    wide, phone = shots
    wall = Image.new("RGB", (wide.width + phone.width + 3 * GAP, wide.height + 2 * GAP), WALL)
    wall.paste(wide, (GAP, GAP))
    wall.paste(phone, (wide.width + 2 * GAP, GAP))
    return wall


def program(project: Path, *arguments: str | Path) -> None:
    """Run our own command in a project."""
    order = [sys.executable, "-m", "oxalis_panels", *map(str, arguments), "--project", str(project)]
    subprocess.run(order, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def photograph(page: Path, width: int, height: int, *, at: str) -> Image.Image:
    """Return what a window shows of a page, scrolled to the first element of this selector."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": width, "height": height})
        view.goto(page.as_uri())
        view.locator(at).first.scroll_into_view_if_needed()
        shot = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
        browser.close()
    return shot


def begun(folder: str) -> Path:
    """Return a project with the panels of a cooperative, as its last version in git."""
    project = Path(folder)
    shutil.copytree(HERE.parents[1] / "panels", project / "panels")
    git = ["git", "-C", folder, "-c", "user.name=Camille Martin", "-c", "user.email="]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Première version"]):
        subprocess.run([*git, *arguments], check=True)  # noqa: S603 - git, in a new folder
    return project


def edited() -> Image.Image:
    """Return the foot of a panel's page, which leads to the forge's editor."""
    with TemporaryDirectory() as folder:
        project = begun(folder)
        edit = "https://codeberg.org/oxalis/panneaux/_edit/main/{path}"
        program(project, "build", "--site", "--edit-url", edit, "--output", project / "output")
        return photograph(project / "output" / "site" / "offre" / "index.html", 900, 420, at="a[href*=_edit]")


def changed() -> Image.Image:
    """Return the page that shows what a change of a panel does."""
    with TemporaryDirectory() as folder:
        project = begun(folder)
        panel = project / "panels" / "05-numerique.md"
        panel.write_text(panel.read_text("utf-8").replace(*CHANGE), encoding="utf-8")
        program(project, "diff", "--format", "html", "--report", project / "relecture.html")
        return photograph(project / "relecture.html", 900, 1000, at="img, svg, figure")


def ordered() -> Image.Image:
    """Return the job sheet of a delivery."""
    with TemporaryDirectory() as folder:
        project = begun(folder)
        settings = project / "panels" / "collection.yaml"
        settings.write_text(settings.read_text("utf-8") + DELIVERY, encoding="utf-8")
        program(project, "deliver", "--site-url", "https://bilan.exemple.fr/", "--output", project / "output")
        (archive,) = (project / "output" / "livraison").glob("*.zip")
        with ZipFile(archive) as opened:
            (name,) = (each for each in opened.namelist() if each.endswith("bon-de-commande.pdf"))
            opened.extract(name, project)
        return hung([poster(project / name, 560)], 1)


def live(look: Callable[[str, Path, Page], None]) -> Image.Image:
    """Return what `serve` shows of a ninth panel; `look` goes there, given the address and the file."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(HERE.parents[1] / "panels", project / "panels")
        panel = project / "panels" / "09-formation.md"
        panel.write_text(PANEL, encoding="utf-8")
        order = [sys.executable, "-m", "oxalis_panels", "serve", "--port", "0", "--project", folder]
        server = subprocess.Popen(  # noqa: S603 - our own command
            order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        try:
            return _seen(server, panel, look)
        finally:
            server.terminate()
            server.wait()


def _seen(server: subprocess.Popen[str], panel: Path, look: Callable[[str, Path, Page], None]) -> Image.Image:
    address = next(found[0] for line in server.stdout or () if (found := re.search(r"http://\S+", line)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 900, "height": 640})
        look(address, panel, view)
        sleep(1)
        shot = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
        browser.close()
    return shot


def broken(address: str, panel: Path, view: Page) -> None:
    """Break the panel while its page is open: the last good page, and the message."""
    view.goto(f"{address}formation/")
    panel.write_text(PANEL.replace("- ✓ Un", "- → Un", 1), encoding="utf-8")
    view.get_by_text("n’a pas de ✓").wait_for()


def sheet(address: str, _panel: Path, view: Page) -> None:
    """Open the poster of the panel: its lines, its size of type, the words that are left."""
    view.goto(f"{address}~/affiches/formation/")
    view.locator("svg .trimline").wait_for()
    view.get_by_text("sans qu’il rapetisse").wait_for()


def save(picture: Image.Image, name: str) -> None:
    """Write a picture beside this file."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


if __name__ == "__main__":
    save(hung([poster(path, 290) for path in sorted((OUTPUT / "print").glob("*.pdf"))], 4), "posters.png")
    save(screens(), "site.png")
    save(live(broken), "live.png")
    save(live(sheet), "sheet.png")
    save(edited(), "edit.png")
    save(changed(), "diff.png")
    save(ordered(), "order.png")
