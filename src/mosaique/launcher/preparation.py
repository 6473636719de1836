"""Bring a data folder up to date: tables, static files, and the demonstration's content.

Each step leaves a stamp in the folder, so that a second start has nothing to do. A stamp is trusted only when
everything it depends on can be compared exactly; when in doubt the step runs again (each one is idempotent).
"""

import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from mosaique.launcher.instance import DEMO, PACKAGE, ROOT, Instance, has_command
from mosaique.launcher.terminal import Refusal, say, warn

_STAMPS = "preparation.json"


def prepare(instance: Instance, *, pages: bool = True) -> None:
    """Make everything the processes need; `pages=False` when only the database is wanted."""
    code = _code_fingerprint()
    stamps = _read_stamps(instance)
    database = _database_state(instance)
    if database is None or stamps.get("database") != [code, *database]:
        say("Préparation de la base de données…")
        stamps.pop("seed", None)  # a new file may get the number of the one it replaces
        _run(instance, "migrate", "--no-input", "--verbosity", "0")
        _run(instance, "createcachetable")
        _remember(instance, stamps, "database", code, _database_state(instance))
    if not pages:
        return
    if stamps.get("static") != [code] or not any(_files(instance.data / "static")):
        say("Préparation des ressources de l’interface…")
        _run(instance, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
        _remember(instance, stamps, "static", code, ())
    if instance.use == DEMO and has_command("demo_seed"):
        state = _database_state(instance)
        if state is None or stamps.get("seed") != [code, *state]:
            say("Préparation de la démonstration (une minute la première fois)…")
            _run(instance, "demo_seed")
            _remember(instance, stamps, "seed", code, _database_state(instance))


def _run(instance: Instance, *arguments: str) -> None:
    done = instance.manage(*arguments)
    if done.returncode == 0:
        return
    output = (done.stdout + done.stderr).strip()
    warn("\n".join(output.splitlines()[-25:]))
    kept = "Vos données sont gardées telles qu’elles étaient avant cette étape."
    if "OperationalError" in output and not instance.is_embedded:
        raise Refusal(
            "La base de données désignée par DATABASE_URL ne répond pas ou refuse l’accès (détail ci-dessus).\n"
            f"{kept} Vérifiez l’adresse, le mot de passe et que le serveur tourne, puis relancez."
        )
    if "No space left" in output or "disk is full" in output:
        raise Refusal(
            f"Le disque est plein : libérez de la place pour {instance.data}, puis relancez.\n{kept}"
        )
    raise Refusal(f"L’étape « {arguments[0]} » a échoué (détail ci-dessus). {kept}")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _code_fingerprint() -> str:
    """Changes with any file of the product or any dependency; contents, because dates lie after a checkout."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for path in [ROOT / "requirements.lock", *_files(PACKAGE)]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(blake2b(path.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def _database_state(instance: Instance) -> list[str] | None:
    """Which file it is and what was applied to it; None when that cannot be known from here."""
    if not instance.is_embedded or not instance.database.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{instance.database.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    except sqlite3.Error:
        return None
    applied = blake2b(repr(rows).encode(), digest_size=16).hexdigest()
    return [str(instance.database.stat().st_ino), applied]


def _read_stamps(instance: Instance) -> dict[str, list[str]]:
    try:
        stamps = json.loads((instance.data / _STAMPS).read_text())
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _remember(
    instance: Instance,
    stamps: dict[str, list[str]],
    step: str,
    code: str,
    state: Sequence[str] | None,
) -> None:
    if state is None:
        stamps.pop(step, None)
    else:
        stamps[step] = [code, *state]
    (instance.data / _STAMPS).write_text(json.dumps(stamps, indent=1) + "\n")
