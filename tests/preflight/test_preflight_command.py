"""The command `preflight`: what it prints and writes, and its exit codes."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bad_files import FAULTS, make
from builds import ROOT, SHORT, Built, build_posters_of, command, drawn, run_here, said, told, write_project
from good_file import OFFSET, good_file, saved

from oxalis_panels.inspection.checks import judge
from oxalis_panels.inspection.expectations import Expectations, sheet_size
from oxalis_panels.inspection.file_reports import Question, answer, check_files
from oxalis_panels.inspection.render import lines, view
from oxalis_panels.inspection.report import Report
from oxalis_panels.inspection.survey import Survey
from oxalis_panels.words.catalogue import catalogue

FRENCH = catalogue("fr")
HERE = Path(__file__).parent
TABLE = HERE / "rapport.txt"
VOID = {"meta", "br", "hr", "img", "input", "link"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all seeded bad files, and of the good one."""
    folder = tmp_path_factory.mktemp("preflight")
    (folder / "bonne.pdf").write_bytes(saved(good_file()))
    for name, fault in FAULTS.items():
        (folder / f"{name}.pdf").write_bytes(make(fault))
    (folder / "illisible.pdf").write_bytes(b"<!doctype html>")
    return folder


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check files in this process: a process for each takes longer than the check."""
    within = "oxalis_panels.inspection.file_reports.within"
    monkeypatch.setattr(within, lambda _memory, _seconds, task, *given: (task(*given),))


def asked(folder: Path, *names: str, **more: object) -> Question:
    """Return the question that the command line asks about some files."""
    return Question(tuple(folder / f"{name}.pdf" for name in names), folder, **more)  # type: ignore[arg-type]


def test_the_command_says_it_all_in_french(folder: Path) -> None:
    """The report that an editor can forward to the printer, word for word."""
    done = command("preflight", folder / "fond-perdu-3.53.pdf", "--project", folder)
    assert done.stdout == TABLE.read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_file_that_conforms_ends_well(folder: Path) -> None:
    """0 for a script, one line for a person."""
    done = command("preflight", folder / "bonne.pdf", "--project", folder)
    first = done.stdout.split("\n")[0]
    assert first == "Contrôle\u00a0: bonne.pdf — conforme au profil «\u00a0Offset, papier couché\u00a0»"
    assert (done.returncode, done.stderr) == (0, "")


def test_in_english_the_profile_has_its_english_name(folder: Path) -> None:
    """In the first line of the text, and for programs."""
    question = asked(folder, "bonne")
    first = answer(question, catalogue("en")).text.split("\n")[0]
    assert first.endswith("conforms to the profile “Offset, coated paper”")
    (told,) = json.loads(answer(asked(folder, "bonne", form="json"), catalogue("en")).text)
    assert told["profile"] == "Offset, coated paper"


def test_files_that_cannot_be_asked_about_are_a_wrong_command(folder: Path) -> None:
    """A missing file, a folder, an unknown printer or size: 2, and a sentence instead of a traceback."""
    good = folder / "bonne.pdf"
    wrong = ((folder / "absent.pdf",), (folder,), (), (good, "--size", "z9"), (good, "--printer", "x"))
    for arguments in wrong:
        done = run_here("preflight", *arguments)
        assert done.exit_code == 2, arguments
        assert done.stdout == ""
        assert done.stderr


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.printer is OFFSET])
@pytest.mark.usefixtures("_at_once")
def test_the_exit_code_follows_the_worst_file(folder: Path, name: str) -> None:
    """One bad file before a good one is enough; a doubt is not."""
    code = 0 if FAULTS[name].warning else 1
    assert answer(asked(folder, name, "bonne", size="a1"), FRENCH).exit_code == code


def test_a_file_that_cannot_be_read_is_the_worst(folder: Path) -> None:
    """Wherever it stands among good ones."""
    assert answer(asked(folder, "bonne", "illisible", "bonne", size="a1"), FRENCH).exit_code == 1


def test_what_cannot_be_read_costs_no_other_file_its_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the check itself fail at one of three files, this one is refused, none goes missing."""

    def fail(survey: Survey, ask: Expectations, name: str) -> Report:
        if name == "texte-18.pdf":
            raise TypeError(name)
        return judge(survey, ask, name)

    monkeypatch.setattr("oxalis_panels.inspection.file_reports.judge", fail)
    answered = answer(asked(folder, "bonne", "texte-18", "annotation"), FRENCH)
    titles = [line for line in answered.text.splitlines() if line.startswith("Contrôle")]
    assert [title.split(" — ")[1].split(" (")[0].split(" au")[0] for title in titles] == [
        "conforme",
        "fichier illisible",
        "1 défaut",
    ]
    message, mending = FRENCH.diagnostic("preflight-unreadable.other", {})
    assert f"{message}\n{mending}\n" == told("preflight-unreadable.other")
    assert message[:25] in answered.text
    assert answered.exit_code == 1


