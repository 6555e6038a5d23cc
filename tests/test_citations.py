"""Whatever code, comments and documents cite is in the tree: rows of rules, sections, documents, modules."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from oxalis_panels.language.typography.engine import ENGLISH_RULES, RULES

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "design" / "typography.md"
FOLDERS = ("oxalis_panels", "front_door", "templates", "tests", "benchmarks", "requirements", "docs", ".ci")
PLANS = (ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "design").glob("*.md")))
"""The documents for those who change the code; guides for members show files that nobody has yet."""
PROJECTS = re.compile(r"oxalis_panels/authoring/starting/project/|tests/.*(?<!\.py)$")
"""Projects, ours to begin with and those of tests: they cite their own files."""
SUFFIXES = frozenset({".py", ".css", ".html", ".js", ".toml", ".sh", ".yml"})

ROWS = re.compile(r"\b[Rr]ows?\s+(\d+(?:(?:,\s+|,?\s+and\s+|–)\d+)*)")
DOCUMENT = re.compile(r"(?<![\w/.])docs/[\w./-]*\w")
FILE = re.compile(r"(?<![\w/.*<{…-])((?:[\w-]+/)*[A-Za-z_][\w-]*\.(?:py|md))\b(?![\w*{/(])")
OUTSIDE = ("weasyprint/",)
"""Files of libraries."""
SECTION = re.compile(r"(?<!`)§ ?([^\s`.,;:)][^`.,;:)\n]*)")
OF_DOCUMENT = re.compile(r"([\w./-]+\.md)`?,? $")
LOOK_BACK = 80
"""Characters in which the document of a section is named."""
STANDARD = re.compile(r"\b(?:ISO|RFC|PDF|WCAG|RGAA|ICC)[\w /.:-]*,? $")
PATH = re.compile(r"`([\w.*-]+(?:/[\w.*-]+)*/?)`")
ENDS = (".py", ".md", ".toml", ".yaml", ".txt", ".json", ".html", ".css", ".gz")
PLACEHOLDERS = re.compile(r"(?<![\w-])(?:NAME|CODE|LANG)(?![\w-])")
ELSEWHERE = re.compile(r"(?:output|panels|pages|static|printers|messages|\.venv)/")
"""What a project or a machine has, and the tree need not."""


@cache
def tree() -> frozenset[str]:
    """Return the path of every file that may be cited."""
    paths = (*ROOT.glob("*.*"), *(path for name in FOLDERS for path in (ROOT / name).rglob("*.*")))
    return frozenset(path.relative_to(ROOT).as_posix() for path in paths if path.is_file())


@cache
def names() -> frozenset[str]:
    """Return how these files may be called: their paths, from any folder on."""
    parts = [path.split("/") for path in tree()]
    return frozenset("/".join(path[start:]) for path in parts for start in range(len(path)))


@cache
def rows() -> frozenset[int]:
    """Return the numbers of the table of typographic rules."""
    return frozenset(map(int, re.findall(r"^\| (\d+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)))


def prose(path: Path) -> str:
    """Return the comments and docstrings of a module; all of any other file, or where nothing is dead."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py" or not dead(text):  # parsing takes its time
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    said = [token.string for token in tokens if token.type == tokenize.COMMENT]
    strings = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr))
    said += [str(each.value) for each in strings if isinstance(each, ast.Constant)]
    return "\n".join(said)


def cited_rows(text: str) -> set[int]:
    """Return the rows that a text cites, the ends of a range included."""
    return {int(number) for cited in ROWS.findall(text) for number in re.findall(r"\d+", cited)}


def dead(text: str) -> list[str]:
    """Return what a text cites and the tree does not have."""
    found = [f"row {number}" for number in sorted(cited_rows(text) - rows())]
    found += [each for each in DOCUMENT.findall(text) if not (ROOT / each).exists()]
    named = (
        each for each in FILE.findall(text) if not (each.startswith(OUTSIDE) or PLACEHOLDERS.search(each))
    )
    found += [each for each in named if each not in names()]
    return [*found, *_dead_sections(text)]


def _dead_sections(text: str) -> Iterator[str]:
    """Yield each section that is neither a heading of the document before it nor of an outside standard."""
    for match in SECTION.finditer(text):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        document = OF_DOCUMENT.search(before)
        known = [path for path in tree() if document and f"/{path}".endswith(f"/{document[1]}")]
        headings = [
            line.lstrip("# ") for path in known for line in (ROOT / path).read_text("utf-8").split("\n")
        ]
        outside = not document and STANDARD.search(before)
        if not outside and not any(line.startswith(match[1].strip()) for line in headings):
            yield match[0].strip()


def dead_paths(text: str) -> list[str]:
    """Return the paths between backticks of a document that lead nowhere, from the root or the package."""
    cited = (each for each in PATH.findall(text) if each.endswith(("/", *ENDS)) and each[0] != ".")
    return [each for each in cited if not ELSEWHERE.match(each) and not _leads(PLACEHOLDERS.sub("*", each))]


def _leads(path: str) -> bool:
    if "/" not in path:
        return path in names() or "*" in path
    return any(any(folder.glob(path.rstrip("/"))) for folder in (ROOT, ROOT / "oxalis_panels"))


def test_what_is_cited_is_there() -> None:
    """No comment, docstring, template, message or document for contributors names what nobody can read."""
    written = (path for path in sorted(tree()) if Path(path).suffix in SUFFIXES and not PROJECTS.match(path))
    sources = map(ROOT.__truediv__, written)
    assert [(path.name, each) for path in (*sources, *PLANS) for each in dead(prose(path))] == []


@pytest.mark.parametrize("document", PLANS, ids=lambda path: path.name)
def test_paths_in_the_documents_lead_to_files(document: Path) -> None:
    """A recipe that names a file that was moved sends a newcomer astray."""
    assert dead_paths(document.read_text(encoding="utf-8")) == []


def test_the_table_of_rules_and_the_rules_agree() -> None:
    """Every rule has its row, and every row is named by the module that holds it."""
    assert {rule.row for rule in (*RULES, *ENGLISH_RULES)} <= rows()
    modules = (ROOT / "oxalis_panels" / "language" / "typography").glob("*.py")
    assert set().union(*(cited_rows(prose(module)) for module in modules)) == rows()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rows 1, 2 and 99.", ["row 99"]),
        ("as in rows 26–98", ["row 98"]),
        ("see `docs/nowhere.md`", ["docs/nowhere.md", "docs/nowhere.md"]),
        ("as `architecture-of-old.md` has it", ["architecture-of-old.md"]),
        ("`test_that_went.py` holds it", ["test_that_went.py"]),
        ("`posters.md` § Fitting, and posters.md § Weather", ["§ Weather"]),
        ("as § 3 says", ["§ 3 says"]),
        ("RFC 5646 § 2.1; row 5; `docs/verifier.md`; conftest.py; `panels/03-offre.md`; `§`", []),
    ],
)
def test_a_dead_citation_is_seen(text: str, expected: list[str]) -> None:
    """Each kind of citation is told when it leads nowhere, and left alone when it does not."""
    assert dead(text) == expected


def test_a_dead_path_is_seen() -> None:
    """From the root or from the package, with a name to be filled in, or of a project."""
    good = "`oxalis_panels/cli/main.py` `cli/` `tests/diagnostics/CODE/` `panels/01-a.md` `--help` `build.py`"
    assert dead_paths(f"{good} `commands/gone.py` `oxalis_panels/nothing/`") == [
        "commands/gone.py",
        "oxalis_panels/nothing/",
    ]
