"""`python -m oxalis_panels` is the command line."""

from oxalis_panels.cli import main

if __name__ == "__main__":
    main()
