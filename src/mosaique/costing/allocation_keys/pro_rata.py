"""Pro rata of one criterion: population, road length, pupils, workstations…"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, checked_total, mapping, text
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.results import AllocationResult, Formula, ShareLine
from mosaique.costing.engine.rounding import RULE_FR, largest_remainder
from mosaique.costing.engine.wording import of_place, trimmed, with_unit
from mosaique.kernel.typography import money, typographie

PLACES = 4


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
        values = mapping(data.get("values"), path="values", what="Valeurs du critère")
        return ProRataInputs(
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            source=text(data, "source", what="Source", required=False),
            values={
                code: trimmed(_value(values[code], code, code))
                for code in sorted(values)
                if values[code] is not None
            },
        )

    def write(self, inputs: ProRataInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion,
            "source": inputs.source,
            "unit": inputs.unit,
            "values": {code: str(trimmed(inputs.values[code])) for code in sorted(inputs.values)},
        }

    def allocate(self, total: Decimal, parties: Iterable[Party], inputs: ProRataInputs) -> AllocationResult:
        total = checked_total(total)
        members = ordered(parties)
        weights: dict[str, Decimal] = {}
        for party in members:
            if inputs.values.get(party.code) is None:
                raise CostingError(
                    f"Le critère « {inputs.criterion} » n'est pas connu pour {party.name} : rien n'est réparti. "
                    "Saisissez sa valeur, ou retirez cette collectivité du périmètre.",
                    f"values.{party.code}",
                )
            weights[party.code] = _value(inputs.values[party.code], party.code, party.name)
        shares, lifted = largest_remainder(total, members, weights)
        whole = with_unit(sum(weights.values(), Decimal(0)), inputs.unit)
        lines = tuple(
            ShareLine(
                code=party.code,
                name=party.name,
                share=shares[party.code],
                sentence=typographie(
                    f"Part {of_place(party.name)} = {money(total)} × "
                    f"{with_unit(weights[party.code], inputs.unit)} ÷ {whole} = {money(shares[party.code])}"
                ),
                inputs={inputs.criterion: str(trimmed(weights[party.code]))},
                lifted=party.code in lifted,
            )
            for party in members
        )
        unused = len(set(inputs.values) - set(weights))
        return AllocationResult(
            total=total,
            shares=shares,
            left_over=Decimal("0.00"),
            statement=typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}."),
            formula=Formula(
                key=self.identifier,
                label=self.label,
                rule=typographie(f"Part = coût à couvrir × {inputs.criterion} de la collectivité ÷ {whole}"),
                inputs=self.write(inputs),
                lines=lines,
                rounding=RULE_FR,
                remarks=_remarks(inputs.source, unused),
            ),
        )


def _value(value: Any, code: str, name: str) -> Decimal:
    return quantity(value, places=PLACES, path=f"values.{code}", what=f"Critère de {name}")


def _remarks(source: str, unused: int) -> tuple[str, ...]:
    """The source, and the values that belong to authorities outside the perimeter: seen, and not counted."""
    remarks = [typographie(f"Source : {source}.") if source else typographie("Source : non indiquée.")]
    if unused:
        remarks.append(typographie(f"Valeurs hors périmètre, non comptées : {unused}."))
    return tuple(remarks)
