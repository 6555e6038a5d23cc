"""A whole `panels/` folder: order, numbers, drafts, settings, and every mistake in one run."""

import builtins
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from oxalis_panels.model.collection import (
    Abbreviation,
    Break,
    Collection,
    Emphasis,
    Inline,
    Link,
    Settings,
    Strong,
    Text,
    plain,
)
from oxalis_panels.model.diagnostics import Parsed, Span, sort_key
from oxalis_panels.reading.project import read_project
from oxalis_panels.reading.slugs import fold, number_and_slug

BODY = "# Titre\n\n- ✓ Un constat.\n"


def _read_files(root: Path, files: dict[str, str]) -> Parsed[Collection]:
    panels = root / "panels"
    panels.mkdir()
    for name, text in files.items():
        (panels / name).write_text(text, encoding="utf-8")
    return read_project(root)


def _inline(root: Path, text: str) -> Inline:
    """Read one finding."""
    parsed = _read_files(root, {"01-a.md": f"# Titre\n\n✓ {text}\n"})
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value.panels[0].findings[0].text


def test_panels_follow_their_numbers_then_their_names(tmp_path: Path) -> None:
    """The file's number decides, `order` overrides it, and files without a number come last, by name."""
    files = {"10-dix.md": BODY, "2-deux.md": BODY, "zoo.md": BODY, "alpha.yaml": "title: A\nfindings: [b]\n"}
    parsed = _read_files(tmp_path, {**files, "03-trois.md": "---\norder: 1\n---\n" + BODY})
    assert parsed.value is not None
    assert [(p.number, p.slug) for p in parsed.value.panels] == [
        (1, "trois"),
        (2, "deux"),
        (3, "dix"),
        (4, "alpha"),
        (5, "zoo"),
    ]


def test_drafts_are_left_out_and_listed(tmp_path: Path) -> None:
    """A draft takes no number, and its path is kept for the summary."""
    parsed = _read_files(tmp_path, {"01-a.md": "---\ndraft: true\n---\n" + BODY, "02-b.md": BODY})
    assert parsed.value is not None
    assert [(p.number, p.slug) for p in parsed.value.panels] == [(1, "b")]
    assert parsed.value.drafts == ("panels/01-a.md",)


def test_drafts_are_checked(tmp_path: Path) -> None:
    """A mistake in a draft is told before the day it is published."""
    parsed = _read_files(tmp_path, {"01-a.md": "---\ndraft: true\n---\n- → b\n", "02-b.md": BODY})
    assert [d.key for d in parsed.diagnostics] == ["title-missing.markdown", "point-before-finding"]


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    """One mistake hides no other, neither in its panel nor in the next; all are in the order of repair."""
    parsed = _read_files(
        tmp_path,
        {
            "01-a.md": "---\ntitle: a: b\n---\n- ✓\n- sans signe\n\n![x](y)\n",
            "02-b.md": "- ✓ Un [x](javascript:a) <b>c</b>\n",
            "collection.yaml": "titre: A\nlanguage: '?'\n",
        },
    )
    assert parsed.value is None
    assert list(parsed.diagnostics) == sorted(parsed.diagnostics, key=sort_key)
    assert [(d.span.source.path[7:9], d.key) for d in parsed.diagnostics] == [
        ("01", "yaml-colon.extra"),
        ("01", "item-empty"),
        ("01", "item-without-mark"),
        ("01", "foreign-markup.image"),
        ("01", "paragraph-stray"),
        ("02", "title-missing.markdown"),
        ("02", "link-address.scheme"),
        ("02", "foreign-markup.html"),
        ("co", "key-unknown.misspelt"),
        ("co", "language-invalid"),
    ]


