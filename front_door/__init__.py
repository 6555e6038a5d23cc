"""What `build.py` does before the command line can run: prepare `.venv`, or print what is missing.

Standard library only, and not part of the installed package.
"""
