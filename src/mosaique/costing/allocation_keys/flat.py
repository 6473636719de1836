"""Equal shares: every authority pays the same, to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from mosaique.costing.engine.keys import AllocationKey, FieldSpec
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan, Whole
from mosaique.costing.engine.wording import of_place, plural
from mosaique.kernel.typography import money, typographie


@dataclass(frozen=True, slots=True)
class FlatInputs:
    """This key asks for nothing: the perimeter is enough."""


class Flat(AllocationKey[FlatInputs]):
    identifier: ClassVar[str] = "flat"
    label: ClassVar[str] = "Parts égales"
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = ()

    def explain(self) -> str:
        return typographie(
            "Le coût est divisé en parts égales entre les collectivités du périmètre. Simple à comprendre, "
            "cette clé pèse davantage, par habitant, sur les plus petites communes."
        )

    def read(self, data: Mapping[str, Any]) -> FlatInputs:
        return FlatInputs()

    def write(self, inputs: FlatInputs) -> dict[str, Any]:
        return {}

    def plan(self, parties: tuple[Party, ...], inputs: FlatInputs) -> Plan:
        count = plural(len(parties), "collectivité", "collectivités")
        return Whole(
            key=self.identifier, label=self.label, rule="Part = coût à couvrir ÷ nombre de collectivités", parties=parties,
            weights=dict.fromkeys((party.code for party in parties), 1), inputs=self.write(inputs),
            sentence=lambda party, total, share: f"Part {of_place(party.name)} = {money(total)} ÷ {count} = {money(share)}",
            shown=lambda party: {},
        )  # fmt: skip
