"""One state of the project as it is served: everything in memory, nothing written but cached fonts."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from pathlib import Path

from oxalis_panels.model.collection import figures_in
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.artifacts import site_of
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.poster.places import published_files
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import Font, characters, load_fonts
from oxalis_panels.site.history import History, read_history


@value
class Reading:
    """A project whose files have no mistake."""

    checked: Checked
    fonts: tuple[Font, ...]
    history: History


@value
class Snapshot:
    """A project without mistakes, and its site."""

    checked: Checked
    files: Mapping[str, bytes] = field(repr=False)
    """Every file of the site, by its path inside it."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The addresses of the panels."""
        return tuple(panel.slug for panel in self.checked.typeset.panels)

    def pictures(self, project: Path) -> tuple[Path, ...]:
        """Return where the pictures of the panels and pages of a project lie."""
        collection = self.checked.as_typed
        figures = [(each.span, each.figure) for each in collection.panels if each.figure]
        figures += [(each.span, figure) for each in collection.pages for figure in figures_in(each.blocks)]
        return tuple(project / Path(span.source.path).parent / figure.file for span, figure in figures)


class SnapshotBuilder:
    """Makes snapshots of one project, and keeps its fonts from one to the next."""

    def __init__(self, project: Path) -> None:
        """Take the folder of the project."""
        self.project = project
        self.cache = project / "output" / CACHE
        self._fonts: tuple[frozenset[str], tuple[Font, ...]] = (frozenset(), ())

    def read(self) -> Parsed[Reading]:
        """Read the project; no value when anything in its files is wrong."""
        with ThreadPoolExecutor(1) as executor:  # git takes as long as reading
            future = executor.submit(read_history, self.project)
            checked = check(self.project)
            if checked.value is None:
                return Parsed(None, checked.diagnostics)
            fonts = self._load(checked.value)
            return Parsed(Reading(checked.value, fonts, future.result()), checked.diagnostics)

    def build(self, reading: Reading) -> Parsed[Snapshot]:
        """Make the site of what was read; no value when anything in it is wrong."""
        checked, typeset = reading.checked, reading.checked.typeset
        online = typeset.settings.site_url is not None
        published = published_files((panel.slug for panel in typeset.panels), online=online)
        sizes = {path: _size(self.cache.parent / path) for path in published}
        site = site_of(checked, reading.fonts, sizes, reading.history, self.cache)
        if site.value is None:
            return Parsed(None, site.diagnostics)
        files = {each.path.relative_to("site").as_posix(): each.data for each in site.value}
        return Parsed(Snapshot(checked, files), site.diagnostics)

    def _load(self, checked: Checked) -> tuple[Font, ...]:
        """Return the fonts, loaded again only when the characters change; the cache is that of `build`."""
        used, fonts = self._fonts
        wanted = characters(checked.typeset, checked.words)
        if not fonts or used != wanted:
            self._fonts = (wanted, load_fonts(wanted, self.cache / "fonts"))
        return self._fonts[1]


def _size(file: Path) -> int:
    """Return the bytes of a file, 0 if it is not built."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
