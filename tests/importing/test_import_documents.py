"""`import` of Word and LibreOffice documents and of PDF: nothing is dropped in silence."""

import ast
import inspect
import io
import zipfile
from pathlib import Path

import odfdo
import pikepdf
import pytest
from builds import Built, drawn, told
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from office_files import changed, described, element, inside, item, run, saved, word, writer
from PIL import Image
from words import words

from oxalis_panels.authoring.importing import office_words
from oxalis_panels.authoring.importing.making import ImportResult, make
from oxalis_panels.authoring.importing.packages import LARGEST
from oxalis_panels.model.collection import plain

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def panels(path: Path) -> list[str]:
    """Return the texts of the panels of a file."""
    return list(_made(path).files.values())


def _made(path: Path) -> ImportResult:
    parsed = make(path)
    assert parsed.value is not None, parsed.diagnostics
    assert parsed.value.words == parsed.value.kept + parsed.value.aside
    return parsed.value


def said(path: Path) -> list[tuple[str, str]]:
    """Return the codes of what is said of a file, and the words that it repeats."""
    return [(each.key, str(each.values.get("found", ""))) for each in make(path).diagnostics]


def told_exactly(path: Path, *codes: str) -> None:
    """Hold all that is said of a file under each code to its words."""
    for code in codes:
        found = [each for each in make(path).diagnostics if each.key == code]
        assert drawn(found, path.parent) == told(code)


def test_the_list_styles_of_word_say_how_deep_an_item_is(tmp_path: Path) -> None:
    """“List Bullet 2” is another list in Word’s eyes, and one level deeper in those of a person."""
    document = word()
    document.add_heading("Accueillir", 1)
    document.add_paragraph("une année", style="List Bullet")
    document.add_paragraph("douze arrivées", style="List Bullet 2")
    document.add_paragraph("trois départs", style="List Number 2")
    expected = "# Accueillir\n\n- ✓ une année\n  - → douze arrivées\n  - → 1. trois départs\n"
    assert panels(saved(document, tmp_path / "a.docx")) == [expected]


