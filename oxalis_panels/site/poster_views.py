"""What the pages show of posters: pictures, and files to download."""

from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import PurePosixPath

from oxalis_panels.model.value import value
from oxalis_panels.poster.places import (
    BOOKLET,
    SERIES_CARD,
    WIDTHS,
    card_path,
    height_of,
    picture_path,
    sheet_path,
)
from oxalis_panels.words.catalogue import Catalogue

KILOBYTE = 1000


@value
class FileView:
    """A file to download from the site."""

    path: str
    """Inside the site: `posters/offre.pdf`."""
    words: str
    """What it is."""
    detail: str
    """Its format, its size and, if the catalogue has a name for it, its language."""


@value
class PictureView:
    """A picture of a poster in one size."""

    path: str
    """Inside the site: `posters/offre-320.webp`."""
    width: int
    height: int
    """In pixels."""


@value
class PosterView:
    """The poster of a panel."""

    file: FileView
    pictures: tuple[PictureView, ...]
    """The same in several sizes, the smallest first."""


@value
class PosterViews:
    """The files of posters on the site; none before posters are built."""

    sizes: Mapping[str, int]
    """Bytes of each file, by its path inside the site; 0: not known."""
    words: Catalogue
    language: str
    """Of the texts on the posters."""

    def of(self, slug: str) -> PosterView | None:
        """Return the poster of a panel; None unless its file and its pictures exist."""
        if not self.sizes:
            return None
        file = self._file(sheet_path(slug), "poster", "A1")
        pictures = tuple(self._pictures(slug)) if file else ()
        return PosterView(file, pictures) if file and pictures else None

    @property
    def booklet(self) -> FileView | None:
        """All posters in one file; every page shows it."""
        return self._file(BOOKLET, "booklet", "A4") if self.sizes else None

    def card(self, slug: str) -> str:
        """Return the picture for messengers of a panel, or that of the series; empty if there is none."""
        for path in (card_path(slug), SERIES_CARD):
            if _inside(path) in self.sizes:
                return _inside(path)
        return ""

    def _pictures(self, slug: str) -> Iterator[PictureView]:
        for width in WIDTHS:
            path = _inside(picture_path(slug, width))
            if path in self.sizes:
                yield PictureView(path, width, height_of(width))

    def _file(self, path: PurePosixPath, kind: str, paper: str) -> FileView | None:
        inside = _inside(path)
        if inside not in self.sizes:
            return None
        detail = (self.words.text("site.format", paper=paper), self._weight(inside), self._language())
        return FileView(inside, self.words.text(f"site.{kind}"), ", ".join(filter(None, detail)))

    def _weight(self, inside: str) -> str:
        """Return the size of a file in words; empty if it is not known."""
        kilobytes = ceil(self.sizes[inside] / KILOBYTE)
        if kilobytes < KILOBYTE:
            return self.words.text("site.kilobytes", n=kilobytes) if kilobytes else ""
        return self.words.text("site.megabytes", n=round(kilobytes / KILOBYTE, 1))

    def _language(self) -> str:
        """Return the name of the posters' language in the language of the interface; empty if unknown."""
        primary = self.language.split("-", maxsplit=1)[0].lower()
        return str(self.words.tables["language"].get(primary, ""))


def _inside(path: PurePosixPath) -> str:
    return path.relative_to("site").as_posix()
