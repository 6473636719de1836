"""Percentages agreed beforehand and typed by hand: they say who pays what, and nothing of why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, checked_total, mapping, text
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.results import AllocationResult
from mosaique.costing.engine.sharing import whole
from mosaique.costing.engine.wording import of_place, trimmed, with_unit
from mosaique.kernel.typography import decimal_number, money, typographie

PLACES = 4


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
        values = mapping(data.get("values"), path="values", what="Pourcentages")
        return PercentagesInputs(
            reason=text(data, "reason", what="D’où viennent ces pourcentages"),
            values={
                code: trimmed(
                    quantity(
                        values[code], places=PLACES, path=f"values.{code}", what=f"Pourcentage de {code}"
                    )
                )
                for code in sorted(values)
                if values[code] is not None
            },
        )

    def write(self, inputs: PercentagesInputs) -> dict[str, Any]:
        return {
            "reason": inputs.reason,
            "values": {code: str(trimmed(inputs.values[code])) for code in sorted(inputs.values)},
        }

    def allocate(
        self, total: Decimal, parties: Iterable[Party], inputs: PercentagesInputs
    ) -> AllocationResult:
        total = checked_total(total)
        members = ordered(parties)
        known: dict[str, Decimal] = {}
        for party in members:
            if inputs.values.get(party.code) is None:
                raise CostingError(
                    f"Le pourcentage n'est pas dit pour {party.name} : rien n'est réparti. Saisissez-le (zéro si elle ne paie "
                    "rien), ou retirez cette collectivité du périmètre.",
                    f"values.{party.code}",
                )
            known[party.code] = inputs.values[party.code]
        sums = sum(known.values(), Decimal(0))
        if sums != 100:
            raise CostingError(
                f"La somme des pourcentages fait {decimal_number(trimmed(sums), max(0, -int(trimmed(sums).as_tuple().exponent)))} : "
                "elle doit faire 100. Rien n'est réparti ; corrigez une ligne.",
                f"values.{members[-1].code}",
            )
        return whole(
            key=self.identifier, label=self.label, rule="Part = coût à couvrir × pourcentage convenu", total=total,
            parties=members, weights={code: Fraction(value) / 100 for code, value in known.items()}, inputs=self.write(inputs),
            sentence=lambda party, share: f"Part {of_place(party.name)} = {money(total)} × {with_unit(known[party.code], '%')} = "
            f"{money(share)}",
            shown=lambda party: {"pourcentage": str(trimmed(known[party.code]))},
            remarks=(typographie(f"Origine : {inputs.reason}."),),
        )  # fmt: skip
