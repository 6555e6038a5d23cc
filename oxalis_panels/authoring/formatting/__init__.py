"""The one canonical form of a panel's source: the same words, written in one way.

Everything here proves itself: a text is only returned when reading it again gives what the author's
text gave.
"""
