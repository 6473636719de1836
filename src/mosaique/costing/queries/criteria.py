"""Criteria as pages read them: which are known, for whom, from where; and their values ready to fill a key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mosaique.access.actor import Actor
from mosaique.costing.criteria import CRITERIA, CriterionSpec
from mosaique.costing.models import CriterionValue
from mosaique.kernel.typography import typographie
from mosaique.territory.models import Authority

POPULATION = "population_municipale"
#: The mean of several years is kept with four decimals, the half upwards: it is a criterion, not an amount.
_MEAN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Known:
    """One criterion in one year: how many communes have a value, and the sources said."""

    spec: CriterionSpec
    year: int
    count: int
    sources: tuple[str, ...]

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.spec.slug}-{self.year}"


def known(actor: Actor, territory_id: int, communes: Sequence[Authority]) -> list[Known]:
    """Every criterion and year somebody filled, the reference's population first. One query."""
    found: dict[tuple[str, int], list[str]] = {}
    rows = CriterionValue.objects.visible_to(actor).filter(territory_id=territory_id)
    for slug, year, source in rows.values_list("criterion", "year", "source"):
        if slug in CRITERIA:
            found.setdefault((slug, year), []).append(source)
    listed = [
        Known(CRITERIA[slug], year, len(sources), tuple(sorted(set(sources))))
        for (slug, year), sources in found.items()
    ]
    order = list(CRITERIA)
    listed.sort(key=lambda one: (order.index(one.spec.slug), -one.year))
    years = {body.population_year for body in communes if body.population_year}
    counted = sum(body.population is not None for body in communes)
    if years and counted:
        listed.insert(
            0, Known(CRITERIA[POPULATION], max(years), counted, ("Insee, populations de référence",))
        )
    return listed


@dataclass(frozen=True, slots=True)
class Filling:
    """A criterion ready for a key: its words, and the values known of these authorities (code → value)."""

    spec: CriterionSpec
    name: str
    source: str
    values: dict[str, Decimal]


def filling(actor: Actor, territory_id: int, asked: str, bodies: Iterable[Authority]) -> Filling | None:
    """`asked`: « actes_ads-2025 », or « actes_ads-2025-3 » for the mean of the three years that end then. None: no such thing.

    A mean is made of every one of its years: a commune that lacks one is left out, never averaged over fewer.
    """
    slug, year, count = _parse(asked)
    spec = CRITERIA.get(slug)
    if spec is None or not year:
        return None
    bodies = list(bodies)
    if spec.official:
        values = {
            b.code: Decimal(b.population)
            for b in bodies
            if b.population is not None and b.population_year == year
        }
        return (
            Filling(spec, f"{spec.label} {year}", "Insee, populations de référence", values)
            if values
            else None
        )
    rows = CriterionValue.objects.visible_to(actor).filter(
        territory_id=territory_id,
        criterion=slug,
        year__gt=year - count,
        year__lte=year,
        authority__in=[b.pk for b in bodies],
    )
    codes = {body.pk: body.code for body in bodies}
    by_code: dict[str, list[Decimal]] = {}
    sources: set[str] = set()
    for pk, value, source in rows.values_list("authority_id", "value", "source"):
        by_code.setdefault(codes[pk], []).append(value)
        sources.add(source)
    values = {code: mean(found) for code, found in by_code.items() if len(found) == count}
    if not values:
        return None
    name = f"{spec.label} {year}" if count == 1 else f"{spec.label}, moyenne {year - count + 1}-{year}"
    return Filling(spec, typographie(name), " ; ".join(sorted(sources))[:200], values)


def mean(values: Sequence[Decimal]) -> Decimal:
    """Exact mean, then four decimals, the half upwards."""
    exact = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return Decimal(int(exact * 10_000 + Fraction(1, 2))) * _MEAN


def _parse(asked: str) -> tuple[str, int, int]:
    parts = asked.split("-")
    numbers = [int(part) for part in parts[1:] if part.isascii() and part.isdecimal() and len(part) <= 4]
    if len(numbers) != len(parts) - 1 or not 1 <= len(numbers) <= 2:
        return "", 0, 0
    count = numbers[1] if len(numbers) == 2 else 1
    return (parts[0], numbers[0], count) if 1 <= count <= 5 else ("", 0, 0)


def values_of(actor: Actor, territory_id: int, slug: str, year: int) -> dict[int, CriterionValue]:
    """Authority id → its stored value."""
    rows = CriterionValue.objects.visible_to(actor).filter(
        territory_id=territory_id, criterion=slug, year=year
    )
    return {row.authority_id: row for row in rows}
