"""What a template shows, as HTML: the same that Jinja's own code shows, with less work."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from jinja2.exceptions import UndefinedError
from markupsafe import Markup, escape

from oxalis_panels.messages import Words
from oxalis_panels.rendering.html_environment import HtmlEnvironment

TEMPLATES = (
    "{{ value }}",
    "{{ value }}{{ value }}",
    "{% macro m(a) %}<i>{{ a }}</i>{% endmacro %}{{ m(value) }}",
    "{% set a %}<i>{{ value }}</i>{% endset %}{{ a }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}",
    "{% autoescape value is none %}{{ value }}{% endautoescape %}",
    "{{ value ~ '<' }}{{ [value, '<'] | join }}",
)


class Picture:
    """Something that is HTML without being a text."""

    def __html__(self) -> str:
        """Return it as HTML."""
        return "<img>"


@pytest.mark.parametrize(
    "value", ["a & <b>", Markup("a &amp; <b>"), Words("<key>"), 1, True, 1.0, None, Picture()]
)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_value_is_shown_as_jinja_shows_it(template: str, value: object) -> None:
    """HTML as it is, anything else escaped, wherever it stands: values that are equal are not the same."""
    expected = Environment(autoescape=True).from_string(template).render(value=value)
    assert HtmlEnvironment((), None).from_string(template).render(value=value) == expected


def test_a_text_is_escaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is shown; HTML never."""
    seen: list[str] = []

    def counted(text: str) -> str:
        seen.append(text)
        return escape(text)

    monkeypatch.setattr("oxalis_panels.rendering.html_environment.escape", counted)
    shown = (
        HtmlEnvironment((), None).from_string("{{ a }}{{ b }}{{ a }}").render(a="once & only", b=Markup("&"))
    )
    assert (shown, seen) == ("once &amp; only&once &amp; only", ["once & only"])


def test_a_name_that_nobody_gave_is_a_mistake() -> None:
    """Never an empty text."""
    with pytest.raises(UndefinedError):
        HtmlEnvironment((), None).from_string("{{ value }}").render()
