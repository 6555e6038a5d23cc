"""A project and its panels before there is any text: `init` and `new`."""
