"""The print posters of a collection: composed, fitted to their sheet, finished for the print shop."""
