"""Check, make, write, deliver: from a project folder to its output folder, all or nothing."""
