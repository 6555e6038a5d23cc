"""Real panels as accidents leave them: what people mistype, paste and save wrongly, for hypothesis."""

from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
REAL = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "panels").glob("*.md"))]
# fmt: off
SIGNS = [
    *"\n\n\n \t-*+>#`_[](){}<>!&|~=:.,'\"\\^@%",
    "---\n", "```", "**", "- ✓ ", "→ ", "->", "[x] ", "# ", "## ", "](", "<b>", "<!--", "-->", "  \n",
    "title: ", "draft: oui\n", "order: 2\n", "? ", "&a ", "*a", "!x ", "...\n", "\u00a0", "\u0301", "\u202e",
    "\ufeff", "\r", "\r\n", "\x00", "\x0b", "é", "😀", "&amp;", "| a |\n|---|\n", "[^1]", "[a][b]", "~~",
    "https://", "www.",
]
# fmt: on


@st.composite
def mutated(draw_from: st.DrawFn) -> str:
    """Return a real panel with a few signs put in, and a few stretches taken out or doubled."""
    text = draw_from(st.sampled_from(REAL))
    for _ in range(draw_from(st.integers(0, 6))):
        start = draw_from(st.integers(0, len(text)))
        end = min(len(text), start + draw_from(st.integers(0, 12)))
        put = draw_from(st.one_of(st.sampled_from(SIGNS), st.just(text[start:end] * 2), st.just("")))
        text = text[:start] + put + text[end:]
    return text


def damaged() -> st.SearchStrategy[bytes]:
    """Return the bytes of a mutated panel in an encoding that some editor writes, or any bytes at all."""
    encodings = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
    texts = st.builds(lambda text, encoding: text.encode(encoding, "replace"), mutated(), encodings)
    return st.one_of(texts, texts, texts, st.binary(max_size=200))
