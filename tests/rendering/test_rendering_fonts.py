"""The typefaces: complete, renamed as their licence asks, made once, the same every time."""

import io
from pathlib import Path

import pytest
import uharfbuzz
from builds import ROOT
from fontTools.ttLib import TTFont

from oxalis_panels.model.collection import Collection, Emphasis, Panel, Paragraph, Settings, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.rendering import fonts
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.fonts import (
    BASE_CHARACTERS,
    FACES,
    Face,
    characters,
    load_fonts,
    marks_font,
    uncovered,
    web_fonts,
)

FILES = [face.file for face in FACES]


@pytest.fixture(params=FACES, ids=FILES)
def face(request: pytest.FixtureRequest) -> Face:
    """Return each face in turn."""
    found: Face = request.param
    return found


@pytest.fixture
def font(face: Face, french_fonts: Path) -> TTFont:
    """Return each face as it is made for plain French."""
    return TTFont(io.BytesIO(ttf(face, french_fonts)))


def ttf(face: Face, french_fonts: Path) -> bytes:
    """Return the TrueType file of a face."""
    (found,) = [each.ttf for each in load_fonts(frozenset(), french_fonts) if each.face == face]
    return found


def test_there_is_one_file_name_per_face() -> None:
    """The site names its font files after the faces."""
    assert len(set(FILES)) == len(FACES)


def test_every_source_has_the_base_characters(face: Face) -> None:
    """What French writes is never borrowed: each face has all of it before any subset is made."""
    assert sorted(BASE_CHARACTERS - set(map(chr, uharfbuzz.Face(face.load()).unicodes))) == []


def test_every_font_made_has_the_base_characters(font: TTFont) -> None:
    """The subset loses none of them, so that a changed word does not change the fonts."""
    assert sorted(BASE_CHARACTERS - set(map(chr, font.getBestCmap()))) == []


def test_fonts_are_renamed_and_keep_their_licence(font: TTFont, face: Face) -> None:
    """OFL 1.1: no reserved name where a program would show one; copyright and licence stay."""
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1].startswith(face.family)
    assert names[4].startswith(face.family)
    assert names[6].startswith(face.family.replace(" ", ""))
    for identifier in (1, 2, 3, 4, 6):
        assert "Source" not in names[identifier]
        assert "Bricolage" not in names[identifier]
    assert names.keys() <= {0, 1, 2, 3, 4, 5, 6, 13, 14}
    assert "Copyright" in names[0] or "©" in names[0]
    assert "SIL Open Font License" in names[13]
    assert names[14].startswith("http")


def test_fonts_are_static(font: TTFont) -> None:
    """WeasyPrint ignores ranges of weights: no axis is left, nor the table that describes them."""
    assert {"fvar", "gvar", "avar", "STAT", "HVAR"} & set(font.keys()) == set()


def test_licences_are_in_the_project() -> None:
    """The text of the OFL goes with fonts that are passed on."""
    assert {path.name for path in (ROOT / "LICENSES").glob("OFL-*.txt")} == {
        "OFL-Source-Sans-3.txt",
        "OFL-Bricolage-Grotesque.txt",
    }
    for path in (ROOT / "LICENSES").glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in path.read_text(encoding="utf-8")


def test_the_web_font_says_the_same(face: Face, french_fonts: Path) -> None:
    """The WOFF2 of a face holds the characters of its TrueType file."""
    (made,) = [each for each in load_fonts(frozenset(), french_fonts) if each.face == face]
    (packed,) = web_fonts([made], french_fonts)
    web = TTFont(io.BytesIO(packed.woff2))
    assert web.flavor == "woff2"
    assert web.getBestCmap() == TTFont(io.BytesIO(made.ttf)).getBestCmap()


