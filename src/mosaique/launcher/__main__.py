"""Entry point: `python -m mosaique.launcher <command> [arguments]`."""

import sys

from mosaique.launcher.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
