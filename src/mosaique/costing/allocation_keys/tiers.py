"""Tiers (tranches): a price that changes with the size of a criterion, in one of three ways that are often confused.

Marginal: each unit pays the price of its own tier, as for income tax. By class: every unit pays the price of the tier
reached. Lump sum: the tier reached gives one sum for all.

The shares follow the tariff, so their sum seldom equals the cost to cover: the difference is stated, with who keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.criterion import PLACES, known, read_values, write_values
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import ZERO, quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, mapping, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import ByUse, Plan
from mosaique.costing.engine.results import ShareLine
from mosaique.costing.engine.rounding import product
from mosaique.costing.engine.wording import of_place, price, trimmed, with_unit
from mosaique.kernel.typography import money, typographie

MARGINAL, BY_CLASS, LUMP_SUM = "marginal", "class", "lump"
WAYS = (
    (MARGINAL, "Chaque unité au prix de sa tranche"),
    (BY_CLASS, "Toutes les unités au prix de la tranche atteinte"),
    (LUMP_SUM, "Une somme par tranche atteinte, quel que soit le nombre"),
)


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
    way: str = MARGINAL
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
            "way",
            "Comment compter",
            FieldKind.CHOICE,
            "Les deux dernières font un saut quand on change de tranche.",
            choices=WAYS,
        ),
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
                FieldSpec(
                    "rate",
                    "Prix (€)",
                    FieldKind.AMOUNT,
                    "Par unité, ou la somme de la tranche.",
                    places=PLACES,
                ),
            ),
            most=8,
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
            "Un tarif par habitant ou par unité, qui change par tranches : par exemple 5 € pour les mille premiers, 2 € pour "
            "les suivants. La somme peut différer du coût ; la différence est affichée, avec qui la paie."
        )

    def read(self, data: Mapping[str, Any]) -> TiersInputs:
        rows = data.get("tiers")
        if not isinstance(rows, list) or not rows:
            raise CostingError("Tranches : indiquez au moins une tranche et son prix.", "tiers")
        tiers = tuple(_tier(row, index) for index, row in enumerate(rows))
        _check(tiers)
        values = read_values(data, what="Valeurs du critère")
        way = data.get("way") or MARGINAL
        if way not in dict(WAYS):
            raise CostingError(
                "Tranches : dites comment compter, en choisissant une des trois façons.", "way"
            )
        return TiersInputs(
            criterion=text(data, "criterion", what="Critère"),
            unit=text(data, "unit", what="Unité"),
            tiers=tiers,
            payer=text(data, "payer", what="Qui garde la différence"),
            source=text(data, "source", what="Source", required=False),
            way=way,
            values=values,
        )

    def write(self, inputs: TiersInputs) -> dict[str, Any]:
        return {
            "criterion": inputs.criterion, "payer": inputs.payer, "source": inputs.source, "unit": inputs.unit, "way": inputs.way,
            "tiers": [
                {"id": one.identifier, "rate": str(trimmed(one.rate)),
                 "up_to": None if one.up_to is None else str(trimmed(one.up_to))}
                for one in inputs.tiers
            ],
            "values": write_values(inputs.values),
        }  # fmt: skip

    def plan(self, parties: tuple[Party, ...], inputs: TiersInputs) -> Plan:
        values = known(inputs.values, parties, f"Le critère « {inputs.criterion} » n'est pas connu")
        share = {MARGINAL: _marginal, BY_CLASS: _by_class, LUMP_SUM: _lump_sum}[inputs.way]
        each = "" if inputs.way == LUMP_SUM else f" par unité ({inputs.unit})"
        spoken = ", puis ".join(
            f"{price(one.rate)} au-delà"
            if one.up_to is None
            else f"{price(one.rate)} jusqu'à {with_unit(one.up_to, inputs.unit)}"
            for one in inputs.tiers
        )
        rule = {
            MARGINAL: f"Part = chaque unité de {inputs.criterion} au prix de sa tranche",
            BY_CLASS: f"Part = {inputs.criterion} × prix de la tranche atteinte",
            LUMP_SUM: f"Part = somme de la tranche atteinte par {inputs.criterion}",
        }[inputs.way]
        lines = []
        for party in parties:
            sum_due, terms = share(values[party.code], inputs)
            lines.append(
                ShareLine(
                    code=party.code, name=party.name, share=sum_due, inputs={inputs.criterion: str(trimmed(values[party.code]))},
                    sentence=typographie(f"Part {of_place(party.name)} = {terms} = {money(sum_due)}"),
                )
            )  # fmt: skip
        return ByUse(
            key=self.identifier, label=self.label, rule=f"{rule} : {spoken}{each}", parties=parties, lines=tuple(lines),
            inputs=self.write(inputs), payer=inputs.payer,
            remarks=(typographie(f"Source : {inputs.source or 'non indiquée'}."),),
        )  # fmt: skip


def _marginal(value: Decimal, inputs: TiersInputs) -> tuple[Decimal, str]:
    share, before, terms = ZERO, Decimal(0), []
    for tier in inputs.tiers:
        end = value if tier.up_to is None else min(value, tier.up_to)
        units = max(Decimal(0), end - before)
        if units:
            share += product(tier.rate, units)
            terms.append(f"{with_unit(trimmed(units), inputs.unit)} × {price(tier.rate)}")
        before = before if tier.up_to is None else tier.up_to
    return share, " + ".join(terms) or with_unit(Decimal(0), inputs.unit)


def _reached(value: Decimal, tiers: tuple[Tier, ...]) -> Tier:
    """The tier in which the value falls; the last one has no limit."""
    return next(tier for tier in tiers if tier.up_to is None or value <= tier.up_to)


def _by_class(value: Decimal, inputs: TiersInputs) -> tuple[Decimal, str]:
    tier = _reached(value, inputs.tiers)
    return product(tier.rate, value), f"{with_unit(value, inputs.unit)} × {price(tier.rate)}"


def _lump_sum(value: Decimal, inputs: TiersInputs) -> tuple[Decimal, str]:
    """A sum is paid in cents: a finer price would not be one."""
    tier = _reached(value, inputs.tiers)
    return product(tier.rate, Decimal(1)), f"somme de la tranche pour {with_unit(value, inputs.unit)}"


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
