"""Templates: a project's own replace the shipped ones file by file, and their mistakes are told in place."""

import os
import sys
from pathlib import Path

import pytest
from builds import FRENCH

from oxalis_panels.model.diagnostics import line_and_column
from oxalis_panels.rendering.environment import COMPILED, SENTENCES, Templates
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates
from oxalis_panels.rendering.glyphs import ARROW, CHECK, clover, polygon
from oxalis_panels.words.catalogue import LANGUAGES, catalogue

SEE_FIRST = "vérifiez d’abord qu’elle existe, avec « if »."
NO_CALL = "invalid syntax for function call expression"


def own(project: Path, **templates: str) -> Templates:
    """Return the templates of a project that has these files in `templates/site/`."""
    folder = project / "templates" / "site"
    folder.mkdir(parents=True)
    for name, text in templates.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return Templates(TemplateFolders.of(project), FRENCH)


def test_without_templates_of_its_own_a_project_has_the_shipped_ones(tmp_path: Path) -> None:
    """One folder, which holds what every build needs."""
    assert TemplateFolders.of(tmp_path).folders == (shipped_templates(),)
    for name in ("shared/palette.toml", "poster/poster.html", "poster/poster.css", "site/base.html"):
        assert (shipped_templates() / name).is_file()


def test_a_project_replaces_one_file_and_keeps_the_others(tmp_path: Path) -> None:
    """What is not in the project's folder is taken from the program."""
    own(tmp_path, base="à nous")
    folders = TemplateFolders.of(tmp_path)
    assert folders.read("site/base.html") == "à nous"
    assert folders.find("poster/poster.css") == shipped_templates() / "poster" / "poster.css"
    with pytest.raises(FileNotFoundError, match=r"site/rien\.html"):
        folders.find("site/rien.html")


def test_the_checkout_is_no_override_of_itself() -> None:
    """In the program's own checkout `templates/` counts once."""
    project = shipped_templates().parent
    assert TemplateFolders.of(project).folders == (shipped_templates(),)


def test_text_is_escaped_and_words_are_at_hand(tmp_path: Path) -> None:
    """Plain strings are escaped; the catalogue and the outlines can be named."""
    templates = own(tmp_path, page="{{ text }} {{ words.text('severity.help') }} {{ marks.CHECK }}")
    assert templates.render("site/page.html", text="<b>").value == f"&lt;b&gt; aide\u00a0: {CHECK}"


@pytest.mark.parametrize(
    ("page", "line", "complaint"),
    [
        ("<p>\n{{ inconnu }}\n", 2, "la variable « inconnu » n’existe pas."),
        ("{{ panl }}", 1, "la variable « panl » n’existe pas. Vouliez-vous dire « panel » ?"),
        ("<p>\n\n{{ panel.titre }}\n", 3, "str n’a pas de « titre »."),
        (
            "{{ none.titre }}",
            1,
            f"« titre » est demandé à une variable vide (none) : {SEE_FIRST}",
        ),
        ("{{ panel[99] }}", 1, "str n’a pas d’élément 99."),
        ("<p>\n{% for a in %}\n", 2, "il manque une valeur avant « %} »."),
        ("{% if panel %}\n<p>\n", 2, "le modèle finit sans que « if » soit fermé : il manque « endif »."),
        (
            "{% for a in 'b' %}{% if a %}\n{% endfor %}",
            2,
            "« endfor » n’est pas à sa place : « if » n’est pas fermé, il faut d’abord « endif ».",
        ),
        (
            "{% if panel %}{% fi %}",
            1,
            "« fi » n’est pas à sa place : « if » n’est pas fermé, il faut d’abord « endif ».",
        ),
        ("{% boucle %}", 1, "la balise « boucle » n’existe pas."),
        ("{% endif %}", 1, "la balise « endif » n’existe pas."),
        ("<p>{{ panel | inconnu }}", 1, "le filtre « inconnu » n’existe pas."),
        ("<p>{{ panel | uper }}", 1, "le filtre « uper » n’existe pas. Vouliez-vous dire « upper » ?"),
        (
            "{% if panel %}{{ panel | joim }}{% endif %}",
            1,
            "le filtre « joim » n’existe pas. Vouliez-vous dire « join » ?",
        ),
        ("{{ panel is strng }}", 1, "le test « strng » n’existe pas. Vouliez-vous dire « string » ?"),
        ("{{ panel", 1, "le modèle finit trop tôt : il manque « }} »."),
        ("{{ panel panel }}", 1, "il faut « }} » et non « panel »."),
        ("{{ panel ? }}", 1, "le signe « ? » n’a rien à faire ici."),
        ("{# jamais fini", 1, "un commentaire n’est pas fermé : il manque « #} »."),
        (
            "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
            2,
            "le bloc « a » est défini deux fois.",
        ),
        ("{% block a required %}{% endblock %}", 1, "le bloc « a » est obligatoire, et manque."),
        (
            "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}",
            2,
            "la macro « m » ne prend pas plus de 1 valeurs.",
        ),
        ("{% macro m(a) %}{% endmacro %}\n{{ m(b=2) }}", 2, "la macro « m » n’a pas de paramètre « b »."),
        ("{% include 'site/page.html' %}", 1, "un modèle s’inclut lui-même, sans fin."),
        (
            "<p>\n{{ panel + 1 }}\n",
            2,
            'ce calcul est impossible (en anglais : can only concatenate str (not "int") to str).',
        ),
        ("{{ f(**a, *b) }}", 1, f"la syntaxe est fausse (en anglais : {NO_CALL})."),
    ],
)
def test_a_mistake_is_told_at_its_line(page: str, line: int, complaint: str, tmp_path: Path) -> None:
    """Unknown names are never empty text: they are mistakes, as are those of syntax."""
    parsed = own(tmp_path, page=page).render("site/page.html", panel=CHECK)
    assert parsed.value is None
    (found,) = parsed.diagnostics
    assert (found.key, found.span.source.path) == ("template-mistake", "templates/site/page.html")
    assert line_and_column(found.span)[0] == line
    assert str(FRENCH.value(found.values["found"])).replace("\u00a0", " ").replace("\u202f", " ") == complaint


