"""A fixed part that everyone pays alike, then a part that follows a criterion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from mosaique.costing.engine.criterion import PLACES, known, read_values, write_values
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan, Whole
from mosaique.costing.engine.wording import of_place, percent, plural, trimmed, with_unit
from mosaique.kernel.typography import money, typographie


@dataclass(frozen=True, slots=True)
class FixedVariableInputs:
    """`fixed`: percent of the cost shared equally. `values`: code → quantity ≥ 0 for the rest; left out is unknown."""

    fixed: Decimal
    criterion: str
    unit: str
    source: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)


class FixedVariable(AllocationKey[FixedVariableInputs]):
    identifier: ClassVar[str] = "fixed_variable"
    label: ClassVar[str] = "Part fixe et part variable"
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec(
            "fixed",
            "Part fixe (%)",
            FieldKind.QUANTITY,
            "En pour cent du coût, la même somme pour chacun.",
            places=2,
        ),
        FieldSpec(
            "criterion",
            "Critère de la part variable",
            FieldKind.TEXT,
            "Par exemple actes d’urbanisme, bulletins de paie.",
        ),
        FieldSpec("unit", "Unité", FieldKind.TEXT, "Telle qu’elle sera imprimée : actes, bulletins."),
        FieldSpec("source", "Source et année", FieldKind.TEXT, "Organisme et année.", required=False),
        FieldSpec(
            "values",
            "Valeur de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY,
            "Zéro veut dire aucun recours : seule la part fixe est due. Vide veut dire inconnu.",
            places=PLACES,
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Une part du coût est la même pour tous : elle paie le service qui existe. Le reste suit l'usage, ou un autre "
            "critère : il paie le service rendu."
        )

    def read(self, data: Mapping[str, Any]) -> FixedVariableInputs:
        fixed = quantity(data.get("fixed"), places=2, path="fixed", what="Part fixe")
        if fixed > 100:
            raise CostingError("Part fixe : elle ne dépasse pas 100 % du coût. Corrigez-la.", "fixed")
        values = read_values(data, what="Valeurs du critère")
        return FixedVariableInputs(
            fixed=trimmed(fixed),
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            source=text(data, "source", what="Source", required=False),
            values=values,
        )

    def write(self, inputs: FixedVariableInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion, "fixed": str(trimmed(inputs.fixed)), "source": inputs.source, "unit": inputs.unit,
            "values": write_values(inputs.values),
        }  # fmt: skip

    def plan(self, parties: tuple[Party, ...], inputs: FixedVariableInputs) -> Plan:
        values = known(
            inputs.values,
            parties,
            f"Le critère « {inputs.criterion} » n'est pas connu",
            " (zéro s'il n'y a aucun recours)",
        )
        sums = sum(values.values(), Decimal(0))
        fixed, variable = Fraction(inputs.fixed) / 100, 1 - Fraction(inputs.fixed) / 100
        if variable and not sums:
            raise CostingError(
                f"La somme du critère « {inputs.criterion} » est nulle : la part variable ne peut pas être répartie. Saisissez "
                "au moins une valeur supérieure à zéro, ou portez la part fixe à 100 %.",
                "fixed",
            )
        weights = {
            code: fixed / len(parties) + (variable * Fraction(value) / Fraction(sums) if sums else 0)
            for code, value in values.items()
        }
        count, rest = plural(len(parties), "collectivité", "collectivités"), trimmed(100 - inputs.fixed)
        first, second, whole = percent(inputs.fixed), percent(rest), with_unit(sums, inputs.unit)

        def sentence(party: Party, total: Decimal, share: Decimal) -> str:
            moving = f" + {second} × {with_unit(values[party.code], inputs.unit)} ÷ {whole}" if rest else ""
            return (
                f"Part {of_place(party.name)} = {money(total)} × ({first} ÷ {count}{moving}) = {money(share)}"
            )

        return Whole(
            key=self.identifier, label=self.label, parties=parties, weights=weights, inputs=self.write(inputs),
            rule=f"Part = {first} du coût ÷ nombre de collectivités + {second} du coût × {inputs.criterion} ÷ total",
            sentence=sentence, shown=lambda party: {inputs.criterion: str(trimmed(values[party.code]))},
            remarks=(typographie(f"Source : {inputs.source or 'non indiquée'}."),),
        )  # fmt: skip
