"""Lets `python -m mikazuki` run the command line."""

import sys

from mikazuki.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