@pytest.mark.parametrize("said", ["a1", "A1", "b2", "850x2000", "850 × 2000 mm", "85X200cm", "50,5x70,7 cm"])
def test_a_size_is_a_name_or_two_numbers(said: str) -> None:
    """As print shops write them."""
    found = sheet_size(said)
    assert found == {"a": (594, 841), "b": (500, 707), "8": (850, 2000), "5": (505, 707)}[said[0].lower()]


@pytest.mark.parametrize(
    "said", ["", "z9", "a5x", "850", "x2000", "850x", "0x0", "850x2000m", "1e9x1e9", "-5x9"]
)
def test_what_is_no_size_is_told(said: str, folder: Path, tmp_path: Path) -> None:
    """With what can be written instead; no file is checked against a guess."""
    assert sheet_size(said) is None
    if said == "z9":
        answered = answer(asked(folder, "bonne", size=said), FRENCH)
        assert (answered.text, answered.exit_code) == ("", 2)
        assert drawn(answered.diagnostics, tmp_path) == told("preflight-size")


def test_json_carries_codes_and_places(folder: Path) -> None:
    """A program reads codes, numbers and millimetres beside the words."""
    text = answer(asked(folder, "texte-18", "illisible", form="json"), FRENCH).text
    first, second = json.loads(text)
    (fault,) = [fault for check in first["checks"] for fault in check["faults"]]
    assert (first["file"], first["result"], fault["code"]) == ("texte-18.pdf", "failure", "preflight-small")
    assert fault["place"] == {"page": 1, "x_mm": 102.8, "y_mm": pytest.approx(487.6, abs=0.1)}
    assert [check["check"] for check in first["checks"] if check["result"] == "failure"] == ["sizes"]
    unreadable = second["unreadable"]
    assert (second["checks"], unreadable["code"], unreadable["case"]) == (
        [],
        "preflight-unreadable",
        "not-a-pdf",
    )


class _Page(HTMLParser):
    """Notes what a page fetches, and whether each tag that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [str(value) for name, value in attrs if name in {"src", "href"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def test_html_stands_by_itself_and_escapes_names(folder: Path, tmp_path: Path) -> None:
    """One well-formed page that fetches nothing, with the same words; a file name is never markup."""
    evil = tmp_path / "<b>&.pdf"
    evil.write_bytes((folder / "texte-rvb.pdf").read_bytes())
    page = _Page()
    answered = answer(Question((evil, folder / "bonne.pdf"), folder, form="html"), FRENCH)
    page.feed(answered.text)
    assert (page.open, page.fetched) == ([], [])
    assert "url(" not in answered.text
    assert any("<b>&.pdf" in words for words in page.words)
    assert any("texte en RVB (DeviceRGB)" in words for words in page.words)


def test_a_report_file_takes_its_form_from_its_name(folder: Path, tmp_path: Path) -> None:
    """`--report x.html` is a page; the screen shows one line per file. A folder that is not there is said."""
    for name, start in (("r.html", "<!doctype html>"), ("r.json", "["), ("r.txt", "Contrôle")):
        answered = answer(asked(folder, "bonne", "texte-18", report=tmp_path / name), FRENCH)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
        lines = answered.text.splitlines()
        assert [line.split(" — ")[0].split(": ")[1] for line in lines] == ["bonne.pdf", "texte-18.pdf"]
    refused = answer(asked(folder, "bonne", report=tmp_path / "no" / "r.txt"), FRENCH)
    assert refused.exit_code == 2
    assert drawn(refused.diagnostics, tmp_path) == told("file-unwritten.report")


def test_the_same_file_always_gets_the_same_report(folder: Path) -> None:
    """No date, no path, no order of a set: the report can be delivered in a reproducible archive."""
    names = ("texte-rvb", "encrage-330", "annotation")
    texts = {answer(asked(folder, *names, form=form), FRENCH).text for form in ("json", "json")}
    assert len(texts) == 1
    assert str(folder) not in texts.pop()


@pytest.mark.usefixtures("_at_once")
def test_every_fault_can_be_said_in_both_languages(folder: Path) -> None:
    """No report has a hole where words should be."""
    found = check_files(asked(folder, *FAULTS, "illisible", size="a1")).value
    assert found is not None
    for words in (FRENCH, catalogue("en")):
        for report in found:
            text = "\n".join(lines(view(report, words), words))
            assert text
            assert "{" not in text
            assert "preflight" not in text


def test_a_poster_that_the_printer_would_refuse_stops_the_build(built: Built, tmp_path: Path) -> None:
    """A design of one's own, with a text too near to the edge: an error, and nothing is written."""
    project = write_project(built.lend_fonts(tmp_path), un=SHORT)
    style = project / "templates" / "poster" / "poster.css"
    style.parent.mkdir(parents=True)
    ours = (ROOT / "templates" / "poster" / "poster.css").read_text(encoding="utf-8")
    style.write_text(ours + ".running { top: 3mm }\n", encoding="utf-8")
    report, _ = build_posters_of(project)
    assert set(said(report.diagnostics)) == {"preflight-margin"}
    assert {each.span.source.path for each in report.diagnostics} == {"panels/01-un.md"}
    assert report.failed
    assert not (project / "output" / "print").exists()
