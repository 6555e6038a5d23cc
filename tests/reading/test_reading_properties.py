"""What holds for any file whatever: hypothesis looks for one for which it does not."""

import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from mutations import SIGNS, mutated
from words import words

from oxalis_panels.model.collection import Collection, Finding, Inline, Panel, plain
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span
from oxalis_panels.reading import inline
from oxalis_panels.reading.passage import Passage
from oxalis_panels.reading.project import read_project
from oxalis_panels.words.catalogue import LANGUAGES, catalogue
from oxalis_panels.words.drawing import draw


def _read(name: str, data: bytes, settings_text: bytes = b"") -> Parsed[Collection]:
    with tempfile.TemporaryDirectory() as folder:
        panels = Path(folder) / "panels"
        panels.mkdir()
        (panels / name).write_bytes(data)
        (panels / "collection.yaml").write_bytes(settings_text)
        return read_project(Path(folder))


def _check(parsed: Parsed[Collection]) -> None:
    """Check that each diagnostic can be shown, and points into its file."""
    for diagnostic in parsed.diagnostics:
        _check_place(diagnostic)
        for language in LANGUAGES:
            assert draw(diagnostic, catalogue(language))
    assert parsed.failed == (parsed.value is None)


def _check_place(diagnostic: Diagnostic) -> None:
    span = diagnostic.span
    assert 0 <= span.start <= span.end <= len(span.source.text)


@given(st.one_of(st.binary(max_size=300), mutated().map(lambda text: text.encode())))
def test_reading_markdown_never_raises(data: bytes) -> None:
    """Whatever a file holds, reading says what is wrong, at a place inside the file."""
    _check(_read("02-budget.md", data))


@given(st.one_of(st.text(max_size=120), mutated(), st.lists(st.sampled_from(SIGNS)).map("".join)))
def test_reading_yaml_never_raises(text: str) -> None:
    """The same holds for a YAML panel and for the settings."""
    data = text.encode()
    _check(_read("02-budget.yaml", data, data))


@given(mutated())
def test_no_word_of_a_valid_panel_is_lost(text: str) -> None:
    """A panel without any diagnostic has the words of its file, in the order of the file."""
    parsed = _read("02-budget.md", text.encode())
    if parsed.value is None or parsed.diagnostics or re.search(r"[\\&\x00]|\]\(", text):
        return  # not valid, or with words that are spelt otherwise in the file: escapes, entities, addresses
    body = re.sub(
        r"\A\s*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", "", text, count=1, flags=re.DOTALL | re.MULTILINE
    )
    assert _letters(_plain(parsed.value.panels[0])) == _letters(body)


def _plain(panel: Panel) -> str:
    parts = [panel.title, *(paragraph.text for paragraph in panel.paragraphs)]
    for finding in panel.findings:
        parts += _parts(finding)
    return "\n".join(plain(part) for part in parts)


def _parts(finding: Finding) -> list[Inline]:
    return [finding.text, *(point.text for point in finding.points)]


def _letters(text: str) -> list[str]:
    """Return the words alone: signs of punctuation may have been marks, bullets or emphasis."""
    bare = re.sub(r"[*_]", "", re.sub(r"\[[xX]\]", " ", text))
    return [word for word in words(bare) if word.isalnum()]


@given(st.text(alphabet=st.characters(exclude_characters="*_[]<>&`\\~\n", codec="utf-8"), max_size=60))
def test_plain_text_needs_no_parser(text: str) -> None:
    """A text that the shortcut takes for plain is plain for the Markdown parser too."""
    passage = Passage(text, Span(Source("panels/01.md", text), 0, len(text)))
    assert not inline.MARKUP.search(text)
    shortcut = inline.read_inline(passage, [])
    assert shortcut == inline.read_marked_up(passage, [])
