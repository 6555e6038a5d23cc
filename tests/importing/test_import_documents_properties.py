"""`import` of any Word or LibreOffice document: no word lost, whatever stands beside what."""

import io
from collections.abc import Sequence
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import odfdo
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office_files import inside, run, word, writer

from oxalis_panels.authoring.importing.making import make_panels
from oxalis_panels.authoring.importing.sources import read_document_bytes

PIECES = [
    *("mot", "coopé-", " ", "\t", "✓", "→", "-", "•", "1.", "#", "*a*", "[x]", "<b>", "ﬁ"),
    *("\u00ad", "\u00a0", "…"),
]
KINDS = ["p", "h1", "h2", "li0", "li1", "cell", "box"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
RUN = st.tuples(st.sampled_from(["r", "b", "del", "ins", "br", "a"]), TEXT)
PARAGRAPH = st.tuples(st.sampled_from(KINDS), st.lists(RUN, max_size=3))
DOCUMENT = st.lists(PARAGRAPH, max_size=6)
Parts: TypeAlias = "Sequence[tuple[str, Sequence[tuple[str, str]]]]"


def held(document: Any) -> set[str]:  # noqa: ANN401 - both libraries' documents save themselves
    """Import a document; return what forbade it."""
    file = io.BytesIO()
    document.save(file)
    read = read_document_bytes("texte", file.getvalue())
    assert read.value is not None, read.diagnostics
    made = make_panels(read.value)
    if made.value:
        assert made.value.words == made.value.kept + made.value.aside
    return {each.key for each in made.diagnostics if each.severity == "error"}


def _word_runs(runs: Sequence[tuple[str, str]]) -> str:
    forms = {
        "r": "{}",
        "b": "<w:ins><w:r><w:rPr><w:b/></w:rPr><w:br/></w:r></w:ins>{}",
        "del": "<w:del>{}</w:del>",
        "ins": "<w:ins>{}</w:ins>",
        "br": "{}<w:r><w:br/><w:tab/></w:r>",
        "a": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    }
    return "".join(
        forms[kind].format(run(escape(text), "delText" if kind == "del" else "t")) for kind, text in runs
    )


@given(DOCUMENT)
@settings(max_examples=30)
def test_any_word_document_keeps_its_words(parts: Parts) -> None:
    """Headings, lists, tables, boxes, changes and links in any order."""
    document = word()
    for kind, runs in parts:
        xml = _word_runs(runs)
        if kind == "cell":
            paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        else:
            style = {"h1": "Heading 1", "h2": "Heading 2", "li0": "List Bullet", "li1": "List Number 2"}
            paragraph = document.add_paragraph(style=style.get(kind))
        if kind == "box":
            xml = f"<w:r><w:pict><w:txbxContent><w:p>{xml}</w:p></w:txbxContent></w:pict></w:r>"
        inside(paragraph, "smartTag", xml)
    assert held(document) <= {"import-nothing"}


@given(DOCUMENT)
@example([("h1", [("r", "mot\u00a0#")])])
@settings(max_examples=30)
def test_any_libreoffice_document_keeps_its_words(parts: Parts) -> None:
    """The same in the other form: notes and comments in the place of changes."""
    forms = {
        "r": "{}",
        "b": '<text:span text:style-name="Strong_20_Emphasis">{}</text:span>',
        "del": "<text:note><text:note-body><text:p>{}</text:p></text:note-body></text:note>",
        "ins": "<office:annotation><text:p>{}</text:p></office:annotation>",
        "br": "{}<text:line-break/><text:s/>",
        "a": '<text:a xlink:href="nulle part">{}</text:a>',
    }
    around = {
        "p": "<text:p>{}</text:p>",
        "h1": '<text:h text:outline-level="1">{}</text:h>',
        "h2": '<text:h text:outline-level="2">{}</text:h>',
        "li0": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
        "li1": "<text:list><text:list-item><text:list><text:list-item><text:p>{}</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>",
        "cell": "<table:table><table:table-row><table:table-cell><text:p>{}</text:p>"
        "</table:table-cell></table:table-row></table:table>",
        "box": "<text:p><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></text:p>",
    }
    document = writer()
    for kind, runs in parts:
        xml = "".join(forms[form].format(escape(text)) for form, text in runs)
        document.body.append(odfdo.Element.from_tag(around[kind].format(xml)))
    assert held(document) <= {"import-nothing"}
