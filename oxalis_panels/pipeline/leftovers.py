"""What earlier builds left in the output folder: of panels that are gone, or in an older text.

Whose file it is, the manifest says, never its name: each file that holds the text of panels is recorded with
them, and with a digest of that text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.texts import field_names
from oxalis_panels.model.value import frozen
from oxalis_panels.pipeline.output.manifest import Entry, Manifest
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.places import BOOKLET, SERIES_CARD, is_screen_file

SITE, PRINT, PROOFS = "site", "print", "proofs"
PUBLISHED = frozenset({SITE, PRINT, PROOFS})
"""Where nothing withdrawn may stay. What other folders hold (deliveries, reviews) no build removes."""
PAGES = PurePosixPath(SITE, "panels.json")
"""Stands for all pages of the site: they are made together, and each names every panel."""
OF_ALL = frozenset({BOOKLET, SERIES_CARD, PAGES})
"""Made of all panels: of others than those of today, they are wrong."""

APART = frozenset({"slug", "number", "short_title", "colour"})
"""Of a panel: what its poster does not say, or says with the others."""
Texts = dict[str, str]
"""Slug of each panel, in the order of the series, and digest of what its poster says."""


def texts_of(collection: Collection) -> Texts:
    """Return what the posters of a typeset collection say, as digests: neither looks nor places matter."""
    settings = collection.settings
    common = (settings.title, settings.organisation, settings.period, settings.authors)
    return {
        panel.slug: _digest(
            *(*common, len(collection.panels), panel.number),
            *(getattr(panel, name) for name in field_names(type(panel)) if name not in APART),
            sha256(panel.figure.data).digest() if panel.figure else b"",
        )
        for panel in collection.panels
    }


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:12]


@frozen
class Before:
    """What stands in the output folder when a build begins, and the texts of today."""

    manifest: Manifest
    texts: Texts
    withdrawn: Mapping[PurePosixPath, tuple[str, ...]]
    """The files that must not stay where they are published or printed, with the panels that are gone.

    That is what holds the text of a panel that is not in the collection, what is made of all panels but was
    made of others, and, in the manifest of a version that did not record it, what may be either.
    """

    @property
    def usable(self) -> Manifest:
        """The files that a build may use again, or leave as they are."""
        files = self.manifest.files.items()
        return Manifest({path: entry for path, entry in files if path not in self.withdrawn})

    @property
    def pages_are_wrong(self) -> bool:
        """Whether pages of the site stand that name other panels than those of today: all are made again."""
        if PAGES in self.manifest.files:
            return PAGES in self.withdrawn
        return any(path.parts[0] == SITE and not is_screen_file(path) for path in self.manifest.files)

    def made_whole(self, request: Request) -> Callable[[PurePosixPath], bool]:
        """Return which paths a build makes completely: stale files are removed only there.

        A poster that is made alone takes the place of those of its panel in an older text: a panel that has
        moved in the series had another name for them.
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
            return entry.panels.keys() <= request.panels and is_older(entry, self.texts)

        return made


def look_back(manifest: Manifest, texts: Texts) -> Before:
    """Find what of the files that earlier builds made is of other panels than those of today."""
    gone = {
        path: _gone(entry, texts)
        for path, entry in manifest.files.items()
        if path.parts[0] in PUBLISHED and _is_wrong(path, entry, texts)
    }
    return Before(manifest, texts, gone)


def _is_wrong(path: PurePosixPath, entry: Entry, texts: Texts) -> bool:
    if path in OF_ALL:
        return entry.panels.keys() != texts.keys()
    if entry.panels:
        return not entry.panels.keys() <= texts.keys()
    return path.parts[0] != SITE or is_screen_file(path)  # of other files it is not recorded


def _gone(entry: Entry, texts: Texts) -> tuple[str, ...]:
    return tuple(slug for slug in entry.panels if slug not in texts)


def is_older(entry: Entry, texts: Texts) -> bool:
    """Tell whether a file that holds the text of panels has another text than theirs is now."""
    return any(texts.get(slug) != text for slug, text in entry.panels.items())


@frozen
class Leftovers:
    """What stands in the output folder after a build and is not of the text of today."""

    posters: tuple[str, ...]
    """Slugs of the panels whose posters have an older text, in the order of the series."""
    proofs: tuple[str, ...]
    """The same of proofs."""
    booklet: bool
    """Whether the booklet has an older text."""
    pages: bool
    """Whether the pages of the site have."""
    archives: Mapping[PurePosixPath, tuple[str, ...]]
    """Files that no build removes, and the withdrawn panels whose text they hold."""


def leftovers(output: Path, manifest: Manifest, texts: Texts) -> Leftovers:
    """Hold what stands in an output folder against the texts of today."""
    old = {
        path: entry
        for path, entry in manifest.files.items()
        if is_older(entry, texts) and os.path.isfile(output / path)  # noqa: PTH113 - refused: not there
    }
    of_one = {path: entry for path, entry in old.items() if path not in OF_ALL}
    gone = {path: _gone(entry, texts) for path, entry in old.items()}
    return Leftovers(
        posters=_panels(of_one, texts, lambda path: path.parts[0] == PRINT or is_screen_file(path)),
        proofs=_panels(of_one, texts, lambda path: path.parts[0] == PROOFS),
        booklet=BOOKLET in old,
        pages=PAGES in old,
        archives={path: slugs for path, slugs in gone.items() if slugs and path.parts[0] not in PUBLISHED},
    )


def _panels(
    files: Mapping[PurePosixPath, Entry], texts: Texts, wanted: Callable[[PurePosixPath], bool]
) -> tuple[str, ...]:
    """Return the panels of some files, in the order of the series."""
    slugs = {slug for path, entry in files.items() if wanted(path) for slug in entry.panels}
    return tuple(slug for slug in texts if slug in slugs)
