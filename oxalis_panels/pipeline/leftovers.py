"""What earlier builds left in the output folder: files of panels that are gone, or with an older text.

The manifest says which panels a file shows, its name does not: each file is recorded with the slugs of its
panels and a digest of their text.
"""

import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.texts import field_names
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.output.manifest import Entry, Manifest
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.places import BOOKLET, COVER_SHEET, SERIES_CARD, is_screen_file

SITE, PRINT, PROOFS = "site", "print", "proofs"
PUBLISHED = frozenset({SITE, PRINT, PROOFS})
"""Folders from which withdrawn files are removed; no build removes those of others (deliveries, reviews)."""
PAGES = PurePosixPath(SITE, "panels.json")
"""Represents all pages of the site: they are made together, and each names every panel."""
OF_ALL = frozenset({BOOKLET, COVER_SHEET, SERIES_CARD, PAGES})
"""Files that show all panels: outdated as soon as a panel comes or goes."""

NOT_ON_POSTERS = frozenset({"slug", "number", "short_title", "colour"})
"""Fields of a panel that its poster does not show."""
TextDigests = dict[str, str]
"""Slug of each panel, in the order of the series, and digest of the text on its poster."""


def text_digests(collection: Collection) -> TextDigests:
    """Return digests of the text on each poster of a typeset collection; design and spans do not count."""
    settings = collection.settings
    common = (settings.title, settings.organisation, settings.period, settings.authors)
    return {
        panel.slug: _digest(
            *(*common, len(collection.panels), panel.number),
            *(getattr(panel, name) for name in field_names(type(panel)) if name not in NOT_ON_POSTERS),
            sha256(panel.figure.data).digest() if panel.figure else b"",
        )
        for panel in collection.panels
    }


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:12]


@value
class OldOutput:
    """The files in the output folder when a build begins, and the current texts."""

    manifest: Manifest
    digests: TextDigests
    withdrawn: Mapping[PurePosixPath, tuple[str, ...]]
    """The files that must not stay where they are published or printed, with the panels that are gone.

    They show a panel that is not in the collection, or all panels of another selection; or they come from a
    version that did not record panels, and may be either.
    """

    @property
    def usable(self) -> Manifest:
        """The files that a build may reuse, or leave as they are."""
        files = self.manifest.files.items()
        return Manifest({path: entry for path, entry in files if path not in self.withdrawn})

    @property
    def pages_are_wrong(self) -> bool:
        """Whether the site has pages that name other panels than the current ones: all are made again."""
        if PAGES in self.manifest.files:
            return PAGES in self.withdrawn
        return any(path.parts[0] == SITE and not is_screen_file(path) for path in self.manifest.files)

    def scope(self, request: Request) -> Callable[[PurePosixPath], bool]:
        """Return a test for the paths that a build makes completely: stale files are removed only there.

        A single poster replaces those of its panel with an older text: their names differ when the panel has
        moved in the series.
        """

        def made(path: PurePosixPath) -> bool:
            if path.parts[0] not in PUBLISHED:
                return False
            if path.parts[0] == SITE and not is_screen_file(path):
                return request.site
            if not request.posters or (path.parts[0] == PROOFS and not request.proofs):
                return False
            return not request.panels or (path.parts[0] != SITE and replaced(self.manifest.files[path]))

        def replaced(entry: Entry) -> bool:
            return entry.panels.keys() <= request.panels and is_older(entry, self.digests)

        return made


def old_output(manifest: Manifest, digests: TextDigests) -> OldOutput:
    """Return what earlier builds made, with the files that show other panels than the current ones."""
    gone = {
        path: _gone(entry, digests)
        for path, entry in manifest.files.items()
        if path.parts[0] in PUBLISHED and _is_wrong(path, entry, digests)
    }
    return OldOutput(manifest, digests, gone)


def _is_wrong(path: PurePosixPath, entry: Entry, digests: TextDigests) -> bool:
    if path in OF_ALL:
        return entry.panels.keys() != digests.keys()
    if entry.panels:
        return not entry.panels.keys() <= digests.keys()
    return path.parts[0] != SITE or is_screen_file(path)  # other files have no panels recorded


def _gone(entry: Entry, digests: TextDigests) -> tuple[str, ...]:
    return tuple(slug for slug in entry.panels if slug not in digests)


def is_older(entry: Entry, digests: TextDigests) -> bool:
    """Return whether a file shows an older text of its panels than the current one."""
    return any(digests.get(slug) != digest for slug, digest in entry.panels.items())


@value
class Leftovers:
    """The files of an output folder that are out of date after a build."""

    posters: tuple[str, ...]
    """Slugs of the panels whose posters have an older text, in the order of the series."""
    proofs: tuple[str, ...]
    """The same for proofs."""
    booklet: bool
    """Whether the booklet has an older text."""
    pages: bool
    """Whether the pages of the site have an older text."""
    archives: Mapping[PurePosixPath, tuple[str, ...]]
    """Files that no build removes, and the withdrawn panels whose text they hold."""


def leftovers(output: Path, manifest: Manifest, digests: TextDigests) -> Leftovers:
    """Compare the files of an output folder with the current texts."""
    old = {
        path: entry
        for path, entry in manifest.files.items()
        if is_older(entry, digests) and os.path.isfile(output / path)  # noqa: PTH113 - refused: not there
    }
    of_one = {path: entry for path, entry in old.items() if path not in OF_ALL}
    gone = {path: _gone(entry, digests) for path, entry in old.items()}
    return Leftovers(
        posters=_panels(of_one, digests, lambda path: path.parts[0] == PRINT or is_screen_file(path)),
        proofs=_panels(of_one, digests, lambda path: path.parts[0] == PROOFS),
        booklet=BOOKLET in old,
        pages=PAGES in old,
        archives={path: slugs for path, slugs in gone.items() if slugs and path.parts[0] not in PUBLISHED},
    )


def _panels(
    files: Mapping[PurePosixPath, Entry], digests: TextDigests, wanted: Callable[[PurePosixPath], bool]
) -> tuple[str, ...]:
    """Return the panels of some files, in the order of the series."""
    slugs = {slug for path, entry in files.items() if wanted(path) for slug in entry.panels}
    return tuple(slug for slug in digests if slug in slugs)