@pytest.mark.parametrize("name", [".hidden.md", "a.md~", "a.md.swp", "#a.md#", "README.md", "~$a.docx"])
def test_files_of_editors_and_systems_are_ignored(name: str, tmp_path: Path) -> None:
    """What programs leave behind is no panel, and not worth a word."""
    parsed = _read_files(tmp_path, {"01-a.md": BODY, name: "\x00"})
    assert parsed.diagnostics == ()


@pytest.mark.parametrize("text", [None, "", "\n", "# rien\n", "title:\n"])
def test_settings_have_defaults(text: str | None, tmp_path: Path) -> None:
    """A missing, empty or commented-out `collection.yaml` gives the defaults in silence."""
    files = {"01-a.md": BODY} | ({} if text is None else {"collection.yaml": text})
    parsed = _read_files(tmp_path, files)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.settings == Settings()


def test_what_a_site_must_have_is_not_missed_where_none_is_made(tmp_path: Path) -> None:
    """`build --posters` and `deliver` need no legal notice; the address is on the sheets all the same."""
    files = {"01-a.md": BODY, "collection.yaml": "site_url: https://a.fr/b\n"}
    assert [each.key for each in _read_files(tmp_path, files).diagnostics] == ["legal-incomplete"]
    assert read_project(tmp_path, site=False).diagnostics == ()


def test_settings_are_read_by_their_types(tmp_path: Path) -> None:
    """Texts are inline Markdown, addresses and untouchable strings are not; an address ends in `/`."""
    text = (
        "title: 12:30\nperiod: no\nsubtitle: '*Bilan*'\nsite_url: https://a.fr/b\n"
        "edit_url: https://a.fr/{path}\nkeep: ['*x*']\nglossary: {CA: Conseil}\nlanguage: fr-CA\n"
    )
    parsed = _read_files(tmp_path, {"01-a.md": BODY, "collection.yaml": text})
    assert [each.key for each in parsed.diagnostics] == ["legal-incomplete"]
    assert parsed.value is not None
    assert parsed.value.settings == Settings(
        title=(Text("12:30"),),
        period=(Text("no"),),
        subtitle=(Emphasis((Text("Bilan"),)),),
        site_url="https://a.fr/b/",
        edit_url="https://a.fr/{path}",
        keep=("*x*",),
        glossary=(Abbreviation("CA", (Text("Conseil"),)),),
        language="fr-CA",
    )


def test_introduction_needs_no_title(tmp_path: Path) -> None:
    """A panel that introduces the collection has no title of its own, unless it gives one."""
    head = "---\nintroduction: true\n---\n"
    parsed = _read_files(tmp_path, {"01-a.md": head + "Texte.\n", "02-b.md": head + BODY})
    assert parsed.value is not None
    assert [plain(panel.title) for panel in parsed.value.panels] == ["", "Titre"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("03-offre.md", (3, "offre")),
        ("04-Équipe (copie).md", (4, "equipe-copie")),
        ("4_l’Œuvre d’Aïcha.yaml", (4, "l-oeuvre-d-aicha")),
        ("04-e\u0301quipe.md", (4, "equipe")),
        ("budget.md", (None, "budget")),
        ("04.md", (4, "")),
        ("04-预算.md", (4, "")),
    ],
)
def test_file_name_gives_number_and_slug(name: str, expected: tuple[int | None, str]) -> None:
    """Accents are folded, everything else becomes a hyphen; a name without Latin letters gives no slug."""
    assert number_and_slug(f"panels/{name}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3",
        "snake_case_ici",
        "le mot #Oxalis",
        "100 %",
        "<3",
        "a < b",
        "R&D",
        "[sic]",
        "avant → après",
    ],
)
def test_ordinary_text_survives(text: str, tmp_path: Path) -> None:
    """Signs that Markdown knows mean nothing special in ordinary sentences."""
    assert _inline(tmp_path, text) == (Text(text),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’*équipe*", (Text("l’"), Emphasis((Text("équipe"),)))),
        ("***a***", (Emphasis((Strong((Text("a"),)),)),)),
        ("un  \n  deux", (Text("un"), Break(), Text("deux"))),
        ("un\\\ndeux", (Text("un"), Break(), Text("deux"))),
        (r"\*a\* &amp; b", (Text("*a* & b"),)),
        ("[a *b*](/c/)", (Link((Text("a "), Emphasis((Text("b"),))), "/c/"),)),
        ("<a@b.fr>", (Link((Text("a@b.fr"),), "mailto:a@b.fr"),)),
        ("e\u0301te\u0301 *e\u0301*", (Text("été "), Emphasis((Text("é"),)))),
    ],
)
def test_inline_markdown_becomes_nodes(text: str, expected: Inline, tmp_path: Path) -> None:
    """Emphasis, strong, links, line breaks, escapes and entities work inside texts."""
    assert _inline(tmp_path, text) == expected