def test_headings_lists_and_emphasis_of_word(tmp_path: Path) -> None:
    """Heading → title; the ✓ and → of a Wingdings list, bold, italics, links and line breaks are kept."""
    document = word()
    document.add_heading("1. Notre budget", 1)
    document.add_paragraph("Une introduction.")
    paragraph = item(document, "Situation ", 0)
    paragraph.add_run("assainie ").bold = True
    paragraph.add_run("en 2024").italic = True
    link = document.part.relate_to(
        "https://exemple.fr/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    inside(item(document, "voir ", 1), f'hyperlink r:id="{link}"', run("le site"))
    item(document, "première ligne", 1).add_run().add_break()
    document.paragraphs[-1].add_run("seconde ligne")
    document.add_heading("Notre équipe", 1)
    document.add_paragraph("✓ typé")
    document.add_paragraph("-> aussi")
    first = (
        "# 1. Notre budget\n\nUne introduction.\n\n"
        "- ✓ Situation **assainie** *en 2024*\n"
        "  - → voir [le site](https://exemple.fr/)\n"
        "  - → première ligne\\\n      seconde ligne\n"
    )
    second = "# Notre équipe\n\n- ✓ typé\n  - → aussi\n"
    assert panels(saved(document, tmp_path / "a.docx")) == [first, second]
    assert said(tmp_path / "a.docx") == []


def test_symbols_typed_in_a_picture_font_are_marks(tmp_path: Path) -> None:
    """Word keeps an inserted ✓ as w:sym, or as the letter ü in Wingdings."""
    document = word()
    document.add_heading("Titre", 1)
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    letter = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>à</w:t></w:r>'
    inside(document.add_paragraph(), "ins", symbol + run(" un constat"))
    inside(document.add_paragraph(), "ins", letter + run(" un point"))
    assert panels(saved(document, tmp_path / "a.docx")) == ["# Titre\n\n- ✓ un constat\n  - → un point\n"]


def test_what_no_panel_holds_is_told_word_by_word(tmp_path: Path) -> None:
    """Deleted text, comments, headers, tables, pictures' absence: each with its paragraph and its words."""
    document = word()
    document.add_heading("Bilan de la coopérative", 0)
    document.add_heading("Budget", 1)
    paragraph = document.add_paragraph("✓ reste")
    inside(paragraph, 'del w:id="1"', run("mots supprimés", "delText"))
    inside(paragraph, 'ins w:id="2"', run(" et ajouté"))
    document.add_comment(paragraph.runs[0], "À revoir avec le CA", "A", "a")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Case une", "Case deux"
    document.add_heading("Équipe", 1)
    document.add_paragraph("✓ constat")
    document.sections[0].header.paragraphs[0].text = "Document de travail"
    path = saved(document, tmp_path / "a.docx")
    assert panels(path)[0] == "# Budget\n\n- ✓ reste et ajouté\\\n    Case une\\\n    Case deux\n"
    assert said(path) == [
        ("import-left-out.deleted", "mots supprimés"),
        ("import-left-out.comment", "À revoir avec le CA"),
        ("import-order.table", "Case une Case deux"),
        ("import-left-out.header", "Document de travail"),
        ("import-mark.joined", "Case une"),
        ("import-mark.joined", "Case deux"),
        ("import-left-out.document-title", "Bilan de la coopérative"),
    ]
    told_exactly(path, *dict(said(path)))


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    """Word keeps it twice, for itself and for older programs."""
    box = "<w:txbxContent><w:p>" + run("Dans le cadre.") + "</w:p></w:txbxContent>"
    document = word()
    document.add_heading("Titre", 1)
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"  # noqa: E501 - as Word writes it
    inside(document.add_paragraph("Avant."), "r", f"<mc:AlternateContent {mc}>{both}</mc:AlternateContent>")
    path = saved(document, tmp_path / "a.docx")
    assert panels(path) == ["# Titre\n\nAvant.\n\nDans le cadre.\n"]
    assert said(path) == [("import-order.text-box", "Dans le cadre.")]
    told_exactly(path, "import-order.text-box")


def test_bold_lines_and_new_pages_begin_panels(tmp_path: Path) -> None:
    """Those who use no styles make titles bold: they are guessed, and that is said."""
    document = word()
    for title in ("Notre budget", "Notre équipe"):
        document.add_paragraph().add_run(title).bold = True
        document.add_paragraph("✓ constat")
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    path = saved(document, tmp_path / "a.docx")
    assert panels(path) == ["# Notre budget\n\n- ✓ constat\n", "# Notre équipe\n\n- ✓ constat\n"]
    assert [code for code, _ in said(path)] == ["import-titles-guessed"]


def test_headings_lists_and_emphasis_of_libreoffice(tmp_path: Path) -> None:
    """Nested lists, marks typed or of the list, bold and links; notes and comments are told."""
    document = writer()
    style = odfdo.Element.from_tag(
        '<text:list-style style:name="Signes">'
        '<text:list-level-style-bullet text:level="1" text:bullet-char="✓"/>'
        '<text:list-level-style-bullet text:level="2" text:bullet-char="➔"/></text:list-style>'
    )
    document.insert_style(style, automatic=True)
    bold = odfdo.Style("text", name="Gras")
    bold.set_properties({"fo:font-weight": "bold"}, area="text")
    document.insert_style(bold, automatic=True)
    body = document.body
    body.append(odfdo.Header(1, "Notre budget"))
    body.append(odfdo.Paragraph("Une introduction."))
    signs = odfdo.List(style="Signes")
    first = odfdo.ListItem("Situation assainie")
    first.append(odfdo.List(["un détail", "un autre"]))
    signs.append(first)
    body.append(signs)
    body.append(odfdo.Header(1, "Notre équipe"))
    paragraph = odfdo.Paragraph("✓ Bilan ")
    paragraph.append(odfdo.Span("mitigé", style="Gras"))
    paragraph.append(odfdo.Link("https://exemple.fr/", text="ici"))
    paragraph.insert_note(after="Bilan", note_id="n1", citation="1", body="Une note.")
    paragraph.insert_annotation(after="Bilan", body="À revoir", creator="A")
    body.append(paragraph)
    path = saved(document, tmp_path / "a.odt")
    assert panels(path) == [
        "# Notre budget\n\nUne introduction.\n\n- ✓ Situation assainie\n  - → un détail\n  - → un autre\n",
        "# Notre équipe\n\n- ✓ Bilan **mitigé**[ici](https://exemple.fr/)\n",
    ]
    assert sorted(said(path)) == [
        ("import-left-out.comment", "À revoir"),
        ("import-left-out.footnote", "Une note."),
    ]


def test_a_package_that_explodes_or_defines_entities_is_refused(tmp_path: Path) -> None:
    """Nothing is unpacked beyond a limit, nothing is expanded."""
    path = saved(word(), tmp_path / "a.docx")
    entity = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w:document'
    changed(path, "word/document.xml", b"<w:document", entity)
    assert [code for code, _ in said(path)] == ["import-damaged"]
    bomb = tmp_path / "b.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(LARGEST + 1))
    told_exactly(bomb, "import-too-large.file")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/document.xml", b"<cut off", "import-damaged"),
        ("META-INF/manifest.xml", b"<m:encryption-data/>", "import-password"),
    ],
)
def test_other_packages_are_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """Damaged and protected documents: by what they hold."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    assert [each for each, _ in said(path)] == [code]


def test_a_spreadsheet_is_told_in_these_words(tmp_path: Path) -> None:
    """By what it holds, under the name of a text."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
    assert drawn(make(path).diagnostics, tmp_path) == told("import-format.other")


