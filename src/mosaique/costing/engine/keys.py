"""What every allocation key (clé de répartition) must be. One file per key in `costing/allocation_keys`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import CENT, amount
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.plans import Plan
from mosaique.costing.engine.results import AllocationResult
from mosaique.kernel.typography import typographie


class FieldKind(StrEnum):
    """How a form asks for one input."""

    TEXT = "text"
    CHOICE = "choice"  # one of `choices`
    AMOUNT = "amount"  # euros
    QUANTITY = "quantity"  # a number ≥ 0
    QUANTITY_PER_PARTY = "quantity_per_party"  # one number ≥ 0 per authority: {code: number}
    ROWS = "rows"  # a short list of rows of its columns (prices, criteria, tiers)
    QUANTITY_PER_PARTY_AND_ROW = "quantity_per_party_and_row"  # {code: {row id: number}}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One input of a key: `name` in the JSON of inputs, `label` and `help` shown, `places` decimals
    accepted.
    """

    name: str
    label: str
    kind: FieldKind
    help: str
    required: bool = True
    places: int = 0
    columns: tuple["FieldSpec", ...] = ()
    """The cells of a row, when the field is a list of rows."""
    most: int = 4
    """How many rows a form offers."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) of a choice; the first one is taken when nothing is said."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", typographie(self.label))
        object.__setattr__(self, "help", typographie(self.help))
        object.__setattr__(
            self, "choices", tuple((value, typographie(label)) for value, label in self.choices)
        )


InputsT = TypeVar("InputsT")


class AllocationKey(ABC, Generic[InputsT]):
    """A way of sharing a cost. Stateless: one instance per key, listed in `costing/registry.py`.

    `read` and `write` are inverse of each other; `write` is canonical (same inputs → same JSON).
    """

    identifier: ClassVar[str]
    label: ClassVar[str]
    inputs_spec: ClassVar[tuple[FieldSpec, ...]]
    #: The shares of most keys sum to the cost; those of a tariff follow use, and leave a difference that is stated.
    shares_whole: ClassVar[bool] = True

    @abstractmethod
    def explain(self) -> str:
        """How this key shares a cost and when it suits, in one or two French sentences."""

    @abstractmethod
    def read(self, data: Mapping[str, Any]) -> InputsT:
        """Inputs from plain JSON data. Raises `CostingError` at the place that is wrong."""

    @abstractmethod
    def write(self, inputs: InputsT) -> dict[str, Any]:
        """Inputs as plain JSON data, decimals as text, in canonical order."""

    @abstractmethod
    def plan(self, parties: tuple[Party, ...], inputs: InputsT) -> Plan:
        """Check every input against `parties` (by ascending code). Raises `CostingError`; plans nothing by halves."""

    def allocate(self, total: Decimal, parties: Iterable[Party], inputs: InputsT) -> AllocationResult:
        """Share `total` (euros) among `parties`."""
        checked = checked_total(total)
        return self.plan(ordered(parties), inputs).result(checked)


def checked_total(total: Any) -> Decimal:
    """The cost to share: euros exact to the cent, negative for a receipt, zero allowed."""
    return amount(total, path="total", what="Coût à répartir").quantize(CENT)


def mapping(value: Any, *, path: str, what: str) -> Mapping[str, Any]:
    """A JSON object, or a sentence saying that it is missing."""
    if not isinstance(value, Mapping):
        raise CostingError(f"{what} : aucune saisie lisible. Saisissez les valeurs à nouveau.", path)
    return value


def text(data: Mapping[str, Any], name: str, *, what: str, required: bool = True, path: str = "") -> str:
    """A short text of the inputs, without surrounding spaces."""
    value = data.get(name, "")
    if not isinstance(value, str) or len(value) > 200:
        raise CostingError(f"{what} : un texte de 200 caractères au plus est attendu.", path or name)
    if required and not value.strip():
        raise CostingError(f"{what} : indiquez-le, il figure dans la formule imprimée.", path or name)
    return value.strip()
