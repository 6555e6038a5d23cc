"""A panel that is withdrawn is gone from all that is published or printed, whatever is built next."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from builds import Built, Counter, drawn, run_here, said, told, write_project
from hypothesis import given, settings
from hypothesis import strategies as st
from test_any_project import EXAMPLES

from oxalis_panels.cli.summary import summary
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.delivery.delivering import FOLDER, deliver
from oxalis_panels.pipeline.request import Request
from oxalis_panels.system import workers
from oxalis_panels.words.catalogue import catalogue

FRUIT = {"zero": "melon", "un": "abricot", "deux": "cerise", "trois": "figue", "quatre": "pomme"}
"""By slug, the word that a panel says and no other."""
PUBLISHED = ("site", "print", "proofs")
SITE_ONLY: dict[str, Any] = {"posters": False}
POSTERS_ONLY: dict[str, Any] = {"site": False}


def panel(slug: str) -> str:
    """Return the text of a panel that says its word in its title, a finding and a point."""
    return "# Titre {0}\n\n- ✓ Constat {0},\n  - → point {0}.\n".format(FRUIT[slug])


@pytest.fixture(autouse=True, scope="module")
def _one_process() -> Iterator[None]:
    """Make posters here: starting others takes longer than small posters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "MOST_PROCESSES", 1)
        yield


