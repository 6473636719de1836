"""Sharing a whole number of cents exactly: largest remainder, ties by ascending INSEE code.

Exact rational arithmetic: no intermediate rounding, so the result depends neither on the order of the parties
nor on a precision setting.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from mosaique.costing.engine.errors import CostingError

RULE_FR = "plus fort reste, à égalité par code INSEE croissant"
HALF_UP_FR = "chaque ligne arrondie au centime le plus proche, le demi-centime vers le haut"


def to_cents(amount: Decimal) -> int:
    """Euros exact to the cent → integer cents."""
    return int(amount.scaleb(2).to_integral_exact())


def from_cents(cents: int) -> Decimal:
    """Integer cents → euros with two decimals."""
    return Decimal(cents).scaleb(-2)


def whole_numbers(weights: Sequence[Fraction | Decimal | int]) -> list[int]:
    """Weights in the same proportions without a fraction left. Refuses a criterion that is zero for everyone."""
    exact = [Fraction(weight) for weight in weights]
    if not any(exact):
        raise CostingError(
            "La somme du critère est nulle : la répartition est impossible. "
            "Saisissez au moins une valeur supérieure à zéro, ou choisissez une autre clé.",
            "values",
        )
    common = lcm(*(weight.denominator for weight in exact))
    return [int(weight * common) for weight in exact]


def largest_remainder(cents: int, weights: Sequence[int]) -> tuple[list[int], frozenset[int]]:
    """Share `cents` in proportion to `weights` (≥ 0, at least one > 0), given by ascending code of the authorities.

    Returns the shares, summing to `cents`, and the positions that received one cent by the largest remainder. A negative
    total (a receipt to share) is shared as its opposite, then negated: the same authorities move by the same cent.
    """
    whole, sign, many = sum(weights), -1 if cents < 0 else 1, abs(cents)
    cut = [divmod(many * weight, whole) for weight in weights]
    left = many - sum(floor for floor, _ in cut)
    ranked = sorted(range(len(cut)), key=lambda position: (-cut[position][1], position))
    lifted = frozenset(ranked[:left])
    return [sign * (floor + (position in lifted)) for position, (floor, _) in enumerate(cut)], lifted


def product(price: Decimal, units: Decimal) -> Decimal:
    """`price` × `units` rounded to the nearest cent, the half cent upwards (both ≥ 0)."""
    return from_cents(int(Fraction(price) * Fraction(units) * 100 + Fraction(1, 2)))
