"""What changed between two versions of the panels: for people who review together, not for programs.

Two collections become one tree of changes (`comparison`), which is shown as text, as a page and on paper.
"""

FORMATS = ("text", "html", "pdf")
"""Forms that a review can take; the first where none is asked for."""
