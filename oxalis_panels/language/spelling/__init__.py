"""The words of a collection → a warning for each that neither a dictionary nor the project's `lexicon:` has.

French needs nothing installed: its word list comes with the program, so that two machines never differ.
Other languages use the system's Hunspell dictionary; without one, nothing is checked.
"""

from oxalis_panels.language.spelling.review import check_spelling, unreported

__all__ = ["check_spelling", "unreported"]
