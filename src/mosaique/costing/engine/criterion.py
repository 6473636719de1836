"""One number per authority, as several keys ask for it: read strictly, and known for everyone or for no calculation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import quantity
from mosaique.costing.engine.keys import mapping
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.wording import plural, trimmed

PLACES = 4


def read_values(data: Mapping[str, Any], *, what: str, each: str = "Critère") -> dict[str, Decimal]:
    """`data["values"]`: code → number ≥ 0. A value left out is unknown, not zero."""
    values = mapping(data.get("values"), path="values", what=what)
    return {
        code: trimmed(quantity(values[code], places=PLACES, path=f"values.{code}", what=f"{each} de {code}"))
        for code in sorted(values)
        if values[code] is not None
    }


def write_values(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: str(trimmed(values[code])) for code in sorted(values)}


def way_out(party: Party, zero: str = "") -> str:
    """What to do when a value is missing. A body that is no commune has no population: its part may be agreed instead."""
    if party.is_commune:
        return f"Saisissez sa valeur{zero}, ou retirez cette collectivité du périmètre."
    return (
        f"Un organisme n'a pas toujours ce critère : saisissez une valeur qui en tienne lieu{zero}, convenez de sa part (une somme "
        "ou un pourcentage), ou retirez-le du périmètre."
    )


def known(
    values: Mapping[str, Decimal], parties: Sequence[Party], said: str, zero: str = ""
) -> dict[str, Decimal]:
    """The value of each party. One that is missing stops the calculation: `said` opens the sentence, `zero` says what zero
    would mean.
    """
    missing = [party for party in parties if values.get(party.code) is None]
    if missing:
        others = len(missing) - 1
        also = f" (ni pour {plural(others, 'autre collectivité', 'autres collectivités')})" if others else ""
        raise CostingError(
            f"{said} pour {missing[0].name}{also} : rien n'est réparti. {way_out(missing[0], zero)}",
            f"values.{missing[0].code}",
        )
    return {
        party.code: quantity(
            values[party.code], places=PLACES, path=f"values.{party.code}", what=f"Critère de {party.name}"
        )
        for party in parties
    }
