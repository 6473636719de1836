"""Pro rata of one criterion: population, road length, pupils, workstations…"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.criterion import PLACES, known, read_values, write_values
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan, Whole
from mosaique.costing.engine.wording import of_place, trimmed, with_unit
from mosaique.kernel.typography import money, typographie


@dataclass(frozen=True, slots=True)
class ProRataInputs:
    """`values`: INSEE or SIREN code → quantity ≥ 0, in `unit`. A code left out is unknown, not zero."""

    criterion: str
    unit: str
    source: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)


class ProRata(AllocationKey[ProRataInputs]):
    identifier: ClassVar[str] = "pro_rata"
    label: ClassVar[str] = "Au prorata d’un critère"
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec(
            "criterion",
            "Critère",
            FieldKind.TEXT,
            "Nommez-le précisément : « population municipale 2023 », « kilomètres de voirie communale ».",
        ),
        FieldSpec("unit", "Unité", FieldKind.TEXT, "Telle qu’elle sera imprimée : hab., km, élèves, postes."),
        FieldSpec(
            "source",
            "Source des valeurs",
            FieldKind.TEXT,
            "Organisme et année, pour que chacun puisse vérifier.",
            required=False,
        ),
        FieldSpec(
            "values",
            "Valeur de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY,
            "Zéro veut dire zéro. Si la valeur n’est pas connue, laissez vide : la répartition attendra.",
            places=PLACES,
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Chaque collectivité paie en proportion de sa valeur pour le critère choisi : deux fois plus "
            "d'habitants, deux fois la part. Le critère doit avoir un rapport avec le service rendu."
        )

    def read(self, data: Mapping[str, Any]) -> ProRataInputs:
        values = read_values(data, what="Valeurs du critère")
        return ProRataInputs(
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            source=text(data, "source", what="Source", required=False),
            values=values,
        )

    def write(self, inputs: ProRataInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion, "source": inputs.source, "unit": inputs.unit, "values": write_values(inputs.values),
        }  # fmt: skip

    def plan(self, parties: tuple[Party, ...], inputs: ProRataInputs) -> Plan:
        weights = known(inputs.values, parties, f"Le critère « {inputs.criterion} » n'est pas connu")
        total_value = with_unit(sum(weights.values(), Decimal(0)), inputs.unit)
        return Whole(
            key=self.identifier, label=self.label, parties=parties, weights=weights, inputs=self.write(inputs),
            rule=f"Part = coût à couvrir × {inputs.criterion} de la collectivité ÷ {total_value}",
            sentence=lambda party, total, share: f"Part {of_place(party.name)} = {money(total)} × "
            f"{with_unit(weights[party.code], inputs.unit)} ÷ {total_value} = {money(share)}",
            shown=lambda party: {inputs.criterion: str(trimmed(weights[party.code]))},
            remarks=_remarks(inputs.source, len(set(inputs.values) - set(weights))),
        )  # fmt: skip


def _remarks(source: str, unused: int) -> tuple[str, ...]:
    """The source, and the values that belong to authorities outside the perimeter: seen, and not counted."""
    remarks = [typographie(f"Source : {source}.") if source else typographie("Source : non indiquée.")]
    if unused:
        remarks.append(typographie(f"Valeurs hors périmètre, non comptées : {unused}."))
    return tuple(remarks)
