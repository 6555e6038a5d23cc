"""Advice is followed to the letter: what comes of it is right, or another mistake that is truly there.

Every repaired line that `check` offers is written into the project, until none is offered any more.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from diagnostics_run import GOLDEN, command_of, folders, project_of
from PIL import Image

from oxalis_panels.cli.main import cli
from oxalis_panels.model.collection import plain
from oxalis_panels.model.diagnostics import Diagnostic, Repair
from oxalis_panels.model.texts import texts
from oxalis_panels.pipeline.check import review
from oxalis_panels.reading.repairs import REMEDIES
from oxalis_panels.words.catalogue import catalogue

READING = Path(__file__).parent / "reading" / "diagnostics"
ROUNDS = 10
"""A mistake may hide others, but not for ever."""
SLIP = re.compile(
    r":::|\[\[|\]\]|\[toc\]|%%|==|\+\+|~|\^|\{[#.%]|:[a-z_]+:|[`\\]|</?\w+>|https?:(?:/?[^/]|/{3})|\]\("
    r"|^#|^---|^\w+ ?:\S|[\u22c5\u2027\u2219\u30fb\uff65\u16eb\ue000-\uf8ff]",
    re.IGNORECASE,
)
"""What a reader would take for a slip."""
TRULY_LEFT = {
    # a picture in the text, a comment of three lines, a box with a title
    "foreign-markup.dialect": {"foreign-markup.dialect"},
    "key-unknown.misspelt": {"drafts-only"},
    "missing-character": {"missing-character"},  # no keyboard has 漢字
    "wrong-kind.boolean": {"drafts-only"},
    "wrong-kind.figure": {"figure-alt-missing.other", "figure-not-found.other"},
}
"""The errors that advice on a code leads to: nobody can repair them but an author."""
CODES = sorted({*folders(), *(folder.name for folder in READING.iterdir())})


def follow(project: Path) -> tuple[set[str], tuple[Diagnostic, ...]]:
    """Write all that is offered, again and again; return the codes that offered it, and what is left."""
    offered: set[str] = set()
    for _ in range(ROUNDS):
        found = review(project).diagnostics
        repairs = [each.repair for each in found if each.repair and each.repair.lines]
        if not repairs:
            return offered, found
        offered |= {each.key for each in found if each.repair and each.repair.lines}
        _write(project, repairs)
    pytest.fail(f"without end: {sorted({each.key for each in found})}")


def _write(project: Path, repairs: Iterable[Repair]) -> None:
    """Write the repairs into their files, from the last to the first; one of two that overlap waits."""
    begun: dict[str, int] = {}
    written: dict[str, str] = {}
    for repair in sorted(repairs, key=lambda each: (each.span.start, each.span.end), reverse=True):
        path, text = repair.span.source.path, repair.span.source.text
        if repair.span.end <= begun.get(path, len(text)):
            text = written.get(path, text)
            written[path] = text[: repair.span.start] + repair.replacement + text[repair.span.end :]
            begun[path] = repair.span.start
    for path, text in written.items():
        (project / path).write_text(text, encoding="utf-8")


@cache
def followed(code: str) -> tuple[set[str], set[str], list[str]]:
    """Return the codes that offered something in the wrong project of a code, the errors and slips left."""
    home = GOLDEN if code in folders() else READING
    with TemporaryDirectory() as folder:
        project = project_of(code, Path(folder), home=home)
        offered, found = follow(project)
        return offered, {each.key for each in found if each.severity == "error"}, _slips(project)


def _slips(project: Path) -> list[str]:
    """Return the texts with a slip of which nothing is said."""
    checked = review(project)
    told = [each.span for each in checked.diagnostics]
    panels = checked.value.as_typed.panels if checked.value else ()
    read = [(plain(each.text), each.span) for panel in panels for each in texts(panel)]
    return [
        text
        for text, span in read
        if SLIP.search(text)
        and not any(
            each.source.path == span.source.path and each.start < span.end and span.start < each.end
            for each in told
        )
    ]


@pytest.mark.parametrize("code", [code for code in CODES if command_of(code) == ["check"]])
def test_what_is_offered_mends_or_leads_to_what_else_is_wrong(code: str) -> None:
    """Never to a slip that readers would see, and never round and round."""
    offered, errors, slips = followed(code)
    if code in offered:
        assert errors == TRULY_LEFT.get(code, set())
        assert slips == []


PANEL = "panels/01-bilan.md"
TEXT = "# Titre\n\n- ✓ {}\n"
HEADED = "---\n{}\n---\n# Titre\n\n- ✓ Un constat.\n"
SETTINGS = "panels/collection.yaml"
FOLLOWED = [
    # Fields and their form
    (PANEL, HEADED.format("order:2"), HEADED.format("order: 2")),
    (PANEL, HEADED.format("order:2\nslug:un"), HEADED.format("order: 2\nslug: un")),
    (PANEL, HEADED.format("slug: un\norder:2"), HEADED.format("slug: un\norder: 2")),
    (PANEL, HEADED.format("slug: un\n order: 2"), HEADED.format("slug: un\norder: 2")),
    (PANEL, HEADED.format(" slug: un\norder: 2"), HEADED.format("slug: un\norder: 2")),
    (PANEL, HEADED.format("allow: sentence-long"), HEADED.format("allow: [sentence-long]")),
    (
        PANEL,
        HEADED.format("ignorer: sentence-long, spelling"),
        HEADED.format("allow: [sentence-long, spelling]"),
    ),
    (PANEL, HEADED.format("couleur: ocr"), HEADED.format("colour: ocre")),
    (
        PANEL,
        "order : 2\n\n#Titre\n\n- ✓ Un constat.\n",
        "---\norder : 2\n---\n\n# Titre\n\n- ✓ Un constat.\n",
    ),
    (PANEL, "order:2\n# Titre\n\n- ✓ Un constat.\n", "---\norder: 2\n---\n# Titre\n\n- ✓ Un constat.\n"),
    (
        PANEL,
        "—\norder: 2\n—\n# Titre\n\n- ✓ Un constat.\n",
        "---\norder: 2\n---\n# Titre\n\n- ✓ Un constat.\n",
    ),
    (SETTINGS, "title: Bilan\n period: 2020\n", "title: Bilan\nperiod: 2020\n"),
    (SETTINGS, " title: Bilan\nperiod: 2020\n", "title: Bilan\nperiod: 2020\n"),
    (
        SETTINGS,
        " title: Bilan\n subtitle: Trois ans\nperiod: 2020\n",
        "title: Bilan\nsubtitle: Trois ans\nperiod: 2020\n",
    ),
    (
        SETTINGS,
        "legal:\n  host: Ici\n   contact: a@exemple.fr\n",
        "legal:\n  host: Ici\n  contact: a@exemple.fr\n",
    ),
    (SETTINGS, "lexicon:\n  - Louty\n - CoopRM\n", "lexicon:\n  - Louty\n  - CoopRM\n"),
    (SETTINGS, "lexique: Louty, La Ruche\n", "lexicon: [Louty, La Ruche]\n"),
    (SETTINGS, "keep: Bigre!\n", "keep: [Bigre!]\n"),
    (SETTINGS, "legal:\n  host:Ici\n", "legal:\n  host: Ici\n"),
    (SETTINGS, "delivery:\n  copies:2\n", "delivery:\n  copies: 2\n"),
    (SETTINGS, "glossary:\n  CA:Conseil\n", "glossary:\n  CA: Conseil\n"),
    (
        "panels/02-deux.yaml",
        "title: Deux\nfindings:\n  - ✓:Un constat.\n",
        "title: Deux\nfindings:\n  - ✓: Un constat.\n",
    ),
    (SETTINGS, "lexicon:\n  - Louty\n  CoopRM\n  - Ruche\n", "lexicon:\n  - Louty\n  - CoopRM\n  - Ruche\n"),
    (
        SETTINGS,
        "repository: github.com/oxalis/panneaux\n",
        "repository: https://github.com/oxalis/panneaux\n",
    ),
    (SETTINGS, "repository: github.com\n", "repository: github.com\n"),
    # Titles
    (
        PANEL,
        "Titre : Notre budget\n\n- ✓ Un constat.\n",
        "# Notre budget\n\n- ✓ Un constat.\n",
    ),
    (PANEL, "#Titre\n\n- ✓ Un constat.\n", "# Titre\n\n- ✓ Un constat.\n"),
    (PANEL, "Notre budget\n\n- ✓ Un constat.\n", "# Notre budget\n\n- ✓ Un constat.\n"),
    (
        PANEL,
        "- :white_check_mark: Un constat.\n- [ ] Deux.\n",
        "- :white_check_mark: Un constat.\n- ✓ Deux.\n",
    ),
    # Links
    (PANEL, TEXT.format("Un [lien](//exemple.fr/a)."), TEXT.format("Un [lien](https://exemple.fr/a).")),
    (PANEL, TEXT.format("Un [lien](https:////exemple.fr)."), TEXT.format("Un [lien](https://exemple.fr).")),
    (PANEL, TEXT.format("Un [lien](http:/exemple.fr)."), TEXT.format("Un [lien](http://exemple.fr).")),
    (
        PANEL,
        TEXT.format("Un [lien](<//exemple.fr/a b>)."),
        TEXT.format("Un [lien](<https://exemple.fr/a b>)."),
    ),
    (
        PANEL,
        TEXT.format("Un [lien](www.exemple.fr/@nous)."),
        TEXT.format("Un [lien](https://www.exemple.fr/@nous)."),
    ),
    (PANEL, TEXT.format("Un [lien](nous@exemple.fr)."), TEXT.format("Un [lien](mailto:nous@exemple.fr).")),
    # Signs of other programs
    (PANEL, "# Titre {#un}\n\n- ✓ Un constat.\n", "# Titre\n\n- ✓ Un constat.\n"),
    (PANEL, TEXT.format("Voir [[Budget|le budget]]."), TEXT.format("Voir le budget.")),
    (PANEL, TEXT.format("Voir [[Budget#Charges]]."), TEXT.format("Voir Budget.")),
    (PANEL, TEXT.format("Le budget %%à revoir%% est clair."), TEXT.format("Le budget est clair.")),
    (PANEL, TEXT.format("Le ==budget== est ++clair++."), TEXT.format("Le budget est clair.")),
    (PANEL, TEXT.format("Le 1^er^ mai, 20 m^2^ de moins."), TEXT.format("Le 1er mai, 20 m² de moins.")),
    (PANEL, TEXT.format("Moins de CO~2~ et de ~bruit~."), TEXT.format("Moins de CO₂ et de bruit.")),
    (PANEL, TEXT.format("Le budget est clair. ^a1b2c3"), TEXT.format("Le budget est clair.")),
    (
        PANEL,
        TEXT.format("Le budget est clair :tada: et suivi."),
        TEXT.format("Le budget est clair et suivi."),
    ),
    (PANEL, TEXT.format("Le `==budget==` est clair."), TEXT.format("Le budget est clair.")),
    (
        PANEL,
        TEXT.format("Le `*.txt` du `[budget]`, `a_b_c`."),
        TEXT.format("Le \\*.txt du \\[budget\\], a_b_c."),
    ),
    # The ends of a list
    (
        PANEL,
        TEXT.format("Un.\n- ✓ Deux\n- ✓ Trois\n- ✓ Une salle, etc.\n- ✓ Une autre..."),
        TEXT.format("Un\n- ✓ Deux\n- ✓ Trois\n- ✓ Une salle, etc.\n- ✓ Une autre..."),
    ),
    (
        PANEL,
        TEXT.format("Un.\n- ✓ Deux.\n- ✓ Trois\n- ✓ Une salle, etc."),
        TEXT.format("Un.\n- ✓ Deux.\n- ✓ Trois.\n- ✓ Une salle, etc."),
    ),
    # Characters and words
    (
        PANEL,
        TEXT.format("Les salarié⋅es, salarié‧es, salarié∙es."),
        TEXT.format("Les salarié·es, salarié·es, salarié·es."),
    ),
    (
        PANEL,
        TEXT.format("Les salarié・es, salarié･es, salarié᛫es."),
        TEXT.format("Les salarié·es, salarié·es, salarié·es."),
    ),
    (
        PANEL,
        TEXT.format("Le 2ᵉ bilan de Mᵐᵉ Durand, le 1ᵉʳ mai."),
        TEXT.format("Le 2e bilan de Mme Durand, le 1er mai."),
    ),
    (PANEL, TEXT.format("Un point \uf0e8 un autre."), TEXT.format("Un point → un autre.")),
    (PANEL, TEXT.format("Les règles de l’Etat et Zyglor."), TEXT.format("Les règles de l’État et Zyglor.")),
    (
        PANEL,
        TEXT.format("Le parti des Ecologistes et Zyglor."),
        TEXT.format("Le parti des Écologistes et Zyglor."),
    ),
]
"""A file with mistakes, and what it is once all that is offered is written."""


@pytest.mark.parametrize(("path", "wrong", "right"), FOLLOWED)
def test_what_is_offered_is_what_was_meant(path: str, wrong: str, right: str, tmp_path: Path) -> None:
    """To the letter."""
    (tmp_path / "panels").mkdir()
    (tmp_path / PANEL).write_text(TEXT.format("Un constat."), encoding="utf-8")
    (tmp_path / path).write_text(wrong, encoding="utf-8")
    follow(tmp_path)
    assert (tmp_path / path).read_text(encoding="utf-8") == right
    assert _slips(tmp_path) == []


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("\n  file: a.png\n  caption: Une courbe", "Une courbe"),
        ("\n  file: a.png\n  légende: Une courbe  # vue", "Une courbe"),
        ("\n  légende: Une courbe\n  file: a.png", "Une courbe"),
        ("\n  file: a.png\n  caption: Une courbe\n    qui monte", "Une courbe qui monte"),
        ("\n  file: a.png\n  caption: >\n    Une courbe\n    qui monte", "Une courbe qui monte"),
        ("\n  file: a.png\n  légende: |\n    Une courbe", "Une courbe"),
        (" {file: a.png, caption: Une courbe}", "Une courbe"),
        (" {file: a.png, légende: Une courbe, credit: Moi}", "Une courbe"),
    ],
)
def test_a_caption_alone_is_made_a_description_too_or_left(figure: str, said: str, tmp_path: Path) -> None:
    """Whole and twice, in whatever form it was typed; where that cannot be offered, nothing is."""
    typed = HEADED.format(f"figure:{figure}")
    (tmp_path / "panels").mkdir()
    Image.new("L", (2400, 1200), 200).save(tmp_path / "panels/a.png")
    (tmp_path / PANEL).write_text(typed, encoding="utf-8")
    offered, _ = follow(tmp_path)
    checked = review(tmp_path)
    if not offered:
        assert (tmp_path / PANEL).read_text(encoding="utf-8") == typed
        return
    assert checked.value is not None
    (panel,) = checked.value.typeset.panels
    assert panel.figure is not None
    assert (plain(panel.figure.caption).strip(), plain(panel.figure.alt).strip()) == (said, said)


@pytest.mark.parametrize(
    "text",
    [
        "En C++ et Notepad++, à 10:30:45.",
        "Si a == b et c == d.",
        "De ~10 à ~20 euros, et 2 ^ 3, x^2 + y^2 = 4, (^o^).",
        "Un \\==mot choisi==, 12 \\%% et \\{#mot}, \\[[ainsi]], \\^un^, \\:tada:.",
        "Voir https://exemple.fr/==x==/%%20 et [ce lien](https://exemple.fr/{#a}).",
        "Un mot: deux:trois:quatre, :texte: et (:) aussi.",
        "Une note de 12 % {en euros}, { .5 }, {{titre}}, [[1]](https://exemple.fr).",
        "Le hashtag #Oxalis au milieu.",
    ],
)
def test_what_is_text_is_left_alone(text: str, tmp_path: Path) -> None:
    """No doubt about signs that nobody meant for another program, or that a backslash keeps."""
    (tmp_path / "panels").mkdir()
    (tmp_path / PANEL).write_text(TEXT.format(text), encoding="utf-8")
    (tmp_path / SETTINGS).write_text(
        "keep: [Notepad, hashtag]\nlexicon: [Notepad, hashtag]\n", encoding="utf-8"
    )
    said = {each.key for each in review(tmp_path).diagnostics}
    doubts = {"foreign-markup.dialect", "foreign-markup.html", "sign-visible.dialect", "heading-space"}
    assert said & doubts == set()


def test_every_remedy_is_followed_somewhere(tmp_path: Path) -> None:
    """A code that offers a repaired line has a wrong project in which it does."""
    offered = {code for each in CODES if command_of(each) == ["check"] for code in followed(each)[0]}
    for number, (path, wrong, _) in enumerate(FOLLOWED):
        project = tmp_path / str(number)
        (project / "panels").mkdir(parents=True)
        (project / PANEL).write_text(TEXT.format("Un constat."), encoding="utf-8")
        (project / path).write_text(wrong, encoding="utf-8")
        offered |= follow(project)[0]
    assert set(REMEDIES) - offered == set()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("bilan.docx", "import panels/bilan.docx"),
        ("bilan.odt", "import panels/bilan.odt"),
        ("mon bilan.pdf", "import 'panels/mon bilan.pdf'"),
        ("bilan.txt", "import panels/bilan.txt"),
        ("bilan", "import panels/bilan"),
        ("bilan.doc", "enregistrez-le"),
        ("contact.html", "enregistrez-le"),
        ("photo.gif", "Pour la montrer"),
        ("plan.svg", "Pour la montrer"),
    ],
)
def test_a_file_that_is_no_panel_is_told_what_to_do_with_it(name: str, advice: str, tmp_path: Path) -> None:
    """A document is imported; nobody is asked for the text of a picture."""
    (tmp_path / "panels").mkdir()
    (tmp_path / PANEL).write_text(TEXT.format("Un constat."), encoding="utf-8")
    (tmp_path / "panels" / name).write_bytes(b"\0")
    (found,) = review(tmp_path).diagnostics
    message, said = catalogue("fr").diagnostic(found.key, found.values)
    assert advice in said
    assert ("document" in message) == (name.rpartition(".")[2] in {"docx", "odt", "pdf", "doc"})


def test_a_text_in_the_folder_of_the_panels_is_imported_as_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the letter: the command, then the file goes; what remains is a panel."""
    (tmp_path / "panels").mkdir()
    (tmp_path / PANEL).write_text(TEXT.format("Un constat."), encoding="utf-8")
    (tmp_path / "panels" / "notes.txt").write_text("Notre équipe\n\n✓ Un second constat.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["import", "panels/notes.txt"]).exit_code == 0
    Path("panels/notes.txt").unlink()
    checked = review(tmp_path)
    assert [each.key for each in checked.diagnostics] == []
    assert checked.value is not None
    assert [plain(panel.title) for panel in checked.value.as_typed.panels] == ["Titre", "Notre équipe"]
