"""A project's own templates, before they are used: what is without use, empty, no file, broken CSS."""

from pathlib import Path

import pytest
from builds import FRENCH, write_project

from oxalis_panels.model.diagnostics import Diagnostic, Source, line_and_column
from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates
from oxalis_panels.rendering.style_mistakes import style_mistakes
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

PANEL = "# Un titre\n\n- ✓ Un constat.\n"


def own(folder: Path, files: dict[str, str]) -> Path:
    """Write a project of one panel with templates of its own."""
    write_project(folder, un=PANEL)
    for name, text in files.items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    """Return severity, code and file of diagnostics."""
    return [(each.severity, each.key, each.span.source.path) for each in found]


def test_everything_wrong_with_the_files_is_told_at_once(tmp_path: Path) -> None:
    """Misspelt, without use, empty, a folder, not text; with the mistakes of the panels."""
    project = own(
        tmp_path,
        {
            "site/panels.html": "x",
            "base.html": "x",
            "poster/notes.svg": "<svg/>",
            "site/all.html": " \n",
            "poster/screen.css": "",
            "site/home.html/dedans.svg": "x",
            "README.md": "x",
            "site/.cache": "x",
        },
    )
    (project / "templates/site/404.html").write_bytes("été".encode("latin-1"))
    (project / "panels/02-deux.md").write_text("- ✓ Sans titre\n", encoding="utf-8")
    parsed = check(project)
    assert parsed.value is None
    assert sorted(told(parsed.diagnostics)) == [
        ("error", "encoding.template", "templates/site/404.html"),
        ("error", "file-special.template-folder", "templates/site/home.html"),
        ("error", "template-empty", "templates/site/all.html"),
        ("error", "title-missing.markdown", "panels/02-deux.md"),
        ("warning", "template-empty", "templates/poster/screen.css"),
        ("warning", "template-needless.misspelt", "templates/base.html"),
        ("warning", "template-needless.misspelt", "templates/site/panels.html"),
        ("warning", "template-needless.other", "templates/poster/notes.svg"),
        ("warning", "template-needless.other", "templates/site/home.html/dedans.svg"),
    ]
    nearest = {each.span.source.path: each.values.get("nearest") for each in parsed.diagnostics}
    assert nearest["templates/base.html"] == "site/base.html"
    assert nearest["templates/site/panels.html"] == "site/panel.html"


def test_a_file_that_another_template_names_is_of_use(tmp_path: Path) -> None:
    """A project may have parts of its own."""
    project = own(tmp_path, {"site/mine.html": "x", "site/404.html": "{% include 'site/mine.html' %}"})
    assert check(project).diagnostics == ()


def test_what_macos_leaves_beside_files_on_a_stick_is_no_template(tmp_path: Path) -> None:
    """It has their names behind `._`, and is no text."""
    name = "poster/._poster.css"
    own(tmp_path, {name: ""})
    (tmp_path / "templates" / name).write_bytes(b"\0\5\x16\7\xff")
    folders = TemplateFolders.of(tmp_path)
    read = {source.path for sources in folders.sources("poster") for source in sources}
    assert ("templates/poster/poster.css" in read, f"templates/{name}" in read) == (True, False)
    assert folders.check() == ()


def test_a_palette_that_is_not_text_is_told_once(tmp_path: Path) -> None:
    """And nothing else falls over it."""
    project = own(tmp_path, {"shared/palette.toml": ""})
    (project / "templates/shared/palette.toml").write_bytes(b"\xff\xfe")
    assert told(check(project).diagnostics) == [
        ("error", "encoding.template", "templates/shared/palette.toml")
    ]


def test_mistakes_of_several_templates_are_told_together(tmp_path: Path) -> None:
    """Of syntax in any of them, though only one would be met first; nothing is written."""
    project = own(
        tmp_path,
        {
            "site/base.html": "{% block main %}{% endblock %}\n{% endif %}",
            "site/panel_parts.html": "\n{% macro text(panel) %}\n{{ panel | strng }}{% endmacro %}",
            "site/style.css": "p { color: {{ }} }",
        },
    )
    report = build(Request(project, tmp_path / "output", posters=False), lambda *_: None)
    assert [(each.span.source.path, line_and_column(each.span)[0]) for each in report.diagnostics] == [
        ("templates/site/base.html", 2),
        ("templates/site/panel_parts.html", 3),
        ("templates/site/style.css", 1),
    ]
    assert not (tmp_path / "output/site").exists()


