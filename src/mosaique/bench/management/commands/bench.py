"""`./mosaique bench`: thread page against the floor, in one interleaved run; JSON lines, exit 1 when a bound is broken."""

import json
import os
import platform
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mosaique.access.models import Membership, Person
from mosaique.bench import apart, client, seed, serving, tidying
from mosaique.bench.sizes import SIZES
from mosaique.discussions.models import Thread

PAGES = 400
ROUNDS = 5
# Bounds of the thread page (S1): CPU as a multiple of the floor's, and number of queries.
MUST_CPU, MUST_QUERIES = 1.5, 6
# A page asked for the first time also writes the reader's mark; both must hold.
VISITS = {"first": "première visite", "again": "relecture"}


class Command(BaseCommand):
    help = "Measures the thread page against the floor."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--size", choices=list(SIZES), default="territoire")
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--pages", type=int, default=PAGES)

    def handle(self, *args: Any, size: str, rounds: int, pages: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if Person.objects.exists():
            self.stderr.write(
                "Ce dossier contient déjà des données : le banc d’essai n’y touche pas. Donnez-lui un dossier neuf."
            )
            sys.exit(2)
        begun = time.monotonic()
        filled = seed.fill(SIZES[size])
        floor = json.loads(
            subprocess.run(
                [sys.executable, "-m", "mosaique.bench.floor.fill", size],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **apart.floor_environment()},
            ).stdout
        )
        tidying.tidy()
        self._line(
            {
                "event": "seeded",
                "size": size,
                "digest": filled["digest"],
                "seconds": round(time.monotonic() - begun, 1),
            }
        )
        ours = self._sessions(filled)
        queries = self._queries(ours)
        results = self._measure(ours, floor, rounds, pages)
        self._report(results, queries)

    def _sessions(self, filled: dict[str, Any]) -> dict[str, list[Any]]:
        """Sixteen people drawn over the roles, each with the threads they may read."""
        people = list(Person.objects.order_by("pk"))
        cookies, paths = [], []
        for person in people[:: max(1, len(people) // 16)][:16]:
            session = SessionStore()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = "mosaique.access.auth.MailboxBackend"
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.create()
            cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
            spaces = Membership.objects.filter(person=person).values_list("space_id", flat=True)
            paths.append(
                [Thread(pk=pk).get_absolute_url() for space in spaces for pk in filled["threads"][space]]
            )
        return {"cookies": cookies, "paths": paths}

    def _queries(self, ours: dict[str, list[Any]]) -> dict[str, int]:
        """Queries of one thread page, by visit."""
        tab = Client()
        name, _, value = ours["cookies"][0].partition("=")
        tab.cookies[name] = value
        found = {}
        for visit in VISITS:
            with CaptureQueriesContext(connection) as captured:
                answer = tab.get(ours["paths"][0][0], headers={"host": "localhost"})
            if answer.status_code != 200:
                raise RuntimeError(f"the thread page answered {answer.status_code}")
            found[visit] = len(captured)
        return found

    def _measure(
        self, ours: dict[str, list[Any]], floor: dict[str, list[Any]], rounds: int, pages: int
    ) -> dict[str, dict[str, list[client.Round]]]:
        """Rounds by visit and application: the floor, ours, the floor, ours… each page asked, then asked again."""
        database = serving.database_leader()
        connection.close()
        found: dict[str, dict[str, list[client.Round]]] = {
            visit: {"floor": [], "ours": []} for visit in VISITS
        }
        with (
            serving.serve("floor", "mosaique.bench.floor.wsgi:application", apart.floor_environment()) as bare,
            serving.serve(
                "ours", "mosaique.config.wsgi:application", {"DJANGO_SETTINGS_MODULE": "mosaique.config.settings"}
            ) as full,
        ):  # fmt: skip
            for number in range(rounds + 1):  # the first one warms both
                for visit in VISITS:
                    for served, data in ((bare, floor), (full, ours)):
                        rng = random.Random(number)
                        asked = [rng.choice(data["paths"][n % len(data["cookies"])]) for n in range(pages)]
                        measured = client.play(served, data["cookies"], asked, database=database)
                        if number:
                            found[visit][served.name].append(measured)
                            self._round(served.name, visit, number, measured)
        return found

    def _round(self, name: str, visit: str, number: int, measured: client.Round) -> None:
        self._line({
            "event": "round", "scenario": "S1", "visit": visit, "app": name, "round": number, "c": 1,
            "cpu_ms": round(measured.cpu_ms, 3), "p50_ms": round(measured.p50_ms, 2),
            "p95_ms": round(measured.p95_ms, 2), "bytes": measured.size, "pages": measured.pages,
            "cal": round(serving.calibrate(), 1), "db": connection.vendor,
        })  # fmt: skip

    def _report(self, found: dict[str, dict[str, list[client.Round]]], queries: dict[str, int]) -> None:
        held = True
        for visit, said in VISITS.items():
            ratios = sorted(
                ours.cpu_ms / floor.cpu_ms
                for ours, floor in zip(found[visit]["ours"], found[visit]["floor"], strict=True)
            )
            best, median = ratios[0], ratios[len(ratios) // 2]
            holds = best <= MUST_CPU and queries[visit] <= MUST_QUERIES
            held = held and holds
            self._line({
                "event": "result", "scenario": "S1", "visit": visit, "ratio_best": round(best, 2),
                "ratio_median": round(median, 2), "must": MUST_CPU, "queries": queries[visit],
                "queries_must": MUST_QUERIES, "held": holds, "commit": _commit(),
                "python": platform.python_version(), "django": django.get_version(), "db": connection.vendor,
            })  # fmt: skip
            self.stdout.write(
                f"Page d’un échange (S1), {said} : {best:.2f} × le plancher au mieux, {median:.2f} en médiane "
                f"(borne {MUST_CPU}) ; {queries[visit]} requêtes (borne {MUST_QUERIES}). "
                f"Borne {'tenue' if holds else 'dépassée'}."
            )
        if not held:
            sys.exit(1)

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