def test_a_cut_off_document_is_refused(tmp_path: Path) -> None:
    """A download that was interrupted."""
    path = saved(word(), tmp_path / "a.docx")
    path.write_bytes(path.read_bytes()[:5000])
    assert [each for each, _ in said(path)] == ["import-damaged"]


def test_the_booklet_of_the_posters_gives_the_panels_back(built: Built) -> None:
    """A PDF: titles by their size, marks beside their lines, running feet told; every word of every panel."""
    made = make(built.output / "site" / "posters" / "livret.pdf").value
    assert made is not None
    text = " ".join(made.files.values())
    assert len(made.files) == 8
    assert sum(len(panel.findings) for panel in made.panels) == 10
    assert sum(len(finding.points) for panel in made.panels for finding in panel.findings) == 26
    assert [words(plain(panel.title))[:2] for panel in made.panels[1:3]] == [
        ["Développer", "une"],
        ["Rétablir", "et"],
    ]
    assert "dispositf" in text


def test_notes_and_pictures_of_word_are_told(tmp_path: Path) -> None:
    """A footnote with the paragraph that refers to it; a picture by what its author says that it shows."""
    document = word()
    document.add_heading("Budget", 1)
    note = run("Source : les comptes de 2024.")
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p>{note}</w:p></w:footnote></w:footnotes>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), main, notes.encode(), document.part.package)
    document.part.relate_to(part, f"{RELATIONS}/footnotes")
    inside(document.add_paragraph("✓ assaini"), "r", '<w:footnoteReference w:id="2"/>')
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "png")
    document.add_picture(file)
    described(document, "Une assemblée vote")
    path = saved(document, tmp_path / "a.docx")
    assert panels(path) == ["# Budget\n\n- ✓ assaini\n"]
    assert said(path) == [
        ("import-left-out.footnote", "Source : les comptes de 2024."),
        ("import-left-out.picture", "Une assemblée vote"),
    ]
    told_exactly(path, "import-left-out.footnote", "import-left-out.picture")


def test_a_pdf_without_text_with_a_password_or_cut_off_is_refused(tmp_path: Path) -> None:
    """A scanned page holds no text; what to do is said."""
    scanned, locked = tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(scanned)
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert [code for code, _ in said(scanned)] == ["import-nothing"]
    assert [code for code, _ in said(locked)] == ["import-password"]
    locked.write_bytes(b"%PDF-1.7 cut off")
    assert said(locked) == [("import-damaged", "PDF")]


def test_a_table_of_a_million_cells_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """It is 200 KB on the disk, and would take gigabytes: the markup is counted before it is parsed."""
    path = saved(word(), tmp_path / "a.docx")
    cells = b"<w:tc><w:p/></w:tc>" * 1_000_000
    changed(path, "word/document.xml", b"<w:sectPr", b"<w:tbl><w:tr>" + cells + b"</w:tr></w:tbl><w:sectPr")
    told_exactly(path, "import-too-large.pages")
    assert [code for code, _ in said(path)] == ["import-too-large.pages"]


