"""Read models of costs: one scenario ready to show, and the two prescribed impacts of several of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mosaique.costing.engine.figures import Figure, Unknown
from mosaique.costing.engine.impacts import (
    Consolidation,
    Kind,
    Line,
    Nature,
    Sheet,
    Total,
    Transfer,
    consolidate,
)
from mosaique.costing.engine.parties import Party
from mosaique.costing.models import AllocationRun, CostLine, EtpLine, Scenario
from mosaique.kernel.typography import etp
from mosaique.territory.models import Authority


def party(authority: Authority) -> Party:
    """An authority as the engine knows it."""
    return Party(authority.code, authority.name)


@dataclass(frozen=True, slots=True)
class Subject:
    """One sheet's figures. `concerned`: codes of authorities of which a figure is expected beyond the scenario's own."""

    scenario: Scenario
    ref: str
    label: str
    concerned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Impacts:
    """The two impacts a report must state (CGCT L. 5211-39-1), by authority and year, as changes from today."""

    years: tuple[int, ...]
    parties: tuple[Party, ...]
    etp: Consolidation
    running: Consolidation


@dataclass(slots=True)
class _Rows:
    """Everything stored about some scenarios, in four queries."""

    parties: dict[int, list[Authority]] = field(default_factory=dict)
    costs: dict[int, list[CostLine]] = field(default_factory=dict)
    staff: dict[int, list[EtpLine]] = field(default_factory=dict)
    runs: dict[int, list[AllocationRun]] = field(default_factory=dict)  # of the last batch only
    to_redo: set[int] = field(default_factory=set)  # scenarios whose last calculation no longer answers them

    def only(self, pk: int) -> "_Rows":
        """What is stored about one scenario."""
        return _Rows(
            {pk: self.parties.get(pk, [])},
            {pk: self.costs.get(pk, [])},
            {pk: self.staff.get(pk, [])},
            {pk: self.runs.get(pk, [])},
            self.to_redo & {pk},
        )


def _rows(scenarios: Sequence[Scenario]) -> _Rows:
    ids = [scenario.pk for scenario in scenarios]
    rows = _Rows()
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


def _is_current(run: AllocationRun, scenario: Scenario, rows: _Rows) -> bool:
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


def _figure(value: Decimal | None, unknown: str, source: str, sign: int = 1) -> Figure:
    return Figure.of(sign * value, source) if value is not None else Figure.unknown_because(unknown, source)


def staff_change(lines: Iterable[EtpLine]) -> Figure | None:
    """The difference stated by the lines of one authority and year; None when nothing is said."""
    by_kind = {line.kind: line for line in lines}
    if EtpLine.Kind.DELTA in by_kind:
        line = by_kind[EtpLine.Kind.DELTA]
        return _figure(line.etp, line.unknown, line.source)
    before, after = by_kind.get(EtpLine.Kind.BEFORE), by_kind.get(EtpLine.Kind.AFTER)
    if before is None and after is None:
        return None
    for side in (before, after):
        if side is not None and side.etp is None:
            return Figure.unknown_because(side.unknown, side.source)
    if before is None or after is None or before.etp is None or after.etp is None:
        return Figure.unknown_because(Unknown.INCONNU)
    return Figure.of(after.etp - before.etp, after.source or before.source)


def _span(scenario: Scenario, years: Sequence[int], year: int) -> list[int]:
    """The years a stored line speaks for: its own, and for the last one those that follow (carried forward)."""
    return [y for y in years if y == year or (year == scenario.last_year and y > year)]


def _staff_sheet(subject: Subject, rows: _Rows, years: Sequence[int], perimeter: frozenset[str]) -> Sheet:
    scenario = subject.scenario
    cells: dict[tuple[str, int], list[EtpLine]] = {}
    for line in rows.staff.get(scenario.pk, []):
        cells.setdefault((line.authority.code, line.year), []).append(line)
    lines = []
    for (code, year), stored in cells.items():
        figure = staff_change(stored)
        if figure is not None:
            lines += [Line(code, y, figure) for y in _span(scenario, years, year)]
    return Sheet(subject.ref, subject.label, perimeter, (*lines, *_before_start(scenario, years, perimeter)))


def _cost_sheet(subject: Subject, rows: _Rows, years: Sequence[int], perimeter: frozenset[str]) -> Sheet:
    scenario = subject.scenario
    lines, transfers = [], []
    for cost in rows.costs.get(scenario.pk, []):
        if cost.kind in (CostLine.Kind.RUNNING, CostLine.Kind.AVOIDED):
            sign = -1 if cost.kind == CostLine.Kind.AVOIDED else 1
            figure = _figure(cost.amount, cost.unknown, cost.source, sign)
            lines += [
                Line(cost.authority.code, y, figure, cost.label) for y in _span(scenario, years, cost.year)
            ]
    for run in rows.runs.get(scenario.pk, []):
        for code, share in run.result["shares"].items():
            if code != run.carrier.code:
                figure = Figure.of(share, run.result["formula"]["label"])
                transfers += [
                    Transfer(code, run.carrier.code, y, figure) for y in _span(scenario, years, run.year)
                ]
    transfers += _shares_to_come(scenario, rows, years)
    lines += _before_start(scenario, years, perimeter)
    return Sheet(subject.ref, subject.label, perimeter, tuple(lines), tuple(transfers))


def _shares_to_come(scenario: Scenario, rows: _Rows, years: Sequence[int]) -> list[Transfer]:
    """A key is chosen, but the shares of these years are not calculated, or no longer: unknown, never zero."""
    if not scenario.allocation_key or scenario.carrier is None:
        return []
    told = {run.year for run in rows.runs.get(scenario.pk, [])}
    spent = {
        line.year
        for line in rows.costs.get(scenario.pk, [])
        if line.kind == CostLine.Kind.RUNNING and line.authority_id == scenario.carrier_id
    }
    unknown = Figure.unknown_because(Unknown.INCONNU)
    return [
        Transfer(one.code, scenario.carrier.code, y, unknown)
        for one in sharers(scenario, rows.parties.get(scenario.pk, []))
        if one.code != scenario.carrier.code
        for year in sorted(spent - told)
        for y in _span(scenario, years, year)
    ]


def _before_start(scenario: Scenario, years: Sequence[int], perimeter: frozenset[str]) -> list[Line]:
    """Before its first year a sheet changes nothing: that is a statement, not a hole."""
    none = Figure.no_effect("avant le démarrage de la fiche")
    return [Line(code, y, none) for y in years if y < scenario.first_year for code in sorted(perimeter)]


def impacts(subjects: Sequence[Subject], authorities: Sequence[Authority]) -> Impacts:
    """Both impacts of several sheets, per authority and year. Transfers between members net to zero in the whole.

    `authorities` are the table's lines; an authority counted by a scenario is added when it is not among them. Beyond
    a sheet's last costed year, that year is carried forward; before its first one, there is no effect.
    """
    return _impacts(subjects, authorities, _rows([subject.scenario for subject in subjects]))


def _impacts(subjects: Sequence[Subject], authorities: Sequence[Authority], rows: _Rows) -> Impacts:
    known = {authority.code: authority for authority in authorities}
    for scenario_parties in rows.parties.values():
        known.update({authority.code: authority for authority in scenario_parties})
    for costs in rows.costs.values():
        known.update({line.authority.code: line.authority for line in costs})
    for staff_lines in rows.staff.values():
        known.update({line.authority.code: line.authority for line in staff_lines})
    for runs in rows.runs.values():
        known.update({run.carrier.code: run.carrier for run in runs})
    parties = [party(authority) for authority in known.values()]
    parties += _gone(rows, known)
    years = sorted({year for subject in subjects for year in subject.scenario.years})
    staff_sheets, cost_sheets = [], []
    for subject in subjects:
        own = {authority.code for authority in rows.parties.get(subject.scenario.pk, [])}
        perimeter = frozenset(own | (subject.concerned & known.keys()))
        staff_sheets.append(_staff_sheet(subject, rows, years, perimeter))
        cost_sheets.append(_cost_sheet(subject, rows, years, perimeter))
    etp = consolidate(kind=Kind.ETP, nature=Nature.CHANGE, sheets=staff_sheets, parties=parties, years=years)
    running = consolidate(
        kind=Kind.RUNNING_COSTS, nature=Nature.CHANGE, sheets=cost_sheets, parties=parties, years=years
    )
    return Impacts(tuple(years), etp.parties, etp, running)


def _gone(rows: _Rows, known: Mapping[str, Authority]) -> list[Party]:
    """Authorities that a kept calculation counts and that are nowhere else any more."""
    names = {
        code: name
        for runs in rows.runs.values()
        for run in runs
        for code, name in run.parties
        if code not in known
    }
    return [Party(code, name) for code, name in names.items()]


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
    def has_unknown_cost(self) -> bool:
        return any(line.amount is None for line in self.costs)

    @property
    def share_total(self) -> Decimal:
        return sum((row.share for row in self.shares), Decimal("0.00"))

    def share_of(self, code: str) -> ShareRow | None:
        return next((row for row in self.shares if row.code == code), None)

    def staff_of(self, code: str) -> StaffRow | None:
        return next((row for row in self.staff if row.authority.code == code), None)

    def total_of(self, code: str, *, staff: bool) -> Total | None:
        """The net effect for one authority in the reference year."""
        if self.impacts is None:
            return None
        table = self.impacts.etp if staff else self.impacts.running
        return table.by_authority.get((code, self.scenario.full_year))


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
    return sorted(rows, key=lambda row: (row.authority.kind == "commune", row.authority.name))


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
    return sorted(rows, key=lambda row: (-row.share, row.name))


def picture(scenario: Scenario) -> Picture:
    """Everything a page shows of one scenario, in four queries."""
    return pictures([scenario])[scenario.pk]


def pictures(scenarios: Sequence[Scenario]) -> dict[int, Picture]:
    """Several scenarios at once, by id: still four queries."""
    rows = _rows(scenarios)
    return {scenario.pk: _picture(scenario, rows.only(scenario.pk)) for scenario in scenarios}


def _picture(scenario: Scenario, rows: _Rows) -> Picture:
    parties = rows.parties.get(scenario.pk, [])
    costs, staff = rows.costs.get(scenario.pk, []), rows.staff.get(scenario.pk, [])
    run = next((r for r in rows.runs.get(scenario.pk, []) if r.year == scenario.full_year), None)
    staff_rows = _staff_rows(scenario, staff)
    told = {row.authority.pk for row in staff_rows}
    both = None
    if parties or costs or staff:
        both = _impacts([Subject(scenario, "one", scenario.label)], parties, rows)
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
        shares=_share_rows(run),
        staff_total=both.etp.by_year[scenario.full_year] if both else empty_staff,
        running_total=both.running.by_year[scenario.full_year] if both else empty_costs,
        years=tuple(scenario.years),
        impacts=both,
    )