def test_mistakes_met_while_templates_run_are_told_together(tmp_path: Path) -> None:
    """A variable that is not there, one inside a macro, one in the style sheet, a file that is missing."""
    project = own(
        tmp_path,
        {
            "site/home.html": "{{ nobody }}",
            "site/panel_parts.html": "{% macro text(panel, prefix='', numbered=false) %}\n\n{{ panel.titel }}"
            "{% endmacro %}{% macro position(panel, count) %}{% endmacro %}",
            "site/style.css": "\n\np { color: {{ colour }} }",
            "site/404.html": "<p>\n  {% include 'site/rien.html' %}",
        },
    )
    report = build(Request(project, tmp_path / "output", posters=False), lambda *_: None)
    found = [(each.span.source.path, line_and_column(each.span)) for each in report.diagnostics]
    assert set(found) >= {
        ("templates/site/home.html", (1, 1)),
        ("templates/site/panel_parts.html", (3, 1)),
        ("templates/site/style.css", (3, 1)),
        ("templates/site/404.html", (2, 15)),
    }
    assert len(found) == len(set(found))


def test_a_template_that_includes_itself_is_told(tmp_path: Path) -> None:
    """It would never end."""
    project = own(tmp_path, {"site/404.html": "{% include 'site/404.html' %}"})
    (found,) = Templates(TemplateFolders.of(project), FRENCH).render("site/404.html").diagnostics
    assert (found.key, found.span.source.path) == ("template-mistake", "templates/site/404.html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p { a: b }\nh1 {\n  color: red\n\np { c: d }\n", [("style-unbalanced.open", 2, "h1 {")]),
        ("p { a: b } }\n", [("style-unbalanced.extra", 1, "}")]),
        ("p { a: b }\n/* fin", [("style-unbalanced.comment", 2, "/*")]),
        ("p { content: '}' } /* { */ p::after { content: \"{\" }", []),
        ("p { color red; margin: 0 }", [("style-not-understood", 1, "color red")]),
        ("@media print {\n  p { a: b }\n", [("style-unbalanced.open", 1, "@media print {")]),
        ("@media print { p { a: b; c } }", [("style-not-understood", 1, "c")]),
        ("p { & a { b: c } }\n@page { margin: 0; @bottom-right { content: none } }", []),
    ],
)
def test_broken_style_is_told(text: str, expected: list[tuple[str, int, str]]) -> None:
    """A browser would say nothing, and lose all that follows."""
    found = style_mistakes(Source("x.css", text))
    assert expected == [(each.key, line_and_column(each.span)[0], each.span.text) for each in found]


@pytest.mark.parametrize("name", ["poster/poster.css", "poster/screen.css"])
def test_our_own_style_sheets_are_whole(name: str) -> None:
    """The check finds nothing where there is nothing."""
    text = (shipped_templates() / name).read_text(encoding="utf-8")
    assert list(style_mistakes(Source(name, text))) == []


def test_the_style_of_the_site_is_told_in_the_template(tmp_path: Path) -> None:
    """Though it is read as it was made, without its Jinja; a copy of ours has no mistake."""
    text = (shipped_templates() / "site/style.css").read_text(encoding="utf-8")
    project = own(tmp_path, {"site/style.css": text})
    ours = build(Request(project, tmp_path / "output", posters=False), lambda *_: None)
    assert ours.diagnostics == ()
    own(tmp_path, {"site/style.css": text + "\nh7 {\n  color: {{ 'red' }};\n"})
    report = build(Request(project, tmp_path / "output", posters=False), lambda *_: None)
    line = text.count("\n") + 2
    (found,) = report.diagnostics
    assert found.key == "style-unbalanced.open"
    place, excerpt, *_ = draw(found, catalogue("en")).splitlines()
    assert place.startswith(f"templates/site/style.css:{line}:1: error: ")
    assert excerpt == f"  {line} | h7 {{"