@pytest.fixture(scope="module")
def first(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of three panels of which everything has been built, on two sizes of paper."""
    folder = write_project(
        tmp_path_factory.mktemp("first"), **{slug: panel(slug) for slug in ("un", "deux", "trois")}
    )
    assert not made(built.lend_fonts(folder), papers=("a1", "a3"), proofs=True).failed
    return folder


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """Return a copy of that project, its output included."""
    return Path(shutil.copytree(first, tmp_path / "projet"))


def request(folder: Path, **options: object) -> Request:
    """Return what is asked of a build into the project's own output folder."""
    return Request(folder, folder / "output", **options)  # type: ignore[arg-type]


def made(folder: Path, **options: object) -> BuildReport:
    """Build."""
    return build(request(folder, **options), Counter())


def lines(folder: Path, language: str = "fr", **options: object) -> list[str]:
    """Build, and return what is said of it after the files that were written."""
    asked = request(folder, **options)
    report = build(asked, Counter())
    said = list(summary(report, asked, 0, catalogue(language)))
    plain = [line.replace(f"{folder.as_posix()}/", "").replace("\u00a0", " ") for line in said]
    return [line for line in plain if line.startswith(TOLD)]


TOLD = ("Le livret", "Plus anciens", "Panneaux retirés", "The booklet", "Out of date", "Withdrawn")


def source(folder: Path, slug: str) -> Path:
    """Return the file of a panel."""
    (path,) = (folder / "panels").glob(f"*-{slug}.md")
    return path


def draft(folder: Path, slug: str = "deux") -> None:
    """Set a panel aside."""
    path = source(folder, slug)
    path.write_text("---\ndraft: true\n---\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def edit(folder: Path, slug: str) -> None:
    """Change a word."""
    path = source(folder, slug)
    path.write_text(path.read_text(encoding="utf-8").replace("Constat", "Bilan"), encoding="utf-8")


def named(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each file."""
    found = json.loads((folder / "output" / ".manifest.json").read_text(encoding="utf-8"))["files"]
    return dict(found)


def text(file: Path) -> str:
    """Return the text of a page, a data file or a PDF; of a picture what happens to be there."""
    if file.suffix != ".pdf":
        return file.read_text(encoding="utf-8", errors="replace")
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def files(folder: Path) -> list[str]:
    """Return the files of the output folder that are published or printed."""
    output = folder / "output"
    found = (path for name in PUBLISHED for path in (output / name).rglob("*") if path.is_file())
    return sorted(path.relative_to(output).as_posix() for path in found)


def holding(folder: Path, slug: str) -> list[str]:
    """Return the published or printed files that say the word of a panel, or are named after it."""
    return [path for path in files(folder) if slug in path or FRUIT[slug] in text(folder / "output" / path)]


def dead_links(folder: Path) -> list[str]:
    """Return the posters that pages of the site name and that are not there."""
    site = folder / "output" / "site"
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    posters = set(re.findall(r"posters/[\w.-]+", pages))
    return [path for path in sorted(posters) if not (site / path).is_file()]


def without_records(folder: Path) -> None:
    """Make the manifest one of a version that did not record whose text a file holds."""
    records = {path: {**record} for path, record in named(folder).items()}
    for record in records.values():
        record.pop("panels", None)
    content = json.dumps({"oxalis_panels": 1, "files": records})
    (folder / "output" / ".manifest.json").write_text(content, encoding="utf-8")


WAYS: dict[str, dict[str, Any]] = {
    "everything": {},
    "the site": SITE_ONLY,
    "the posters": POSTERS_ONLY,
    "one poster": POSTERS_ONLY | {"panels": frozenset({"un"})},
    "one poster and the site": {"panels": frozenset({"un"})},
    "every poster by name": POSTERS_ONLY | {"panels": frozenset({"un", "trois"})},
    "another size": POSTERS_ONLY | {"papers": ("a3",)},
    "one poster on another size": POSTERS_ONLY | {"papers": ("a4",), "panels": frozenset({"trois"})},
    "another printer": POSTERS_ONLY | {"printer": "bureau", "papers": ("a3",)},
    "proofs": POSTERS_ONLY | {"proofs": True},
    "proofs of one": POSTERS_ONLY | {"proofs": True, "panels": frozenset({"un"})},
    "the site, and proofs that need posters": SITE_ONLY | {"proofs": True},
}


@pytest.mark.parametrize(
    ("way", "recorded"), [*((way, True) for way in WAYS), ("the site", False), ("one poster", False)]
)
def test_nothing_shows_a_withdrawn_panel_whatever_is_built(
    way: str, project: Path, *, recorded: bool
) -> None:
    """Pages, posters, pictures, print files, proofs, booklet; what the program did not write stays.

    Nor where the manifest is of an earlier version, which did not record whose text a file holds.
    """
    theirs = project / "output" / "site" / "posters" / "deux-notes.txt"
    theirs.write_text("à moi", encoding="utf-8")
    if not recorded:
        without_records(project)
    draft(project)
    report = made(project, **WAYS[way])
    assert said(report.diagnostics) == []
    assert holding(project, "deux") == ["site/posters/deux-notes.txt"]
    assert [path for path, entry in named(project).items() if "deux" in entry.get("panels", ())] == []
    assert sorted(named(project)) == [path for path in files(project) if "notes" not in path]
    assert dead_links(project) == []


def _delete(folder: Path) -> None:
    source(folder, "deux").unlink()


def _rename(folder: Path) -> None:
    source(folder, "deux").rename(folder / "panels" / "02-second.md")


def _readdress(folder: Path) -> None:
    path = source(folder, "deux")
    path.write_text("---\nslug: second\n---\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.mark.parametrize("withdraw", [draft, _delete, _rename, _readdress])
def test_however_it_is_withdrawn_its_files_go(withdraw: Callable[[Path], None], project: Path) -> None:
    """Set aside, deleted, or under another name: then its text stays, under that name only."""
    withdraw(project)
    made(project, **SITE_ONLY)
    assert [path for path in files(project) if "deux" in path] == []
    pages = [path for path in holding(project, "deux") if path.endswith("/index.html")]
    assert ("site/second/index.html" in pages) == (withdraw in {_rename, _readdress})
    assert [path for path in files(project) if "livret" in path] == []


def test_what_is_gone_and_what_is_older_is_said_in_one_line_each(project: Path) -> None:
    """The sheets that are left say « 3 sur 3 »: they are older than the text, too."""
    draft(project)
    booklet, older = lines(project, **SITE_ONLY)
    assert booklet == (
        "Le livret (output/site/posters/livret.pdf) a été retiré :"
        " il n’était pas fait des panneaux d’aujourd’hui. oxalis-panels build le refait."
    )
    assert older == (
        "Plus anciens que le texte : affiches (toutes), épreuves (toutes, avec --proofs)."
        " Pour les refaire : oxalis-panels build."
    )


@pytest.mark.parametrize("form", ["text", "plain", "json", "github", "gitlab"])
def test_the_command_says_which_posters_are_older_in_every_form(form: str, project: Path) -> None:
    """Beside the standard output where a machine reads that."""
    edit(project, "deux")
    done = run_here("build", "--site", "--format", form, "--project", project)
    line = "Plus anciens que le texte : affiches (deux), épreuves (deux, avec --proofs), livret."
    assert line in (done.stdout + done.stderr).replace("\u00a0", " ")
    assert (line in done.stdout.replace("\u00a0", " ")) == (form in {"text", "plain"})


def test_posters_of_an_older_text_stay_and_are_said_until_they_are_made(project: Path) -> None:
    """The site alone; one poster of two; its booklet; pages when posters alone are made; at last nothing."""
    edit(project, "un")
    edit(project, "trois")
    before = files(project)
    (line,) = lines(project, "en", **SITE_ONLY)
    assert line == (
        "Out of date: posters (un, trois), proofs (un, trois, with --proofs), booklet."
        " To make them again: oxalis-panels build."
    )
    assert files(project) == before
    (line,) = lines(project, "en", papers=("a1", "a3"), panels=frozenset({"un"}), proofs=True)
    assert line.startswith("Out of date: posters (trois), proofs (trois, with --proofs), booklet.")
    edit(project, "deux")
    (line,) = lines(project, "en", papers=("a1", "a3"), **POSTERS_ONLY)
    assert line.startswith("Out of date: proofs (deux, trois, with --proofs), pages of the website.")
    assert lines(project, proofs=True) == []


def test_what_no_poster_says_makes_none_older(project: Path) -> None:
    """A short title for menus, a space more: the posters are as good as they were."""
    path = source(project, "un")
    words = path.read_text(encoding="utf-8").replace("Constat ", "Constat   ")
    path.write_text(f"---\nshort_title: Court\n---\n{words}", encoding="utf-8")
    assert lines(project, **SITE_ONLY) == []


def test_the_title_of_the_whole_is_on_every_poster(project: Path) -> None:
    """And so are its authors: with another, all are older."""
    (project / "panels" / "collection.yaml").write_text("authors: Le Conseil\n", encoding="utf-8")
    (line,) = lines(project, **SITE_ONLY)
    assert line.startswith(
        "Plus anciens que le texte : affiches (toutes), épreuves (toutes, avec --proofs), livret."
    )


def test_a_booklet_without_a_new_panel_goes_and_no_page_leads_there(project: Path) -> None:
    """It is not the booklet of this collection; the pages follow even when one poster alone is asked for."""
    (project / "panels" / "04-quatre.md").write_text(panel("quatre"), encoding="utf-8")
    made(project, panels=frozenset({"quatre"}), **POSTERS_ONLY)
    assert [path for path in files(project) if "livret" in path] == []
    assert dead_links(project) == []
    assert "site/quatre/index.html" in files(project)
    made(project, **POSTERS_ONLY)
    assert [path for path in files(project) if "livret" in path] == [
        "site/posters/livret-couverture.pdf",
        "site/posters/livret.pdf",
    ]


def test_a_site_that_was_never_built_is_not_built_for_a_withdrawn_panel(first: Path, tmp_path: Path) -> None:
    """`--posters` alone stays what it is."""
    folder = write_project(tmp_path, un=panel("un"), deux=panel("deux"))
    shutil.copytree(first / "output" / ".cache" / "fonts", folder / "output" / ".cache" / "fonts")
    made(folder, **POSTERS_ONLY)
    draft(folder)
    made(folder, panels=frozenset({"un"}), **POSTERS_ONLY)
    assert holding(folder, "deux") == []
    assert not (folder / "output" / "site" / "index.html").exists()


def test_a_poster_made_alone_takes_the_place_of_its_older_one(project: Path) -> None:
    """A panel that moved has another number in the name of its print file and of its proofs."""
    (project / "panels" / "00-zero.md").write_text(panel("zero"), encoding="utf-8")
    made(project, panels=frozenset({"un"}), proofs=True, **POSTERS_ONLY)
    assert [path for path in files(project) if "-un-a" in path] == [
        "print/02-un-a1.pdf",
        "proofs/02-un-a1-1-1.pdf",
        "proofs/02-un-a1-a4.pdf",
    ]


def test_a_print_file_of_the_same_text_stays_beside_another_size(project: Path) -> None:
    """`--panel un --size a4` adds to what stands."""
    made(project, panels=frozenset({"un"}), papers=("a4",), **POSTERS_ONLY)
    names = [path for path in files(project) if path.startswith("print/01-un")]
    assert names == ["print/01-un-a1.pdf", "print/01-un-a3.pdf", "print/01-un-a4.pdf"]


def test_names_that_say_no_panel_are_no_hindrance(project: Path) -> None:
    """A print shop may want numbers only: whose file it is, the name does not tell."""
    (project / "printers").mkdir()
    wishes = 'file_name = "AFFICHE_{number:03}_{size}.pdf"\n'
    (project / "printers" / "atelier.toml").write_text(wishes, encoding="utf-8")
    made(project, printer="atelier", proofs=True)
    draft(project, "un")
    made(project, printer="atelier", panels=frozenset({"deux"}))
    assert holding(project, "un") == []
    assert [path for path in files(project) if path.startswith("print/")] == [
        "print/AFFICHE_001_a1.pdf",
        "print/AFFICHE_003_a1.pdf",
    ]


def test_a_file_that_somebody_changed_stays_and_the_withdrawn_panel_is_named(project: Path) -> None:
    """There may be work in it; but it goes out with the folder, and that must be known."""
    output = project / "output"
    for path in ("site/posters/deux.pdf", "site/deux/index.html", "print/02-deux-a1.pdf"):
        (output / path).write_bytes((output / path).read_bytes() + b" ")
    draft(project)
    report = made(project, **SITE_ONLY)
    kept = [each.span.source.path.removeprefix(f"{output.as_posix()}/") for each in report.diagnostics]
    assert set(said(report.diagnostics)) == {"output-left.withdrawn"}
    assert kept == ["print/02-deux-a1.pdf", "site/deux/index.html", "site/posters/deux.pdf"]
    assert drawn(report.diagnostics[-1:], project) == told("output-left.withdrawn")
    assert [path for path in files(project) if "deux" in path] == kept
    (output / "site" / "deux" / "index.html").unlink()
    assert dead_links(project) == []


def test_an_archive_is_never_deleted_and_told_until_it_is_made_again(project: Path) -> None:
    """What was sent is a record; who delivers anew has a new one, and nothing is said of the old."""
    posters = made(project, site=False).posters
    assert posters is not None
    assert deliver(request(project, site=False), posters).value is not None
    draft(project)
    archive = f"output/{FOLDER}/panneaux-offset-couche.zip"
    line = (
        f"Panneaux retirés (deux) dont le texte est encore dans : {archive}."
        " Le programme ne supprime jamais ces archives : à vous d’en décider."
    )
    for options in (SITE_ONLY, POSTERS_ONLY, {}):
        assert lines(project, **options)[-1] == line
        assert (project / archive).is_file()
    again = run_here("deliver", "--project", project)
    assert again.exit_code == 0
    assert "Panneaux retirés" not in again.stdout + again.stderr
    assert "Panneaux retirés" not in run_here("build", "--site", "--project", project).stdout


def test_a_review_is_told_and_once_deleted_it_is_not(project: Path) -> None:
    """A review of what was changed in a panel still shows it after it is gone."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@exemple.fr"]
    for arguments in (["init", "-q"], ["add", "panels"], ["commit", "-qm", "Avant"]):
        subprocess.run([*git, *arguments], cwd=project, check=True)
    edit(project, "deux")
    reviewed = run_here("diff", "--format", "html", "--no-posters", "--project", project)
    assert reviewed.exit_code == 0
    (review,) = (project / "output" / "relecture").iterdir()
    draft(project, "un")
    assert [line for line in lines(project, **SITE_ONLY) if line.startswith("Panneaux")] == []
    draft(project)
    line = lines(project, **SITE_ONLY)[-1]
    assert line.startswith(
        f"Panneaux retirés (deux) dont le texte est encore dans : output/relecture/{review.name}."
    )
    review.unlink()
    assert [line for line in lines(project, **SITE_ONLY) if line.startswith("Panneaux")] == []


class Anybody:
    """Somebody who edits, sets aside, deletes, renames, moves and adds panels, and builds now and then."""

    def __init__(self, folder: Path) -> None:
        """Begin with three panels of which everything is built."""
        self.folder = folder
        self.panels = {
            slug: Draft(FRUIT[slug], number) for number, slug in enumerate(("un", "deux", "trois"), 1)
        }
        self.pictures: dict[str, set[str]] = {}
        """By word of a panel, digests of every picture that ever showed it."""

    @property
    def present(self) -> list[str]:
        """The slugs of the collection, in its order."""
        return sorted(
            (s for s, each in self.panels.items() if not each.draft), key=lambda s: self.panels[s].number
        )

    def change(self, what: str, which: int) -> None:
        """Do something to one of the panels; one at least stays, and no two share a word or ever a name."""
        slug = sorted(self.panels)[which % len(self.panels)]
        here = self.panels[slug]
        last = self.present == [slug]
        if what == "edit":
            here.year += 1
        elif what == "set aside" and not last:
            here.draft = not here.draft
        elif what == "delete" and not last:
            del self.panels[slug]
        elif what == "rename":
            self.panels[f"{here.fruit}{which}"] = self.panels.pop(slug)
        elif what == "move":
            taken = {each.number for each in self.panels.values()}
            here.number = next(n for n in (*range(which % 9, 20),) if n not in taken)
        elif what == "add" and all(each.fruit != FRUIT["zero"] for each in self.panels.values()):
            self.panels["zero"] = Draft(FRUIT["zero"], max(each.number for each in self.panels.values()) + 1)

    def build(self, way: tuple[bool, bool, bool, str, int]) -> None:
        """Write the panels, build, and hold everything that stands against them."""
        site, posters, proofs, paper, only = way
        shutil.rmtree(self.folder / "panels")
        (self.folder / "panels").mkdir()
        for slug, each in self.panels.items():
            head = "---\ndraft: true\n---\n" if each.draft else ""
            words = f"{head}# Titre {each.fruit}\n\n- ✓ Constat {each.fruit} de {each.year}.\n"
            (self.folder / "panels" / f"{each.number:02}-{slug}.md").write_text(words, encoding="utf-8")
        panels = frozenset(self.present[only - 1 : only]) if posters else frozenset()
        report = made(
            self.folder,
            site=site or not posters,
            posters=posters,
            proofs=proofs,
            papers=(paper,),
            panels=panels,
        )
        assert [each for each in report.diagnostics if each.severity == "error"] == []
        self.hold(report)

    def hold(self, report: BuildReport) -> None:
        """Assert that nothing shows what is withdrawn, and that what is older is said to be."""
        left, output = report.leftovers, self.folder / "output"
        assert left is not None
        fruits = {each.fruit: slug for slug, each in self.panels.items() if not each.draft}
        assert [path for path, entry in named(self.folder).items() if not (output / path).is_file()] == []
        assert dead_links(self.folder) == []
        old = {*left.posters, *left.proofs}
        for path in files(self.folder):
            words = text(output / path)
            shown = {fruit for fruit in FRUIT.values() if fruit in words}
            assert shown <= fruits.keys(), path
            if path.startswith("site/") and path.endswith(".pdf") and "livret" not in path:
                assert path == f"site/posters/{fruits[min(shown)]}.pdf"
            # A real-size proof is cut into pages, the cover has titles alone.
            for fruit in shown if path.endswith(".pdf") and not re.search("-1-1|couverture", path) else ():
                is_old = f"de {self.panels[fruits[fruit]].year}" not in words
                assert not is_old or (left.booklet if "livret" in path else fruits[fruit] in old), path
            if path.endswith((".webp", ".png")):
                slug = re.sub(r"-(card|\d+)$", "", Path(path).stem)
                gone = [
                    f
                    for f, seen in self.pictures.items()
                    if f not in fruits and digest(output / path) in seen
                ]
                assert gone == [], path
                if slug in self.present:
                    self.pictures.setdefault(self.panels[slug].fruit, set()).add(digest(output / path))
        if (output / "site" / "panels.json").is_file() and not left.pages:
            data = text(output / "site" / "panels.json")
            assert all(
                f"{each.fruit} de {each.year}" in data for each in self.panels.values() if not each.draft
            )


@dataclass
class Draft:
    """A panel while it is written."""

    fruit: str
    number: int
    year: int = 1901
    draft: bool = False


def digest(file: Path) -> str:
    """Return the digest of a file."""
    return sha256(file.read_bytes()).hexdigest()


CHANGES = st.tuples(
    st.sampled_from(["edit", "set aside", "delete", "rename", "move", "add"]), st.integers(0, 8)
)
BUILDS = st.tuples(
    *(st.booleans(), st.booleans(), st.booleans()), st.sampled_from(["a1", "a3"]), st.integers(0, 2)
)


@settings(max_examples=max(4, EXAMPLES // 10))
@given(st.lists(st.tuples(st.lists(CHANGES, min_size=1, max_size=3), BUILDS), min_size=2, max_size=4))
def test_whatever_is_changed_and_built_nothing_withdrawn_stays(
    first: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[list[tuple[str, int]], tuple[bool, bool, bool, str, int]]],
) -> None:
    """Any sequence of edits and of builds of any kind: each build leaves what is of its collection."""
    somebody = Anybody(Path(shutil.copytree(first, tmp_path_factory.mktemp("any") / "projet")))
    for changes, way in steps:
        for change in changes:
            somebody.change(*change)
        somebody.build(way)
