"""Verbs on scenarios. A save made on an old reading raises `Stale` with both texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Space, Visibility
from mosaique.costing import policies, queries, registry
from mosaique.costing.criteria import CRITERIA
from mosaique.costing.engine import adjustments
from mosaique.costing.models import AllocationRun, CostLine, CriterionValue, EtpLine, Scenario
from mosaique.costing.policies import may_edit_scenario
from mosaique.kernel import clock
from mosaique.kernel.quantity import Unknown
from mosaique.kernel.service import service
from mosaique.kernel.typography import etp, money
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.territory.models import Authority, Territory


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount to store; `unknown` says why there is none."""

    authority: Authority
    kind: str
    label: str
    amount: Decimal | None
    unknown: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """One authority's staff to store: before and after, or a difference; with a reason when it is not known."""

    authority: Authority
    before: Decimal | None = None
    after: Decimal | None = None
    delta: Decimal | None = None
    unknown: str = ""
    source: str = ""
    note: str = ""


def _open(
    actor: Actor, scenario: Scenario, seen: int | None, fields: Iterable[tuple[str, str, str]] = ()
) -> Scenario:
    locked = Scenario.objects.select_related("scope").locked(scenario)
    require(may_edit_scenario(actor, locked))
    if seen is not None and seen != locked.version:
        raise Stale(version=locked.version, fields=list(fields))
    return locked


def _bump(scenario: Scenario, *fields: str) -> None:
    scenario.version += 1
    scenario.save(update_fields=[*fields, "version"])


@service
def make_scenario(
    *,
    actor: Actor,
    scope: Scope,
    label: str,
    first_year: int,
    last_year: int,
    full_year: int,
    space: Space | None = None,
    carrier: Authority | None = None,
) -> Scenario:
    """A scenario for something above; the caller's own policy has already answered. Call `attach` once that has its id."""
    return Scenario.objects.create(
        scope=scope,
        space=space,
        label=label[:200],
        first_year=first_year,
        last_year=last_year,
        full_year=full_year,
        carrier=carrier,
    )


@service
def attach(*, actor: Actor, scenario: Scenario, kind: str, ref_id: int) -> None:
    """Say to whom the scenario belongs (kernel.ref)."""
    Scenario.objects.filter(pk=scenario.pk).update(for_kind=kind, for_id=ref_id)


@service
def follow(*, actor: Actor, scenario: Scenario, scope: Scope, space: Space | None, label: str) -> None:
    """The owner moved or was renamed: the scenario is read by the same people, under the same name."""
    Scenario.objects.filter(pk=scenario.pk).update(scope=scope, space=space, label=label[:200])


@service
def set_closed(*, actor: Actor, scenarios: Sequence[Scenario], closed: bool) -> None:
    """Close with the scheme's freeze, or open again with it; the caller's policy has answered."""
    Scenario.objects.filter(pk__in=[scenario.pk for scenario in scenarios]).update(closed=closed)


@service
def set_perimeter(
    *,
    actor: Actor,
    scenario: Scenario,
    parties: Sequence[Authority],
    carrier: Authority,
    carrier_shares: bool,
    first_year: int,
    last_year: int,
    full_year: int,
    seen: int | None = None,
) -> Scenario:
    """Which authorities are counted, who pays first, over which years."""
    codes = ", ".join(authority.name for authority in parties)
    scenario = _open(
        actor,
        scenario,
        seen,
        [("Collectivités comptées", ", ".join(a.name for a in scenario.parties.all()), codes)],
    )
    if not parties:
        raise Problem(
            "Aucune collectivité n’est cochée : le calcul n’aurait personne. Cochez-en au moins une.",
            "parties",
        )
    if not first_year <= full_year <= last_year or last_year - first_year > 9:
        raise Problem(
            "Ces années ne se suivent pas : l’année pleine est entre la première et la dernière, et l’ensemble "
            "couvre dix ans au plus. Votre saisie est gardée.",
            "full_year",
        )
    outside = CostLine.objects.filter(scenario=scenario).exclude(year__range=(first_year, last_year)).exists()
    outside = (
        outside
        or EtpLine.objects.filter(scenario=scenario).exclude(year__range=(first_year, last_year)).exists()
    )
    if outside:
        raise Problem(
            "Des chiffres sont déjà saisis pour une année que vous retirez. Effacez-les d’abord, ou gardez l’année.",
            "first_year",
        )
    scenario.carrier, scenario.carrier_shares = carrier, carrier_shares
    scenario.first_year, scenario.last_year, scenario.full_year = first_year, last_year, full_year
    _bump(scenario, "carrier", "carrier_shares", "first_year", "last_year", "full_year")
    scenario.parties.set({carrier, *parties})
    journal.record(actor, registry.PERIMETER_SET, scenario, parties=len(parties))
    return scenario


_SAME = {
    CostLine: ("authority_id", "kind", "label", "amount", "unknown", "source"),
    EtpLine: ("authority_id", "kind", "etp", "unknown", "source", "note"),
}


