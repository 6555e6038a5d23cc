"""The one canonical form of a panel's source: the same words, proved to be the same, written in one way."""
