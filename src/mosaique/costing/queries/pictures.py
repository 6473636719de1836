"""One scenario ready to show; figures are those of its reference year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mosaique.costing.engine.figures import Figure
from mosaique.costing.engine.impacts import (
    Kind,
    Nature,
    Total,
)
from mosaique.costing.models import AllocationRun, CostLine, EtpLine, Scenario
from mosaique.costing.queries.impacts import Impacts, Subject, impacts_from, staff_change
from mosaique.costing.queries.stored import Stored, read_stored, shared_total
from mosaique.kernel.typography import etp
from mosaique.territory.models import Authority
from mosaique.territory.queries import sort_key


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One employer in the reference year: today, then, difference, and what changes in words."""

    authority: Authority
    before: EtpLine | None
    after: EtpLine | None
    delta: EtpLine | None
    change: Figure | None

    @property
    def change_text(self) -> str:
        """« +0,70 »; empty when the difference is not known."""
        return (
            etp(self.change.value, signed=True, unit=False)
            if self.change and self.change.value is not None
            else ""
        )

    @property
    def note(self) -> str:
        return next((line.note for line in (self.delta, self.after, self.before) if line and line.note), "")

    @property
    def source(self) -> str:
        return next(
            (line.source for line in (self.delta, self.after, self.before) if line and line.source), ""
        )


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one authority would pay in the reference year, with the sentence that explains it."""

    code: str
    name: str
    share: Decimal
    sentence: str
    percent_of_most: Decimal
    inputs: str

    @property
    def width(self) -> str:
        """For a bar: a percentage as an attribute wants it."""
        return str(self.percent_of_most)


@dataclass(frozen=True, slots=True)
class Picture:
    """One scenario, ready to show; figures are those of its reference year (« année pleine »)."""

    scenario: Scenario
    parties: list[Authority]
    costs: list[CostLine]
    all_costs: list[CostLine]
    staff: list[StaffRow]
    unfilled_staff: list[Authority]
    run: AllocationRun | None
    to_redo: bool  # shares were calculated, and costs, people counted or key have changed since
    uncalculated: list[int]  # years costed since the last calculation, which has no share for them
    shares: list[ShareRow]
    staff_total: Total
    running_total: Total
    # By year, for the table of every year.
    years: tuple[int, ...]
    impacts: Impacts | None

    @property
    def running(self) -> list[CostLine]:
        return [line for line in self.costs if line.kind == CostLine.Kind.RUNNING]

    @property
    def running_cost(self) -> Decimal:
        """What is known of the new running costs (avoided ones apart)."""
        return sum((line.amount for line in self.running if line.amount is not None), Decimal("0.00"))

    @property
    def priced(self) -> int:
        """How many new running costs have an amount: none, and nothing may be said of their sum."""
        return sum(line.amount is not None for line in self.running)

    @property
    def has_unknown_cost(self) -> bool:
        return any(line.amount is None for line in self.costs)

    @property
    def share_total(self) -> Decimal:
        return sum((row.share for row in self.shares), Decimal("0.00"))

    def share_of(self, code: str) -> ShareRow | None:
        return next((row for row in self.shares if row.code == code), None)

    def total_of(self, code: str, *, staff: bool) -> Total | None:
        """The net effect for one authority in the reference year."""
        if self.impacts is None:
            return None
        table = self.impacts.etp if staff else self.impacts.running
        return table.by_authority.get((code, self.scenario.full_year))

    def running_totals(self) -> list[tuple[str, Total]]:
        """Code of each authority and its net effect on yearly expenses, in the reference year."""
        if self.impacts is None:
            return []
        year = self.scenario.full_year
        return [
            (code, total) for (code, at), total in self.impacts.running.by_authority.items() if at == year
        ]


def _staff_rows(scenario: Scenario, lines: list[EtpLine]) -> list[StaffRow]:
    cells: dict[int, list[EtpLine]] = {}
    for line in lines:
        if line.year == scenario.full_year:
            cells.setdefault(line.authority_id, []).append(line)
    rows = []
    for stored in cells.values():
        by_kind = {line.kind: line for line in stored}
        rows.append(
            StaffRow(
                stored[0].authority,
                by_kind.get(EtpLine.Kind.BEFORE),
                by_kind.get(EtpLine.Kind.AFTER),
                by_kind.get(EtpLine.Kind.DELTA),
                staff_change(stored),
            )
        )
    return sorted(rows, key=lambda row: (row.authority.kind == "commune", sort_key(row.authority.name)))


def _share_rows(run: AllocationRun | None) -> list[ShareRow]:
    if run is None:
        return []
    lines = run.result["formula"]["lines"]
    most = max((abs(Decimal(line["share"])) for line in lines), default=Decimal(0)) or Decimal(1)
    rows = [
        ShareRow(
            line["code"],
            line["name"],
            Decimal(line["share"]),
            line["sentence"],
            (abs(Decimal(line["share"])) * 100 / most).quantize(Decimal("0.1")),
            ", ".join(f"{unit}\u00a0: {value.replace('.', ',')}" for unit, value in line["inputs"].items()),
        )
        for line in lines
    ]
    return sorted(rows, key=lambda row: (-row.share, sort_key(row.name)))


def _uncalculated(scenario: Scenario, runs: Sequence[AllocationRun], costs: Iterable[CostLine]) -> list[int]:
    """Years that have something to share and no share, once others have theirs."""
    done = {run.year for run in runs}
    later: dict[int, list[CostLine]] = {}
    for line in costs if done else ():
        if line.year not in done:
            later.setdefault(line.year, []).append(line)
    return sorted(
        year for year, lines in later.items() if shared_total(lines, scenario.carrier_id) is not None
    )


def picture(scenario: Scenario) -> Picture:
    """Everything a page shows of one scenario, in four queries."""
    return pictures([scenario])[scenario.pk]


def pictures(scenarios: Sequence[Scenario]) -> dict[int, Picture]:
    """Several scenarios at once, by id: still four queries."""
    rows = read_stored(scenarios)
    return {scenario.pk: _picture(scenario, rows.only(scenario.pk)) for scenario in scenarios}


def _picture(scenario: Scenario, rows: Stored) -> Picture:
    parties = rows.parties.get(scenario.pk, [])
    costs, staff = rows.costs.get(scenario.pk, []), rows.staff.get(scenario.pk, [])
    run = next((r for r in rows.runs.get(scenario.pk, []) if r.year == scenario.full_year), None)
    staff_rows = _staff_rows(scenario, staff)
    told = {row.authority.pk for row in staff_rows}
    both = None
    if parties or costs or staff:
        both = impacts_from([Subject(scenario, "one", scenario.label)], parties, rows)
    empty_staff = Total(Kind.ETP, Nature.CHANGE)
    empty_costs = Total(Kind.RUNNING_COSTS, Nature.CHANGE)
    return Picture(
        scenario=scenario,
        parties=parties,
        costs=[line for line in costs if line.year == scenario.full_year],
        all_costs=costs,
        staff=staff_rows,
        unfilled_staff=[authority for authority in parties if authority.pk not in told],
        run=run,
        to_redo=scenario.pk in rows.to_redo,
        uncalculated=_uncalculated(scenario, rows.runs.get(scenario.pk, []), costs),
        shares=_share_rows(run),
        staff_total=both.etp.by_year[scenario.full_year] if both else empty_staff,
        running_total=both.running.by_year[scenario.full_year] if both else empty_costs,
        years=tuple(scenario.years),
        impacts=both,
    )
