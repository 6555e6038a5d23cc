"""The command `deliver`: posters that a build has just made → one archive for the print shop."""

import io
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from oxalis_panels.inspection.render import render_reports
from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, warning, without_allowed
from oxalis_panels.model.texts import SETTINGS, texts
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.pipeline.delivery.contact_sheet import draw_contact_sheet
from oxalis_panels.pipeline.delivery.job_sheet import TEMPLATE, job_sheet, sizes
from oxalis_panels.pipeline.delivery.sent_posters import SentPoster, check_posters
from oxalis_panels.pipeline.leftovers import text_digests
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.output.planning import Plan, plan
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.building import PosterBuild
from oxalis_panels.poster.job import FontFile
from oxalis_panels.poster.paper import Paper, draw_paper
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.printers.printer import Printer
from oxalis_panels.reading.slugs import fold
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.rendering.coverage import printable
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.fonts import TEXT, Font, characters, load_fonts
from oxalis_panels.rendering.views import collection_title
from oxalis_panels.system.bounded import MEGABYTE
from oxalis_panels.system.locking import lock
from oxalis_panels.words.catalogue import Catalogue

FOLDER = "livraison"
"""Where archives stand in the output folder."""
POSTERS = "affiches"
JOB_SHEET = "bon-de-commande.pdf"
REPORT = "controle"
CONTACT_SHEET = "planche-contact.png"
BLANKS = ("copies", "paper", "finish", "deadline", "contact")
"""Fields of `delivery:` for which the job sheet leaves a blank; there need not be notes."""
MANY = 40
"""More posters than this may take a second page of the job sheet."""
CHECKSUMS = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: a date of making would change the bytes of an unchanged archive."""
UNIX = 3
PLAIN_FILE = 0o100644 << 16
"""A regular file that everybody may read, where zip keeps Unix permissions."""
LEVEL = 9


@value
class Delivered:
    """An archive that is ready to be sent."""

    path: PurePosixPath
    """In the output folder."""
    data: bytes
    files: int
    """How many it holds."""
    changed: bool
    """Whether it was written just now; False: it stood there already."""
    posters: tuple[SentPoster, ...]
    printer: Printer
    copies: int | None
    """Of each poster."""
    removed: tuple[PurePosixPath, ...] = ()
    """Archives of earlier deliveries that it took the place of, in the output folder."""


def deliver(request: Request, built: PosterBuild) -> Parsed[Delivered]:
    """Write the archive of the posters that a build of `request` has just made.

    Errors: a poster that does not pass the check, a project that changed since the build, mistakes in
    templates, an output folder that cannot be written to; then there is no new archive. Warnings: posters
    without an address, an order with blanks.
    """
    checked = check(request.project, request.printer, request.site_url)
    if checked.value is None:
        return Parsed(None, checked.diagnostics)
    made = {artifact.path: artifact.data for artifact in built.artifacts}
    posters = check_posters(checked.value.typeset, checked.value.printer, request.papers, made)
    if posters.value is None:
        return Parsed(None, posters.diagnostics)
    files = _files(checked.value, posters.value, request.output / CACHE / "fonts")
    if files.value is None:
        return Parsed(None, files.diagnostics)
    name = _name(checked.value)
    path, texts = PurePosixPath(FOLDER, f"{name}.zip"), text_digests(checked.value.typeset)
    archive = Artifact(path, pack(name, files.value), panels=texts)
    with lock(request.output) as refused:
        changed = Parsed[Plan](None, refused) if refused else _write(request.output, archive)
    if changed.value is None:
        return Parsed(None, changed.diagnostics)
    return Parsed(
        Delivered(
            path=archive.path,
            data=archive.data,
            files=len(files.value) + 1,
            changed=bool(changed.value.create or changed.value.update),
            posters=posters.value,
            printer=checked.value.printer,
            copies=checked.value.typeset.settings.delivery.copies,
            removed=tuple(changed.value.remove),
        ),
        changed.diagnostics,
    )


def doubts(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return warnings of what cannot be corrected on paper, or is to be filled in by hand."""
    settings = collection.settings
    found = [] if settings.site_url else [warning("delivery-no-address", SETTINGS)]
    blank = [name for name in BLANKS if not getattr(settings.delivery, name)]
    if blank:
        place = settings.places.get("delivery", SETTINGS)
        found.append(warning("delivery-blank", place, missing=", ".join(blank)))
    return without_allowed(found, collection.allow)


