"""Documents as Word and LibreOffice save them, made by code."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import odfdo
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVEL = (
    '<w:lvl w:ilvl="{depth}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:lvl>'
)


def word() -> Any:  # noqa: ANN401 - python-docx's own type is a factory's
    """Return an empty Word document with a list whose bullets are the ✓ and the → of Wingdings."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(LEVEL.format(depth=d, sign=sign) for d, sign in enumerate("\uf0fc\uf0e0"))
    numbering.insert(0, element('abstractNum w:abstractNumId="77"', levels))
    numbering.append(element('num w:numId="77"', '<w:abstractNumId w:val="77"/>'))
    return document


def element(tag: str, inside: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Return an element of WordprocessingML; `tag` with its attributes."""
    return parse_xml(f"<w:{tag} {nsdecls('w', 'r')}>{inside}</w:{tag.split(maxsplit=1)[0]}>")


def item(document: Any, text: str, depth: int) -> Any:  # noqa: ANN401 - as above
    """Add a paragraph to the list of `word`."""
    paragraph = document.add_paragraph(text)
    number = element("numPr", f'<w:ilvl w:val="{depth}"/><w:numId w:val="77"/>')
    paragraph._p.get_or_add_pPr().append(number)  # noqa: SLF001 - python-docx's way to what it does not model
    return paragraph


def described(document: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Say what the first picture of a document shows."""
    document.inline_shapes[0]._inline.docPr.set("descr", text)  # noqa: SLF001 - as above


def inside(paragraph: Any, tag: str, xml: str) -> None:  # noqa: ANN401 - as above
    """Append an element to a paragraph."""
    paragraph._p.append(element(tag, xml))  # noqa: SLF001 - as above


def run(text: str, tag: str = "t") -> str:
    """Return the XML of a run."""
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def saved(document: Any, path: Path) -> Path:  # noqa: ANN401 - both libraries' documents save themselves
    """Save a document and return its path."""
    document.save(str(path))
    return path


def writer() -> Any:  # noqa: ANN401 - odfdo's own types differ by tag
    """Return an empty LibreOffice document."""
    document = odfdo.Document("text")
    document.body.clear()
    return document


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Change the bytes of a part of a package."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as before, zipfile.ZipFile(path, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry.filename, data.replace(old, new) if entry.filename == part else data)
    return path
