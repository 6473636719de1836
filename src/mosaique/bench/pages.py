"""A page measured against the floor: both applications served the same way and asked in turn; the figure is a ratio of CPU."""

import random
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django.db import connection

from mosaique.bench import apart, client, serving
from mosaique.bench.ground import Asked, Ground, Page, look
from mosaique.bench.scenario import Result, Scenario

OURS = "mosaique.config.wsgi:application"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "mosaique.config.settings"}


class PageScenario(Scenario):
    """Say which pages (`ours`) and the bounds: CPU as a multiple of the floor's thread page, queries, kB of compressed HTML."""

    must_cpu: ClassVar[float]
    must_queries: ClassVar[int]
    must_kb: ClassVar[int]
    #: Each visit is asked once a round, in this order, and has every bound.
    visits: ClassVar[Mapping[str, str]] = {"again": ""}

    @abstractmethod
    def ours(self, ground: Ground) -> Asked:
        """Our pages, for each reader."""

    def between(self, ground: Ground, visit: str) -> Callable[[], None] | None:
        """What is done before each of our pages is asked for on this visit; nothing, most often."""
        return None

    def measure(self, ground: Ground) -> Iterator[Result]:
        ours = self.ours(ground)
        looked = {visit: self._looked(ground, ours, visit) for visit in self.visits}
        rounds = self._rounds(ground, ours)
        for visit in self.visits:
            yield self._result(visit, rounds[visit], looked[visit])

    def _looked(self, ground: Ground, ours: Asked, visit: str) -> Page:
        """The dearest and the heaviest of what the readers get; but for a « first » visit, each has come already."""
        act = self.between(ground, visit)
        seen = []
        for cookie, paths in zip(ours.cookies, ours.paths, strict=True):
            if visit != "first":
                look(cookie, paths[0])
                look(cookie, paths[0])
            if act:
                act()
            seen.append(look(cookie, paths[0]))
        return Page(max(page.queries for page in seen), max(page.gzipped for page in seen))

    def _rounds(self, ground: Ground, ours: Asked) -> dict[str, dict[str, list[client.Round]]]:
        """Rounds by visit and application: the floor, ours, the floor, ours…"""
        floor, database = ground.floor, serving.database_leader()
        connection.close()
        found: dict[str, dict[str, list[client.Round]]] = {v: {"floor": [], "ours": []} for v in self.visits}
        with (
            serving.serve("floor", "mosaique.bench.floor.wsgi:application", apart.floor_environment()) as bare,
            serving.serve("ours", OURS, SETTINGS) as full,
        ):  # fmt: skip
            for number in range(ground.rounds + 1):  # the first one warms both
                for visit in self.visits:
                    act = self.between(ground, visit)
                    for served, asked in ((bare, floor), (full, ours)):
                        measured = client.play(
                            served, asked.cookies, drawn(asked, ground.pages, number), database=database,
                            before=act if served is full else None,
                        )  # fmt: skip
                        if number:
                            found[visit][served.name].append(measured)
                            ground.say(round_line(self.code, served.name, number, measured, visit=visit))
        return found  # fmt: skip

    def _result(self, visit: str, rounds: dict[str, list[client.Round]], page: Page) -> Result:
        ratios = sorted(
            ours.cpu_ms / floor.cpu_ms for ours, floor in zip(rounds["ours"], rounds["floor"], strict=True)
        )
        best, median = ratios[0], ratios[len(ratios) // 2]
        kilobytes = page.gzipped / 1000
        said, must = self.visits[visit], self.must_cpu
        return Result(
            {
                "visit": visit, "ratio_best": round(best, 2), "ratio_median": round(median, 2), "must": must,
                "queries": page.queries, "queries_must": self.must_queries, "kb": round(kilobytes, 1), "kb_must": self.must_kb,
            },
            f"{self.label} ({self.code}){', ' + said if said else ''} : {best:.2f} × le plancher au mieux, {median:.2f} en médiane "
            f"(borne {must}) ; {page.queries} requêtes (borne {self.must_queries}) ; {kilobytes:.1f} ko compressés "
            f"(borne {self.must_kb}).",
            best <= must and page.queries <= self.must_queries and kilobytes <= self.must_kb,
        )  # fmt: skip


def drawn(asked: Asked, pages: int, number: int) -> list[str]:
    """The pages of one round, drawn from its number: the same in every run."""
    rng = random.Random(number)
    return [rng.choice(asked.paths[n % len(asked.cookies)]) for n in range(pages)]


def round_line(code: str, app: str, number: int, measured: client.Round, **more: Any) -> dict[str, Any]:
    return {
        "event": "round", "scenario": code, **more, "app": app, "round": number, "c": 1,
        "cpu_ms": round(measured.cpu_ms, 3), "p50_ms": round(measured.p50_ms, 2), "p95_ms": round(measured.p95_ms, 2),
        "bytes": measured.size, "pages": measured.pages, "cal": round(serving.calibrate(), 1), "db": connection.vendor,
    }  # fmt: skip
