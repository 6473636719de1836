"""Sharing a whole number of cents exactly: largest remainder, ties by ascending INSEE code.

Exact rational arithmetic: no intermediate rounding, so the result depends neither on the order of the parties
nor on a precision setting.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.parties import Party

RULE_FR = "plus fort reste, à égalité par code INSEE croissant"
HALF_UP_FR = "chaque ligne arrondie au centime le plus proche, le demi-centime vers le haut"


def to_cents(amount: Decimal) -> int:
    """Euros exact to the cent → integer cents."""
    return int(amount.scaleb(2).to_integral_exact())


def from_cents(cents: int) -> Decimal:
    """Integer cents → euros with two decimals."""
    return Decimal(cents).scaleb(-2)


def largest_remainder(
    total: Decimal, parties: Sequence[Party], weights: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], frozenset[str]]:
    """Share `total` in proportion to `weights` (code → weight ≥ 0, at least one > 0).

    Returns the shares (code → euros, summing to `total` to the cent) and the codes that received one cent by
    the largest remainder. A negative total (a receipt to share) is shared as its opposite, then negated: the
    same authorities move by the same cent.
    """
    whole = sum((Fraction(weights[party.code]) for party in parties), Fraction(0))
    if whole == 0:
        raise CostingError(
            "La somme du critère est nulle : la répartition est impossible. "
            "Saisissez au moins une valeur supérieure à zéro, ou choisissez une autre clé.",
            "values",
        )
    cents = to_cents(total)
    sign = -1 if cents < 0 else 1
    exact = {party.code: abs(cents) * Fraction(weights[party.code]) / whole for party in parties}
    floors = {code: int(value) for code, value in exact.items()}
    left = abs(cents) - sum(floors.values())
    ranked = sorted(parties, key=lambda party: (floors[party.code] - exact[party.code], party.order))
    lifted = frozenset(party.code for party in ranked[:left])
    shares = {code: from_cents(sign * (floor + (code in lifted))) for code, floor in floors.items()}
    return shares, lifted


def product(price: Decimal, units: Decimal) -> Decimal:
    """`price` × `units` rounded to the nearest cent, the half cent upwards (both ≥ 0)."""
    return from_cents(int(Fraction(price) * Fraction(units) * 100 + Fraction(1, 2)))
