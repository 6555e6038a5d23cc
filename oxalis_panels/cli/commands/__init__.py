"""The commands of `oxalis-panels`: one module for each, imported when it is run.

A module `commands/<name>.py` holds a click command `command`; its help is `cli.<name>` in the catalogue and
`cli.<name>_short` in the list of commands.
"""
