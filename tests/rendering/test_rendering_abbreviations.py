"""Abbreviations of the glossary, explained on their first use on a page."""

import re

import pytest
from markupsafe import Markup

from oxalis_panels.model.collection import Abbreviation, Text
from oxalis_panels.rendering.abbreviations import Explainer, Explanation
from oxalis_panels.rendering.notices import glossary_view

GLOSSARY = {
    "CA": "conseil d’administration",
    "CAE": "coopérative d’activité et d’emploi",
    "R&D": "recherche et développement",
    "n.s.": "non spécifié",
}
CA = (
    '<button type="button" class="abbr" popovertarget="sigle_ca">CA</button>'
    '<span class="sense" popover id="sigle_ca" data-added>'
    'conseil d’administration <a href="../glossaire/index.html#ca">Glossaire</a></span>'
)


def explainer(glossary: dict[str, str]) -> Explainer:
    """Return the explainer of one page."""
    entries = tuple(Abbreviation(short, (Text(meaning),)) for short, meaning in glossary.items())
    words = Markup("Glossaire")
    return Explainer(Explanation(glossary_view(entries), "../glossaire/index.html", words))


def explained(html: str) -> list[str]:
    """Return the buttons of a text on a page of its own."""
    made = explainer(GLOSSARY).text(Markup(html))  # noqa: S704 - texts of this file
    return re.findall(r"<button[^>]*>([^<]*)</button>", made)


def test_the_first_use_on_a_page_is_a_button_with_its_meaning() -> None:
    """Its punctuation stays on its line; the second use is left as it is, in the next text too."""
    page = explainer(GLOSSARY)
    assert page.text(Markup("Le CA, le CA.")) == f'Le <span class="nobreak">{CA},</span> le CA.'
    assert page.text(Markup("Encore le CA.")) == "Encore le CA."


def test_a_word_that_never_breaks_holds_its_buttons() -> None:
    """CA/DG is one span already: no second one around a part of it."""
    made = explainer(GLOSSARY).text(Markup('<span class="nobreak">CA/DG</span>'))
    assert made == f'<span class="nobreak">{CA}/DG</span>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("les CAE", ["CAE"]),
        ("les CAEs", ["CAEs"]),
        ("une C.A.E. ici", ["C.A.E."]),
        ("l’CAE et d’CA", ["CAE", "CA"]),
        ("l’inter-CAE", ["CAE"]),
        ("« CAE »", ["CAE"]),
        ("<em>CAE</em>", ["CAE"]),
        ("la R&amp;D", ["R&amp;D"]),
        ("n.s. ici", ["n.s."]),
        ("CAEN, ÇA, ça, ca, CA·s, 4CA, SCA", []),
        ('<a href="x">CAE</a>', []),
        ('<a href="x"><em>le</em> CAE</a> et CAE', ["CAE"]),
        ("écrire à CA@exemple.fr ou http://CA/", []),
        ("la coopérative d’activité et d’emploi (CAE)", []),
        ("le conseil d’administration, et la CAE", ["CAE"]),
        ("un CA<br>un CAE", ["CA", "CAE"]),
    ],
)
def test_whole_words_are_explained_in_the_spellings_that_people_use(html: str, expected: list[str]) -> None:
    """Not inside words, addresses and links, and not where the text itself says what they mean."""
    assert explained(html) == expected


def test_an_entry_of_several_words_is_no_button() -> None:
    """Buttons stand in words that do not break; the abbreviation in it is explained as elsewhere."""
    made = explainer(GLOSSARY | {"CA élargi": "avec la direction"}).text(Markup("Le CA élargi"))
    assert made == f'Le <span class="nobreak">{CA}</span> élargi'


def test_without_a_glossary_nothing_changes() -> None:
    """Not even the object."""
    html = Markup("Le CA")
    assert explainer({}).text(html) is html
