"""The public address, one rule for the file and the command line; no password of any address is passed on."""

import json
from pathlib import Path

import pytest
from builds import FRENCH, SHORT, write_project
from click.testing import CliRunner

from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.reading.project import read_project
from oxalis_panels.words.drawing import draw, spoken
from oxalis_panels.words.machines import FORMATS, MACHINES, drawn_for_machine

GOOD = {
    "https://bilan.exemple.fr": "https://bilan.exemple.fr/",
    "HTTPS://Bilan.Exemple.FR/Annee": "https://bilan.exemple.fr/Annee/",
    "https://exemple.fr/index.html": "https://exemple.fr/",
    "https://exemple.fr/bilan/INDEX.htm": "https://exemple.fr/bilan/",
    "https://exemple.fr/index.php/": "https://exemple.fr/",
    "https://exemple.fr/v1.2/": "https://exemple.fr/v1.2/",
    "https://exemple.fr/bilan.2024": "https://exemple.fr/bilan.2024/",
    "https://exemple.fr/php/html/": "https://exemple.fr/php/html/",
    "https://exemple.fr:8443/a%20b": "https://exemple.fr:8443/a%20b/",
    "http://[::1]:8000": "http://[::1]:8000/",
    "http://localhost": "http://localhost/",
    "https://exemple.fr/@oxalis/~bilan/a+b&c": "https://exemple.fr/@oxalis/~bilan/a+b&c/",
    "https://été.fr/bilan-été": "https://xn--t-9fab.fr/bilan-%C3%A9t%C3%A9/",
    "https://e\u0301te\u0301.fr/": "https://xn--t-9fab.fr/",
}
WRONG = {
    "bilan.exemple.fr": ("address.whole", "https://bilan.exemple.fr/"),
    "exemple.fr:8080/index.html": ("address.whole", "https://exemple.fr:8080/"),
    "ftp://exemple.fr/": ("address.whole", None),
    "//exemple.fr/": ("address.whole", None),
    "https:/exemple.fr/": ("address.whole", None),
    "file:///srv/site/": ("address.whole", None),
    "https://exemple.fr/bilan.html": ("address.page", None),
    "https://exemple.fr/bilan.HTM/": ("address.page", None),
    "https://exemple.fr/a/page.php": ("address.page", None),
    "https://exemple.fr/page.aspx": ("address.page", None),
    "https://exemple.fr//": ("address.slashes", "https://exemple.fr/"),
    "https://exemple.fr//bilan": ("address.slashes", "https://exemple.fr/bilan/"),
    "https://exemple.fr/a//index.html": ("address.slashes", "https://exemple.fr/a/"),
    "https://exemple.fr/a/../b/": ("address.dots", None),
    "https://exemple.fr/%2E%2e/b/": ("address.dots", None),
    "https://exemple.fr/./": ("address.dots", None),
    "https://exemple.fr/index.php?page=3": ("address.query", None),
    "https://exemple.fr/bilan/#c1": ("address.query", "https://exemple.fr/bilan/"),
    "https://exemple.fr/a b/": ("address.blank", None),
    "https://exemple.fr/a\u00a0b/": ("address.blank", None),
    "https://exemple.fr/\u200b": ("address.blank", None),
    "«https://exemple.fr/bilan»": ("address.whole", "https://exemple.fr/bilan/"),
    "https://exemple.fr/l'année/": ("address.sign", None),
    'https://exemple.fr/"': ("address.sign", "https://exemple.fr/"),
    "https://exemple.fr\\bilan": ("address.sign", None),
    "https://exemple.fr/{x}/": ("address.sign", None),
    "https://exemple.fr/100%/": ("address.percent", None),
    "https://exemple.fr:99999/": ("address.host", None),
    "https://exemple.fr:/": ("address.host", None),
    "https://exemple..fr/": ("address.host", None),
    "https://-exemple.fr/": ("address.host", None),
    "https://straße.example/": ("address.host", None),
    "https://": ("address.host", None),
}
PASSWORDS = (
    "https://camille:secret@exemple.fr/",
    "https://secret@exemple.fr/",
    "https://camille:s@secret@exemple.fr/",
    "https://camille:secret,1@exemple.fr/index.html",
    "http://camille:se/secret@exemple.fr/",
    "HTTPS:/secret@exemple.fr/",
)
NO_PASSWORDS = (
    "https://mastodon.example/@secret",
    "https://exemple.fr:8080/@secret",
    "https://exemple.fr?a=secret@exemple.fr",
    "https://exemple.fr/photo@2x.png",
    "Écrire à secret@exemple.fr, ou voir https://exemple.fr/",
    "(https://exemple.fr),secret@exemple.fr",
)


