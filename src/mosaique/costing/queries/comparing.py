"""Several ways of sharing one cost, side by side, for one year or over all of them: nothing is stored, the scenario keeps its
own key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mosaique.costing.engine import adjustments
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import CENT, ZERO
from mosaique.costing.engine.keys import AllocationKey
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan
from mosaique.costing.models import AllocationRun, Scenario
from mosaique.costing.queries.criteria import Book
from mosaique.costing.queries.stored import current_runs
from mosaique.costing.registry import KEYS, key_for
from mosaique.kernel.typography import money, typographie
from mosaique.territory.models import Authority
from mosaique.territory.queries import sort_key

#: Beside the key of the sheet.
MOST = 4
EQUAL, HALF = "egales", "fixe"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of sharing: how an address asks for it, how the page names it, and what will share each year's cost."""

    asked: str
    label: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Cell:
    """What one authority would pay one way: euros, per inhabitant when its population is known, difference with the sheet's key."""

    label: str
    share: Decimal
    each: Decimal | None
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: list[Cell]


@dataclass
class Comparison:
    """`years` are those added up; `refusals` say why a way that was asked for cannot be shown."""

    ways: list[Way]
    years: list[int]
    total: Decimal
    rows: list[Row]
    left: list[Decimal]  # by way: what its shares do not cover
    refusals: list[str] = field(default_factory=list)

    @property
    def uncovered(self) -> list[str]:
        """One sentence per way whose shares do not make the whole cost."""
        return [
            typographie(f"{way.label} : les parts laissent {money(left)} hors partage.")
            if left > 0
            else typographie(f"{way.label} : les parts dépassent le coût de {money(-left)}.")
            for way, left in zip(self.ways, self.left, strict=True)
            if left
        ]


def calculated(scenario: Scenario, bodies: Sequence[Authority]) -> list[AllocationRun]:
    """The last calculation, year by year, without its printed results; empty when there is none, or when it is to be redone.
    One query."""
    return current_runs(scenario, bodies)


def ways_offered(book: Book) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (asked, label) for the lists of choice."""
    named = [
        (one.key, f"{one.name} ({one.count} sur {book.total})" if one.count < book.total else one.name)
        for one in book.known()
    ]
    return [
        ("Sans critère", [(EQUAL, "Parts égales")]),
        ("Au prorata", named),
        (
            "Moitié en parts égales, moitié au prorata",
            [(f"{HALF}-{key}", f"50 % fixe, 50 % {name}") for key, name in named],
        ),
    ]


def compare(
    runs: Sequence[AllocationRun], years: Sequence[int], asked: Sequence[str], book: Book
) -> Comparison:
    """The key of `runs` and those that are `asked`, over `years`."""
    first = runs[0]
    parties = [Party(code, name) for code, name in first.parties]
    ways = [Way("", KEYS[first.key].label, plan_of(key_for(first.key), first.inputs, parties))]
    refusals = []
    for one in dict.fromkeys(asked):
        try:
            way = _way(one, parties, book, _agreed(first.inputs))
        except CostingError as refused:
            refusals.append(str(refused))
            continue
        if way is None:
            refusals.append(typographie("Ce critère n'est pas connu ici : choisissez-en un de la liste."))
            continue
        ways.append(way)
    totals = [run.total for run in runs if run.year in years]
    total = sum(totals, ZERO)
    sums = [_summed(way.plan, totals) for way in ways]
    people = {body.code: body.population for body in book.bodies}
    rows = [
        Row(
            party.name,
            [
                _cell(way.label, shares[party.code], sums[0][party.code], people.get(party.code))
                for way, shares in zip(ways, sums, strict=True)
            ],
        )
        for party in ways[0].plan.parties
    ]
    if len(ways) > 1:
        rows.sort(key=lambda row: (row.cells[1].difference, sort_key(row.name)))
    left = [total - sum(shares.values(), ZERO) for shares in sums]
    return Comparison(ways, list(years), total, rows, left, refusals)


def plan_of(key: AllocationKey[Any], inputs: Mapping[str, Any], parties: Sequence[Party]) -> Plan:
    """The plan of a key with its inputs (canonical or typed) and what is laid over it. Raises `CostingError`."""
    return adjustments.plan(key, parties, key.read(inputs), adjustments.read(inputs))


def _agreed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Parts agreed for bodies hold whatever the key that shares the rest: they are laid over the other ways too."""
    laid_over = inputs.get(adjustments.NAME) or {}
    kept = {name: laid_over[name] for name in adjustments.AGREED if laid_over.get(name)}
    return {adjustments.NAME: kept} if kept else {}


def _way(asked: str, parties: Sequence[Party], book: Book, agreed: dict[str, Any]) -> Way | None:
    if asked == EQUAL:
        return Way(asked, KEYS["flat"].label, plan_of(KEYS["flat"], agreed, parties))
    half = asked.startswith(f"{HALF}-")
    filling = book.filling(asked.removeprefix(f"{HALF}-"))
    if filling is None:
        return None
    inputs = {
        "criterion": filling.name, "unit": filling.spec.unit, "source": filling.source, "fixed": "50",
        "values": {code: str(value) for code, value in filling.values.items()}, **agreed,
    }  # fmt: skip
    label = f"50 % fixe, 50 % {filling.name}" if half else f"Au prorata : {filling.name}"
    return Way(
        asked, typographie(label), plan_of(KEYS["fixed_variable" if half else "pro_rata"], inputs, parties)
    )


def _summed(plan: Plan, totals: Sequence[Decimal]) -> dict[str, Decimal]:
    """What each pays over all these years: each year is shared to the cent, then added up."""
    summed = dict.fromkeys((party.code for party in plan.parties), ZERO)
    for total in totals:
        for code, share in plan.shares(total).items():
            summed[code] += share
    return summed


def _cell(label: str, share: Decimal, first: Decimal, population: int | None) -> Cell:
    each = (share / population).quantize(CENT, ROUND_HALF_UP) if population else None
    return Cell(label, share, each, share - first)
