"""Time typesetting the whole seed text, as a ratio to two floors that no typesetter can beat.

Run it with `.venv/bin/python benchmarks/typography.py`.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from oxalis_panels.language.typography import typeset  # noqa: E402  the checkout comes first on the path

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 30
NAIVE = (
    (re.compile(r"\s+([;!?])"), "\u202f\\1"),
    (re.compile(r"\s+:"), "\u00a0:"),
    (re.compile(r"«\s*"), "«\u00a0"),
    (re.compile(r"\s*»"), "\u00a0»"),
    (re.compile(r"'"), "’"),
    (re.compile(r"\.{3}"), "…"),
)
"""What a first attempt would do, without protection, proof or exceptions."""
TABLE = str.maketrans({"'": "’", "\u2009": " "})


def paragraphs() -> list[str]:
    """Return the paragraphs and items of the seed text."""
    text = (ROOT / "tests" / "data" / "seed.txt").read_text(encoding="utf-8")
    return [piece for piece in re.split(r"\n\s*\n|\n\t", text) if piece.strip()]


def naive(text: str) -> str:
    """Replace, blindly."""
    for pattern, replacement in NAIVE:
        text = pattern.sub(replacement, text)
    return text


def best_time(work: Callable[[str], str], texts: list[str]) -> float:
    """Return the shortest of several runs over all texts, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        for text in texts:
            work(text)
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def main() -> None:
    """Print the times and the ratios."""
    texts = paragraphs()
    words = sum(len(text.split()) for text in texts)
    measured = best_time(typeset, texts)
    floors = {
        "str.translate": best_time(lambda text: text.translate(TABLE), texts),
        "six blind regular expressions": best_time(naive, texts),
    }
    lines = [f"typeset: {measured:.2f} ms for {words} words in {len(texts)} paragraphs"]
    lines += [f"  {measured / floor:5.1f} x {name} ({floor:.2f} ms)" for name, floor in floors.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
