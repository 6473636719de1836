"""The two prescribed impacts of several sheets, per authority and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mosaique.costing.engine.figures import Figure, Unknown
from mosaique.costing.engine.impacts import (
    Consolidation,
    Kind,
    Line,
    Nature,
    Sheet,
    Transfer,
    consolidate,
)
from mosaique.costing.engine.parties import Party
from mosaique.costing.models import CostLine, EtpLine, Scenario
from mosaique.costing.queries.stored import Stored, party, read_stored, sharers
from mosaique.territory.models import Authority


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


def _spans(scenario: Scenario, years: Sequence[int]) -> dict[int, list[int]]:
    """The years a stored line of each year speaks for: its own, and for the last one those that follow (carried forward)."""
    return {
        year: [y for y in years if y == year or (year == scenario.last_year and y > year)] for year in years
    }


def _staff_sheet(subject: Subject, rows: Stored, years: Sequence[int], perimeter: frozenset[str]) -> Sheet:
    scenario, spans = subject.scenario, _spans(subject.scenario, years)
    cells: dict[tuple[str, int], list[EtpLine]] = {}
    for line in rows.staff.get(scenario.pk, []):
        cells.setdefault((line.authority.code, line.year), []).append(line)
    lines = []
    for (code, year), stored in cells.items():
        figure = staff_change(stored)
        if figure is not None:
            lines += [Line(code, y, figure) for y in spans[year]]
    return Sheet(subject.ref, subject.label, perimeter, (*lines, *_before_start(scenario, years, perimeter)))


def _cost_sheet(subject: Subject, rows: Stored, years: Sequence[int], perimeter: frozenset[str]) -> Sheet:
    scenario, spans = subject.scenario, _spans(subject.scenario, years)
    lines, transfers = [], []
    for cost in rows.costs.get(scenario.pk, []):
        if cost.kind in (CostLine.Kind.RUNNING, CostLine.Kind.AVOIDED):
            sign = -1 if cost.kind == CostLine.Kind.AVOIDED else 1
            figure = _figure(cost.amount, cost.unknown, cost.source, sign)
            lines += [Line(cost.authority.code, y, figure, cost.label) for y in spans[cost.year]]
    for run in rows.runs.get(scenario.pk, []):
        for code, share in run.result["shares"].items():
            if code != run.carrier.code:
                figure = Figure.of(share, run.result["formula"]["label"])
                transfers += [Transfer(code, run.carrier.code, y, figure) for y in spans[run.year]]
    transfers += _shares_to_come(scenario, rows, years)
    lines += _before_start(scenario, years, perimeter)
    return Sheet(subject.ref, subject.label, perimeter, tuple(lines), tuple(transfers))


def _shares_to_come(scenario: Scenario, rows: Stored, years: Sequence[int]) -> list[Transfer]:
    """A key is chosen, but the shares of these years are not calculated, or no longer: unknown, never zero."""
    if not scenario.allocation_key or scenario.carrier is None:
        return []
    told = {run.year for run in rows.runs.get(scenario.pk, [])}
    spent = {
        line.year
        for line in rows.costs.get(scenario.pk, [])
        if line.kind == CostLine.Kind.RUNNING and line.authority_id == scenario.carrier_id
    }
    unknown, spans = Figure.unknown_because(Unknown.INCONNU), _spans(scenario, years)
    return [
        Transfer(one.code, scenario.carrier.code, y, unknown)
        for one in sharers(scenario, rows.parties.get(scenario.pk, []))
        if one.code != scenario.carrier.code
        for year in sorted(spent - told)
        for y in spans[year]
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
    return impacts_from(subjects, authorities, read_stored([subject.scenario for subject in subjects]))


def impacts_from(subjects: Sequence[Subject], authorities: Sequence[Authority], rows: Stored) -> Impacts:
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


def _gone(rows: Stored, known: Mapping[str, Authority]) -> list[Party]:
    """Authorities that a kept calculation counts and that are nowhere else any more."""
    names = {
        code: name
        for runs in rows.runs.values()
        for run in runs
        for code, name in run.parties
        if code not in known
    }
    return [Party(code, name) for code, name in names.items()]
