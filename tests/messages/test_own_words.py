"""A project's own words of the interface, for panels in a third language."""

import io
from collections.abc import Mapping
from pathlib import Path

from builds import command
from fontTools.ttLib import TTFont

from oxalis_panels.model.diagnostics import Source, Span, line_and_column
from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.reading.own_words import TABLES, read_words, words_to_translate
from oxalis_panels.words.catalogue import catalogue

ASKED = Span(Source("panels/collection.yaml", "language: de-AT\n"), 10, 15)
"""Where the project says its language."""


def project(folder: Path, words: str) -> Path:
    """Write a project of one German panel."""
    for name, text in (
        ("panels/01-haus.md", "# Unser Haus\n\n- ✓ Es steht.\n"),
        ("panels/collection.yaml", "language: de-AT\ntitle: Bericht\n"),
        ("messages/de.toml", words),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def shouted() -> str:
    """Return a whole catalogue: the English words with a sign before each."""
    return "\n".join(line for name in TABLES for line in _table(name, catalogue("en").tables[name]))


def _table(name: str, table: Mapping[str, object]) -> list[str]:
    inner = {key: value for key, value in table.items() if hasattr(value, "items")}
    lines = [f'"{key}" = "»{text}"' for key, text in table.items() if key not in inner]
    below = [line for key, value in inner.items() for line in _table(f"{name}.{key}", value)]  # type: ignore[arg-type]
    return [f"[{name}]", *lines, *below]


def test_a_whole_site_speaks_a_third_language(tmp_path: Path) -> None:
    """Nothing is said in English, nothing needs a `lang` of its own, and nothing is left to say."""
    made = project(tmp_path, shouted())
    report = build(Request(made, tmp_path / "output", posters=False), lambda *_: None)
    assert report.diagnostics == ()
    page = (tmp_path / "output/site/haus/index.html").read_text(encoding="utf-8")
    assert page.count("lang=") == page.count('<html lang="de-AT">') == 1
    assert f"»{catalogue('en').text('site.skip')}" in page


def test_what_a_catalogue_lacks_is_said_in_english(tmp_path: Path) -> None:
    """With one warning that lists it."""
    parsed = read_words(project(tmp_path, '[site]\nskip = "Zum Text"\n'), "de-AT", ASKED)
    assert parsed.value is not None
    assert parsed.value.language == "de"
    assert parsed.value.text("site.skip") == "Zum Text"
    assert parsed.value.text("site.next") == catalogue("en").text("site.next")
    (found,) = parsed.diagnostics
    assert (found.severity, found.key) == ("warning", "words-missing")
    assert "site.next" in str(found.values["missing"])
    assert "site.skip" not in str(found.values["missing"])


def test_the_mistakes_of_a_catalogue_are_told_at_their_lines(tmp_path: Path) -> None:
    """A key with a slip, one that means nothing, a place that is translated or broken, a number."""
    text = """\
[site]
skipp = "x"
zzzzzzzz = "x"
position = "Tafel {nummer} von {count}"
finding = "Befund {n"
next = 3
"""
    parsed = read_words(project(tmp_path, text), "de", ASKED)
    assert parsed.value is None
    errors = [each for each in parsed.diagnostics if each.severity == "error"]
    assert [(each.key, line_and_column(each.span)[0]) for each in errors] == [
        ("words-unknown.misspelt", 2),
        ("words-unknown.other", 3),
        ("words-places", 4),
        ("words-places", 5),
        ("wrong-kind.word", 6),
    ]


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Not TOML: the line; not text: the file."""
    made = project(tmp_path, "[site]\nskip = \n")
    (found,) = read_words(made, "de", ASKED).diagnostics
    assert (found.key, line_and_column(found.span)[0]) == ("toml-broken", 2)
    (made / "messages/de.toml").write_bytes("ä".encode("latin-1"))
    (found,) = read_words(made, "de", ASKED).diagnostics
    assert (found.key, found.span.source.path) == ("encoding.words", "messages/de.toml")


def test_a_project_may_change_single_french_words(tmp_path: Path) -> None:
    """Over ours, without a warning: nothing is said in another language."""
    made = project(tmp_path, "")
    (made / "messages/fr.toml").write_text('[site]\nnext = "Après"\n', encoding="utf-8")
    parsed = read_words(made, "fr", ASKED)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert (parsed.value.text("site.next"), parsed.value.text("site.all")) == (
        "Après",
        catalogue("fr").text("site.all"),
    )


def test_a_language_without_a_catalogue_is_told_once_where_it_is_set(tmp_path: Path) -> None:
    """With the command that writes the file; `Befund 3` would otherwise be a silent `Finding 3`."""
    made = project(tmp_path, "")
    (made / "messages/de.toml").unlink()
    (found,) = check(made).diagnostics
    assert (found.severity, found.key, found.span.text) == ("warning", "words-no-catalogue", "de-AT")
    assert (found.span.source.path, found.values["file"]) == ("panels/collection.yaml", "messages/de.toml")
    done = command("templates", "messages/de.toml", cwd=made)
    assert done.returncode == 0, done.stderr
    assert check(made).diagnostics == ()


def test_the_words_to_translate_are_ours_of_the_language_or_english() -> None:
    """Whole, and nothing besides: the last line is a word of posters."""
    assert words_to_translate("fr").startswith('[site]\nuntitled = "Panneaux"\n')
    assert words_to_translate("en-GB") == words_to_translate("de")
    last = f'online = "{catalogue("en").text("poster.online")}"\n'
    assert words_to_translate("de").endswith(last)


def test_letters_of_a_catalogue_are_in_the_fonts(tmp_path: Path) -> None:
    """A letter that only the interface has is no reason to fall back to another font."""
    made = project(tmp_path, shouted().replace("»Skip", "Ș Skip"))
    report = build(Request(made, tmp_path / "output", posters=False), lambda *_: None)
    assert report.diagnostics == ()
    for file in (tmp_path / "output/site/fonts").glob("*.woff2"):
        assert ord("Ș") in TTFont(io.BytesIO(file.read_bytes())).getBestCmap()


def test_letters_that_the_fonts_lack_are_told_at_their_line(tmp_path: Path) -> None:
    """Like those of panels: a poster would borrow them from any font at hand."""
    made = project(tmp_path, shouted().replace("»Skip", "跳 Skip"))
    (found,) = check(made).diagnostics
    assert (found.severity, found.key, found.values["found"]) == (
        "error",
        "missing-character",
        ("跳 (U+8DF3)",),
    )
    assert (found.span.source.path, found.span.text) == ("messages/de.toml", "跳")
