"""What is asked of a build."""

from pathlib import Path

from oxalis_panels.model.value import value


@value
class Request:
    """What is to be built: site and posters of all panels, unless it says otherwise."""

    project: Path
    """The folder that holds `panels/`."""
    output: Path
    """The folder to write to; what is in it and was not written by a build is never touched."""
    site: bool = True
    posters: bool = True
    panels: frozenset[str] = frozenset()
    """Slugs of the posters to make; empty: all of them."""
    strict: bool = False
    """Whether a warning stops the build."""
    printer: str | None = None
    """Name of the printer that posters are made for; None: the one that the collection names."""
    papers: tuple[str, ...] = ("a1",)
    """Sizes of paper that posters are made for: `a0` to `a4`."""
    site_url: str | None = None
    """Public address of the site; None: the one that the collection gives."""
    edit_url: str | None = None
    """Where a panel is edited, `{path}` standing for its file, if the collection does not say so."""
    proofs: bool = False
    """Whether proofs for the office printer are made of the posters."""
    renewed: str = ""
    """Folder of archives that are made again after this build: outdated ones there are not reported."""
