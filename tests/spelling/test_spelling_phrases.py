"""What is underlined in French sentences: `phrases.txt`, which anyone can extend."""

from pathlib import Path

import pytest
from builds import write_project

from oxalis_panels.language.spelling.review import review
from oxalis_panels.language.spelling.word_list import french
from oxalis_panels.model.collection import Collection, Panel, Paragraph, Settings, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.pipeline.check import check
from oxalis_panels.words.catalogue import catalogue

ARROW = " ⟶ "
LINES = [
    line
    for line in (Path(__file__).with_name("phrases.txt")).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LEXICON = ("Oxalis", "Louty", "CoopRM", "La Ruche", "sociocrat*")


def underlined(sentence: str) -> str:
    """Return the words that the review points at, a suggestion behind each that has one, in their order."""
    span = Span(Source("panels/01-a.md", sentence), 0, len(sentence))
    inline = (Text(sentence),)
    panel = Panel("a", 1, (), (), (Paragraph(inline, span),), (), None, span)
    collection = Collection(Settings(lexicon=LEXICON), (panel,), ())
    told = []
    for each in review(collection, french()):
        near = each.values.get("near", ())
        assert isinstance(near, tuple)
        found = each.values["found"]
        names = found if isinstance(found, tuple) else (f"{found} ({near[0]})" if near else found,)
        told.append((each.span.start, ", ".join(map(str, names))))
        assert sentence[each.span.start : each.span.end] == str(names[0]).partition(" (")[0]
    return ", ".join(text for _, text in sorted(told))


@pytest.mark.parametrize("line", LINES)
def test_these_words_are_underlined_and_no_others(line: str) -> None:
    """Behind the arrow stands what is told of the sentence; without one, nothing is."""
    sentence, _, expected = line.partition(ARROW)
    assert expected == underlined(sentence)


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ("language: fr\n", "ajoutez à panels/collection.yaml la ligne « lexicon: [Louty, Zorba] »."),
        (
            "lexicon: [Copéa]\n",
            "ajoutez entre les crochets de « lexicon: », dans panels/collection.yaml : Louty, Zorba.",
        ),
        (
            "lexicon:\n  - Copéa\n",
            "une ligne comme les autres : « - Louty », « - Zorba ».",
        ),
    ],
)
def test_the_advice_fits_the_lexicon_that_is_there(settings: str, advice: str, tmp_path: Path) -> None:
    """Followed to the letter, it makes no second list, and leaves nothing to be told."""
    write_project(tmp_path, un="# Un\n\n- ✓ Avec Louty et Zorba.\n")
    (tmp_path / "panels" / "collection.yaml").write_text(settings, encoding="utf-8")
    (told,) = check(tmp_path).diagnostics
    assert catalogue("fr").diagnostic(told.key, told.values)[1].replace("\u00a0", " ").endswith(advice)
