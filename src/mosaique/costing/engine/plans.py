"""What a key will do with any cost among these authorities, once its inputs are read and checked.

A plan is made once and asked for as many years as needed: `shares` gives numbers only, `result` the same numbers with the
printed formula. Both come from one calculation, so a page that shows numbers shows those of the formula.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from mosaique.costing.engine.figures import ZERO
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import AllocationResult, Formula, ShareLine
from mosaique.costing.engine.rounding import (
    HALF_UP_FR,
    RULE_FR,
    from_cents,
    largest_remainder,
    to_cents,
    whole_numbers,
)
from mosaique.costing.engine.wording import of_place
from mosaique.kernel.typography import money, typographie


class Plan(ABC):
    """`parties` by ascending code. The totals asked for are exact to the cent (`keys.checked_total`)."""

    parties: tuple[Party, ...]
    label: str

    @abstractmethod
    def shares(self, total: Decimal) -> dict[str, Decimal]:
        """Code → euros."""

    @abstractmethod
    def result(self, total: Decimal) -> AllocationResult:
        """The same shares, with the formula and one sentence for each."""


@dataclass(frozen=True)
class Whole(Plan):
    """The plan of a key that shares its whole, in proportion to exact `weights` (code → number ≥ 0, one of them > 0).

    `sentence` explains one share of a total; `shown` gives the figures it was made from.
    """

    key: str
    label: str
    rule: str
    parties: tuple[Party, ...]
    weights: Mapping[str, Fraction | Decimal | int]
    inputs: Mapping[str, Any]
    sentence: Callable[[Party, Decimal, Decimal], str]
    shown: Callable[[Party], Mapping[str, str]]
    remarks: tuple[str, ...] = ()

    @cached_property
    def _numbers(self) -> list[int]:
        return whole_numbers([self.weights[party.code] for party in self.parties])

    def shares(self, total: Decimal) -> dict[str, Decimal]:
        cents, _ = largest_remainder(to_cents(total), self._numbers)
        return {party.code: from_cents(share) for party, share in zip(self.parties, cents, strict=True)}

    def result(self, total: Decimal) -> AllocationResult:
        cents, lifted = largest_remainder(to_cents(total), self._numbers)
        lines = tuple(
            ShareLine(
                code=party.code, name=party.name, share=from_cents(share), inputs=self.shown(party), lifted=position in lifted,
                sentence=typographie(self.sentence(party, total, from_cents(share))),
            )
            for position, (party, share) in enumerate(zip(self.parties, cents, strict=True))
        )  # fmt: skip
        return AllocationResult(
            total=total,
            shares={line.code: line.share for line in lines},
            left_over=ZERO,
            statement=typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}."),
            formula=Formula(
                key=self.key, label=self.label, rule=typographie(self.rule), inputs=self.inputs, lines=lines, rounding=RULE_FR,
                remarks=self.remarks,
            ),
        )  # fmt: skip


@dataclass(frozen=True)
class ByUse(Plan):
    """The plan of a key whose shares follow use: they do not depend on the cost, `payer` keeps the difference."""

    key: str
    label: str
    rule: str
    parties: tuple[Party, ...]
    lines: tuple[ShareLine, ...]
    inputs: Mapping[str, Any]
    payer: str
    remarks: tuple[str, ...] = ()

    def shares(self, total: Decimal) -> dict[str, Decimal]:
        return {line.code: line.share for line in self.lines}

    def result(self, total: Decimal) -> AllocationResult:
        shares = self.shares(total)
        left_over = total - sum(shares.values(), ZERO)
        return AllocationResult(
            total=total,
            shares=shares,
            left_over=left_over,
            statement=uncovered(total, left_over, self.payer),
            formula=Formula(
                key=self.key, label=self.label, rule=typographie(self.rule), inputs=self.inputs, lines=self.lines,
                rounding=HALF_UP_FR, remarks=self.remarks,
            ),
        )  # fmt: skip


def uncovered(total: Decimal, left_over: Decimal, payer: str) -> str:
    """What the shares of a tariff cover, and who keeps the difference."""
    covered = money(total - left_over)
    if left_over == 0:
        return typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}.")
    if left_over > 0:
        return typographie(
            f"Les parts couvrent {covered} sur {money(total)}. Reste à la charge {of_place(payer)} : {money(left_over)}."
        )
    return typographie(
        f"Les parts ({covered}) dépassent le coût à couvrir ({money(total)}) de {money(-left_over)} : la différence est gardée "
        f"par {payer}."
    )
