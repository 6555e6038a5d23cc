"""One long word does not set the size of a sheet: it is broken where a reader expects it, or named."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from builds import Built, build_posters_of, said, write_project
from PIL import Image

from oxalis_panels.model.collection import Text
from oxalis_panels.rendering.inline_html import html

MAIL = "prenom.nom-compose@cooperative-des-entrepreneuses-et-entrepreneurs.savoie.exemple.fr"
CHAIN = "entrepreneur·es-salarié·es-associé·es-coopérateur·rices-et-administrateur·rices"

WHOLE = ("va-t-il", "quarante-sept", "peut-être", "est-à-dire")
PART = re.compile(rf"{'|'.join(WHOLE)}|\w+(?:·\w+)*")
"""What stays on one line: of longer compounds and of addresses, what signs part."""
HARD = (
    "Anticonstitutionnellement, l’équipe va-t-il peut-être",
    "Les entrepreneur·es de Saint-Quentin-en-Yvelines",
    "C’est-à-dire : contact@maison-des-initiatives.exemple.fr",
    "Lire https://exemple.fr/bilan/2024/les-pages.html, peut-être",
)


def parts(text: str) -> list[str]:
    """Return what stands between the places where a long word may break."""
    plain = str(html((Text(text),), paper=True)).replace('<span class="nobreak">', "").replace("</span>", "")
    return plain.split("<wbr>")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("a.b@exemple.fr", ["a.b@exemple.fr"]),
        ("contact@cooperative-exemple.fr", ["contact@", "cooperative-", "exemple", ".fr"]),
        ("www.exemple.fr/une/page?numero=3", ["www", ".exemple", ".fr", "/une", "/page", "?numero=3"]),
        ("https://exemple.org/page-longue", ["https://exemple", ".org", "/page-", "longue"]),
        ("coopérateur·rices-administrateur·rices", ["coopérateur·rices-", "administrateur·rices"]),
        ("co-construit", ["co-construit"]),
        ("anticonstitutionnellement" * 2, ["anticonstitutionnellement" * 2]),
    ],
)
def test_where_a_long_word_breaks(word: str, expected: list[str]) -> None:
    """After @, before a point, a slash or a question mark; after a hyphen; a word of usual length nowhere."""
    assert parts(word) == expected
    assert parts(f"Voir {word} ici")[0].startswith("Voir ")
    assert str(html((Text(word),))) == word or "nobreak" in str(html((Text(word),)))


def test_an_address_does_not_shrink_a_sheet(built: Built, tmp_path: Path) -> None:
    """Three lines on an empty sheet are as large as without it; a word that cannot break is named."""
    whole = "aeiou·" * 13 + "s"
    texts = {"courriel": MAIL, "suite": f"Les {CHAIN}", "entier": f"{MAIL} {whole}"}
    write_project(tmp_path, **{slug: f"# Un\n\n- ✓ {text} oui.\n" for slug, text in texts.items()})
    report, _ = build_posters_of(built.lend_fonts(tmp_path))
    assert report.posters is not None
    steps = {slug: report.posters.trials[digest][0].step for slug, digest in report.posters.digests.items()}
    assert min(steps["courriel"], steps["suite"]) >= 20
    assert steps["entier"] < 10
    wide = [each for each in report.diagnostics if each.key == "word-too-long.type"]
    assert [(each.values["found"], each.span.text) for each in wide] == [(whole, whole)]
    assert "word-too-long.type" in said(report.diagnostics)


@pytest.mark.parametrize(
    "figure", ["", "---\nfigure:\n  file: m.png\n  alt: Une table\n---\n"], ids=["bare", "pictured"]
)
def test_no_line_of_a_sheet_ends_inside_a_word(figure: str, built: Built, tmp_path: Path) -> None:
    """In the text layer each short compound, and each part of longer ones and addresses, is on one line."""
    texts = [f"On {'a' * count} va-t-il dire quarante-sept fois cela ?" for count in range(1, 12, 2)]
    panels = [
        f"# {title}\n\n" + "".join(f"- ✓ {one}\n  - → {other}\n" for one, other in pairs)
        for title, pairs in (
            (HARD[0], [*zip(texts[::2], texts[1::2], strict=True), (HARD[2], HARD[1])]),
            (HARD[1], [(HARD[0], HARD[3]), (HARD[2], texts[3])]),
        )
    ]
    write_project(tmp_path, un=figure + panels[0], deux=figure + panels[1])
    Image.linear_gradient("L").resize((1500, 2000)).save(tmp_path / "panels" / "m.png")
    report, _ = build_posters_of(built.lend_fonts(tmp_path))
    assert not report.failed
    for panel, path in zip(panels, sorted((tmp_path / "output" / "print").iterdir()), strict=True):
        with pypdfium2.PdfDocument(path) as document:
            lines = document[0].get_textpage().get_text_range()
        assert Counter(PART.findall(panel)) - Counter(PART.findall(lines)) == Counter()
