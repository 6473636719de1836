"""`./mosaique test`: everything on SQLite, then what depends on the database on PostgreSQL.

pytest decides what a missing component means (the root conftest.py): a skip that is named with the line that
installs it, or, under CI=true, a failure.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from mosaique.launcher.cluster import programs, temporary_cluster
from mosaique.launcher.instance import run_attached
from mosaique.launcher.terminal import Refusal, say

_POSTGRES_LINE = "apt-get install postgresql"


def run_tests(arguments: list[str]) -> int:
    """Return 0 when every suite that can run here passes."""
    on_postgres = "--postgres" in arguments
    chosen = [argument for argument in arguments if argument != "--postgres"]
    if chosen or on_postgres:
        return _on_postgres(chosen) if on_postgres else _pytest(chosen, {})
    binaries = programs()
    say("Tests sur SQLite")
    missing = (
        {}
        if binaries
        else {"MOSAIQUE_TEST_WITHOUT": f"PostgreSQL (les tests n’y ont pas été rejoués) : {_POSTGRES_LINE}"}
    )
    code = _pytest(["-n", "2", "--dist", "loadfile"], missing)
    if binaries is None:
        return code
    say()
    say(f"Tests sur PostgreSQL (SQLite : {'réussis' if code == 0 else 'ÉCHEC, voir plus haut'})")
    return _on_postgres(["-n", "2", "--dist", "loadfile"]) or code


@contextmanager
def on_temporary_postgres() -> Iterator[str]:
    """The DATABASE_URL of a server of one's own, while the block lasts."""
    binaries = programs()
    if binaries is None:
        raise Refusal(f"PostgreSQL n’est pas installé. Sur Debian : {_POSTGRES_LINE}")
    with temporary_cluster(binaries) as url:
        yield url


def _on_postgres(arguments: list[str]) -> int:
    with on_temporary_postgres() as url:
        return _pytest(arguments, {"DATABASE_URL": url})


def _pytest(arguments: list[str], settings: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory(prefix="mosaique-test-") as folder:
        environment = {**os.environ, "MOSAIQUE_DATA": folder, **settings}
        if "DATABASE_URL" not in settings:
            environment.pop("DATABASE_URL", None)  # never the person's own database
        for name in ("EMAIL_URL", "MOSAIQUE_URL", "MOSAIQUE_DEMO", "PORT"):
            environment.pop(name, None)
        return run_attached([sys.executable, "-m", "pytest", *arguments], environment)