def _name(checked: Checked) -> str:
    untitled = checked.words.text("site.untitled")
    title = plain(collection_title(checked.typeset.settings, untitled))
    return f"{fold(title) or fold(untitled)}-{checked.printer.name}"


def _files(checked: Checked, posters: Sequence[SentPoster], cache: Path) -> Parsed[Mapping[str, bytes]]:
    """Return what the archive holds, by paths in its folder."""
    templates = Templates(checked.folders, checked.words)
    reports = [poster.report for poster in posters]
    page, text = (render_reports(reports, form, checked.words, templates) for form in ("html", "text"))
    fonts = load_fonts(_characters(checked), cache)
    order = _job_sheet(checked, posters, fonts)
    if page.value is None or text.value is None or order.value is None:
        return Parsed(None, page.diagnostics + order.diagnostics)
    face = next(font.ttf for font in fonts if font.face.family == TEXT)
    return Parsed(
        {
            **{f"{POSTERS}/{poster.file}": poster.pdf for poster in posters},
            JOB_SHEET: order.value,
            f"{REPORT}.html": page.value.encode(),
            f"{REPORT}.txt": text.value.encode(),
            CONTACT_SHEET: draw_contact_sheet(posters, face),
        }
    )


def _characters(checked: Checked) -> frozenset[str]:
    """Return what the job sheet may show."""
    own = [plain(each.text) for each in texts(checked.typeset.settings.delivery)]
    label = str(checked.words.value(checked.printer.label))
    return characters(checked.typeset) | set("".join((label, *own)))


def _job_sheet(checked: Checked, posters: Sequence[SentPoster], fonts: Sequence[Font]) -> Parsed[bytes]:
    settings, words = checked.typeset.settings, checked.words
    sheet = job_sheet(checked, posters)
    html = Templates(checked.folders, words).render(TEMPLATE, sheet=sheet)
    if html.value is None:
        return Parsed(None, html.diagnostics)
    faces = [FontFile(font.face.family, font.face.weight, font.face.style, font.ttf) for font in fonts]
    title = f"{words.text('delivery.heading')} — {sheet.series.plain_title}"
    pages = 1 if len(posters) <= MANY else 2
    authors = plain(settings.organisation)
    paper = Paper(TEMPLATE, printable(html.value), title, authors, settings.language, pages)
    return draw_paper(paper, faces, {})


def _write(output: Path, archive: Artifact) -> Parsed[Plan]:
    """Put the archive in the place of those that earlier deliveries made; return what was done."""
    planned = plan(output, [archive], load_manifest(output), scope=lambda path: path.parts[0] == FOLDER)
    if planned.value is None:
        return Parsed(None, planned.diagnostics)
    failed = commit(output, planned.value)
    return Parsed(None, planned.diagnostics + failed) if failed else planned


def summary(delivered: Delivered, output: Path, words: Catalogue) -> Iterator[str]:
    """Yield the lines; `output` is the output folder as the person named it."""
    yield words.text(
        "delivery.made",
        path=(output / delivered.path).as_posix(),
        weight=words.text("delivery.weight", n=max(0.1, round(len(delivered.data) / MEGABYTE, 1))),
        files=words.count("report.file", delivered.files),
        changed=words.text("delivery.changed" if delivered.changed else "delivery.unchanged"),
    )
    for path in delivered.removed:
        yield words.text("delivery.removed", path=(output / path).as_posix())
    printer = delivered.printer
    yield words.text(
        "delivery.say",
        posters=words.count("delivery.poster", len(delivered.posters)),
        size=sizes(delivered.posters, words),
        copies=words.text("delivery.say_copies_unknown")
        if delivered.copies is None
        else words.count("delivery.say_copies", delivered.copies),
        standard=printer.standard,
        condition=printer.condition,
        bleed=_bleed(printer, words),
    )


def _bleed(printer: Printer, words: Catalogue) -> str:
    bleed = words.text(
        "delivery.say_bleed" if printer.bleed else "delivery.say_no_bleed", bleed=printer.bleed
    )
    return words.text("delivery.say_marks", bleed=bleed) if printer.marks else bleed


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose one `folder` holds the files, by their paths in it, and their checksums."""
    lines = [f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    whole = {**files, CHECKSUMS: "".join(lines).encode()}  # as `sha256sum --check` reads them
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(whole):
            entry = ZipInfo(f"{folder}/{path}", EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, whole[path], ZIP_DEFLATED, LEVEL)
    return buffer.getvalue()
