"""How many more words fit on the poster of each panel of a project."""

from pathlib import Path

from oxalis_panels.model.collection import Panel, plain
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.model.texts import body
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.artifacts import poster_inputs
from oxalis_panels.pipeline.check import check
from oxalis_panels.poster.building import Progress
from oxalis_panels.poster.composing import compose
from oxalis_panels.poster.distributing import measure_rooms
from oxalis_panels.poster.job import NotMade
from oxalis_panels.poster.made import Room
from oxalis_panels.poster.shortcomings import overflowing, words_to_cut
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import characters, load_fonts


@value
class PanelRoom:
    """A panel and the words that still fit on its poster."""

    slug: str
    words: int
    """In its text, the title left out."""
    step: int | None
    """Step of the type scale at which its text fits; None when it fits at none."""
    before_smaller: int
    """Words that may be added before the type gets smaller."""
    before_floor: int
    """Words that may be added before the text no longer fits; below 0: words to cut."""
    bare: int | None
    """About the step of its text without its picture; None without one."""


def capacity(
    project: Path, output: Path, progress: Progress = lambda *_: None
) -> Parsed[tuple[PanelRoom, ...]]:
    """Measure the posters of a project; nothing is written but the fonts in `output`'s cache.

    `progress` is called after each poster, with its number, their count and its slug.
    """
    checked = check(project)
    if checked.value is None:
        return Parsed(None, checked.diagnostics)
    typeset = checked.value.typeset
    cache = output / CACHE
    fonts = load_fonts(characters(typeset, checked.value.words), cache / "fonts")
    composed = compose(typeset, poster_inputs(checked.value, fonts, cache))
    if composed.value is None:
        return Parsed(None, composed.diagnostics)
    rooms: dict[str, Room] = {}
    complaints = list(composed.diagnostics)
    jobs = composed.value.jobs
    for done, measured in enumerate(measure_rooms(composed.value.series, jobs), 1):
        progress(done, len(jobs), measured.slug)
        if isinstance(measured, NotMade):
            complaints += [] if measured.why in complaints else [measured.why]
        else:
            rooms[measured.slug] = measured
    panels = {panel.slug: panel for panel in typeset.panels}
    wide = {slug: room.overflow for slug, room in rooms.items() if room.overflow and not room.overflow.excess}
    complaints += [overflowing(panels[slug], overflow) for slug, overflow in wide.items()]
    if complaints:
        return Parsed(None, tuple(complaints))
    return Parsed(tuple(panel_room(panel, rooms[panel.slug]) for panel in typeset.panels))


def panel_room(panel: Panel, room: Room) -> PanelRoom:
    """Return how many words still fit on the poster of a panel."""
    words = sum(len(plain(each.text).split()) for each in body(panel))
    floor = -words_to_cut(panel, room.overflow) if room.overflow else room.before_floor(words)
    bare = room.bare if panel.figure else None
    return PanelRoom(panel.slug, words, room.step, room.before_smaller(words), floor, bare)
