"""`python -m mosaique.bench.busy PAGES`: makes PDFs until it is stopped, a line each. A worker at its hardest hour."""

import os
import sys


def main(pages: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosaique.config.settings")
    import django

    django.setup()
    from mosaique.bench import making

    leaves = making.leaves(pages)
    parent = os.getppid()
    while os.getppid() == parent:  # orphaned, it stops by itself
        making.report(leaves, "pdf")
        sys.stdout.write("fait\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
