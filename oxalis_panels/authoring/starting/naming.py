"""What a new panel is called: an address made of its title, and the panels that its folder holds already."""

from collections.abc import Container
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import CONFLICT, decode
from oxalis_panels.reading.files import MARKDOWN, SETTINGS, YAML, escaped, suffix
from oxalis_panels.reading.panel import read_panel
from oxalis_panels.reading.slugs import LONGEST, fold, freed, number_and_slug
from oxalis_panels.system.bounded import read_bytes

ENOUGH = 32
"""Characters after which an address gets no further word: it is read, typed and printed on a poster."""
# fmt: off
STOP_WORDS = frozenset({
    "a", "afin", "au", "aux", "avec", "c", "ce", "ces", "cet", "cette", "chez", "d", "dans", "de", "des",
    "du", "en", "entre", "est", "et", "j", "l", "la", "le", "les", "leur", "leurs", "m", "mais", "n", "ne",
    "nos", "notre", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "sans", "se", "ses", "si",
    "son", "sont", "sous", "sur", "t", "un", "une", "vers", "vos", "votre", "y",
    "an", "and", "by", "for", "from", "in", "into", "of", "on", "or", "our", "the", "their", "to", "with",
})
# fmt: on
"""Words that distinguish no panel from another, folded to ASCII, in French and English."""


def short_slug(title: str, taken: Container[str], fallback: str) -> str:
    """Return an address for a title, which none of `taken` and no page of the site has.

    Its first words that say something, without accents; `fallback` where no letter of it is Latin.
    """
    words = [word for piece in title.split() for word in fold(piece).split("-") if word]
    telling = [word for word in words if word not in STOP_WORDS] or words
    slug = ""
    for word in telling:
        longer = f"{slug}-{word}".lstrip("-")
        if slug and len(longer) > ENOUGH:
            break
        slug = longer
    slug = slug[: LONGEST - len("panneau-")].rstrip("-") or fallback
    slug = freed(slug)
    stem = slug[: LONGEST - len("-999")].rstrip("-")
    slugs = [slug, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(each for each in slugs if each not in taken)


@value
class ExistingPanel:
    """A panel on the disk."""

    name: str
    """Of its file."""
    slug: str
    number: int
    """Its place: what its front matter or the name of its file says; 0 where neither does."""
    in_name: bool
    """Whether the name of its file alone says it, so that another name is another place."""


def existing_panels(folder: Path, found: list[Diagnostic]) -> list[ExistingPanel]:
    """Return the panels in a folder in the order of their places; none where there is no folder.

    A file that cannot be read counts by its name; one that git could not merge has no certain place, and is
    an error in `found`. Raises no OSError.
    """
    try:
        paths = [path for path in folder.iterdir() if _is_panel(path)]
    except OSError:
        return []
    return sorted((_existing(path, found) for path in paths), key=lambda each: (each.number, each.name))


def _is_panel(path: Path) -> bool:
    name = path.name.lower()
    known = suffix(name) in MARKDOWN | YAML and not name.startswith((".", "~$", "#"))
    return known and name not in SETTINGS and name != "readme.md"


def _existing(path: Path, found: list[Diagnostic]) -> ExistingPanel:
    name = escaped(path.name)
    number, slug = number_and_slug(f"panels/{name}")
    mistakes: list[Diagnostic] = []
    try:
        source = decode(f"panels/{name}", read_bytes(path), mistakes)
    except OSError:
        source = None
    found += (each for each in mistakes if each.code == CONFLICT)
    if source is None:
        return ExistingPanel(name, slug, number or 0, in_name=number is not None)
    entry = read_panel(source, path.parent.parent, (), [])
    in_name = number is not None and entry.order_span == Span(Source(source.path))
    return ExistingPanel(name, entry.content.slug, entry.order or 0, in_name=in_name)
