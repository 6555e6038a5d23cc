"""Exhibition panels: Markdown or YAML in, a static website and print posters out."""

__version__ = "0.1.0.dev0"
