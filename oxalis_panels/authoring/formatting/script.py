"""The texts of a panel → its Markdown in the canonical form."""

from __future__ import annotations

from collections.abc import Iterator

from oxalis_panels.authoring.formatting.inline import HARD_BREAK
from oxalis_panels.model.value import frozen
from oxalis_panels.reading.marks import SPACES


@frozen
class Script:
    """A panel as it is to be written; texts are inline Markdown, a line feed only in a hard line break."""

    title: str | None
    paragraphs: tuple[str, ...] = ()
    findings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each ✓ and its →."""
    header: tuple[str, ...] = ()
    """Lines of the front matter, without the `---` around them."""


def markdown(script: Script) -> str:
    """Return the whole file: front matter, title, paragraphs, and the list of findings; LF at the end."""
    parts = ["\n".join(["---", *script.header, "---"])] if script.header else []
    parts += [f"# {_heading(script.title)}"] if script.title is not None else []
    parts += script.paragraphs
    items = "\n".join(_items(script))
    parts += [items] if items else []
    return "\n\n".join(parts) + "\n"


def _heading(title: str) -> str:
    """Return a title on its one line, its last `#` not taken for the closing of a heading."""
    line = title.replace(HARD_BREAK, " ")
    stem = line.rstrip("#")
    return f"{stem}\\{line[len(stem) :]}" if stem != line and (not stem or stem[-1] in SPACES) else line


def _items(script: Script) -> Iterator[str]:
    for text, points in script.findings:
        yield _item("- ✓ ", text)
        yield from (_item("  - → ", point) for point in points)


def _item(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))
