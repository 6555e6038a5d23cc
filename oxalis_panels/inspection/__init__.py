"""A check of finished print files, whoever made them: what a print shop would find, before it does.

It reads the PDF and nothing else. It is a check, not a certification: no free validator of PDF/X exists.
"""

FORMATS = ("text", "html", "json")
"""Forms that a report can take; the first where none is asked for."""
