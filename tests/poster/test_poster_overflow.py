"""A text or a title that does not fit is an error at its place, saying what to cut; nothing is written."""

from pathlib import Path

import pytest
from builds import FRENCH, Built, build_posters_of, in_this_process, said, write_project
from poster_trials import body_alone, fitted, order, panel_of, sentence

from oxalis_panels.pipeline.capacity import capacity
from oxalis_panels.poster.measure import Fit, Overflow
from oxalis_panels.words.drawing import draw

LONG = panel_of((10, *[25] * 28))


def project_of(folder: Path, built: Built, **panels: str) -> Path:
    """Return a project with these panels, whose fonts are already made and whose wording does not matter."""
    (built.lend_fonts(folder) / "panels").mkdir()
    (folder / "panels" / "collection.yaml").write_text("allow: [sentence-long]\n", encoding="utf-8")
    return write_project(folder, **panels)


def test_an_overflow_is_told_at_the_item_where_it_begins(built: Built, tmp_path: Path) -> None:
    """The editor sees the very line, the size that was tried, and how many words to take away."""
    report, _ = build_posters_of(project_of(tmp_path, built, court=panel_of((5,)), long=LONG))
    (found,) = report.diagnostics
    assert (found.key, found.severity) == ("poster-overflow", "error")
    line = found.span.source.text[found.span.start : found.span.end]
    item = str(FRENCH.value(found.values["item"])).replace("\u00a0", " ")
    number = int(item.split()[2])
    assert item == f"→ n° {number} du ✓ n° 1"
    assert found.span.source.text[: found.span.start].count("\n") == 2 + number
    assert line.endswith(sentence(25))
    message, _excerpt, _carets, instead = draw(found, FRENCH).split("\n")
    assert message.startswith(f"panels/02-long.md:{3 + number}:7: erreur\u00a0: ")
    assert message.endswith(f" (→ n°\u00a0{number} du ✓ n°\u00a01). [poster-overflow]")
    assert f" {found.values['words']} mots " in instead
    assert report.plan is None
    assert not (tmp_path / "output" / "print").exists()


@pytest.mark.parametrize(
    "findings",
    [
        [(10, *[25] * 28)],
        [(12,)] * 90,
        [(300,)] * 3,
        [(12, *[12] * 9)] * 6,
        [(60,)] * 16,
        [(60,)] * 20,
    ],
    ids=["points", "findings", "three huge findings", "six lists", "long findings", "more long findings"],
)
def test_cutting_the_words_asked_for_makes_it_fit(
    findings: list[tuple[int, ...]], built: Built, tmp_path: Path
) -> None:
    """The count is enough, and not so large that it frightens: 60 words and a short item less are too few."""
    project = project_of(tmp_path, built, long=panel_of(*findings))
    report, _ = build_posters_of(project)
    asked = int(str(report.diagnostics[0].values["words"]))
    with body_alone():
        (enough,) = fitted(order(project, built.fonts, long=panel_of(*cut(findings, asked))))
    assert isinstance(enough, Fit)
    fewer = asked - 60 - min(60, findings[-1][-1])
    (too_few,) = fitted(order(project, built.fonts, long=panel_of(*cut(findings, fewer))))
    assert isinstance(too_few, Overflow)


def cut(findings: list[tuple[int, ...]], count: int) -> list[tuple[int, ...]]:
    """Return the findings without their last `count` words."""
    items = [list(finding) for finding in findings]
    while count > 0:
        taken = min(count, items[-1][-1])
        items[-1][-1] -= taken
        count -= taken
        if not items[-1][-1]:
            items[-1].pop()
        if not items[-1]:
            items.pop()
    return [tuple(each) for each in items]


def test_the_words_left_and_the_error_ask_for_the_same_cut(built: Built, tmp_path: Path) -> None:
    """`capacity`, and so `serve`, says of a text that does not fit what the build says."""
    project = project_of(tmp_path, built, points=LONG, constats=panel_of(*[(60,)] * 16))
    report, _ = build_posters_of(project)
    asked = {each.span.source.path[10:-3]: each.values["words"] for each in report.diagnostics}
    with in_this_process():
        rooms = capacity(project, project / "output").value
    assert rooms is not None
    assert {room.slug: -room.before_floor for room in rooms} == asked
    assert len(asked) == 2


def test_a_word_too_long_for_its_line_is_told_by_both(built: Built, tmp_path: Path) -> None:
    """No number of words to cut helps there."""
    project = project_of(tmp_path, built, mot=panel_of((5,)) + f"- ✓ Un {'mot' * 40} de trop.\n")
    report, _ = build_posters_of(project)
    assert said(report.diagnostics)[-1] == "word-too-long.line"
    with in_this_process():
        assert capacity(project, project / "output").diagnostics == report.diagnostics[-1:]


def test_an_overflow_in_an_introduction_or_a_finding_is_placed_too(built: Built, tmp_path: Path) -> None:
    """The item may be a paragraph or a ✓ as well as a →."""
    paragraphs = "\n\n".join([sentence(90)] * 9)
    report, _ = build_posters_of(
        project_of(
            tmp_path, built, intro=f"# Introduction\n\n{paragraphs}\n", constats=panel_of(*[(5,)] * 120)
        )
    )
    places = {d.span.source.path: str(FRENCH.value(d.values["item"]))[0] for d in report.diagnostics}
    assert said(report.diagnostics) == ["poster-overflow"] * 2
    assert places == {"panels/01-intro.md": "p", "panels/02-constats.md": "✓"}


def test_small_type_is_a_warning_at_the_title(built: Built, tmp_path: Path) -> None:
    """A text that fits only under 36 pt is made, and the editor is told; with --strict it stops the build."""
    project = project_of(tmp_path, built, dense=panel_of((20, *[18] * 22)))
    strict, made = build_posters_of(project, strict=True)
    assert (said(strict.diagnostics), made, strict.plan) == (["type-too-small.uneasy"], ["dense"], None)
    assert not (tmp_path / "output" / "print").exists()
    report, _ = build_posters_of(project)
    (found,) = report.diagnostics
    assert (found.key, found.severity) == ("type-too-small.uneasy", "warning")
    assert found.span.source.text[found.span.start : found.span.end] in "# Un titre de longueur moyenne"
    assert 24 <= float(str(found.values["size"])) < 36
    assert (tmp_path / "output" / "print" / "01-dense-a1.pdf").is_file()


def test_a_title_too_long_is_an_error_at_the_title(built: Built, tmp_path: Path) -> None:
    """Titles that four lines of 72 pt cannot hold are named, together with the texts that do not fit."""
    panels = {
        "bon": panel_of((5,)),
        "long": panel_of((5,), title=sentence(45)),
        "mot": panel_of((5,), title="Anticonstitutionnellement" * 3),
        "texte": LONG,
    }
    report, made = build_posters_of(project_of(tmp_path, built, **panels))
    assert "texte" in made
    assert report.plan is None
    errors = [each for each in report.diagnostics if each.severity == "error"]
    assert [(each.key, each.span.source.path) for each in errors] == [
        ("title-too-long.poster", "panels/02-long.md"),
        ("title-too-long.poster", "panels/03-mot.md"),
        ("poster-overflow", "panels/04-texte.md"),
    ]
    assert draw(errors[1], FRENCH).startswith("panels/03-mot.md:1:")


def test_one_long_word_is_a_title(built: Built, tmp_path: Path) -> None:
    """A title of one word that a line can hold is no trouble."""
    (found,) = fitted(order(tmp_path, built.fonts, mot=panel_of((5,), title="Anticonstitutionnellement")))
    assert isinstance(found, Fit)