def own_years(scenario: Scenario, year: int, model: type[CostLine] | type[EtpLine]) -> list[int]:
    """Later years that say something else than `year`: somebody has filled them in for themselves, nothing is carried there."""
    told: dict[int, list[tuple[Any, ...]]] = {}
    rows = model.objects.filter(scenario=scenario, year__gte=year)
    for line in rows.order_by(*(name.removesuffix("_id") for name in _SAME[model])):
        told.setdefault(line.year, []).append(tuple(getattr(line, name) for name in _SAME[model]))
    return [y for y in sorted(told) if y > year and told[y] != told.get(year)]


def _carried(scenario: Scenario, year: int, model: type[CostLine] | type[EtpLine]) -> list[int]:
    own = own_years(scenario, year, model)
    return [y for y in scenario.years if y >= year and y not in own]


def _told(lines: Iterable[Any]) -> str:
    """Lines as plain text, to show two versions side by side."""
    return "\n".join(
        f"{line.authority.name}, {line.label} : {money(line.amount) if line.amount is not None else Unknown(line.unknown).label}"
        for line in lines
    )


@service
def set_lines(
    *,
    actor: Actor,
    scenario: Scenario,
    year: int,
    lines: Sequence[Cost],
    carry: bool = False,
    seen: int | None = None,
) -> Scenario:
    """The amounts of one year, all of them; `carry` writes the same ones for the years that follow, but for those that
    have amounts of their own (`own_years`)."""
    stored = CostLine.objects.filter(scenario=scenario, year=year).select_related("authority")
    scenario = _open(actor, scenario, seen, [(f"Coûts de l’année {year}", _told(stored), _told(lines))])
    if year not in scenario.years:
        raise Problem(
            f"L’année {year} n’est pas dans ce calcul. Changez d’abord les années couvertes.", "year"
        )
    years = _carried(scenario, year, CostLine) if carry else [year]
    CostLine.objects.filter(scenario=scenario, year__in=years).delete()
    CostLine.objects.bulk_create(
        CostLine(
            scenario=scenario,
            authority=line.authority,
            year=y,
            kind=line.kind,
            label=line.label,
            amount=line.amount,
            unknown="" if line.amount is not None else line.unknown,
            source=line.source,
            author_id=actor.person_id,
        )
        for y in years
        for line in lines
    )
    _bump(scenario)
    journal.record(actor, registry.COSTS_SET, scenario, year=year, lines=len(lines))
    return scenario


def _staff_told(rows: Iterable[Staff]) -> str:
    return "\n".join(
        f"{row.authority.name} : écart {etp(row.delta, signed=True)}"
        if row.delta is not None
        else f"{row.authority.name} : {etp(row.before)} → {etp(row.after)}"
        for row in rows
    )


def _staff_stored(scenario: Scenario, year: int) -> str:
    lines = EtpLine.objects.filter(scenario=scenario, year=year).select_related("authority")
    return "\n".join(f"{line.authority.name}, {line.get_kind_display()} : {etp(line.etp)}" for line in lines)


def _staff_lines(scenario: Scenario, row: Staff, year: int, actor: Actor) -> list[EtpLine]:
    def line(kind: str, value: Decimal | None) -> EtpLine:
        return EtpLine(
            scenario=scenario,
            authority=row.authority,
            year=year,
            kind=kind,
            etp=value,
            unknown="" if value is not None else row.unknown or Unknown.INCONNU,
            source=row.source,
            note=row.note,
            author_id=actor.person_id,
        )

    if row.delta is not None:
        return [line(EtpLine.Kind.DELTA, row.delta)]
    if row.before is None and row.after is None:
        return [line(EtpLine.Kind.DELTA, None)] if row.unknown else []
    return [line(EtpLine.Kind.BEFORE, row.before), line(EtpLine.Kind.AFTER, row.after)]


@service
def set_staff(
    *,
    actor: Actor,
    scenario: Scenario,
    year: int,
    rows: Sequence[Staff],
    carry: bool = False,
    seen: int | None = None,
) -> Scenario:
    """The staff of one year, for every authority named in `rows`; `carry` as in `set_lines`."""
    scenario = _open(
        actor,
        scenario,
        seen,
        [(f"Effectifs de l’année {year}", _staff_stored(scenario, year), _staff_told(rows))],
    )
    if year not in scenario.years:
        raise Problem(
            f"L’année {year} n’est pas dans ce calcul. Changez d’abord les années couvertes.", "year"
        )
    years = _carried(scenario, year, EtpLine) if carry else [year]
    EtpLine.objects.filter(
        scenario=scenario, year__in=years, authority__in=[row.authority for row in rows]
    ).delete()
    EtpLine.objects.bulk_create(
        line for y in years for row in rows for line in _staff_lines(scenario, row, y, actor)
    )
    _bump(scenario)
    journal.record(actor, registry.STAFF_SET, scenario, year=year)
    return scenario


