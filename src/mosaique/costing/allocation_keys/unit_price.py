"""Unit price × quantity: hours, planning acts, loans… with one price or a grid of prices.

The shares follow use, so their sum seldom equals the cost to cover: the difference is stated, never hidden
in a share. For a mise à disposition de service the unit cost comes from CGCT D. 5211-16.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import ZERO, amount, quantity
from mosaique.costing.engine.keys import AllocationKey, FieldKind, FieldSpec, mapping, text
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.plans import ByUse, Plan
from mosaique.costing.engine.results import ShareLine
from mosaique.costing.engine.rounding import product
from mosaique.costing.engine.wording import counted, of_place, price, trimmed
from mosaique.kernel.typography import money, typographie

PLACES = 4


@dataclass(frozen=True, slots=True)
class Tariff:
    """One line of the price grid: `unit` as printed (heure, permis de construire, week-end), `price` in
    euros.
    """

    identifier: str
    unit: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class UnitPriceInputs:
    """`quantities`: code → tariff identifier → quantity ≥ 0. A code left out is unknown, not zero;
    within a code, every tariff is expected. `payer` is the authority left with the difference."""

    tariffs: tuple[Tariff, ...]
    quantities: Mapping[str, Mapping[str, Decimal]]
    payer: str
    source: str = ""


class UnitPrice(AllocationKey[UnitPriceInputs]):
    identifier: ClassVar[str] = "unit_price"
    label: ClassVar[str] = "Prix unitaire × quantité"
    shares_whole: ClassVar[bool] = False
    inputs_spec: ClassVar[tuple[FieldSpec, ...]] = (
        FieldSpec(
            "tariffs",
            "Prix unitaires",
            FieldKind.ROWS,
            "Une ligne par unité facturée : heure, acte, prêt. Un seul prix suffit souvent.",
            columns=(
                FieldSpec("unit", "Unité", FieldKind.TEXT, "Au singulier : heure, permis de construire."),
                FieldSpec("price", "Prix", FieldKind.AMOUNT, "En euros par unité.", places=PLACES),
            ),
        ),
        FieldSpec(
            "quantities",
            "Quantités de chaque collectivité",
            FieldKind.QUANTITY_PER_PARTY_AND_ROW,
            "Zéro veut dire aucun recours. Si la quantité n’est pas connue, laissez vide.",
            places=PLACES,
        ),
        FieldSpec(
            "payer",
            "Qui garde la différence",
            FieldKind.TEXT,
            "La collectivité qui paie ce que les prix ne couvrent pas, ou garde l’excédent.",
        ),
        FieldSpec(
            "source",
            "Source des quantités",
            FieldKind.TEXT,
            "État des recours, année ou prévision.",
            required=False,
        ),
    )

    def explain(self) -> str:
        return typographie(
            "Chaque collectivité paie ce qu'elle utilise : un prix par unité, multiplié par le nombre d'unités. "
            "La somme peut différer du coût du service ; la différence est affichée, avec qui la paie."
        )

    def read(self, data: Mapping[str, Any]) -> UnitPriceInputs:
        rows = data.get("tariffs")
        if not isinstance(rows, list) or not rows:
            raise CostingError("Prix unitaires : indiquez au moins un prix et son unité.", "tariffs")
        tariffs = tuple(_tariff(row, index) for index, row in enumerate(rows))
        if len({tariff.identifier for tariff in tariffs}) != len(tariffs):
            raise CostingError(
                "Prix unitaires : deux lignes portent le même repère. Gardez-en une.", "tariffs"
            )
        quantities = mapping(data.get("quantities"), path="quantities", what="Quantités")
        return UnitPriceInputs(
            tariffs=tariffs,
            quantities={
                code: _quantities(quantities[code], code)
                for code in sorted(quantities)
                if quantities[code] is not None
            },
            payer=text(data, "payer", what="Qui garde la différence"),
            source=text(data, "source", what="Source", required=False),
        )

    def write(self, inputs: UnitPriceInputs) -> dict[str, Any]:
        return {
            "payer": inputs.payer,
            "quantities": {
                code: {key: str(trimmed(row[key])) for key in sorted(row)}
                for code, row in sorted(inputs.quantities.items())
            },
            "source": inputs.source,
            # The order of the grid is kept: it is the order in which people read it.
            "tariffs": [
                {"id": tariff.identifier, "price": str(trimmed(tariff.price)), "unit": tariff.unit}
                for tariff in inputs.tariffs
            ],
        }

    def plan(self, parties: tuple[Party, ...], inputs: UnitPriceInputs) -> Plan:
        if not inputs.tariffs:
            raise CostingError("Prix unitaires : indiquez au moins un prix et son unité.", "tariffs")
        terms = " + ".join(f"{price(tariff.price)} × nombre ({tariff.unit})" for tariff in inputs.tariffs)
        return ByUse(
            key=self.identifier, label=self.label, rule=f"Part = {terms}", parties=parties, inputs=self.write(inputs),
            lines=tuple(_share_line(party, inputs) for party in parties), payer=inputs.payer,
            remarks=(typographie(f"Source : {inputs.source or 'non indiquée'}."),),
        )  # fmt: skip


def _tariff(row: Any, index: int) -> Tariff:
    path = f"tariffs.{index}"
    what = f"Prix unitaire, ligne {index + 1}"
    cells = mapping(row, path=path, what=what)
    return Tariff(
        identifier=text(cells, "id", what=f"{what}, repère", path=f"{path}.id"),
        unit=text(cells, "unit", what=f"{what}, unité", path=f"{path}.unit"),
        price=trimmed(
            quantity(cells.get("price"), places=PLACES, path=f"{path}.price", what=f"{what}, prix")
        ),
    )


def _quantities(row: Any, code: str) -> dict[str, Decimal]:
    path = f"quantities.{code}"
    cells = mapping(row, path=path, what=f"Quantités de {code}")
    return {
        key: trimmed(quantity(cells[key], places=PLACES, path=f"{path}.{key}", what=f"Quantité de {code}"))
        for key in sorted(cells)
        if cells[key] is not None
    }


def _share_line(party: Party, inputs: UnitPriceInputs) -> ShareLine:
    row = inputs.quantities.get(party.code, {})
    share = ZERO
    terms: list[str] = []
    used: dict[str, str] = {}
    for tariff in inputs.tariffs:
        path = f"quantities.{party.code}.{tariff.identifier}"
        if row.get(tariff.identifier) is None:
            raise CostingError(
                f"Le nombre d'unités « {tariff.unit} » n'est pas connu pour {party.name} : rien n'est réparti. "
                "Saisissez-le (zéro s'il n'y a aucun recours), ou retirez cette collectivité du périmètre.",
                path,
            )
        units = quantity(row[tariff.identifier], places=PLACES, path=path, what=f"Quantité de {party.name}")
        unit_price = quantity(tariff.price, places=PLACES, path="tariffs", what=f"Prix « {tariff.unit} »")
        share += amount(product(unit_price, units), path=path, what=f"Part {of_place(party.name)}")
        terms.append(f"{price(unit_price)} × {counted(units, tariff.unit)}")
        used[tariff.unit] = str(trimmed(units))
    return ShareLine(
        code=party.code,
        name=party.name,
        share=share,
        sentence=typographie(f"Part {of_place(party.name)} = {' + '.join(terms)} = {money(share)}"),
        inputs=used,
    )
