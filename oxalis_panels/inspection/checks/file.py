"""The file as a whole: pages, boxes, standard, output intent, things for a screen."""

from collections.abc import Iterator

from oxalis_panels.inspection.checks.printed import place_of
from oxalis_panels.inspection.expectations import Expectations, found_trim
from oxalis_panels.inspection.geometry import MM
from oxalis_panels.inspection.report import Fault, Item, gathered
from oxalis_panels.inspection.survey import FeatureKind, Intent, Interactive, Survey
from oxalis_panels.words.catalogue import Words

EXACT = 0.01
"""Millimetres that a box may be off."""
VERSIONS = {"PDF/X-4": "1.6", "PDF/X-1a:2003": "1.4"}
"""Newest PDF that a standard is made of (ISO 15930-7:2010, ISO 15930-4:2003)."""
NEEDED = {
    "PDF/X-4": ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID"),
    "PDF/X-1a:2003": ("Title", "CreationDate", "ModDate"),
}
"""What a file must say of itself (ISO 15930-7, 6.5; ISO 15930-4, 6.5)."""
NEVER: tuple[FeatureKind, ...] = ("opi", "postscript", "reference")
FORBIDDEN: dict[str, tuple[FeatureKind, ...]] = {
    "PDF/X-4": NEVER,
    "PDF/X-1a:2003": (*NEVER, "jpeg2000", "jbig2", "lzw", "deep", "attachment"),
}
"""What a file must not have in it: JPEG 2000 and sixteen bits are younger than PDF 1.4."""


def check_pages(survey: Survey, _ask: Expectations) -> Item:
    """Check that there is one page, and all of it read."""
    faults = []
    if survey.page_count != 1:
        faults.append(Fault("preflight-pages", {"found": survey.page_count}))
    if not survey.painted.complete:
        faults.append(Fault("preflight-too-much", {}))
    return Item("pages", {}, {"found": survey.page_count}, tuple(faults))


def check_boxes(survey: Survey, ask: Expectations) -> Item:
    """Check the finished size, and around it exactly the bleed that is asked for."""
    width, height = found_trim(survey)
    bleeds = [-side * MM for side in survey.first.printed.distances(survey.first.sheet)]
    furthest = max(bleeds, key=lambda bleed: abs(bleed - ask.printer.bleed))
    asked = {"width": ask.trim[0], "height": ask.trim[1], "bleed": ask.printer.bleed}
    found = {"width": round(width, 2), "height": round(height, 2), "bleed": round(furthest, 2) + 0.0}
    return Item("boxes", asked, found, tuple(_wrong_boxes(survey, ask, found, furthest)))


def _wrong_boxes(
    survey: Survey, ask: Expectations, found: dict[str, float], furthest: float
) -> Iterator[Fault]:
    page = survey.first
    if page.trim is None:
        yield Fault("preflight-no-trim", {})
    elif not all(abs(a - b) <= EXACT for a, b in zip(found_trim(survey), ask.trim, strict=True)):
        asked = {"asked_width": ask.trim[0], "asked_height": ask.trim[1]}
        yield Fault("preflight-trim", {"width": found["width"], "height": found["height"], **asked})
    elif abs(furthest - ask.printer.bleed) > EXACT:
        yield Fault("preflight-bleed", {"found": found["bleed"], "asked": ask.printer.bleed})
    if page.trim is not None and page.art:
        yield Fault("preflight-art-box", {})
    for what, box in (("MediaBox", page.media), ("CropBox", page.visible)):
        if min(page.printed.distances(box)) * MM < -EXACT:
            yield Fault("preflight-cut", {"box": what})
            return


def check_standard(survey: Survey, ask: Expectations) -> Item:
    """Check for the kind of PDF that the printer takes, with all that it must say of itself."""
    said, standard = survey.metadata, ask.printer.standard
    claims = said.standards or (Words("preflight.no_standard"),)
    found = {"standard": claims, "version": said.version}
    faults = tuple(_against_standard(survey, standard, claims))
    return Item("standard", {"standard": standard}, found, faults)


def _against_standard(survey: Survey, standard: str, claims: tuple[str, ...]) -> Iterator[Fault]:
    said = survey.metadata
    if not any(claim.startswith(standard) for claim in said.standards):
        yield Fault("preflight-standard", {"found": claims, "asked": standard})
    if _version(said.version) > _version(VERSIONS[standard]):
        yield Fault(
            "preflight-version", {"found": said.version, "most": VERSIONS[standard], "asked": standard}
        )
    missing = tuple(key for key in NEEDED[standard] if key not in said.present)
    missing += () if said.has_id else ("ID",)
    missing += () if said.trapped in {"True", "False"} else ("Trapped",)
    if missing:
        yield Fault("preflight-metadata", {"missing": missing})
    if said.encrypted:
        yield Fault("preflight-encrypted", {})
    if said.layers:
        yield Fault("preflight-layers", {}, "warning" if standard == "PDF/X-4" else "error")
    for kind in dict.fromkeys(each.what for each in survey.painted.features):
        if kind in FORBIDDEN[standard]:
            what = Words(f"preflight.feature.{kind}")
            yield Fault("preflight-forbidden", {"what": what, "asked": standard})
    damages = said.damages + survey.painted.misshapen
    if damages:
        yield Fault("preflight-damaged", {"n": damages})


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def check_intent(survey: Survey, ask: Expectations) -> Item:
    """Check the printing condition that the colours are meant for, with its profile."""
    condition = ask.printer.condition
    names = tuple(intent.identifier for intent in survey.intents) or (Words("preflight.nothing"),)
    if len(survey.intents) != 1:
        wrong: tuple[Fault, ...] = (Fault("preflight-no-intent", {"n": len(survey.intents)}),)
    else:
        wrong = tuple(_wrong_intent(survey.intents[0], ask))
    return Item("intent", {"condition": condition}, {"condition": names}, wrong)


def _wrong_intent(intent: Intent, ask: Expectations) -> Iterator[Fault]:
    condition = ask.printer.condition
    if _plain(intent.identifier) != _plain(condition):
        yield Fault("preflight-condition", {"found": intent.identifier or "?", "asked": condition})
        return
    if not intent.registry:
        yield Fault("preflight-registry", {})
    if not intent.profile and ask.printer.standard != "PDF/X-4":
        return  # PDF/X-1a may name a registered condition without carrying its profile
    if not intent.usable:
        yield Fault("preflight-profile", {})
    elif ask.printer.icc and intent.profile != ask.printer.icc:
        yield Fault("preflight-other-profile", {"asked": condition}, "warning")


def _plain(identifier: str) -> str:
    return "".join(identifier.split()).casefold()


def check_interactive(survey: Survey, _ask: Expectations) -> Item:
    """Check that there is nothing that only a screen can show."""
    faults = gathered(_interactive(survey, each) for each in survey.interactive)
    return Item("interactive", {}, {"n": len(survey.interactive)}, faults)


def _interactive(survey: Survey, each: Interactive) -> Fault:
    place = place_of(survey, each.page, each.box) if each.box else None
    what = Words(f"preflight.interactive_kind.{each.what}")
    return Fault("preflight-interactive", {"what": what, "detail": each.detail}, "error", place)
