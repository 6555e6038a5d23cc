"""Every sentence said, in two languages, and diagnostics as text."""