def test_places_are_those_of_the_decomposed_source(tmp_path: Path) -> None:
    """Accents that take two characters in the file do not shift the place of a mistake behind them."""
    parsed = _read_files(tmp_path, {"01-a.md": "# E\u0301te\u0301\n\n✓ e\u0301te\u0301 <b>\n"})
    assert [d.span.text for d in parsed.diagnostics] == ["<b>"]
    span = parsed.diagnostics[0].span
    assert span == Span(span.source, span.source.text.index("<b>"), span.source.text.index("<b>") + 3)


@pytest.mark.parametrize(("text", "codes"), [(BODY, []), (BODY + "x" * 1_000_000, ["file-too-large"])])
def test_a_file_that_grows_is_read_as_far_as_a_panel_may_be_long(
    text: str, codes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of its size may be less than it has: a log, or a file that the system makes up."""
    monkeypatch.setattr("os.fstat", lambda _: SimpleNamespace(st_size=3, st_mode=stat.S_IFREG))
    parsed = _read_files(tmp_path, {"01-a.md": text})
    assert [each.key for each in parsed.diagnostics] == codes
    assert (parsed.value is not None) == (not codes)


def test_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All reading is one pass over the files."""
    opened: list[str] = []
    real = builtins.open

    def counting(path: str, *how: Any, **more: Any) -> object:  # noqa: ANN401 - as `open` has them
        opened.append(path)
        return real(path, *how, **more)

    panels = tmp_path / "panels"
    panels.mkdir()
    for name in ("01-a.md", "02-b.md", "collection.yaml"):
        (panels / name).write_bytes(b"" if name.endswith("yaml") else BODY.encode())
    monkeypatch.setattr(builtins, "open", counting)
    read_project(tmp_path)
    assert sorted(opened) == [str(path) for path in sorted(panels.iterdir())]


@pytest.mark.parametrize("name", ["con", "NUL", "Aux", "prn", "com0", "COM9", "lpt1", "Lpt¹"])
def test_a_name_that_windows_keeps_is_no_address(name: str, tmp_path: Path) -> None:
    """Neither from the name of the file, nor as a slug, nor offered in the place of a wrong one."""
    named = f"02-{name}.md"
    parsed = _read_files(tmp_path, {named: BODY, "03-b.md": f"---\nslug: {name}\n---\n\n{BODY}"})
    codes = {each.key for each in parsed.diagnostics}
    assert "slug-reserved.name" in codes
    assert codes & {"slug-reserved.header", "slug-invalid.panel"}
    guesses = {each.values["guess"] for each in parsed.diagnostics if each.key == "slug-invalid.panel"}
    assert guesses <= {f"panneau-{fold(name)}"}


@pytest.mark.parametrize("name", ["console", "com10", "com", "lpt", "auxiliaire", "nul-et-non"])
def test_a_name_that_only_looks_like_one_is_an_address(name: str, tmp_path: Path) -> None:
    """Windows keeps few words, and those whole."""
    assert _read_files(tmp_path, {f"02-{name}.md": BODY}).diagnostics == ()