def test_every_phrase_for_jinja_has_its_words() -> None:
    """In both languages, and no more of them than there are."""
    for language in LANGUAGES:
        keys = set(catalogue(language).tables["jinja"])
        assert keys == {*SENTENCES, "near", "syntax", "operation", "memory", "refused"}


def test_a_mistake_in_an_included_template_is_told_there(tmp_path: Path) -> None:
    """The file with the mistake is named, not the one that asked for it."""
    templates = own(tmp_path, page="<p>\n{% include 'site/part.html' %}", part="un\ndeux\n{{ inconnu }}\n")
    (found,) = templates.render("site/page.html").diagnostics
    assert found.span.source.path == "templates/site/part.html"
    assert line_and_column(found.span)[0] == 3


@pytest.mark.parametrize("page", ["{% include 'site/rien.html' %}", "{% extends 'site/rien.html' %}"])
def test_a_template_that_is_not_there_is_told(page: str, tmp_path: Path) -> None:
    """A wrong name in an include or extends is a mistake of the template, not a crash."""
    (found,) = own(tmp_path, page=page).render("site/page.html").diagnostics
    assert (found.key, found.values["found"]) == ("template-missing", "site/rien.html")


def test_a_template_that_is_not_text_is_told(tmp_path: Path) -> None:
    """A file saved as Latin-1, or a picture by mistake, is named before anything is rendered."""
    own(tmp_path, home="<p>")
    (tmp_path / "templates" / "site" / "style.css").write_bytes("/* été */".encode("latin-1"))
    found = TemplateFolders.of(tmp_path).check()
    assert [(each.key, each.span.source.path) for each in found] == [
        ("encoding.template", "templates/site/style.css")
    ]
    assert TemplateFolders((shipped_templates(),)).check() == ()


def test_marks_become_polygons_of_straight_lines() -> None:
    """The two marks as CSS shapes: every corner in percent; a curve is refused."""
    assert polygon("M0 0H24V24Z".replace("V24", "L24 24")) == "polygon(0% 0%, 100% 0%, 100% 100%)"
    assert polygon(ARROW).count(",") == 8
    with pytest.raises(ValueError, match="not a straight line: C"):
        polygon("M0 0C1 1 2 2 3 3Z")


def test_a_clover_has_three_leaves_around_its_centre() -> None:
    """One closed outline per leaf; scaled and moved as asked."""
    path = clover(10, 20, 0.5)
    assert path.count("M") == path.count("Z") == 3
    assert path.startswith("M10.00 17.50 ")


