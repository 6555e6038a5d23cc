"""`import` of any text: no traceback, no word lost, and what it writes reads as it was meant."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.making import make_panels
from oxalis_panels.authoring.importing.plain_text import read_text
from oxalis_panels.authoring.importing.sources import read_document_bytes

PIECES = [
    *"✓→-•*#>_|[]()<>`~&\\!:.…,;12 \t\n\n\f\u00a0\u2009\u00ad\u200b\ufffd\x02\x0b\ufffe🎉é",
    "Titre ", "mot ", "coopé-\n", "rative ", "  \n", "1. ", "o\t", "```", "---\n", "# ", "[x] ", "->",
    "https://a.fr ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def made(document: Document) -> set[str]:
    """Make panels, and return the errors that forbade it."""
    parsed = make_panels(document)
    errors = {each.key for each in parsed.diagnostics if each.severity == "error"}
    assert bool(parsed.value) != bool(errors)
    if parsed.value:
        assert parsed.value.words == parsed.value.kept + parsed.value.aside
    return errors


@given(TEXT | st.text())
@example("\n---\n✓ a\n\nb\\\n- c")
@example("✓  \n[x] ")
@example("# A\n\n✓ b\n\n## ☑\n")
@example(":::note\n\n✓ :::: [[a]] {#b} %%c%%\n")
@settings(max_examples=200)
def test_any_text_keeps_all_its_words(text: str) -> None:
    """Either there is no text at all, or every word is in a panel or in a message, counted."""
    assert made(read_text("texte.txt", text)) <= {"import-nothing"}


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_any_file_is_read_or_refused(data: bytes) -> None:
    """Whatever bytes it holds; a refusal is a message."""
    read = read_document_bytes(Path("fichier.txt").name, data)
    if read.value is None:
        assert any(each.severity == "error" for each in read.diagnostics)
    else:
        assert made(read.value) <= {"import-nothing"}
