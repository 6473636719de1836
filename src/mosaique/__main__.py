"""Django's command line: `python -m mosaique <command>`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosaique.config.settings")
    execute_from_command_line(["mosaique", *sys.argv[1:]])


if __name__ == "__main__":
    main()
