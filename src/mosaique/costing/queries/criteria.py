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
_INSEE = "Insee, populations de référence"
#: The mean of several years is kept with four decimals, the half upwards: it is a criterion, not an amount.
_MEAN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Known:
    """One criterion in one year, or its mean over the `years` that end then: how many authorities have a value, and the sources
    said."""

    spec: CriterionSpec
    year: int
    count: int
    sources: tuple[str, ...]
    years: int = 1

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.spec.slug}-{self.year}" + (f"-{self.years}" if self.years > 1 else "")

    @property
    def name(self) -> str:
        return _named(self.spec, self.year, self.years)


@dataclass(frozen=True, slots=True)
class Filling:
    """A criterion ready for a key: its words, and the values known of these authorities (code → value)."""

    spec: CriterionSpec
    name: str
    source: str
    values: dict[str, Decimal]


@dataclass(frozen=True)
class Book:
    """The criteria of a territory as one reader sees them, for some authorities. Made by `read`, in one query."""

    bodies: list[Authority]
    #: (slug, year) → code → (value, source)
    values: dict[tuple[str, int], dict[str, tuple[Decimal, str]]]

    @property
    def total(self) -> int:
        return len(self.bodies)

    def known(self) -> list[Known]:
        """Every criterion and year somebody filled, the latest first, then its mean when several years follow one another."""
        order = list(CRITERIA)
        listed = []
        for slug, year in sorted(self.values, key=lambda one: (order.index(one[0]), -one[1])):
            found = self.values[slug, year]
            listed.append(Known(CRITERIA[slug], year, len(found), _sources(found.values())))
            count = next(
                (n for n in (3, 2) if all((slug, year - back) in self.values for back in range(n))), 1
            )
            if count > 1 and (slug, year + 1) not in self.values:
                span = [self.values[slug, year - back] for back in range(count)]
                codes = set.intersection(*(set(one) for one in span))
                sources = _sources(cell for one in span for cell in one.values())
                listed.append(Known(CRITERIA[slug], year, len(codes), sources, count))
        return listed

    def filling(self, asked: str) -> Filling | None:
        """`asked`: « actes_ads-2025 », or « actes_ads-2025-3 » for the mean of the three years that end then. None: no such thing.

        A mean is made of every one of its years: a commune that lacks one is left out, never averaged over fewer.
        """
        slug, year, count = parse(asked)
        spec = CRITERIA.get(slug)
        if spec is None:
            return None
        span = [self.values.get((slug, year - back), {}) for back in range(count)]
        codes = set.intersection(*(set(one) for one in span))
        if not codes:
            return None
        values = {code: mean([one[code][0] for one in span]) for code in sorted(codes)}
        sources = _sources(cell for one in span for cell in one.values())
        return Filling(spec, _named(spec, year, count), " ; ".join(sources)[:200], values)


def read(actor: Actor, territory_id: int, bodies: Iterable[Authority]) -> Book:
    """What is known of these authorities; the population comes from the reference, with its vintage."""
    bodies = list(bodies)
    codes = {body.pk: body.code for body in bodies}
    values: dict[tuple[str, int], dict[str, tuple[Decimal, str]]] = {}
    for body in bodies:
        if body.population is not None and body.population_year is not None:
            cells = values.setdefault((POPULATION, body.population_year), {})
            cells[body.code] = (Decimal(body.population), _INSEE)
    rows = CriterionValue.objects.visible_to(actor).filter(territory_id=territory_id).order_by()
    for slug, year, pk, value, source in rows.values_list(
        "criterion", "year", "authority_id", "value", "source"
    ):
        if slug in CRITERIA and pk in codes:
            values.setdefault((slug, year), {})[codes[pk]] = (value, source)
    return Book(bodies, values)


def _named(spec: CriterionSpec, year: int, count: int) -> str:
    return typographie(
        f"{spec.label} {year}" if count == 1 else f"{spec.label}, moyenne {year - count + 1}-{year}"
    )


def _sources(cells: Iterable[tuple[Decimal, str]]) -> tuple[str, ...]:
    return tuple(sorted({source for _, source in cells}))


def mean(values: Sequence[Decimal]) -> Decimal:
    """Of one value, itself. Exact mean, then four decimals, the half upwards."""
    exact = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return Decimal(int(exact * 10_000 + Fraction(1, 2))) * _MEAN


def parse(asked: str) -> tuple[str, int, int]:
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
