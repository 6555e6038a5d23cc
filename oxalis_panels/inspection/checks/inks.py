"""Inks: what the colours are made of, how much of it, and what black text is printed with."""

from collections.abc import Iterator

from oxalis_panels.inspection.checks.printed import (
    EDGE,
    doubt_at,
    fault_at,
    is_printed,
    kind_of,
    printed,
    space_named,
)
from oxalis_panels.inspection.colours import described
from oxalis_panels.inspection.expectations import Expectations
from oxalis_panels.inspection.geometry import MM
from oxalis_panels.inspection.report import Fault, Item, gathered
from oxalis_panels.inspection.survey import Feature, Inks, Mark, Space, Survey, Transparency
from oxalis_panels.words.catalogue import Phrase, Words

ROUNDING = 0.5
"""Percent by which an ink total may be over: colours are written with few digits."""
DARK = 0.2
"""A colour whose ink lets no more than this share of any light through is meant as black."""
TRACE = 0.005
"""Less of an ink is none."""
THIN = 1.0
"""Millimetres: what is filled and no thicker is a rule, and asked to be as sharp as text."""
MOST_OVERLAPS = 200
"""Overprinting marks that are looked at."""
MOST_PAIRS = 2_000_000
"""Marks that may lie below them, taken together."""
FOUR_INKS = 400.0
OF_THE_PRESS = ("press", "profiled")
BY_THE_PRESS = ("transfer", "identity", "phase")
"""Features that tell the press to change inks, so that nobody knows how much of them there will be."""


def check_colours(survey: Survey, ask: Expectations) -> Item:
    """Check for cyan, magenta, yellow, black and grey only, in whatever is painted."""
    spaces = dict.fromkeys(space.label for mark in survey.painted.marks for space in _spaces(mark))
    named = tuple(space_named(label) for label in sorted(spaces))
    faults = gathered(fault for mark in survey.painted.marks for fault in _wrong_colours(survey, mark, ask))
    return Item("colours", {}, {"spaces": named or (Words("preflight.nothing"),)}, faults)


def _spaces(mark: Mark) -> Iterator[Space]:
    if mark.colour is not None and mark.colour.space.kind != "pattern":
        yield mark.colour.space
    if mark.picture is not None and mark.picture.space is not None:
        yield mark.picture.space


def _wrong_colours(survey: Survey, mark: Mark, ask: Expectations) -> Iterator[Fault]:
    profiled = doubt_at if ask.printer.standard == "PDF/X-4" else fault_at  # PDF/X-1a knows no profiles
    for space in _spaces(mark):
        worst = space.worst
        what = {"space": space_named(worst.label), "what": kind_of(mark)}
        if worst.kind == "foreign":
            yield fault_at(survey, mark, "preflight-colour.foreign", **what)
        elif worst.kind == "spot":
            yield fault_at(survey, mark, "preflight-colour.spot", space=worst.label, what=kind_of(mark))
        elif worst.kind == "profiled":
            yield profiled(survey, mark, "preflight-colour.profiled", **what)
        elif worst.kind == "registration" and is_printed(survey, mark):
            yield fault_at(survey, mark, "preflight-colour.registration", what=kind_of(mark))


def _total(mark: Mark) -> float | None:
    """Return the ink of a mark in percent; None where it is not known, or of no ink of the press."""
    if mark.picture is not None and mark.picture.space is not None:
        return mark.picture.ink
    if mark.colour is None or mark.colour.space.kind == "registration":
        return None
    return mark.colour.total


def _unknown(mark: Mark) -> bool:
    """Whether a mark is of the press, and still its ink could not be read."""
    spaces = list(_spaces(mark))
    return _total(mark) is None and bool(spaces) and all(space.worst.kind in OF_THE_PRESS for space in spaces)


