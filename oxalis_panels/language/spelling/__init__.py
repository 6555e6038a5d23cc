"""The words of a collection → a doubt about each that no dictionary, and no lexicon of the house, knows.

French needs nothing installed: its list of words comes with the program, so that two machines never differ.
For another language the Hunspell dictionary of the system serves, if there is one; without one, nothing is
said.
"""

from __future__ import annotations

from oxalis_panels.language.spelling.review import check_spelling, unsaid

__all__ = ["check_spelling", "unsaid"]
