"""Tiers (tranches): each unit of a criterion pays the price of its tier; the first ones most often more than the next.

The shares follow the tariff, so their sum seldom equals the cost to cover: the difference is stated, with who keeps it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import ZERO, quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, checked_total, mapping, text
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.results import AllocationResult, Formula, ShareLine
from mosaique.costing.engine.rounding import HALF_UP_FR, product
from mosaique.costing.engine.sharing import uncovered
from mosaique.costing.engine.wording import of_place, price, trimmed, with_unit
from mosaique.kernel.typography import money, typographie

PLACES = 4


@dataclass(frozen=True, slots=True)
class Tier:
    """Units up to and including `up_to` (None: all that remain), each at `rate` euros."""

    identifier: str
    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TiersInputs:
    """`values`: code → quantity ≥ 0 in `unit`; a code left out is unknown. `payer` keeps the difference."""

    criterion: str
    unit: str
    tiers: tuple[Tier, ...]
    payer: str
    source: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)


class Tiers(AllocationKey[TiersInputs]):
    identifier: ClassVar[str] = "tiers"
    label: ClassVar[str] = "Tarif par tranches"
    shares_whole: ClassVar[bool] = False
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec("criterion", "Critère", FieldKind.TEXT, "Par exemple population municipale."),
        FieldSpec("unit", "Unité", FieldKind.TEXT, "Telle qu’elle sera imprimée : hab., postes."),
        FieldSpec("source", "Source et année", FieldKind.TEXT, "Organisme et année.", required=False),
        FieldSpec(
            "tiers",
            "Tranches",
            FieldKind.ROWS,
            "De la première à la dernière ; la dernière n’a pas de limite.",
            columns=(
                FieldSpec(
                    "up_to",
                    "Jusqu’à (compris)",
                    FieldKind.QUANTITY,
                    "Vide pour la dernière tranche.",
                    required=False,
                    places=PLACES,
                ),
                FieldSpec("rate", "Prix par unité (€)", FieldKind.AMOUNT, "En euros.", places=PLACES),
            ),
        ),
        FieldSpec(
            "values",
            "Valeur de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY,
            "Zéro veut dire zéro. Si la valeur n’est pas connue, laissez vide.",
            places=PLACES,
        ),
        FieldSpec(
            "payer",
            "Qui garde la différence",
            FieldKind.TEXT,
            "La collectivité qui paie ce que le tarif ne couvre pas, ou garde l’excédent.",
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Un tarif par habitant ou par unité, qui change par tranches : 5 € pour les mille premiers, 2 € pour les "
            "suivants. La somme peut différer du coût ; la différence est affichée, avec qui la paie."
        )

    def read(self, data: Mapping[str, Any]) -> TiersInputs:
        rows = data.get("tiers")
        if not isinstance(rows, list) or not rows:
            raise CostingError("Tranches : indiquez au moins une tranche et son prix.", "tiers")
        tiers = tuple(_tier(row, index) for index, row in enumerate(rows))
        _check(tiers)
        values = mapping(data.get("values"), path="values", what="Valeurs du critère")
        return TiersInputs(
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            tiers=tiers,
            payer=text(data, "payer", what="Qui garde la différence"),
            source=text(data, "source", what="Source", required=False),
            values={
                code: trimmed(
                    quantity(values[code], places=PLACES, path=f"values.{code}", what=f"Critère de {code}")
                )
                for code in sorted(values)
                if values[code] is not None
            },
        )

    def write(self, inputs: TiersInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion, "payer": inputs.payer, "source": inputs.source, "unit": inputs.unit,
            "tiers": [
                {"id": one.identifier, "rate": str(trimmed(one.rate)),
                 "up_to": None if one.up_to is None else str(trimmed(one.up_to))}
                for one in inputs.tiers
            ],
            "values": {code: str(trimmed(inputs.values[code])) for code in sorted(inputs.values)},
        }  # fmt: skip

    def allocate(self, total: Decimal, parties: Iterable[Party], inputs: TiersInputs) -> AllocationResult:
        total = checked_total(total)
        lines = tuple(_line(party, inputs) for party in ordered(parties))
        left_over = total - sum((line.share for line in lines), ZERO)
        spoken = [
            f"{price(one.rate)} jusqu'à {with_unit(one.up_to, inputs.unit)}"
            if one.up_to is not None
            else f"{price(one.rate)} au-delà"
            for one in inputs.tiers
        ]
        return AllocationResult(
            total=total,
            shares={line.code: line.share for line in lines},
            left_over=left_over,
            statement=uncovered(total, left_over, inputs.payer),
            formula=Formula(
                key=self.identifier, label=self.label, inputs=self.write(inputs), lines=lines, rounding=HALF_UP_FR,
                rule=typographie(f"Part = {inputs.criterion} au tarif de chaque tranche : " + ", puis ".join(spoken)),
                remarks=(typographie(f"Source : {inputs.source or 'non indiquée'}."),),
            ),
        )  # fmt: skip


def _tier(row: Any, index: int) -> Tier:
    path, what = f"tiers.{index}", f"Tranche {index + 1}"
    cells = mapping(row, path=path, what=what)
    limit = cells.get("up_to")
    return Tier(
        identifier=text(cells, "id", what=f"{what}, repère", path=f"{path}.id"),
        up_to=None
        if limit in (None, "")
        else trimmed(quantity(limit, places=PLACES, path=f"{path}.up_to", what=f"{what}, limite")),
        rate=trimmed(quantity(cells.get("rate"), places=PLACES, path=f"{path}.rate", what=f"{what}, prix")),
    )


def _check(tiers: tuple[Tier, ...]) -> None:
    """Limits that grow, and a last tier without one: no unit is left without a price, none has two."""
    before = Decimal(0)
    for index, one in enumerate(tiers):
        last = index == len(tiers) - 1
        if one.up_to is None and not last:
            raise CostingError(
                f"Tranche {index + 1} : seule la dernière n'a pas de limite. Dites jusqu'où elle va.",
                f"tiers.{index}.up_to",
            )
        if last and one.up_to is not None:
            raise CostingError(
                "La dernière tranche n'a pas de limite : laissez-la vide, sinon une grande commune n'aurait pas de prix.",
                f"tiers.{index}.up_to",
            )
        if one.up_to is not None:
            if one.up_to <= before:
                raise CostingError(
                    f"Tranche {index + 1} : sa limite doit dépasser celle d'avant. Les tranches ne se recouvrent pas.",
                    f"tiers.{index}.up_to",
                )
            before = one.up_to


def _line(party: Party, inputs: TiersInputs) -> ShareLine:
    if inputs.values.get(party.code) is None:
        raise CostingError(
            f"Le critère « {inputs.criterion} » n'est pas connu pour {party.name} : rien n'est réparti. Saisissez sa valeur, "
            "ou retirez cette collectivité du périmètre.",
            f"values.{party.code}",
        )
    value = inputs.values[party.code]
    share, before, terms = ZERO, Decimal(0), []
    for tier in inputs.tiers:
        end = value if tier.up_to is None else min(value, tier.up_to)
        units = max(Decimal(0), end - before)
        if units:
            share += product(tier.rate, units)
            terms.append(f"{with_unit(trimmed(units), inputs.unit)} × {price(tier.rate)}")
        before = before if tier.up_to is None else tier.up_to
    spoken = " + ".join(terms) or with_unit(Decimal(0), inputs.unit)
    return ShareLine(
        code=party.code, name=party.name, share=share,
        sentence=typographie(f"Part {of_place(party.name)} = {spoken} = {money(share)}"),
        inputs={inputs.criterion: str(trimmed(value))},
    )  # fmt: skip
