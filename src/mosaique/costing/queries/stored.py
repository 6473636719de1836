"""What is stored about some scenarios, and whether the shares still answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mosaique.costing.engine.parties import Party
from mosaique.costing.models import AllocationRun, CostLine, EtpLine, Scenario
from mosaique.territory.models import Authority


def party(authority: Authority) -> Party:
    """An authority as the engine knows it."""
    return Party(authority.code, authority.name)


@dataclass(slots=True)
class Stored:
    """Everything stored about some scenarios, in four queries."""

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
    for cost in CostLine.objects.filter(scenario_id__in=ids).select_related("authority"):
        rows.costs.setdefault(cost.scenario_id, []).append(cost)
    for staff in EtpLine.objects.filter(scenario_id__in=ids).select_related("authority"):
        rows.staff.setdefault(staff.scenario_id, []).append(staff)
    for run in (
        AllocationRun.objects.filter(scenario_id__in=ids).select_related("carrier").order_by("batch", "year")
    ):
        kept = rows.runs.setdefault(run.scenario_id, [])
        if kept and kept[0].batch != run.batch:
            kept.clear()
        kept.append(run)
    for scenario in scenarios:
        runs = rows.runs.get(scenario.pk, [])
        if any(not _is_current(run, scenario, rows) for run in runs):
            # Costs, people counted or key have changed since: shares that no longer answer them are not shown, added up
            # or frozen. They stay stored, and « Refaire le calcul » makes new ones.
            rows.runs[scenario.pk] = []
            rows.to_redo.add(scenario.pk)
    return rows


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
    now = sorted([one.code, one.name] for one in sharers(scenario, rows.parties.get(scenario.pk, [])))
    return (
        run.carrier_id == scenario.carrier_id
        and run.key == scenario.allocation_key
        and run.inputs == scenario.allocation_inputs
        and sorted(run.parties) == now
        and run.total == shared_total(lines, scenario.carrier_id)
    )
