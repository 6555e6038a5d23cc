"""Collection → website: pages, styles, fonts and data, every link checked."""