def with_page(path: Path, page: str) -> Path:
    """Save a Word document that is to take in a page of HTML."""
    document = word()
    document.add_heading("Budget", 1)
    document.add_paragraph("✓ assaini")
    part = Part(PackURI("/word/page.html"), "text/html", page.encode(), document.part.package)
    relation = document.part.relate_to(part, f"{RELATIONS}/aFChunk")
    document.element.body.insert(2, element(f'altChunk r:id="{relation}"', ""))
    return saved(document, path)


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<html><p class=a>Un <b>mot</b> &amp; un&nbsp;autre<br/>fin</p></html>", "Un mot & un autre fin"),
        ("<style>p{a}</style><!-- non --><p>oui 3 < 5 <o:p>a</o:p>", "oui 3 < 5 a"),
        ("<p>a<![if !supportLists]>b<![endif]></p><?xml c?>d", "ab d"),
    ],
)  # fmt: skip
def test_a_page_to_be_taken_in_is_left_aside(tmp_path: Path, page: str, read: str) -> None:
    """Its text is told in full; what it hides is not."""
    path = with_page(tmp_path / "a.docx", page)
    assert panels(path) == ["# Budget\n\n- ✓ assaini\n"]
    assert said(path) == [("import-left-out.object", read)]


@pytest.mark.parametrize(
    "page",
    [
        '<p>un <b class="x>mot</b> loin</p> "',
        "<p>un mot <b",
        "<p>un <!-- mot",
        "<p>un <script>mot",
        "<p>un <!-- mot --!> autre --> encore",
        "<p>un </b title='>'>mot",
        "<p>un <![CDATA[mot]]>",
        '<a href="a"b="c">un</a>',
    ],
)
def test_a_broken_page_to_be_taken_in_is_refused(tmp_path: Path, page: str) -> None:
    """No two programs agree on what it says; the rest of the document is read."""
    path = with_page(tmp_path / "a.docx", page)
    assert panels(path) == ["# Budget\n\n- ✓ assaini\n"]
    assert said(path) == [("import-unread", "word/page.html")]


def test_what_counts_the_words_shares_nothing_with_what_reads_them() -> None:
    """The proof would prove nothing if both made the same mistake."""
    tree = ast.parse(inspect.getsource(office_words))
    names = [each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    names += [alias.name for each in ast.walk(tree) if isinstance(each, ast.Import) for alias in each.names]
    assert [name for name in names if "oxalis" in name or "lxml" in name] == []


@pytest.mark.parametrize("name", ["docx_runs.Reader._add", "gathering.Gathering.leave"])
def test_a_text_that_the_reader_loses_is_missed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it loses live text or hidden text: the other way of counting finds it, and nothing is made."""
    document = word()
    document.add_paragraph("✓ visible").add_run("caché").font.hidden = True
    path = saved(document, tmp_path / "a.docx")
    monkeypatch.setattr(f"oxalis_panels.authoring.importing.{name}", lambda *_, **__: None)
    assert make(path).value is None


@pytest.mark.parametrize(
    "xml",
    [
        '<text:h text:style-name="Titre" text:outline-level="999999999">Budget</text:h>',
        '<text:numbered-paragraph text:level="999999999"><text:p>Budget</text:p></text:numbered-paragraph>',
    ],
)
def test_a_level_that_no_program_writes_takes_no_time(tmp_path: Path, xml: str) -> None:
    """A damaged number is the deepest level that there is."""
    document = writer()
    document.insert_style(odfdo.Style("paragraph", name="Titre"), automatic=True)
    document.body.append(odfdo.Element.from_tag(xml))
    assert "Budget" in panels(saved(document, tmp_path / "a.odt"))[0]


def test_a_sign_of_the_private_area_counts_once(tmp_path: Path) -> None:
    """Pasted from Word, its font lost: ① is read, and the count of words agrees."""
    document = writer()
    document.body.append(odfdo.Header(1, "Budget"))
    document.body.append(odfdo.Paragraph("✓ voir \uf081"))
    assert panels(saved(document, tmp_path / "a.odt")) == ["# Budget\n\n- ✓ voir ①\n"]
