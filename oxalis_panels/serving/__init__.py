"""A project → its site and its posters at one address of this machine, as they are while they are edited."""
