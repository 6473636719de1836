"""What is stored about some scenarios, and whether the shares still answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Exists, F, OuterRef, Subquery, Sum, Value, When

from mosaique.costing.engine.figures import CENT
from mosaique.costing.engine.parties import Party
from mosaique.costing.models import AllocationRun, CostLine, EtpLine, Scenario
from mosaique.territory.models import Authority


def party(authority: Authority) -> Party:
    """An authority as the engine knows it."""
    return Party(authority.code, authority.name)


@dataclass(slots=True)
class Stored:
    """Everything stored about some scenarios, in three queries."""

    parties: dict[int, list[Authority]] = field(default_factory=dict)
    costs: dict[int, list[CostLine]] = field(default_factory=dict)
    staff: dict[int, list[EtpLine]] = field(default_factory=dict)
    runs: dict[int, list[AllocationRun]] = field(default_factory=dict)  # of the last batch only
    to_redo: set[int] = field(default_factory=set)  # scenarios whose last calculation no longer answers them

    def only(self, pk: int) -> "Stored":
        """What is stored about one scenario."""
        return Stored(
            {pk: self.parties.get(pk, [])},
            {pk: self.costs.get(pk, [])},
            {pk: self.staff.get(pk, [])},
            {pk: self.runs.get(pk, [])},
            self.to_redo & {pk},
        )


def read_stored(scenarios: Sequence[Scenario]) -> Stored:
    ids = [scenario.pk for scenario in scenarios]
    rows = Stored()
    through = Scenario.parties.through.objects.filter(scenario_id__in=ids).select_related("authority")
    for link in through.order_by("authority__name"):
        rows.parties.setdefault(link.scenario_id, []).append(link.authority)
    for line in _lines(ids, {body.pk: body for bodies in rows.parties.values() for body in bodies}):
        kept: dict[int, list[Any]] = rows.costs if isinstance(line, CostLine) else rows.staff
        kept.setdefault(line.scenario_id, []).append(line)
    for run in (
        AllocationRun.objects.filter(scenario_id__in=ids).select_related("carrier").order_by("batch", "year")
    ):
        last = rows.runs.setdefault(run.scenario_id, [])
        if last and last[0].batch != run.batch:
            last.clear()
        last.append(run)
    for scenario in scenarios:
        runs = rows.runs.get(scenario.pk, [])
        if any(not _is_current(run, scenario, rows) for run in runs):
            # Costs, people counted or key have changed since: shares that no longer answer them are not shown, added up
            # or frozen. They stay stored, and « Refaire le calcul » makes new ones.
            rows.runs[scenario.pk] = []
            rows.to_redo.add(scenario.pk)
    return rows


# Both tables say how much, for whom, in which year and from where: one query reads them, each its figure and its text.
_COMMON = ("id", "scenario_id", "authority_id", "year", "kind", "unknown", "source", "author_id")


def _lines(ids: Sequence[int], bodies: dict[int, Authority]) -> list[CostLine | EtpLine]:
    """Amounts and staff, with their authorities: most are parties, already read (`bodies`)."""
    sides: tuple[tuple[type[CostLine] | type[EtpLine], tuple[str, ...]], ...] = (
        (CostLine, (*_COMMON, "amount", "label")),
        (EtpLine, (*_COMMON, "etp", "note")),
    )
    found: list[CostLine | EtpLine] = []
    costs, staff = (
        model._default_manager.filter(scenario_id__in=ids).order_by().values_list(Value(side), *names)
        for side, (model, names) in enumerate(sides)
    )
    orders = [
        [names.index(column.attname) for column in model._meta.concrete_fields] for model, names in sides
    ]
    for side, *values in costs.union(staff, all=True):
        model, order = sides[side][0], orders[side]
        found.append(
            model.from_db(
                DEFAULT_DB_ALIAS,
                [column.attname for column in model._meta.concrete_fields],
                [values[place] for place in order],
            )
        )
    missing = {line.authority_id for line in found} - bodies.keys()
    if missing:  # a line of an authority that is no longer counted keeps its own
        bodies = {**bodies, **Authority.objects.in_bulk(missing)}
    of_cost, of_staff = (model._meta.get_field("authority") for model, _ in sides)
    for line in found:
        of = of_cost if isinstance(line, CostLine) else of_staff
        of.set_cached_value(line, bodies[line.authority_id])  # as `select_related` does
    # As their own tables order them.
    found.sort(key=lambda line: (line.year, line.kind if isinstance(line, CostLine) else "", line.pk))
    return found


# Kinds of the carrier's lines that are shared among the parties.
SHARED = (CostLine.Kind.RUNNING, CostLine.Kind.RECEIPT)


def shared_total(lines: Iterable[CostLine], carrier_id: int | None) -> Decimal | None:
    """Euros the carrier spends less what it receives; None when it has no known running cost. Unknown amounts: None."""
    total, found = Decimal("0.00"), False
    for line in lines:
        if line.authority_id != carrier_id or line.kind not in SHARED:
            continue
        if line.amount is None:
            return None
        total += line.amount if line.kind == CostLine.Kind.RUNNING else -line.amount
        found = found or line.kind == CostLine.Kind.RUNNING
    return total if found else None


def sharers(scenario: Scenario, parties: Iterable[Authority]) -> list[Party]:
    """Those among whom the cost is shared: the carrier only when it takes its part."""
    return [party(body) for body in parties if scenario.carrier_shares or body.pk != scenario.carrier_id]


def _is_current(run: AllocationRun, scenario: Scenario, rows: Stored) -> bool:
    """Whether the calculation would be the same today."""
    lines = [line for line in rows.costs.get(scenario.pk, []) if line.year == run.year]
    return _answers(
        run, scenario, rows.parties.get(scenario.pk, []), shared_total(lines, scenario.carrier_id)
    )


def _answers(
    run: AllocationRun, scenario: Scenario, bodies: Iterable[Authority], shared: Decimal | None
) -> bool:
    now = sorted([one.code, one.name] for one in sharers(scenario, bodies))
    return (
        run.carrier_id == scenario.carrier_id
        and run.key == scenario.allocation_key
        and run.inputs == scenario.allocation_inputs
        and sorted(run.parties) == now
        and run.total == shared
    )


def current_runs(scenario: Scenario, bodies: Sequence[Authority]) -> list[AllocationRun]:
    """The last calculation without its printed results, when it still answers the scenario; else nothing. One query.

    `bodies`: the parties of the scenario. What is shared each year is added up by the database, by the rule of `shared_total`.
    """
    of_year = CostLine.objects.filter(
        scenario=OuterRef("scenario"), year=OuterRef("year"), authority=scenario.carrier_id, kind__in=SHARED
    ).order_by()
    sign = Case(When(kind=CostLine.Kind.RECEIPT, then=-F("amount")), default=F("amount"))
    last = AllocationRun.objects.filter(scenario=scenario).order_by("-batch").values("batch")[:1]
    runs = (
        AllocationRun.objects.filter(scenario=scenario, batch=Subquery(last))
        .defer("result")
        .annotate(
            shared=Subquery(of_year.values("scenario").annotate(told=Sum(sign)).values("told")),
            unknown=Exists(of_year.filter(amount__isnull=True)),
            spent=Exists(of_year.filter(kind=CostLine.Kind.RUNNING)),
        )
        .order_by("year")
    )
    found: list[AllocationRun] = []
    for run in runs:
        known = run.spent and not run.unknown and run.shared is not None
        if not _answers(run, scenario, bodies, run.shared.quantize(CENT) if known else None):
            return []
        found.append(run)
    return found