def found(tmp_path: Path, settings: str, panel: str = SHORT) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a project of these settings, the legal notice left out."""
    write_project(tmp_path, un=panel)
    (tmp_path / "panels/collection.yaml").write_text(settings, encoding="utf-8")
    return tuple(each for each in read_project(tmp_path).diagnostics if each.key != "legal-incomplete")


@pytest.mark.parametrize(("typed", "address"), GOOD.items())
def test_one_address_is_made_of_what_people_give(typed: str, address: str, tmp_path: Path) -> None:
    """The folder, in ASCII, whoever gives it."""
    assert found(tmp_path, f"site_url: {json.dumps(typed)}\n") == ()
    for asked in (None, typed):
        parsed = read_project(tmp_path, site_url=asked)
        assert parsed.value is not None
        assert parsed.value.settings.site_url == address


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_address_of_a_folder_is_refused(typed: str, tmp_path: Path) -> None:
    """With the reason, and with the address where it is plain, in the file and on the command line."""
    in_file = found(tmp_path, f"site_url: {json.dumps(typed, ensure_ascii=False)}\n")
    (tmp_path / "panels/collection.yaml").unlink()
    for (told,) in (in_file, read_project(tmp_path, site_url=typed).diagnostics):
        assert (told.key, told.severity) == ("address-invalid.site", "error")
        cause, mended = WRONG[typed]
        assert getattr(told.values["cause"], "key", "") == cause
        assert (told.repair.replacement if told.repair else None) == mended
    mistake = in_file[0]
    if mistake.repair:
        assert found(tmp_path, mistake.repair.text) == ()


@pytest.mark.parametrize("address", PASSWORDS)
@pytest.mark.parametrize(
    "settings",
    [
        "site_url: {}\n",
        "site_ulr: {}\n",
        "edit_url: {}{{path}}\n",
        "repository: {}o/r\nforge: gitlab\n",
        "legal: {{contact: '{}'}}\n",
        "legal:\n  privacy: >-\n    Voir\n    {}\n",
        "subtitle: Voir [le site]({}).\n",
        "# {}\n",
    ],
)
def test_a_password_is_refused_and_never_shown(settings: str, address: str, tmp_path: Path) -> None:
    """In any field: not in the message, not in the line above it, not in the repaired one, for nobody."""
    told = found(tmp_path, settings.format(address))
    assert "address-password" in {each.key for each in told}
    assert "secret" not in shown(told)


def shown(told: tuple[Diagnostic, ...]) -> str:
    """Return everything that any form of output says of mistakes."""
    texts = [draw(each, FRENCH) for each in told] + [spoken(each, FRENCH) for each in told]
    return "\n".join(texts + [drawn_for_machine(form, told, FRENCH, "") for form in MACHINES])


@pytest.mark.parametrize(
    "panel",
    [
        "[le site](https://camille:secret@exemple.fr/)",
        "<https://camille:secret@exemple.fr/>",
        "voir https://camille:secret@exemple.fr/",
        "[le site](https://camille:secret&#64;exemple.fr/)",
        "[le site](<https://camille:secret@exemple.fr/>)",
    ],
)
def test_a_password_in_a_panel_is_refused(panel: str, tmp_path: Path) -> None:
    """In a link, in an address that is only text, however the sign @ is written."""
    told = found(tmp_path, "", f"# Un titre\n\n- ✓ Un constat, {panel}.\n")
    assert [(each.key, each.severity) for each in told] == [("address-password", "error")]


@pytest.mark.parametrize("text", NO_PASSWORDS)
def test_other_signs_at_are_no_password(text: str, tmp_path: Path) -> None:
    """An address of a profile, of a mail, of a picture."""
    assert found(tmp_path, "", f"# Un titre\n\n- ✓ {text}\n") == ()


@pytest.mark.parametrize("file", ["templates/site/panel.html", "messages/fr.toml", "printers/atelier.toml"])
def test_a_password_in_the_looks_is_refused(file: str, tmp_path: Path) -> None:
    """What templates and words say is published too."""
    write_project(tmp_path, un=SHORT)
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("a = 'https://camille:secret@exemple.fr/'\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--project", str(tmp_path)])
    assert done.exit_code == 1
    assert "[address-password]" in done.output
    assert "secret" not in done.output


@pytest.mark.parametrize("address", PASSWORDS)
@pytest.mark.parametrize("form", [*FORMATS])
@pytest.mark.parametrize("option", ["--site-url", "--edit-url"])
def test_a_password_on_the_command_line_is_refused_and_never_shown(
    option: str, form: str, address: str, tmp_path: Path
) -> None:
    """A forge keeps what is printed, for everybody; the repaired address is told."""
    write_project(tmp_path, un=SHORT)
    arguments = ["build", "--site", option, address, "--project", str(tmp_path)]
    done = CliRunner().invoke(cli, [*arguments, "--format", form])
    assert done.exit_code == 1
    assert "address-password" in done.output
    assert "secret" not in done.output


def test_the_command_line_says_where_to_edit_what_the_collection_does_not(tmp_path: Path) -> None:
    """A forge tells its own address so; the collection's own goes before it, and an empty one is none."""
    write_project(tmp_path, un=SHORT)
    here, elsewhere = "https://forge.fr/n/p/edit/main/{path}", "https://ailleurs.fr/{path}"
    for asked in (here, ""):
        parsed = read_project(tmp_path, edit_url=asked)
        assert parsed.value is not None
        assert parsed.value.settings.edit_url == (asked or None)
    (tmp_path / "panels/collection.yaml").write_text(f"edit_url: {elsewhere}\n", encoding="utf-8")
    parsed = read_project(tmp_path, edit_url=here)
    assert parsed.value is not None
    assert parsed.value.settings.edit_url == elsewhere
    (tmp_path / "panels/collection.yaml").unlink()
    (told,) = read_project(tmp_path, edit_url="https://forge.fr/").diagnostics
    assert (told.key, told.span.source.path) == ("address-invalid.edit", "--edit-url")
