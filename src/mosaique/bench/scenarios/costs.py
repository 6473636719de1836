"""S8: the cost of one sheet over ten years, for every commune, under five keys: the pages that show it, and the engine alone.

Absolute CPU, brought to the reference machine by `cal` (its loop takes 26 ms there): a bare application has no such page.
"""

import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection

from mosaique.bench import client, life, serving
from mosaique.bench.ground import Ground, Page, look
from mosaique.bench.pages import OURS, SETTINGS, round_line
from mosaique.bench.scenario import Result, Scenario
from mosaique.costing import services as costing
from mosaique.costing.engine import adjustments
from mosaique.costing.engine.parties import Party
from mosaique.costing.registry import KEYS
from mosaique.costing.services import Cost, Staff
from mosaique.scheme import services as scheme
from mosaique.territory.models import Authority

YEARS = 10
CAL = 26
PAGE_MS, ENGINE_MS, QUERIES, KB = 150, 50, 6, 30
WAYS = ("egales", "actes_ads-2025-3", "voirie-2025", "fixe-eleves-2025")  # beside the key of the sheet
PAGES = {
    "simulation": ("cinq clés sur dix ans", f"/couts/{{pk}}/comparer/?sur=toutes&{'&'.join(f'avec={one}' for one in WAYS)}"),
    "sheet": ("le calcul et ses dix années", "/couts/{pk}/"),
}  # fmt: skip


