"""Collection → Collection, typeset, and the doubts about its language: typography, spelling, wording."""
