"""A fixed part that everyone pays alike, then a part that follows a criterion."""

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
from mosaique.costing.engine.wording import of_place, plural, trimmed, with_unit
from mosaique.kernel.typography import decimal_number, money, typographie

PLACES = 4


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
        values = mapping(data.get("values"), path="values", what="Valeurs du critère")
        return FixedVariableInputs(
            fixed=trimmed(fixed),
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            source=text(data, "source", what="Source", required=False),
            values={
                code: trimmed(
                    quantity(values[code], places=PLACES, path=f"values.{code}", what=f"Critère de {code}")
                )
                for code in sorted(values)
                if values[code] is not None
            },
        )

    def write(self, inputs: FixedVariableInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion, "fixed": str(trimmed(inputs.fixed)), "source": inputs.source, "unit": inputs.unit,
            "values": {code: str(trimmed(inputs.values[code])) for code in sorted(inputs.values)},
        }  # fmt: skip

    def allocate(
        self, total: Decimal, parties: Iterable[Party], inputs: FixedVariableInputs
    ) -> AllocationResult:
        total = checked_total(total)
        members = ordered(parties)
        known: dict[str, Decimal] = {}
        for party in members:
            if inputs.values.get(party.code) is None:
                raise CostingError(
                    f"Le critère « {inputs.criterion} » n'est pas connu pour {party.name} : rien n'est réparti. Saisissez sa "
                    "valeur (zéro s'il n'y a aucun recours), ou retirez cette collectivité du périmètre.",
                    f"values.{party.code}",
                )
            known[party.code] = quantity(
                inputs.values[party.code],
                places=PLACES,
                path=f"values.{party.code}",
                what=f"Critère de {party.name}",
            )
        sums = sum(known.values(), Decimal(0))
        fixed, variable = Fraction(inputs.fixed) / 100, 1 - Fraction(inputs.fixed) / 100
        if variable and not sums:
            raise CostingError(
                f"La somme du critère « {inputs.criterion} » est nulle : la part variable ne peut pas être répartie. Saisissez "
                "au moins une valeur supérieure à zéro, ou portez la part fixe à 100 %.",
                "fixed",
            )
        weights = {
            code: fixed / len(members) + (variable * Fraction(value) / Fraction(sums) if sums else 0)
            for code, value in known.items()
        }
        count, rest = plural(len(members), "collectivité", "collectivités"), trimmed(100 - inputs.fixed)
        first, second = (
            f"{decimal_number(one, max(0, -int(one.as_tuple().exponent)))} %" for one in (inputs.fixed, rest)
        )

        def sentence(party: Party, share: Decimal) -> str:
            moving = (
                f" + {second} × {with_unit(known[party.code], inputs.unit)} ÷ {with_unit(sums, inputs.unit)}"
                if rest
                else ""
            )
            return (
                f"Part {of_place(party.name)} = {money(total)} × ({first} ÷ {count}{moving}) = {money(share)}"
            )

        return whole(
            key=self.identifier, label=self.label, total=total, parties=members, weights=weights, inputs=self.write(inputs),
            rule=f"Part = {first} du coût ÷ nombre de collectivités + {second} du coût × {inputs.criterion} ÷ total",
            sentence=sentence, shown=lambda party: {inputs.criterion: str(trimmed(known[party.code]))},
            remarks=(typographie(f"Source : {inputs.source or 'non indiquée'}."),),
        )  # fmt: skip