class CostSimulation(Scenario):
    code, label = "S8", "Simulation d’un coût"

    def prepare(self, ground: Ground) -> None:
        project = life.project(ground)
        actor, territory = project.lead, project.territory
        communes = list(Authority.objects.filter(kind="commune").order_by("insee_code"))
        sheet = scheme.create_sheet(
            actor=actor, scheme=project.scheme, axis=project.axis, title="Service commun du banc d’essai"
        )
        scenario = costing.set_perimeter(
            actor=actor, scenario=sheet.scenario, parties=communes, carrier=territory.epci, carrier_shares=False,
            first_year=2027, last_year=2026 + YEARS, full_year=2028,
        )  # fmt: skip
        for year in scenario.years:
            lines = [
                Cost(
                    territory.epci,
                    "running",
                    label,
                    Decimal(amount + 997 * (year - 2027)),
                    source="Budget inventé",
                )
                for label, amount in (("Personnel", 412_000), ("Logiciels", 38_000), ("Véhicules", 61_000))
            ]
            scenario = costing.set_lines(actor=actor, scenario=scenario, year=year, lines=lines)
        staff = [
            Staff(body, before=Decimal("1.50"), after=Decimal("1.20"), source="Paie")
            for body in [territory.epci, *communes]
        ]
        scenario = costing.set_staff(actor=actor, scenario=scenario, year=2027, rows=staff, carry=True)
        for year in (2023, 2024, 2025):
            for slug, factor in (("actes_ads", 7), ("voirie", 3), ("eleves", 11)):
                costing.set_criterion(
                    actor=actor, territory=territory, criterion=slug, year=year, source="Valeurs inventées",
                    values={body.pk: Decimal(1 + n * factor % 97 + year % 5) for n, body in enumerate(communes)},
                )  # fmt: skip
        inputs = weighted(
            {body.code: str(body.population) for body in communes},
            {body.code: str(1 + n * 7 % 97) for n, body in enumerate(communes)},
        )
        scenario = costing.choose_key(actor=actor, scenario=scenario, key="weighted", inputs=inputs)
        costing.run_allocation(actor=actor, scenario=scenario)
        ground.kept[self.code] = scenario.pk

    def measure(self, ground: Ground) -> Iterator[Result]:
        pk = ground.kept[self.code]
        cookies = [cookie for _, cookie in ground.readers]
        engine = self._engine(ground)
        looked = {page: look(cookies[0], path.format(pk=pk)) for page, (_, path) in PAGES.items()}
        rounds = self._rounds(ground, cookies)
        yield engine
        for page, (said, _) in PAGES.items():
            yield self._page_result(page, said, rounds[page], looked[page])

    def _engine(self, ground: Ground) -> Result:
        """The calculation without a page: five keys planned and asked for ten years, then the printed formula of one year."""
        count = ground.counts.communes
        parties = tuple(Party(f"64{n:03}", f"Commune {n:03}") for n in range(count))
        values = {party.code: str(1 + n * 7 % 97) for n, party in enumerate(parties)}
        one = {"criterion": "actes", "unit": "actes", "fixed": "40", "values": values}
        keys: tuple[tuple[str, dict[str, Any]], ...] = (
            ("flat", {}),
            ("pro_rata", one),
            ("fixed_variable", one),
            ("weighted", weighted(values, {code: str(100 + int(value)) for code, value in values.items()})),
            ("pro_rata", {**one, "adjust": {"first": "10", "keeper": "EPCI", "minimum": "100", "exempt": [parties[0].code]}}),
        )  # fmt: skip
        totals = [Decimal(511_000 + 997 * year) for year in range(YEARS)]
        times = []
        for _ in range(ground.rounds + 1):
            begun = time.process_time()
            for name, inputs in keys:
                key = KEYS[name]
                plan = adjustments.plan(key, parties, key.read(inputs), adjustments.read(inputs))
                for total in totals:
                    plan.shares(total)
                plan.result(totals[0])
            times.append((time.process_time() - begun) * 1000)
        cal = serving.calibrate()
        spent, median = min(times[1:]) * CAL / cal, sorted(times[1:])[len(times[1:]) // 2] * CAL / cal
        return Result(
            {"page": "engine", "cpu_ms_best": round(spent, 1), "cpu_ms_median": round(median, 1), "must": ENGINE_MS, "cal": round(cal, 1)},
            f"{self.label} ({self.code}), calcul seul, {count} communes × {YEARS} ans × {len(keys)} clés : {spent:.0f} ms au mieux, "
            f"{median:.0f} ms en médiane (borne {ENGINE_MS}).",
            spent <= ENGINE_MS,
        )  # fmt: skip

    def _rounds(self, ground: Ground, cookies: list[str]) -> dict[str, list[float]]:
        """CPU of a page by page and round, as the reference machine would count it."""
        database = serving.database_leader()
        connection.close()
        found: dict[str, list[float]] = {page: [] for page in PAGES}
        pages = min(ground.pages, 48)  # each is some twenty times a thread page
        with serving.serve("ours", OURS, SETTINGS) as full:
            for number in range(ground.rounds + 1):  # the first one warms
                for page, (_, path) in PAGES.items():
                    asked = [path.format(pk=ground.kept[self.code])] * pages
                    measured = client.play(full, cookies, asked, database=database)
                    if number:
                        line = round_line(self.code, "ours", number, measured, page=page)
                        ground.say(line)
                        found[page].append(measured.cpu_ms * CAL / line["cal"])
        return found

    def _page_result(self, page: str, said: str, rounds: list[float], looked: Page) -> Result:
        spent = sorted(rounds)
        best, median, kilobytes = spent[0], spent[len(spent) // 2], looked.gzipped / 1000
        return Result(
            {
                "page": page, "cpu_ms_best": round(best, 1), "cpu_ms_median": round(median, 1), "must": PAGE_MS,
                "queries": looked.queries, "queries_must": QUERIES, "kb": round(kilobytes, 1), "kb_must": KB,
            },
            f"{self.label} ({self.code}), {said} : {best:.0f} ms de calcul par page au mieux, {median:.0f} ms en médiane (borne "
            f"{PAGE_MS}) ; {looked.queries} requêtes (borne {QUERIES}) ; {kilobytes:.1f} ko compressés (borne {KB}).",
            best <= PAGE_MS and looked.queries <= QUERIES and kilobytes <= KB,
        )  # fmt: skip


def weighted(people: Mapping[str, str], acts: Mapping[str, str]) -> dict[str, Any]:
    """Half by population, half by planning acts: inputs of the key `weighted`."""
    named = (("t1", "population", "hab."), ("t2", "actes", "actes"))
    return {
        "criteria": [
            {"id": identifier, "name": name, "unit": unit, "source": "inventée", "weight": "50"}
            for identifier, name, unit in named
        ],
        "values": {code: {"t1": people[code], "t2": acts[code]} for code in people},
    }
