"""Wording of the engine's figures, above the kernel's typography: units, agreement, names of places."""

from decimal import Decimal
from fractions import Fraction

from mosaique.kernel.typography import NBSP, decimal_number, integer


def trimmed(value: Decimal) -> Decimal:
    """The same number without useless zeros after the decimal point, never in exponent notation."""
    return value.quantize(Decimal(1).scaleb(-_places(value)))


def with_unit(value: Decimal, unit: str) -> str:
    """« 412 hab. », « 12,5 km »: number and unit never part at the end of a line."""
    return f"{decimal_number(value, _places(value))}{NBSP}{unit}"


def counted(value: Decimal, unit: str) -> str:
    """« 30 heures », « 7 permis de construire », « 1,5 km »: agrees the first word of a unit given in the singular."""
    first, space, rest = unit.partition(" ")
    if abs(value) >= 2 and len(first) > 3 and first.replace("-", "").isalpha() and first[-1] not in "sxz":
        if first.endswith("al"):
            first = first[:-2] + "aux"
        else:
            first += "x" if first.endswith(("au", "eu")) else "s"
    return with_unit(value, first + space + rest)


def price(value: Decimal) -> str:
    """A unit price keeps its decimals, two at least: « 20,91 € », « 0,1234 € »."""
    return f"{decimal_number(value, max(2, _places(value)))}{NBSP}€"


def percent(value: Decimal) -> str:
    """« 33,3333 % », « 50 % »: as many decimals as were given."""
    return with_unit(value, "%")


def plural(count: int, singular: str, many: str) -> str:
    """« 1 commune », « 3 communes »."""
    return f"{integer(count)}{NBSP}{singular if count < 2 else many}"


#: First words of the names of bodies, with the article that a sentence gives them.
_OF_BODY = {
    **dict.fromkeys(("syndicat", "ccas", "cias", "cdg", "centre", "sivom", "sivu", "sictom", "petr", "pôle", "sm", "si"), "du "),
    **dict.fromkeys(("association", "agence", "amicale", "établissement"), "de l’"),
}  # fmt: skip


def of_place(name: str) -> str:
    """« de Cadix », « d’Assac », « du Dourn », « des Cabannes », « de la CC Val 81 » (an h is never elided), « du SIVOM »."""
    lowered = name.lower()
    if article := _OF_BODY.get(lowered.split()[0]):
        return article + name
    if lowered.startswith("le "):
        return f"du {name[3:]}"
    if lowered.startswith("les "):
        return f"des {name[4:]}"
    return f"d’{name}" if lowered[0] in "aàâeéèêëiîïoôœu" else f"de {name}"


def _places(value: Decimal) -> int:
    """How many decimals the number needs."""
    places = 0
    while (Fraction(value) * 10**places).denominator != 1:
        places += 1
    return places
