"""Members of the costing room, by name: the allocation keys a sheet may choose from."""

from typing import Any

from mosaique.costing.allocation_keys.flat import Flat
from mosaique.costing.allocation_keys.pro_rata import ProRata
from mosaique.costing.allocation_keys.unit_price import UnitPrice
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.keys import AllocationKey

KEYS: dict[str, AllocationKey[Any]] = {
    Flat.identifier: Flat(),
    ProRata.identifier: ProRata(),
    UnitPrice.identifier: UnitPrice(),
}


def key_for(identifier: str) -> AllocationKey[Any]:
    """The key of that name, or a sentence saying that it does not exist."""
    if identifier not in KEYS:
        raise CostingError(
            f"La clé de répartition « {identifier[:40]} » n'existe pas : choisissez-en une dans la liste.",
            "key",
        )
    return KEYS[identifier]
