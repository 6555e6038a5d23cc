"""What the tests of this room share: sites built from a project's folder, and their pages as trees.

Run as a program, it writes the expected output of the tiny project again:

    PYTHONPATH=. .venv/bin/python tests/site/site_project.py
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.poster.places import BOOKLET, SERIES_CARD, screen_paths
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.rendering.fonts import FACES, WebFont
from oxalis_panels.site.building import build_site
from oxalis_panels.site.faces import needed
from oxalis_panels.site.history import History
from oxalis_panels.site.inputs import SiteInputs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TINY = HERE / "tiny"
EXPECTED = HERE / "tiny_expected"
PRINT_OF = re.compile(r"-[0-9a-f]{10}(?=\.)")
"""What tells a file from its next version, in its name."""
NO_FONTS = tuple(WebFont(face, b"a font") for face in FACES)
NO_POSTERS: Mapping[str, int] = {}
NO_HISTORY = History()


@dataclass(frozen=True)
class Html:
    """A parsed page."""

    root: Element
    errors: list[object]
    text: str

    def all(self, tag: str) -> list[Element]:
        """Return the elements with this tag, in order."""
        return list(self.root.iter(tag))

    def of_class(self, name: str) -> list[Element]:
        """Return the elements with this class, in order."""
        return [each for each in self.root.iter() if name in each.get("class", "").split()]


def checked(project: Path) -> Checked:
    """Return a project that has no mistakes."""
    parsed = check(project)
    assert parsed.value is not None, parsed.diagnostics
    return parsed.value


def build(
    project: Checked,
    fonts: tuple[WebFont, ...] = NO_FONTS,
    posters: Mapping[str, int] = NO_POSTERS,
    history: History = NO_HISTORY,
) -> Parsed[tuple[Artifact, ...]]:
    """Build the site of a project with this history, for which posters with these files have been made."""
    shipped = needed(fonts, project.typeset)
    inputs = SiteInputs(
        project.folders,
        project.palette,
        shipped,
        posters,
        history,
        words=project.words,
        static=project.static,
    )
    return build_site(project.typeset, project.as_typed, inputs)


def files(
    project: Checked,
    fonts: tuple[WebFont, ...] = NO_FONTS,
    posters: Mapping[str, int] = NO_POSTERS,
    history: History = NO_HISTORY,
) -> dict[str, bytes]:
    """Return the files of a project's site by their path in it."""
    built = build(project, fonts, posters, history)
    assert built.diagnostics == ()
    assert built.value is not None
    return {artifact.path.relative_to("site").as_posix(): artifact.data for artifact in built.value}


def with_settings(project: Checked, **settings: Any) -> Checked:  # noqa: ANN401 - as many types as fields
    """Return the project with other settings."""
    changed = replace(project.typeset.settings, **settings)
    return replace(project, typeset=replace(project.typeset, settings=changed))


def poster_sizes(project: Checked) -> dict[str, int]:
    """Return the files that the posters of a project put on its site, as if all were of 12,345 bytes."""
    paths = [
        BOOKLET,
        SERIES_CARD,
        *(path for panel in project.typeset.panels for path in screen_paths(panel.slug, online=True)),
    ]
    return {path.relative_to("site").as_posix(): 12_345 for path in paths}


def style(site: dict[str, bytes], name: str = "style") -> str:
    """Return a style sheet of a site, whose name changes with it."""
    (path,) = (path for path in site if path.startswith(f"{name}-") and path.endswith(".css"))
    return site[path].decode()


def plainly_named(site: dict[str, bytes]) -> dict[str, bytes]:
    """Return a site whose style sheets and script have plain names: the real ones change with them."""
    plain = {path: PRINT_OF.sub("", path) for path in site if path.endswith((".css", ".js"))}
    return {plain.get(path, path): _renamed(data, plain) for path, data in site.items()}


def _renamed(data: bytes, names: dict[str, str]) -> bytes:
    for old, new in names.items():
        data = data.replace(old.encode(), new.encode())
    return data


def parse(data: bytes) -> Html:
    """Parse a page as a browser does, remembering every error."""
    parser = HTMLParser(namespace_html_elements=False)
    text = data.decode()
    return Html(parser.parse(text), parser.errors, text)


def pages(site: dict[str, bytes]) -> dict[str, Html]:
    """Return the parsed pages of a site."""
    return {path: parse(data) for path, data in site.items() if path.endswith(".html")}


def authors_text(element: Element) -> str:
    """Return the text of an element without what is marked as added to the authors' words."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("data-added") is None:
            yield from _pieces(child)
        yield child.tail or ""


def regenerate() -> None:
    """Write the expected output of the tiny project."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, data in plainly_named(files(checked(TINY))).items():
        (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / path).write_bytes(data)


if __name__ == "__main__":
    regenerate()
