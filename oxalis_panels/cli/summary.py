"""What a build made, where, and how long it took; with `--explain`, why its posters look as they do."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from oxalis_panels.pipeline.build import BuildReport
from oxalis_panels.pipeline.leftovers import PRINT, PROOFS, SITE
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.places import BOOKLET, SCREEN, is_screen_file
from oxalis_panels.rendering.sheet import points
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.report import counted, parted


def explained(report: BuildReport, words: Catalogue) -> Iterator[str]:
    """Yield, for each poster, the layout that was chosen, and what the others would have given."""
    posters = report.posters
    for slug, digest in posters.digests.items() if posters else ():
        yield f"{slug} :" if words.language == "fr" else f"{slug}:"
        for rank, trial in enumerate(posters.trials[digest] if posters else ()):
            yield (
                "  "
                + words.text(
                    "report.chosen" if rank == 0 else "report.rejected",
                    columns=words.count("report.column", trial.columns)
                    + (words.text("report.picture_width", width=round(trial.width)) if trial.width else ""),
                    size=points(trial.step),
                    characters=trial.characters,
                    fill=f"{trial.filled:.0%}".replace("%", "\u00a0%" if words.language == "fr" else "%"),
                )
                + (words.text("report.held") if trial.held else "")
                + (words.text("report.estimated") if trial.estimated else "")
            )
        yield from _pictured(report, slug, words)


def _pictured(report: BuildReport, slug: str, words: Catalogue) -> Iterator[str]:
    """Yield how the picture of a poster is printed."""
    panels = report.collection.panels if report.collection else ()
    figure = next((panel.figure for panel in panels if panel.slug == slug), None)
    if figure and report.posters:
        from oxalis_panels.poster.separation import way_of  # noqa: PLC0415 - Pillow, for pictures

        printer = report.posters.printer
        way = words.text(f"report.picture_{way_of(figure.data, printer.pressed, printer.grey)}")
        yield "  " + words.text("report.picture", way=way)
        yield "  " + words.text(
            "report.bare", size=points(report.posters.trials[report.posters.digests[slug]][0].bare)
        )


def summary(report: BuildReport, request: Request, seconds: float, words: Catalogue) -> Iterator[str]:
    """Yield what a build made, where, and how long it took."""
    assert report.plan is not None
    plan = report.plan
    changed = [*(each.path for each in plan.create), *(each.path for each in plan.update)]
    folders = {"site": PurePosixPath(SITE), "print": PurePosixPath(PRINT), "screen": SCREEN}
    for kind, folder in {**folders, "proofs": PurePosixPath(PROOFS)}.items():
        new = _below(folder, changed)
        kept = _below(folder, plan.keep)
        if new + kept:
            yield words.text(
                f"report.{kind}",
                files=words.count("report.file", new + kept),
                folder=(request.output / folder).as_posix() + "/",
                changed=words.count("report.changed", new) if new else words.text("report.unchanged"),
            )
    if plan.remove:
        yield words.count("report.removed", len(plan.remove))
    yield from _left(report, request, words)
    in_full, texts = parted(report.diagnostics)
    if in_full:
        yield counted(in_full, words)
    if texts:
        yield words.count("report.texts", len(texts))
    yield words.text("report.done", seconds=_seconds(seconds, words))


def _left(report: BuildReport, request: Request, words: Catalogue) -> Iterator[str]:
    """Yield what is not of the text of today: a booklet that is gone, what is older, archives."""
    left, collection, plan = report.leftovers, report.collection, report.plan
    assert left and collection and plan  # noqa: PT018 - as above
    if BOOKLET in plan.remove:
        yield words.text("report.booklet_removed", path=(request.output / BOOKLET).as_posix())
    old = []
    for kind, slugs in (("posters", left.posters), ("proofs", left.proofs)):
        if slugs:
            of = words.text("report.older_all") if len(slugs) == len(collection.panels) else slugs
            old.append(words.text(f"report.older_{kind}", panels=of))
    old += [words.text("report.older_booklet")] if left.booklet else []
    old += [words.text("report.older_pages")] if left.pages else []
    if old:
        yield words.text("report.older", what=tuple(old))
    archives = {path: slugs for path, slugs in left.archives.items() if path.parts[0] != request.renewed}
    if archives:
        yield words.text(
            "report.archived",
            panels=tuple(sorted({slug for slugs in archives.values() for slug in slugs})),
            paths=tuple((request.output / path).as_posix() for path in archives),
        )


def _below(folder: PurePosixPath, paths: Sequence[PurePosixPath]) -> int:
    """Count the files of a folder; those for the screen are not counted with the pages around them."""
    return sum(path.is_relative_to(folder) and is_screen_file(path) == (folder == SCREEN) for path in paths)


def _seconds(seconds: float, words: Catalogue) -> str:
    text = f"{seconds:.1f}" if seconds >= 1 else f"{seconds:.2f}"
    return text.replace(".", ",") if words.language == "fr" else text