PYTHON = "cycler.__init__.__globals__"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{{{{ {PYTHON}.os.listdir('/nulle/part') }}}}", "introuvable"),
        ("{{ 'x' * 10**15 }}", "mémoire"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "sans fin"),
        (f"{{{{ {PYTHON}.os.getpwnam.__call__() }}}}", "getpwnam"),
        (f"{{{{ {PYTHON}['__builtins__']['compile']('(', '', 'eval') }}}}", "never closed"),
        (
            f"{{{{ {PYTHON}['__builtins__']['next']({PYTHON}['__builtins__']['iter'](())) }}}}",
            "StopIteration",
        ),
        ("{{ '\\ud83c' }}", "surrogates"),
        ("{% for x in [1] %}" * 30 + "{% endfor %}" * 30, "nested"),
        ("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", ""),
    ],
)
def test_whatever_a_template_raises_is_its_mistake(tmp_path: Path, text: str, said: str) -> None:
    """Templates are code: a file, memory, a limit of Python; told at the line, never as a traceback."""
    templates = own(tmp_path, page=f"\n{text}")
    (mistake,) = (*templates.check("site"), *templates.render("site/page.html").diagnostics)[-1:]
    assert (mistake.key, mistake.span.source.path) == ("template-mistake", "templates/site/page.html")
    assert said in str(FRENCH.value(mistake.values["found"]))


def test_a_template_that_goes_while_it_fails_is_told(tmp_path: Path) -> None:
    """Its line cannot be shown any more."""
    file = tmp_path / "templates" / "site" / "page.html"
    templates = own(tmp_path, page=f"{{{{ {PYTHON}.os.unlink('{file.as_posix()}') or 1 // 0 }}}}")
    (mistake,) = templates.render("site/page.html").diagnostics
    assert (mistake.code, mistake.span.source.text) == ("template-mistake", "")


def kept(project: Path, text: str) -> Templates:
    """Return the templates of a project whose `site/page.html` is this, in a program just started."""
    folder = project / "templates" / "site"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_text(text, encoding="utf-8")
    if not (project / "cache").exists():
        (project / "cache").mkdir()
    return Templates(TemplateFolders.of(project), FRENCH, project / "cache")


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next build does without Jinja's compiler, until the text is another, in a folder of any name."""
    project = tmp_path / ("projet é" if sys.platform == "win32" else os.fsdecode(b"projet \xe9"))
    assert kept(project, "{{ 1 + 1 }}").render("site/page.html").value == "2"
    assert kept(project, "{{ 1 + 2 }}").render("site/page.html").value == "3"
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert kept(project, "{{ 1 + 2 }}").render("site/page.html").value == "3"


def test_a_project_that_moved_has_its_mistakes_where_it_is_now(tmp_path: Path) -> None:
    """Compiled code names the file that it was made from: it is not taken for that of another place."""
    kept(tmp_path / "old", "\n{{ 1 / 0 }}").render("site/page.html")
    moved = (tmp_path / "old").rename(tmp_path / "moved")
    for _ in range(2):
        (found,) = kept(moved, "\n{{ 1 / 0 }}").render("site/page.html").diagnostics
        assert (found.code, found.span.text) == ("template-mistake", "{{ 1 / 0 }}")
        assert found.values["path"] == str(moved / "templates" / "site" / "page.html")


@pytest.mark.parametrize("size", [0, 20, 80])
def test_a_cache_that_is_damaged_is_made_again(tmp_path: Path, size: int) -> None:
    """Half a file is never run."""
    kept(tmp_path, "{{ 1 + 1 }}").render("site/page.html")
    (file,) = (tmp_path / "cache" / COMPILED).iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:size])
    assert kept(tmp_path, "{{ 1 + 1 }}").render("site/page.html").value == "2"
    assert file.read_bytes() == whole


def test_a_cache_is_never_needed(tmp_path: Path) -> None:
    """Something else may stand in its place, and a check makes no folder for it."""
    templates = kept(tmp_path, "{{ 1 + 1 }}")
    (tmp_path / "cache").rmdir()
    assert templates.render("site/page.html").value == "2"
    assert not (tmp_path / "cache").exists()
    (tmp_path / "cache").write_text("theirs")
    assert kept(tmp_path, "{{ 1 + 1 }}").render("site/page.html").value == "2"
