"""Members of the costing room, by name: the allocation keys a sheet may choose from."""

from typing import Any

from mosaique.costing.allocation_keys.fixed_variable import FixedVariable
from mosaique.costing.allocation_keys.flat import Flat
from mosaique.costing.allocation_keys.percentages import Percentages
from mosaique.costing.allocation_keys.pro_rata import ProRata
from mosaique.costing.allocation_keys.tiers import Tiers
from mosaique.costing.allocation_keys.unit_price import UnitPrice
from mosaique.costing.allocation_keys.weighted import Weighted
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.keys import AllocationKey
from mosaique.journal.verbs import Verb
from mosaique.journal.verbs import register as register_verbs
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_kind

KEYS: dict[str, AllocationKey[Any]] = {
    Flat.identifier: Flat(),
    ProRata.identifier: ProRata(),
    Weighted.identifier: Weighted(),
    FixedVariable.identifier: FixedVariable(),
    UnitPrice.identifier: UnitPrice(),
    Tiers.identifier: Tiers(),
    Percentages.identifier: Percentages(),
}


def key_for(identifier: str) -> AllocationKey[Any]:
    """The key of that name, or a sentence saying that it does not exist."""
    if identifier not in KEYS:
        raise CostingError(
            f"La clé de répartition « {identifier[:40]} » n'existe pas : choisissez-en une dans la liste.",
            "key",
        )
    return KEYS[identifier]


def _scenario():
    from mosaique.costing.models import Scenario

    return Scenario


register_kind(RefKind("scenario", _scenario, "les coûts", lambda scenario: scenario.label))

COSTS_SET = Verb("costs_set", "a mis à jour les coûts de {object}")
STAFF_SET = Verb("staff_set", "a mis à jour les effectifs de {object}")
PERIMETER_SET = Verb(
    "scenario_perimeter_set", "a changé les collectivités comptées dans {object}", in_feed=False
)
KEY_CHOSEN = Verb("allocation_key_chosen", "a choisi une clé de répartition pour {object}")
ALLOCATION_RUN = Verb("allocation_run", "a calculé la part de chacun pour {object}")
CRITERION_SET = Verb("criterion_set", "a saisi les valeurs d’un critère de partage", in_feed=False)
register_verbs(CRITERION_SET)
register_verbs(COSTS_SET, STAFF_SET, PERIMETER_SET, KEY_CHOSEN, ALLOCATION_RUN)