def check_ink(survey: Survey, ask: Expectations) -> Item:
    """Check that all inks on one spot stay under the limit of paper and press."""
    marks = printed(survey)
    limit = ask.printer.ink
    totals = [(total, mark) for mark in marks if (total := _total(mark)) is not None]
    most = max((total for total, _ in totals), default=0.0)
    faults = [
        fault_at(survey, mark, "preflight-ink.over", found=round(total), asked=limit)
        for total, mark in totals
        if total > limit + ROUNDING
    ]
    faults += [
        doubt_at(survey, mark, "preflight-ink.overlap", found=round(total), asked=limit)
        for total, mark in _overlaps(totals)
        if total > limit + ROUNDING
    ]
    faults += [
        doubt_at(survey, mark, "preflight-ink.unknown", what=kind_of(mark))
        for mark in marks
        if _unknown(mark)
    ]
    faults += [
        fault_at(survey, mark, "preflight-white-overprint", what=kind_of(mark))
        for mark in marks
        if mark.vanishes
    ]
    faults += [_by_the_press(each) for each in survey.painted.features if each.what in BY_THE_PRESS]
    return Item("ink", {"limit": limit}, {"found": round(most)}, gathered(faults), bool(totals or faults))


def _by_the_press(each: Feature) -> Fault:
    what = Phrase(f"preflight.feature.{each.what}", {"detail": each.detail})
    return Fault("preflight-transfer", {"what": what}, "warning" if each.what == "identity" else "error")


def _overlaps(totals: list[tuple[float, Mark]]) -> Iterator[tuple[float, Mark]]:
    """Yield marks whose ink adds to what lies below them, with the most that it can add up to."""
    for at in _looked_at(totals):
        own, mark = totals[at]
        below = [
            total
            for total, other in totals[:at]
            if other.page == mark.page and mark.box.common(other.box.grown(-EDGE))
        ]
        yield min(FOUR_INKS, own + max(below, default=0.0)), mark


def _looked_at(totals: list[tuple[float, Mark]]) -> list[int]:
    """Return where the marks stand that are held against what lies below: not all where they are too many."""
    adding = [at for at, (_, mark) in enumerate(totals) if mark.adds]
    return adding[: min(MOST_OVERLAPS, max(1, MOST_PAIRS // max(1, len(totals))))]


def check_black(survey: Survey, _ask: Expectations) -> Item:
    """Check for black text and rules in black ink alone: four inks never meet exactly."""
    fine = [mark for mark in printed(survey) if _fine(mark) and mark.colour is not None]
    dark = [mark for mark in fine if mark.colour and mark.colour.inks and _meant_black(mark.colour.inks)]
    faults = gathered(
        fault_at(survey, mark, "preflight-black", inks=described(mark.colour), what=kind_of(mark))
        for mark in dark
        if mark.colour and mark.colour.inks and max(mark.colour.inks[:3]) > TRACE
    )
    mixes = tuple(dict.fromkeys(described(mark.colour) for mark in dark if mark.colour))
    return Item("black", {}, {"inks": mixes or (Words("preflight.nothing"),)}, faults, bool(dark))


def _fine(mark: Mark) -> bool:
    if mark.kind == "fill":
        return min(mark.box.width, mark.box.height) * MM <= THIN
    return mark.kind in {"text", "stroke"}


def _meant_black(inks: Inks) -> bool:
    cyan, magenta, yellow, black = inks
    return max((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)) <= DARK


def check_transparency(survey: Survey, ask: Expectations) -> Item:
    """Check for transparency only where the standard knows it, blended in the inks of the press."""
    found = survey.painted.transparency
    if ask.printer.standard == "PDF/X-4":
        faults = [
            Fault("preflight-group", {"space": space_named(each.detail)}, "warning")
            for each in found
            if each.foreign
        ]
    else:
        faults = [_forbidden(each, ask.printer.standard) for each in found]
    asked = Words(f"preflight.transparency_{'allowed' if ask.printer.standard == 'PDF/X-4' else 'forbidden'}")
    return Item("transparency", {"rule": asked}, {"n": len(found)}, gathered(faults))


def _forbidden(each: Transparency, standard: str) -> Fault:
    what = Words(f"preflight.transparency_kind.{each.what}")
    return Fault("preflight-transparency", {"what": what, "asked": standard})
