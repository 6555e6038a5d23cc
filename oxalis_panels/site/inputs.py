"""What a site is made from besides its text."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from oxalis_panels.model.value import value
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.fonts import WebFont
from oxalis_panels.rendering.palette import Palette
from oxalis_panels.site.history import History
from oxalis_panels.site.own_files import OwnFile
from oxalis_panels.words.catalogue import Catalogue


@value
class SiteInputs:
    """Templates, files and dates: everything that does not come from the panels."""

    folders: TemplateFolders
    palette: Palette
    fonts: tuple[WebFont, ...]
    """Those that its text needs."""
    posters: Mapping[str, int] = field(default_factory=dict)
    """Path inside the site and size in bytes (0: not known) of each file that the posters put there."""
    history: History = field(default_factory=History)
    """When the panels were changed, as far as that is known."""
    cache: Path | None = None
    """Folder in which the icon and compiled templates are cached between builds."""
    words: Catalogue | None = None
    """Of the interface; None: the program's own, in the language of the panels or in English."""
    press: bytes = b""
    """The ICC profile of the printer, for CMYK pictures without one."""
    static: tuple[OwnFile, ...] = ()
    """Files of the project's own, which the site has as they are."""
