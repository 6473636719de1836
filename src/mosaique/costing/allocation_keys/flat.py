"""Equal shares: every authority pays the same, to the cent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.keys import AllocationKey, FieldSpec, checked_total
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.results import AllocationResult, Formula, ShareLine
from mosaique.costing.engine.rounding import RULE_FR, largest_remainder
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

    def allocate(self, total: Decimal, parties: Iterable[Party], inputs: FlatInputs) -> AllocationResult:
        total = checked_total(total)
        members = ordered(parties)
        shares, lifted = largest_remainder(total, members, {party.code: Decimal(1) for party in members})
        count = plural(len(members), "collectivité", "collectivités")
        lines = tuple(
            ShareLine(
                code=party.code,
                name=party.name,
                share=shares[party.code],
                sentence=typographie(
                    f"Part {of_place(party.name)} = {money(total)} ÷ {count} = {money(shares[party.code])}"
                ),
                inputs={},
                lifted=party.code in lifted,
            )
            for party in members
        )
        return AllocationResult(
            total=total,
            shares=shares,
            left_over=Decimal("0.00"),
            statement=typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}."),
            formula=Formula(
                key=self.identifier,
                label=self.label,
                rule=typographie("Part = coût à couvrir ÷ nombre de collectivités"),
                inputs=self.write(inputs),
                lines=lines,
                rounding=RULE_FR,
            ),
        )
