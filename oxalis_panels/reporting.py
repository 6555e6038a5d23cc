"""What the command line says: diagnostics, progress and the summary, as text."""

from __future__ import annotations

from pathlib import PurePosixPath
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from oxalis_panels.diagnostics import sort_key
from oxalis_panels.drawing import draw
from oxalis_panels.drawing.carets import unpainted
from oxalis_panels.leftovers import PRINT, PROOFS, SITE
from oxalis_panels.poster.places import BOOKLET, SCREEN, is_screen_file
from oxalis_panels.poster.sheet import points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.capacity import PanelRoom
    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.drawing.carets import Paint
    from oxalis_panels.messages import Catalogue
    from oxalis_panels.model import Collection
    from oxalis_panels.pipeline import BuildReport
    from oxalis_panels.request import Request

PATIENCE = 0.6
"""Seconds of work before a progress line appears."""


def drawn(
    diagnostics: Sequence[Diagnostic],
    words: Catalogue,
    paint: Paint = unpainted,
    *,
    folder: str = "",
    form: str = "text",
) -> Iterator[str]:
    """Yield each diagnostic as text, or as `plain` sentences, in the order in which a person repairs them.

    The help of a warning is told once: the tenth long sentence needs no other advice than the first.
    """
    helped: set[tuple[str, str]] = set()
    for diagnostic in sorted(diagnostics, key=sort_key):
        if form == "plain":
            from oxalis_panels.drawing.sentences import spoken  # noqa: PLC0415 - for those who ask for it

            yield spoken(diagnostic, words, folder)
            continue
        told = (diagnostic.code, words.diagnostic(diagnostic.key, diagnostic.values)[1])
        repeated = diagnostic.severity == "warning" and told in helped
        helped.add(told)
        yield draw(diagnostic, words, paint, folder=folder, helped=not repeated)


TEXTS = frozenset({"wording", "typography", "spelling"})
"""Subjects of warnings that only somebody who edits can mend: a build counts them, `check` shows them."""


def parted(diagnostics: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return what concerns who builds, and the warnings that do not."""
    if all(each.severity == "error" for each in diagnostics):
        return tuple(diagnostics), ()
    from oxalis_panels.messages.explanations import codes  # noqa: PLC0415 - most builds have nothing to say

    subjects = codes()
    told: list[Diagnostic] = []
    texts: list[Diagnostic] = []
    for each in diagnostics:
        is_text = each.severity == "warning" and subjects.get(each.code) in TEXTS
        (texts if is_text else told).append(each)
    return tuple(told), tuple(texts)


def counted(diagnostics: Sequence[Diagnostic], words: Catalogue) -> str:
    """Return how many errors and warnings there are; the empty string for none."""
    parts = [
        words.count(f"report.{severity}", number)
        for severity in ("error", "warning")
        if (number := sum(each.severity == severity for each in diagnostics))
    ]
    return ", ".join(parts)


def listed(collection: Collection, words: Catalogue) -> Iterator[str]:
    """Yield what was read: how many panels, findings and points, and the drafts left out."""
    findings = [finding for panel in collection.panels for finding in panel.findings]
    yield words.text(
        "report.read",
        panels=words.count("report.panel", len(collection.panels)),
        findings=len(findings),
        points=sum(len(finding.points) for finding in findings),
    )
    for path in collection.drafts:
        yield words.text("report.draft", path=path)


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
                    columns=words.text("report.beside")
                    if trial.beside
                    else words.count("report.column", trial.columns),
                    size=_decimal(f"{points(trial.step):g}", words),
                    characters=trial.characters,
                    fill=f"{trial.fill:.0%}".replace("%", "\u00a0%" if words.language == "fr" else "%"),
                )
                + (words.text("report.held") if trial.held else "")
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


def rooms(measured: Sequence[PanelRoom], words: Catalogue) -> Iterator[str]:
    """Yield a line for each panel: the size reached, and how many words are left."""
    width = max((len(each.slug) for each in measured), default=0)
    for each in measured:
        if each.step is None:
            room = words.text("report.room_none", words=each.words, cut=-each.before_floor)
        else:
            size = _decimal(f"{points(each.step):g}", words)
            values = {"smaller": each.before_smaller, "floor": each.before_floor}
            room = words.text("report.room", words=each.words, size=size, **values)
        yield f"{each.slug.ljust(width)}  {room}"


def summary(report: BuildReport, request: Request, seconds: float, words: Catalogue) -> Iterator[str]:
    """Yield what a build made, where, and how long it took."""
    assert report.plan is not None  # noqa: S101 - a build that wrote nothing has no summary
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
    told, texts = parted(report.diagnostics)
    if told:
        yield counted(told, words)
    if texts:
        yield words.count("report.texts", len(texts))
    yield words.text("report.done", seconds=_seconds(seconds, words))


def _left(report: BuildReport, request: Request, words: Catalogue) -> Iterator[str]:
    """Yield what is not of the text of today: a booklet that is gone, what is older, archives."""
    left, collection, plan = report.leftovers, report.collection, report.plan
    assert left and collection and plan  # noqa: S101, PT018 - as above
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
    return _decimal(f"{seconds:.1f}" if seconds >= 1 else f"{seconds:.2f}", words)


def _decimal(text: str, words: Catalogue) -> str:
    return text.replace(".", ",") if words.language == "fr" else text


class ProgressLine:
    """A line that is written over itself on a terminal; silent elsewhere, and on work that is soon done."""

    def __init__(self, stream: TextIO, words: Catalogue) -> None:
        """Write to `stream` if it is a terminal."""
        self._stream = stream if stream.isatty() else None
        self._words = words
        self._started = monotonic()
        self._width = 0
        self._timer: Timer | None = None

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say how far the posters are."""
        self.say("report.progress", done=done, total=total, name=name)

    def say(self, key: str, **values: object) -> None:
        """Say how far the work is, in words of the catalogue."""
        self._hush()
        if self._stream and monotonic() - self._started > PATIENCE:
            self._write(self._words.text(key, **values))

    def say_soon(self, key: str, **values: object) -> None:
        """Say what is done, if it takes long and has nothing to say of itself."""
        if self._stream:
            self._timer = Timer(PATIENCE, self._write, [self._words.text(key, **values)])
            self._timer.daemon = True
            self._timer.start()

    def _hush(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def clear(self) -> None:
        """Take the line away."""
        self._hush()
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, text: str) -> None:
        assert self._stream is not None  # noqa: S101 - both callers have looked
        self._stream.write(f"\r{text.ljust(self._width)}\r{text}")
        self._stream.flush()
        self._width = len(text)
