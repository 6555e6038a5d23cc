"""Exhibition panels: Markdown or YAML in, a static website and print posters out."""
