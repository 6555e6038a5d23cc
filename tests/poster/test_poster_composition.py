"""How a sheet is composed: columns for long lists, larger type for few words, leads, quotes in the margin."""

from pathlib import Path

import pikepdf
import pytest
from builds import Built, build_posters_of, write_project
from lxml import html
from poster_trials import fitted, lines_as_they_come, order, panel_of, press_of, sentence
from spoken import spoken

from oxalis_panels.model.collection import Strong, Text, plain
from oxalis_panels.poster.line_ends import bound_lead
from oxalis_panels.poster.measure import Fit, Sizes
from oxalis_panels.poster.shortcomings import ITEM
from oxalis_panels.poster.titles import LARGEST_STEP
from oxalis_panels.poster.wall import ABOVE_BODY
from oxalis_panels.rendering.sheet import CEILING_STEP
from oxalis_panels.rendering.sheet import points as points_at


def fit_of(folder: Path, built: Built, text: str) -> Fit:
    """Return how a panel fits."""
    with lines_as_they_come():
        (found,) = fitted(order(folder, built.fonts, un=text))
    assert isinstance(found, Fit)
    return found


def test_every_text_of_a_sheet_is_measured(built: Built, tmp_path: Path) -> None:
    """What has no id inside `<main>` could run into the footer; an id nobody knows could not be reported."""
    text = "# Titre\n\nUn paragraphe.\n\n- ✓ Un constat.\n    - → Un point.\n"
    for layout in order(tmp_path, built.fonts, un=text).jobs[0].layouts:
        main = html.fromstring(layout.html).find(".//main")
        assert main is not None
        measured = [each for each in main.iter() if each.get("id")]
        assert {each.get("id") for each in measured} == set(layout.items)
        assert all(ITEM.fullmatch(item) for item in layout.items)
        inside = [words for each in measured for words in each.itertext()]
        assert [words for words in main.itertext() if words.strip()] == [
            each for each in inside if each.strip()
        ]


def test_many_findings_without_points_stand_in_two_columns(built: Built, tmp_path: Path) -> None:
    """Forty short findings, which one column cannot hold, fit; what was tried is told."""
    found = fit_of(tmp_path, built, panel_of(*[(5,)] * 40))
    assert [(trial.columns, trial.fill <= 1) for trial in found.tried][::2] == [(2, True), (1, False)]


def test_a_long_text_of_several_findings_stands_in_two_columns(built: Built, tmp_path: Path) -> None:
    """Lines of a hundred characters are no lines to read: whole findings go side by side."""
    found = fit_of(tmp_path, built, panel_of(*[(30, 15, 15, 15)] * 4))
    assert found.layout.columns == 2
    assert found.tried[0].characters <= 60


def test_findings_with_and_without_points_are_parted_alike(built: Built, tmp_path: Path) -> None:
    """Whatever follows a list, in one column or two, stands as far below it as a finding with points does."""
    gaps = {}
    for kind, points in (("without", ()), ("with", (3,))):
        (job,) = (made := order(tmp_path / kind, built.fonts, un=panel_of((5, *[9] * 8), (5, *points)))).jobs
        for layout in job.layouts[:2]:
            measure = press_of(made).measure(layout.html, Sizes(made.series.title_size, 48))
            bottoms = {item.identifier: item.bottom for item in measure.items}
            before = max(bottom for name, bottom in bottoms.items() if name.startswith("f1"))
            gaps[kind, layout.columns] = bottoms["f2"] - before
    assert gaps["without", 1] == pytest.approx(gaps["with", 1])
    assert gaps["without", 2] == pytest.approx(gaps["with", 2])


def test_findings_in_columns_are_read_as_one_list(built: Built, tmp_path: Path) -> None:
    """A screen reader meets one list in the order of the panel, wherever its columns begin."""
    findings = [f"- ✓ Constat numéro {n} sur ce panneau." for n in range(1, 13)]
    findings.insert(1, "  - → Un point.")
    project = write_project(built.lend_fonts(tmp_path), un="# Titre\n\n" + "\n".join(findings) + "\n")
    report, _ = build_posters_of(project)
    assert not report.failed
    assert report.posters is not None
    assert any(trial.columns == 2 for tried in report.posters.trials.values() for trial in tried)
    with pikepdf.open(project / "output" / "site" / "posters" / "un.pdf") as document:
        lists = [each for each in spoken(document).find("L") if "Constat" in each.text]
    assert len(lists) == 1
    words = lists[0].text.split()
    assert [int(words[at + 1]) for at, word in enumerate(words) if word == "numéro"] == list(range(1, 13))


