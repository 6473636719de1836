"""Percentages agreed beforehand and typed by hand: they say who pays what, and nothing of why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.criterion import PLACES, known, read_values, write_values
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan, Whole
from mosaique.costing.engine.wording import of_place, percent, trimmed
from mosaique.kernel.typography import money, typographie


@dataclass(frozen=True, slots=True)
class PercentagesInputs:
    """`values`: code → percent ≥ 0. Those of the perimeter sum to 100 exactly."""

    reason: str
    values: Mapping[str, Decimal] = field(default_factory=dict)


class Percentages(AllocationKey[PercentagesInputs]):
    identifier: ClassVar[str] = "percentages"
    label: ClassVar[str] = "Pourcentages convenus"
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec(
            "reason", "D’où viennent ces pourcentages", FieldKind.TEXT, "Accord, convention existante, année."
        ),
        FieldSpec(
            "values",
            "Pourcentage de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY,
            "La somme fait 100. Zéro veut dire que la collectivité ne paie rien.",
            places=PLACES,
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Chacun paie le pourcentage convenu. À garder pour un accord déjà trouvé : la formule ne dit pas d'où il vient, "
            "et il ne suivra ni la population ni l'usage."
        )

    def read(self, data: Mapping[str, Any]) -> PercentagesInputs:
        values = read_values(data, what="Pourcentages", each="Pourcentage")
        return PercentagesInputs(
            reason=text(data, "reason", what="D’où viennent ces pourcentages"), values=values
        )

    def write(self, inputs: PercentagesInputs) -> dict[str, Any]:
        return {"reason": inputs.reason, "values": write_values(inputs.values)}

    def plan(self, parties: tuple[Party, ...], inputs: PercentagesInputs) -> Plan:
        values = known(inputs.values, parties, "Le pourcentage n'est pas dit", " (zéro si elle ne paie rien)")
        sums = sum(values.values(), Decimal(0))
        if sums != 100:
            raise CostingError(
                f"La somme des pourcentages fait {percent(sums)} : elle doit faire 100 %. Rien n'est réparti ; corrigez une ligne.",
                f"values.{parties[-1].code}",
            )
        return Whole(
            key=self.identifier, label=self.label, rule="Part = coût à couvrir × pourcentage convenu", parties=parties,
            weights=values, inputs=self.write(inputs),
            sentence=lambda party, total, share: f"Part {of_place(party.name)} = {money(total)} × {percent(values[party.code])} = "
            f"{money(share)}",
            shown=lambda party: {"pourcentage": str(trimmed(values[party.code]))},
            remarks=(typographie(f"Origine : {inputs.reason}."),),
        )  # fmt: skip
