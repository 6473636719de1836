"""The authorities among which a cost is shared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from mosaique.costing.engine.errors import CostingError

# INSEE: 5 characters kept as text (2A004, 97105), with the year for a commune nouvelle (81068-2027); SIREN: 9 digits, for an
# EPCI or another body; W and 9 digits, an association known by its RNA number; P and 6 digits or more, a body that had no
# number when it was made here.
_CODE = re.compile(r"(?:\d{5}|2[AB]\d{3})(?:-\d{4})?|\d{9}|W\d{9}|P\d{6,9}", re.ASCII)


def is_commune(code: str) -> bool:
    """Whether this is the code of a commune: five characters, before the year of a commune nouvelle."""
    return len(code.partition("-")[0]) == 5


@dataclass(frozen=True, slots=True)
class Party:
    """One authority: `code` is its INSEE code (commune), its SIREN (EPCI, syndicat…), its RNA number (association) or the
    one it has here; `name` is shown as it is.
    """

    code: str
    name: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise CostingError(
                f"« {self.code} » n'est ni un code INSEE (5 caractères), ni un numéro SIREN (9 chiffres) ou RNA : "
                "vérifiez le code de la collectivité.",
                "parties",
            )
        if not self.name.strip():
            raise CostingError(f"La collectivité {self.code} n'a pas de nom : indiquez-le.", "parties")

    @property
    def is_commune(self) -> bool:
        return is_commune(self.code)

    @property
    def order(self) -> tuple[int, str]:
        """Ascending INSEE code as text; every other code comes after, the shorter first."""
        return len(self.code.partition("-")[0]), self.code


def ordered(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties by ascending code. Refuses an empty perimeter and an authority counted twice."""
    result = tuple(sorted(parties, key=lambda party: party.order))
    if not result:
        raise CostingError(
            "Aucune collectivité dans le périmètre : rien n'est réparti. Choisissez au moins une collectivité "
            "sur la fiche.",
            "parties",
        )
    for one, other in pairwise(result):
        if one.code == other.code:
            raise CostingError(
                f"{one.name} ({one.code}) figure deux fois dans le périmètre : retirez une des deux lignes.",
                "parties",
            )
    return result