@service
def choose_key(
    *, actor: Actor, scenario: Scenario, key: str, inputs: Mapping[str, Any], seen: int | None = None
) -> Scenario:
    """Keep the key and its inputs (canonical). Raises a `Problem` placed on the input that is wrong."""
    chosen = registry.key_for(key)
    canonical = {**chosen.write(chosen.read(inputs)), **adjustments.write(adjustments.read(inputs))}
    before = registry.KEYS[scenario.allocation_key].label if scenario.allocation_key else "aucune clé"
    scenario = _open(actor, scenario, seen, [("Clé de répartition", before, chosen.label)])
    scenario.allocation_key, scenario.allocation_inputs = key, canonical
    _bump(scenario, "allocation_key", "allocation_inputs")
    journal.record(actor, registry.KEY_CHOSEN, scenario, key=key)
    return scenario


def to_share(lines: Sequence[CostLine], carrier: Authority) -> Decimal | None:
    """What is shared of a year's lines; refused while one of the carrier's amounts is unknown."""
    for line in lines:
        if line.amount is None and line.authority_id == carrier.pk and line.kind in queries.SHARED:
            raise Problem(
                f"« {line.label} » n’a pas de montant en {line.year} : la part de chacun ne peut pas être calculée. "
                "La clé est gardée ; chiffrez cette ligne, puis refaites le calcul."
            )
    return queries.shared_total(lines, carrier.pk)


@service
def run_allocation(*, actor: Actor, scenario: Scenario) -> list[AllocationRun]:
    """Share each year's running costs among the parties, with the chosen key. Keeps inputs, result and formula."""
    scenario = _open(actor, scenario, None)
    if not scenario.allocation_key or scenario.carrier is None:
        raise Problem("Choisissez d’abord une clé de répartition et la collectivité qui porte le service.")
    key = registry.key_for(scenario.allocation_key)
    inputs = key.read(scenario.allocation_inputs)
    laid_over = adjustments.read(scenario.allocation_inputs)
    parties = queries.sharers(scenario, scenario.parties.all())
    lines = list(CostLine.objects.filter(scenario=scenario))
    last = AllocationRun.objects.filter(scenario=scenario).order_by("-batch").first()
    batch, runs = (last.batch if last else 0) + 1, []
    for year in scenario.years:
        total = to_share([line for line in lines if line.year == year], scenario.carrier)
        if total is None:
            continue
        result = adjustments.allocate(key, total, parties, inputs, laid_over)
        runs.append(
            AllocationRun.objects.create(
                scenario=scenario,
                batch=batch,
                year=year,
                key=scenario.allocation_key,
                total=total,
                carrier=scenario.carrier,
                parties=[[p.code, p.name] for p in parties],
                inputs=scenario.allocation_inputs,
                result=result.as_json(),
                author_id=actor.person_id,
                at=clock.now(),
            )
        )
    if not runs:
        raise Problem(
            f"Aucune dépense de fonctionnement n’est saisie pour {scenario.carrier.name} : il n’y a rien à répartir. "
            "La clé est gardée ; saisissez les coûts, puis refaites le calcul."
        )
    _bump(scenario)
    journal.record(actor, registry.ALLOCATION_RUN, scenario, key=scenario.allocation_key, years=len(runs))
    return runs


@service
def set_criterion(
    *,
    actor: Actor,
    territory: Territory,
    criterion: str,
    year: int,
    source: str,
    values: Mapping[int, Decimal | None],
) -> int:
    """The values of one criterion for one year, commune by commune (authority id → value, None: not known).

    A value that is emptied is no longer known: it goes, and is never zero. Calculations already made keep the inputs they
    were made with. Returns how many are known.
    """
    require(policies.may_set_criteria(actor, territory))
    spec = CRITERIA.get(criterion)
    if spec is None or spec.official:
        raise Problem("Ce critère ne se saisit pas : choisissez-en un dans la liste.", "critere")
    if not source.strip():
        raise Problem("Dites d’où viennent ces valeurs : la source est imprimée avec chaque part.", "source")
    scope = Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY)
    stored = CriterionValue.objects.filter(territory=territory, criterion=criterion, year=year)
    stored.filter(authority_id__in=[pk for pk, value in values.items() if value is None]).delete()
    known = {pk: value for pk, value in values.items() if value is not None}
    if any(value < 0 for value in known.values()):
        raise Problem(
            "Une valeur négative n’est pas possible ici. Corrigez-la ou videz la case ; rien n’a été enregistré."
        )
    CriterionValue.objects.bulk_create(
        [
            CriterionValue(
                scope=scope, territory=territory, authority_id=pk, criterion=criterion, year=year, value=value,
                source=source.strip()[:200], author_id=actor.person_id, at=clock.now(),
            )
            for pk, value in known.items()
        ],
        update_conflicts=True, unique_fields=["territory", "authority", "criterion", "year"],
        update_fields=["value", "source", "author", "at"],
    )  # fmt: skip
    journal.record(
        actor,
        registry.CRITERION_SET,
        territory,
        scope=scope,
        criterion=criterion,
        year=year,
        known=len(known),
    )
    return len(known)
