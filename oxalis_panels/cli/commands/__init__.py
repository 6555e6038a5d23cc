"""What can be typed behind `oxalis-panels`: one module per command, loaded when it is asked for.

A module `commands/<name>.py` holds a click command `command`; its help is `cli.<name>` in the catalogue and
`cli.<name>_short` in the list of commands.
"""
