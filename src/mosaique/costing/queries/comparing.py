"""Two ways of sharing one cost, side by side: nothing is stored, the scenario keeps its own key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mosaique.costing.engine import adjustments
from mosaique.costing.engine.keys import AllocationKey
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import AllocationResult
from mosaique.territory.models import Authority


@dataclass(frozen=True, slots=True)
class Compared:
    """One authority under both keys; per inhabitant when its population is known."""

    name: str
    one: Decimal
    other: Decimal
    population: int | None

    @property
    def difference(self) -> Decimal:
        return self.other - self.one

    @property
    def one_each(self) -> Decimal | None:
        return (self.one / self.population).quantize(Decimal("0.01")) if self.population else None

    @property
    def other_each(self) -> Decimal | None:
        return (self.other / self.population).quantize(Decimal("0.01")) if self.population else None


def share(
    key: AllocationKey[Any], inputs: Mapping[str, Any], total: Decimal, parties: Sequence[Party]
) -> AllocationResult:
    """`total` by this key and these inputs (canonical or typed). Raises `CostingError`."""
    return adjustments.allocate(key, total, parties, key.read(inputs), adjustments.read(inputs))


def compare(one: AllocationResult, other: AllocationResult, bodies: Sequence[Authority]) -> list[Compared]:
    """Line by line, those who would gain most from the second first."""
    people = {body.code: body.population for body in bodies}
    rows = [
        Compared(line.name, line.share, other.shares[line.code], people.get(line.code))
        for line in one.formula.lines
        if line.code in other.shares
    ]
    return sorted(rows, key=lambda row: (row.difference, row.name))