def test_a_few_words_are_set_larger_and_the_band_takes_the_room(built: Built, tmp_path: Path) -> None:
    """One word is as large as its title; so is no text of thirty, and one of many keeps to the ceiling."""
    made = order(tmp_path / "a", built.fonts, un="# Bravo\n\n- ✓ Fait.\n")
    with lines_as_they_come():
        (word,) = fitted(made)
    assert isinstance(word, Fit)
    assert word.sizes.body == word.sizes.title == points_at(LARGEST_STEP)
    assert made.series.drop > 150
    some = fit_of(tmp_path / "b", built, panel_of((30,)))
    assert some.sizes.body * ABOVE_BODY <= some.sizes.title
    assert fit_of(tmp_path / "c", built, panel_of((45,))).step <= CEILING_STEP


def test_the_band_takes_what_the_fullest_sheet_can_spare(built: Built, tmp_path: Path) -> None:
    """It is as high on all sheets of a series: no higher than the text of forty words and more allows."""
    few = "# Bravo\n\n- ✓ Fait.\n"
    drops = [
        order(tmp_path / str(number), built.fonts, **panels).series.drop
        for number, panels in enumerate(
            ({"un": few}, {"un": few, "deux": panel_of((45,))}, {"un": few, "deux": panel_of(*[(30,)] * 7)})
        )
    ]
    assert drops[0] > drops[1] > drops[2] == 0


def test_a_short_finding_above_its_points_is_larger_where_there_is_room(built: Built, tmp_path: Path) -> None:
    """It is read from three metres; it grows only as far as the title leads."""
    found = fit_of(tmp_path, built, panel_of((5, *[12] * 12)))
    assert found.sizes.body * 1.25 < found.sizes.statement < found.sizes.title


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (f"{sentence(12)} {sentence(12)}", sentence(12)),
        (f"{sentence(30)}", sentence(30)),
        ("Un court bilan. Tout va bien.", "Un court bilan. Tout va bien."),
        (
            f"Avec M. Dupont et Mme B. Martin, {sentence(20)}",
            f"Avec M. Dupont et Mme B. Martin, {sentence(20)}",
        ),
        (f"Quelle année\u202f! {sentence(20)}", "Quelle année\u202f!"),
    ],
)
def test_the_first_sentence_of_a_long_finding_leads(text: str, lead: str) -> None:
    """A finding of twenty words or fewer, and one of one sentence, stays whole; no word is lost."""
    before, after = bound_lead((Text(text),))
    assert plain(before).replace("\u00a0", " ") == lead.replace("\u00a0", " ")
    assert (plain(before) + plain(after)).replace("\u00a0", " ") == text.replace("\u00a0", " ")


def test_a_lead_keeps_what_is_emphasised() -> None:
    """Emphasis on either side of the sentence's end stays where it is."""
    finding = (Strong((Text("Un mot"),)), Text(f" compte. {sentence(20)}"), Strong((Text("Fin."),)))
    before, after = bound_lead(finding)
    assert (before[0], after[-1]) == (finding[0], finding[2])


def test_quotation_marks_that_begin_a_line_hang_in_the_margin(built: Built, tmp_path: Path) -> None:
    """The first letter stands where it stands without them."""
    quoted = _left_edge(tmp_path / "a", built, "« Une citation »")
    bare = _left_edge(tmp_path / "b", built, "Une citation")
    assert quoted == pytest.approx(bare, abs=0.5)


def _left_edge(folder: Path, built: Built, title: str) -> float:
    """Return where the first letter of a title stands, in points from the page's edge."""
    import pypdfium2  # noqa: PLC0415 - only this test reads positions

    made = order(folder, built.fonts, un=f"# {title}\n\n- ✓ Oui.\n")
    (found,) = fitted(made)
    assert isinstance(found, Fit)
    with pypdfium2.PdfDocument(press_of(made).pdf(found.layout.html, found.sizes)) as document:
        text = document[0].get_textpage()
        return float(text.get_charbox(text.get_text_range().index("Une"))[0])
