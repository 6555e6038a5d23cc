"""What WeasyPrint finds wrong with a template is told in French; what nobody foresaw is quoted."""

import pytest
from builds import FRENCH

from oxalis_panels.poster.engine_words import complaints

UNKNOWN = "Ignored `colr: red ` at 7:8, unknown property."


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        (UNKNOWN, "« colr: red » est écrit, mais cette propriété n’existe pas"),
        (
            "Ignored `color: rouge` at 7:8, invalid value.",
            "la valeur donnée dans « color: rouge » n’est pas possible",
        ),
        ("Ignored `a: b` at 1:2, too old.", "« a: b » ne peut pas être suivi (en anglais : too old)"),
        (
            f"Too deep\n{UNKNOWN}\n{UNKNOWN}",
            "en anglais, « Too deep », « colr: red » est écrit, mais cette propriété n’existe pas",
        ),
    ],
)
def test_a_complaint_is_told_in_french(complaint: str, told: str) -> None:
    """Without the place in the joined style sheets, and each thing once."""
    said = str(FRENCH.value(complaints(complaint)))
    assert said.replace("\u00a0", " ") == told
