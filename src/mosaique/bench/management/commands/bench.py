"""`./mosaique bench [S1 S8 …]`: what was asked for (everything by default), measured on one seeded territory; JSON lines and
French lines, exit 1 when a bound is broken."""

import json
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from mosaique.access.models import Person
from mosaique.bench import seed, tidying
from mosaique.bench.ground import Ground
from mosaique.bench.registry import SCENARIOS
from mosaique.bench.sizes import SIZES

PAGES = 400
ROUNDS = 5


class Command(BaseCommand):
    help = "Measures pages and calculations against their bounds."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "scenarios", nargs="*", metavar="S1", help="scénarios à mesurer ; tous par défaut"
        )
        parser.add_argument("--size", choices=list(SIZES), default="territoire")
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--pages", type=int, default=PAGES)

    def handle(
        self, *args: Any, scenarios: list[str], size: str, rounds: int, pages: int, **options: Any
    ) -> None:
        unknown = [code for code in scenarios if code.upper() not in SCENARIOS]
        if unknown:
            self._refuse(
                f"Scénario inconnu : {', '.join(unknown)}. Ceux qui existent : {', '.join(SCENARIOS)}."
            )
        if rounds < 1 or pages < 1:
            self._refuse("Il faut au moins un tour et une page.")
        chosen = [SCENARIOS[code] for code in dict.fromkeys(code.upper() for code in scenarios or SCENARIOS)]
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if Person.objects.exists():
            self._refuse(
                "Ce dossier contient déjà des données : le banc d’essai n’y touche pas. Donnez-lui un dossier neuf."
            )
        begun = time.monotonic()
        ground = Ground(size, seed.fill(SIZES[size]), rounds, pages, self._line)
        for scenario in chosen:
            scenario.prepare(ground)
        tidying.tidy()
        self._line(
            {
                "event": "seeded",
                "size": size,
                "digest": ground.filled["digest"],
                "seconds": round(time.monotonic() - begun, 1),
            }
        )
        held = True
        for scenario in chosen:
            for result in scenario.measure(ground):
                self._line(
                    {
                        **result.line(scenario.code),
                        "commit": _commit(),
                        "python": platform.python_version(),
                        "django": django.get_version(),
                        "db": connection.vendor,
                    }
                )
                self.stdout.write(result.sentence)
                held = held and result.held
        if not held:
            sys.exit(1)

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)

    def _line(self, values: dict[str, Any]) -> None:
        """One JSON line on the output, and in the data folder for later."""
        text = json.dumps(values, ensure_ascii=False)
        self.stdout.write(text)
        with (Path(settings.DATA) / "bench.jsonl").open("a") as journal:
            journal.write(text + "\n")


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=settings.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "inconnu"
    return done.stdout.strip()
