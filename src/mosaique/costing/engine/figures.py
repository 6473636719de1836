"""Exact figures: strict reading of amounts and quantities, and « unknown » that always says why.

Amounts are euros with at most two decimals, ETP have at most two decimals; binary floating point is refused.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Self

from mosaique.costing.engine.errors import CostingError

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
LIMIT = Decimal(10) ** 12


class Unknown(StrEnum):
    """Why a figure has no value; the same codes as the stored quantities."""

    INCONNU = "inconnu"
    NON_CONCERNE = "non_concerne"
    REFUSE = "refuse"
    NON_COMMUNIQUE = "non_communique"


UNKNOWN_FR: dict[Unknown, str] = {
    Unknown.INCONNU: "ne sait pas",
    Unknown.NON_CONCERNE: "non concerné",
    Unknown.REFUSE: "refus de communiquer",
    Unknown.NON_COMMUNIQUE: "non communiqué",
}


def exact(value: Any, *, places: int, path: str, what: str) -> Decimal:
    """Read `value` (Decimal, int or text such as "12.50") as an exact number of at most `places` decimals.

    The result always carries `places` decimals. Raises `CostingError` naming `what`.
    """
    if type(value) is Decimal and value.as_tuple().exponent == -places and abs(value) < LIMIT:
        return value  # as it comes from storage, or from a sum of such figures
    if value is None or value == "":
        raise CostingError(
            f"{what} : il manque un nombre. Zéro s'écrit 0 ; le reste de votre saisie est gardé.", path
        )
    if isinstance(value, bool | float) or not isinstance(value, Decimal | int | str):
        raise CostingError(f"{what} : un nombre exact est attendu. Saisissez-le à nouveau.", path)
    try:
        result = Decimal(value)
    except InvalidOperation:
        raise CostingError(
            f"{what} : « {str(value)[:40]} » n'est pas un nombre. Saisissez-le à nouveau.", path
        ) from None
    if not result.is_finite() or abs(result) >= LIMIT:
        raise CostingError(f"{what} : ce nombre n'est pas plausible. Vérifiez l'unité.", path)
    step = Decimal(1).scaleb(-places)
    if result != result.quantize(step):
        raise CostingError(
            f"{what} : {places} chiffres au plus après la virgule. Arrondissez la valeur avant de la saisir.",
            path,
        )
    return result.quantize(step)


def amount(value: Any, *, path: str, what: str) -> Decimal:
    """Euros, exact to the cent; may be negative."""
    return exact(value, places=2, path=path, what=what)


def quantity(value: Any, *, places: int, path: str, what: str) -> Decimal:
    """A number that cannot be negative (inhabitants, hours, price)."""
    result = exact(value, places=places, path=path, what=what)
    if result < 0:
        raise CostingError(
            f"{what} : une valeur négative n'est pas possible ici. Corrigez-la ou laissez la case vide.", path
        )
    return result


@dataclass(frozen=True, slots=True)
class Figure:
    """A forecast figure: a value, or a reason for having none; `source` says where it comes from.

    Zero is a statement (« sans effet »), never a way to say that nothing is known. A figure that was not
    filled in is no figure at all: it has no line.
    """

    value: Decimal | None
    unknown: Unknown | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.unknown is None):
            raise CostingError(
                "Un chiffre est connu ou ne l'est pas : donnez une valeur, ou dites pourquoi elle manque.",
                "figure",
            )
        if self.value is not None:
            object.__setattr__(
                self, "value", exact(self.value, places=2, path="figure", what="Chiffre prévu")
            )

    @classmethod
    def of(cls, value: Decimal | int | str, source: str = "") -> Self:
        return cls(value, None, source)  # type: ignore[arg-type] # read strictly below, once

    @classmethod
    def no_effect(cls, source: str = "") -> Self:
        """Explicit « sans effet »: somebody looked and the answer is zero."""
        return cls(ZERO, None, source)

    @classmethod
    def unknown_because(cls, reason: Unknown | str, source: str = "") -> Self:
        return cls(None, Unknown(reason), source)
