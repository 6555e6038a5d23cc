"""What a code means: every one, in both languages, with examples that hold."""

import pytest
from builds import command
from click.testing import CliRunner
from source_codes import named

from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import code_of
from oxalis_panels.words.catalogue import LANGUAGES, catalogue
from oxalis_panels.words.explanations import codes, former, keys, warnings


def explained(*arguments: str) -> str:
    """Return what `explain` prints."""
    done = CliRunner().invoke(cli, ["explain", *arguments])
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_warnings_are_those_of_the_source() -> None:
    """What `allow:` may name is what the source reports as a warning."""
    told = {key for key, about in keys().items() if about.get("warning")}
    assert named("warning") - told == set()
    assert told | {code_of(key) for key in told} == warnings()


def test_an_example_mends_something() -> None:
    """What it says to write is not what it says not to write."""
    given = [about for about in keys().values() if "wrong" in about]
    assert [each for each in given if each["wrong"] == each["right"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_is_explained_with_its_example(language: str) -> None:
    """Message, reason, wrong and right, what to do; braces of a message become an ellipsis."""
    told = command("--lang", language, "explain", "colour-unknown").stdout
    assert told.startswith("colour-unknown (")
    assert catalogue(language).entry("colour-unknown")["why"].split()[0] in told
    assert "\n    colour: vert\n" in told
    assert "\n    colour: ocre\n" in told
    assert "{" not in told


def test_a_warning_says_how_to_keep_what_is_written() -> None:
    """Authors decide: `allow:` is told where it can be used, and only there."""
    assert "- sentence-long" in explained("sentence-long")
    assert "allow" not in explained("title-missing")


def test_without_a_code_all_are_listed() -> None:
    """By subject, each with its message."""
    lines = explained().splitlines()
    assert lines[0] == "Le texte d’un panneau"
    assert [code for code in codes() if not any(line.startswith(f"  {code} ") for line in lines)] == []


@pytest.mark.parametrize("typed", ["[title-missing]", "TITLE-MISSING", " title-missing "])
def test_a_code_may_be_copied_as_it_stands(typed: str) -> None:
    """With its brackets, in capitals, with blanks."""
    assert explained(typed).startswith("title-missing ")


def test_an_earlier_code_leads_to_what_it_is_now() -> None:
    """Who meets one in an old report or in `allow:` finds its meaning; no name has two."""
    assert explained("foreign-markup.comment") == explained("foreign-markup")
    assert set(former().values()) - set(keys()) == set()
    assert set(former()) & set(codes()) == set()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("title-mising", "title-missing"), ("zzz", "explain, seule, en donne la liste.")],
)
def test_an_unknown_code_is_answered_with_the_nearest(typed: str, words: str) -> None:
    """Exit code 2, as for any slip on the command line."""
    done = CliRunner().invoke(cli, ["explain", typed])
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_no_example_for_what_no_lines_can_show() -> None:
    """A full disk has no wrong panel."""
    assert "wrong" not in keys()["output-refused.disk-full"]
    assert "À écrire" not in explained("output-refused.disk-full")