def test_the_second_call_makes_nothing(french_fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making fonts takes a second; reading them none."""
    monkeypatch.setattr(fonts, "_make", lambda *_: pytest.fail("made again"))
    assert [font.face for font in load_fonts(frozenset("été"), french_fonts)] == list(FACES)


def test_a_rare_character_gets_fonts_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Greek letter that the sources have is added; the same letter twice makes the same bytes."""
    monkeypatch.setattr(fonts, "FACES", FACES[:1])
    assert uncovered(frozenset("ω")) == frozenset()
    first, second = (load_fonts(frozenset("ω"), tmp_path / name)[0] for name in ("un", "deux"))
    assert ord("ω") in TTFont(io.BytesIO(first.ttf)).getBestCmap()
    assert first.ttf == second.ttf
    assert len({web_fonts([first], tmp_path / name)[0].woff2 for name in ("un", "trois")}) == 1
    assert marks_font() == marks_font()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("œuvre ✓", "✓"),
        ("点 et 🙂", "点🙂"),
        ("œ Œ ÿ … № ’ «»", ""),
        ("a\nb", ""),
        ("co\u00adopérative", ""),
        ("ĉ", "ĉ"),
    ],
)
def test_characters_that_a_face_lacks_are_known(text: str, missing: str) -> None:
    """A character that any one face lacks would be borrowed somewhere."""
    assert uncovered(frozenset(text)) == frozenset(missing)


def test_characters_of_the_settings_are_seen_and_checked() -> None:
    """What all posters show counts, inside emphasis too."""
    collection = Collection(Settings(authors=(Text("Le CA et "), Emphasis((Text("点"),)))), (), ())
    assert characters(collection) == frozenset("Le CA et 点")
    (found,) = check_characters(collection)
    assert (found.key, found.span.source.path) == ("missing-character", "panels/collection.yaml")
    assert found.values == {"found": ("点 (U+70B9)",)}


def test_a_text_with_many_missing_characters_is_one_error() -> None:
    """At the first of them, naming each once; an emoji is one with its joiners; a title is told once."""
    source = Source("panels/01-un.md", "# Appelez ☎ ou ☎\n\nUn ❤\ufe0f et 👩\u200d🌾 !\n")
    title, text = (Text("Appelez ☎ ou ☎"),), (Text("Un ❤\ufe0f et 👩\u200d🌾 !"),)
    paragraph = Paragraph(text, Span(source, 18, len(source.text)))
    panel = Panel("un", 1, title, title, (paragraph,), (), None, Span(source, 0, 16))
    found = check_characters(Collection(Settings(), (panel,), ()))
    assert [each.values["found"] for each in found] == [
        ("☎ (U+260E)",),
        ("❤\ufe0f (U+2764)", "👩\u200d🌾 (U+1F469)"),
    ]
    assert [each.span.text for each in found] == ["☎", "❤\ufe0f"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 60])
def test_a_damaged_font_is_made_again(damage: bytes, tmp_path: Path) -> None:
    """What is kept is believed only if it is whole; the font made anew is kept in its place."""
    good = load_fonts(frozenset(), tmp_path)
    victim = max(tmp_path.iterdir())
    data = victim.read_bytes()
    victim.write_bytes(damage + data[len(damage) : -1])
    assert load_fonts(frozenset(), tmp_path) == good
    assert victim.read_bytes() == data


@pytest.mark.parametrize("name", ["fonts", "fonts/other"])
def test_fonts_need_no_cache(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be, or a full disk, costs time, and nothing else."""
    (tmp_path / "fonts").write_bytes(b"x")
    monkeypatch.setattr(fonts, "_make", lambda *_: b"ttf")
    monkeypatch.setattr(fonts, "_packed", lambda _: b"woff2")
    made = load_fonts(frozenset(), tmp_path / name)
    assert {font.ttf for font in made} == {b"ttf"}
    assert {font.woff2 for font in web_fonts(made, tmp_path / name)} == {b"woff2"}
    assert [path.name for path in tmp_path.iterdir()] == ["fonts"]
