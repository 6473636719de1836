"""Several criteria at once, each with its weight: half by population, half by planning acts…"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from mosaique.costing.engine.criterion import way_out
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, mapping, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import Plan, Whole
from mosaique.costing.engine.wording import of_place, percent, trimmed, with_unit
from mosaique.kernel.typography import money, typographie

PLACES = 4


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line: what is counted, in what unit, from which source and year, and its weight in percent."""

    identifier: str
    name: str
    unit: str
    source: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class WeightedInputs:
    """`values`: code → criterion identifier → quantity ≥ 0. A value left out is unknown, not zero."""

    criteria: tuple[Criterion, ...]
    values: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


class Weighted(AllocationKey[WeightedInputs]):
    identifier: ClassVar[str] = "weighted"
    label: ClassVar[str] = "Plusieurs critères pondérés"
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec(
            "criteria",
            "Critères",
            FieldKind.ROWS,
            "Une ligne par critère ; la somme des poids fait 100 %.",
            columns=(
                FieldSpec(
                    "name", "Critère", FieldKind.TEXT, "Par exemple population municipale, actes d’urbanisme."
                ),
                FieldSpec("unit", "Unité", FieldKind.TEXT, "Telle qu’elle sera imprimée : hab., actes."),
                FieldSpec("source", "Source et année", FieldKind.TEXT, "Organisme et année.", required=False),
                FieldSpec("weight", "Poids (%)", FieldKind.QUANTITY, "En pour cent du coût.", places=2),
            ),
        ),
        FieldSpec(
            "values",
            "Valeurs de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY_AND_ROW,
            "Zéro veut dire zéro. Si la valeur n’est pas connue, laissez vide : la répartition attendra.",
            places=PLACES,
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Le coût est coupé en parties, une par critère, selon des poids qui font 100 %. Chaque partie est répartie "
            "au prorata de son critère : moitié population, moitié usage, par exemple."
        )

    def read(self, data: Mapping[str, Any]) -> WeightedInputs:
        rows = data.get("criteria")
        if not isinstance(rows, list) or not rows:
            raise CostingError("Critères : indiquez-en au moins un, avec son poids.", "criteria")
        criteria = tuple(_criterion(row, index) for index, row in enumerate(rows))
        if len({one.identifier for one in criteria}) != len(criteria):
            raise CostingError("Critères : deux lignes portent le même repère. Gardez-en une.", "criteria")
        total = sum((one.weight for one in criteria), Decimal(0))
        if total != 100:
            raise CostingError(
                f"La somme des poids fait {percent(total)} : elle doit faire 100 %. "
                "Rien n'est réparti ; corrigez un poids.",
                f"criteria.{len(criteria) - 1}.weight",
            )
        values = mapping(data.get("values"), path="values", what="Valeurs des critères")
        return WeightedInputs(
            criteria,
            {code: _values(values[code], code) for code in sorted(values) if values[code] is not None},
        )

    def write(self, inputs: WeightedInputs) -> dict[str, Any]:
        return {
            "criteria": [
                {"id": one.identifier, "name": one.name, "source": one.source, "unit": one.unit,
                 "weight": str(trimmed(one.weight))}
                for one in inputs.criteria
            ],
            "values": {
                code: {name: str(trimmed(row[name])) for name in sorted(row)} for code, row in sorted(inputs.values.items())
            },
        }  # fmt: skip

    def plan(self, parties: tuple[Party, ...], inputs: WeightedInputs) -> Plan:
        known = {party.code: _known(party, inputs) for party in parties}
        sums = {
            one.identifier: sum((known[party.code][one.identifier] for party in parties), Decimal(0))
            for one in inputs.criteria
        }
        for index, one in enumerate(inputs.criteria):
            if one.weight and not sums[one.identifier]:
                raise CostingError(
                    f"La somme du critère « {one.name} » est nulle : sa partie du coût ne peut pas être répartie. Saisissez "
                    "au moins une valeur supérieure à zéro, ou donnez-lui un poids de 0 %.",
                    f"criteria.{index}.weight",
                )
        used = [one for one in inputs.criteria if one.weight]
        each = {one.identifier: Fraction(one.weight) / Fraction(sums[one.identifier]) for one in used}
        weights = {
            code: sum((each[one.identifier] * Fraction(row[one.identifier]) for one in used), Fraction(0))
            for code, row in known.items()
        }
        wholes = {one.identifier: with_unit(sums[one.identifier], one.unit) for one in used}

        def sentence(party: Party, total: Decimal, share: Decimal) -> str:
            parts = " + ".join(
                f"{percent(one.weight)} × {with_unit(known[party.code][one.identifier], one.unit)} ÷ {wholes[one.identifier]}"
                for one in used
            )
            return f"Part {of_place(party.name)} = {money(total)} × ({parts}) = {money(share)}"

        terms = " + ".join(f"{percent(one.weight)} × {one.name} de la collectivité ÷ total" for one in used)
        return Whole(
            key=self.identifier, label=self.label, rule=f"Part = coût à couvrir × ({terms})", parties=parties, weights=weights,
            inputs=self.write(inputs), sentence=sentence,
            shown=lambda party: {one.name: str(trimmed(known[party.code][one.identifier])) for one in inputs.criteria},
            remarks=tuple(
                typographie(f"Source ({one.name}) : {one.source or 'non indiquée'}.") for one in inputs.criteria
            ),
        )  # fmt: skip


def _criterion(row: Any, index: int) -> Criterion:
    path, what = f"criteria.{index}", f"Critère, ligne {index + 1}"
    cells = mapping(row, path=path, what=what)
    weight = quantity(cells.get("weight"), places=2, path=f"{path}.weight", what=f"{what}, poids")
    if weight > 100:
        raise CostingError(f"{what} : un poids ne dépasse pas 100 %. Corrigez-le.", f"{path}.weight")
    return Criterion(
        identifier=text(cells, "id", what=f"{what}, repère", path=f"{path}.id"),
        name=text(cells, "name", what=what, path=f"{path}.name"),
        unit=text(cells, "unit", what=f"{what}, unité", path=f"{path}.unit"),
        source=text(cells, "source", what=f"{what}, source", required=False, path=f"{path}.source"),
        weight=trimmed(weight),
    )


def _values(row: Any, code: str) -> dict[str, Decimal]:
    cells = mapping(row, path=f"values.{code}", what=f"Valeurs de {code}")
    return {
        name: trimmed(
            quantity(cells[name], places=PLACES, path=f"values.{code}.{name}", what=f"Valeur de {code}")
        )
        for name in sorted(cells)
        if cells[name] is not None
    }


def _known(party: Party, inputs: WeightedInputs) -> dict[str, Decimal]:
    """Every criterion of one authority; the first that is missing stops the calculation."""
    row, found = inputs.values.get(party.code, {}), {}
    for one in inputs.criteria:
        path = f"values.{party.code}.{one.identifier}"
        if row.get(one.identifier) is None:
            raise CostingError(
                f"Le critère « {one.name} » n'est pas connu pour {party.name} : rien n'est réparti. {way_out(party)}",
                path,
            )
        found[one.identifier] = quantity(
            row[one.identifier], places=PLACES, path=path, what=f"Critère de {party.name}"
        )
    return found
