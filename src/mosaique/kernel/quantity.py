"""Quantities: money in cents, ETP with two decimals, and « unknown » that always says why and is never zero."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.db import models


class Unknown(models.TextChoices):
    """Why a quantity has no value. Stored beside the NULL; a NULL without a reason means « not filled in yet »."""

    INCONNU = "inconnu", "ne sait pas"
    NON_CONCERNE = "non_concerne", "non concerné"
    REFUSE = "refuse", "refus de communiquer"
    NON_COMMUNIQUE = "non_communique", "non communiqué"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value or a reason for having none. Exactly one of the two, or neither (not filled in)."""

    value: Decimal | None = None
    unknown: str | None = None

    def __post_init__(self) -> None:
        if self.value is not None and self.unknown is not None:
            raise ValueError("a quantity is known or unknown, not both")

    @property
    def filled(self) -> bool:
        return self.value is not None or self.unknown is not None


CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Round to the cent, half up (comptabilité publique's usage)."""
    return value.quantize(CENT, ROUND_HALF_UP)


class BadNumber(ValueError):
    """The text is not a number; the message is the French sentence to show."""


def parse_decimal(text: str, *, places: int = 2, minimum: Decimal | None = Decimal(0)) -> Decimal:
    """Read a number as people type it: « 1 234,56 », « 0.5 », with € or spaces. Raises `BadNumber`."""
    cleaned = text.strip()
    for mark in ("\u202f", "\u00a0", " ", "€"):
        cleaned = cleaned.replace(mark, "")
    cleaned = cleaned.replace("\u2212", "-").replace(",", ".")
    if len(cleaned) > 20:
        raise BadNumber("Ce nombre est trop long pour être lu.")
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise BadNumber(f"« {text.strip()[:40]} » n’est pas un nombre. Exemple attendu : 1 234,56.") from None
    if not value.is_finite():
        raise BadNumber(f"« {text.strip()[:40]} » n’est pas un nombre.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise BadNumber(f"Ce nombre a plus de {places} chiffres après la virgule.")
    if minimum is not None and value < minimum:
        raise BadNumber("Un nombre négatif n’est pas possible ici.")
    if abs(value) >= Decimal(10) ** 12:
        raise BadNumber("Ce nombre est trop grand pour être vrai : vérifiez l’unité.")
    return value.quantize(Decimal(1).scaleb(-places))


def money_field(**kwargs: Any) -> "models.DecimalField[Any, Any]":
    """A column of euros and cents."""
    return models.DecimalField(max_digits=14, decimal_places=2, **kwargs)


def etp_field(**kwargs: Any) -> "models.DecimalField[Any, Any]":
    """A column of full-time equivalents (ETP), two decimals."""
    return models.DecimalField(max_digits=8, decimal_places=2, **kwargs)


def unknown_field() -> "models.CharField[Any, Any]":
    """The reason that goes with a NULL quantity (blank: known, or not filled in yet)."""
    return models.CharField(max_length=16, choices=Unknown.choices, blank=True, default="")
