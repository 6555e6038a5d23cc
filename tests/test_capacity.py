"""How many words a panel can still take."""

from pathlib import Path

from builds import Built, in_this_process

from oxalis_panels.pipeline.capacity import PanelRoom, capacity

WORDS = "la coopérative accompagne ses membres avec des outils simples et utiles".split()  # noqa: SIM905 - words


def measured(folder: Path, count: int, each: int = 1000) -> PanelRoom:
    """Return what is left on the poster of a panel of `count` words, `each` in a finding."""
    (folder / "panels").mkdir(exist_ok=True)
    words = [WORDS[n % len(WORDS)] for n in range(count)]
    text = "".join(f"- ✓ {' '.join(words[n : n + each])}\n" for n in range(0, count, each))
    (folder / "panels" / "01-essai.md").write_text(f"# Un titre\n\n{text}", encoding="utf-8")
    with in_this_process():
        found = capacity(folder, folder / "output").value
    assert found is not None
    return found[0]


def test_the_words_left_can_really_be_added(built: Built, tmp_path: Path) -> None:
    """With two thirds of the words said to be left the size is the same; with twice as many, smaller."""
    room = measured(built.lend_fonts(tmp_path), 45)
    assert room.words == 45
    assert room.before_smaller > 0
    assert measured(tmp_path, 45 + room.before_smaller * 2 // 3).step == room.step
    more = measured(tmp_path, 45 + 2 * room.before_smaller + 14).step
    assert more is not None
    assert room.step is not None
    assert more < room.step


def test_the_floor_is_where_it_is_said_to_be(built: Built, tmp_path: Path) -> None:
    """Nine tenths of the words said to be left before the floor still fit; a third more do not."""
    room = measured(built.lend_fonts(tmp_path), 150, 30)
    assert measured(tmp_path, 150 + room.before_floor * 9 // 10, 30).step is not None
    too_long = measured(tmp_path, 150 + room.before_floor * 4 // 3, 30)
    assert too_long.step is None
    assert too_long.before_floor < 0
