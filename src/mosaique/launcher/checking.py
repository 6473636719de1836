"""`./mosaique check`: style, types, import contracts, migrations, settings, built assets."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mosaique.launcher.instance import ROOT, django
from mosaique.launcher.leash import leashed
from mosaique.launcher.terminal import say


@dataclass(frozen=True)
class _Step:
    name: str
    command: list[str]
    settings: Mapping[str, str] = field(default_factory=dict)


def _steps() -> Iterator[_Step]:
    yield _Step("Style (ruff check)", _tool("ruff", "check", "."))
    yield _Step("Mise en forme (ruff format)", _tool("ruff", "format", "--check", "."))
    yield _Step("Types (mypy)", _tool("mypy"))
    yield _Step(
        "Contrats d’import (import-linter)", _script("importlinter.cli:lint_imports_command", "--no-logo")
    )
    yield _Step("Migrations à jour", django("makemigrations", "--check", "--dry-run"))
    yield _Step("Réglages (manage check)", django("check", "--fail-level", "WARNING"))
    yield _Step(
        "Réglages en service (check --deploy)",
        django("check", "--deploy", "--fail-level", "WARNING"),
        {"MOSAIQUE_URL": "https://mosaique.exemple.fr"},
    )
    if (ROOT / "frontend" / "build.py").exists():
        yield _Step("Ressources construites", [sys.executable, "frontend/build.py", "--check"])


def _tool(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def _script(target: str, *arguments: str) -> list[str]:
    """A tool without `-m`: its script holds the path it was installed at, so we call the function behind it."""
    module, function = target.split(":")
    source = (
        f"import sys; from {module} import {function}; sys.argv[0] = {function!r}; sys.exit({function}())"
    )
    return [sys.executable, "-c", source, *arguments]


def run_checks() -> int:
    """Run every step, even after a failure; return 1 if one failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="mosaique-check-") as folder:
        for step in _steps():
            started = time.monotonic()
            environment = {**os.environ, "MOSAIQUE_DATA": folder, **step.settings}
            environment.pop("DATABASE_URL", None)
            done = subprocess.run(
                leashed(step.command),
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            took = f"{time.monotonic() - started:.1f}".replace(".", ",")
            say(f"{'OK   ' if done.returncode == 0 else 'ÉCHEC'}  {step.name} ({took} s)")
            if done.returncode:
                failed.append(step.name)
                say(done.stdout.rstrip())
    say()
    say("Tout est en ordre." if not failed else f"En échec : {', '.join(failed)}.")
    return 1 if failed else 0
