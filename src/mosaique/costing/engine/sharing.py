"""What the keys that share a whole have in common: weights in, exact shares and a printed formula out."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import AllocationResult, Formula, ShareLine
from mosaique.costing.engine.rounding import RULE_FR, from_cents, to_cents
from mosaique.costing.engine.wording import of_place
from mosaique.kernel.typography import money, typographie


def cut(
    total: Decimal, parties: Sequence[Party], weights: Mapping[str, Fraction]
) -> tuple[dict[str, Decimal], frozenset[str]]:
    """`total` in proportion to exact weights (code → fraction ≥ 0, summing to 1). Largest remainder, ties by code.

    Returns the shares and the codes that received one cent by the largest remainder. A receipt (negative total) is
    shared as its opposite, then negated.
    """
    cents = to_cents(total)
    sign = -1 if cents < 0 else 1
    exact = {party.code: abs(cents) * weights[party.code] for party in parties}
    floors = {code: int(value) for code, value in exact.items()}
    left = abs(cents) - sum(floors.values())
    ranked = sorted(parties, key=lambda party: (floors[party.code] - exact[party.code], party.order))
    lifted = frozenset(party.code for party in ranked[:left])
    return {code: from_cents(sign * (floor + (code in lifted))) for code, floor in floors.items()}, lifted


def whole(
    *, key: str, label: str, rule: str, total: Decimal, parties: Sequence[Party], weights: Mapping[str, Fraction],
    inputs: Mapping[str, Any], sentence: Callable[[Party, Decimal], str], shown: Callable[[Party], Mapping[str, str]],
    remarks: tuple[str, ...] = (),
) -> AllocationResult:  # fmt: skip
    """The result of a key that shares its whole: `weights` sum to 1, `sentence` explains one share."""
    shares, lifted = cut(total, parties, weights)
    lines = tuple(
        ShareLine(
            code=party.code, name=party.name, share=shares[party.code],
            sentence=typographie(sentence(party, shares[party.code])), inputs=shown(party), lifted=party.code in lifted,
        )
        for party in parties
    )  # fmt: skip
    return AllocationResult(
        total=total,
        shares=shares,
        left_over=Decimal("0.00"),
        statement=typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}."),
        formula=Formula(
            key=key,
            label=label,
            rule=typographie(rule),
            inputs=inputs,
            lines=lines,
            rounding=RULE_FR,
            remarks=remarks,
        ),
    )


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
