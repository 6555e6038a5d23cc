"""What writes sources, and compares them: a new project or panel, import, `fmt`, `diff`."""
