"""What may be laid over any key: a part the carrier keeps first, who pays nothing, a minimum and a maximum per authority.

The key shares what is left, among those who are left, by its own rule; nothing is invented and the whole still adds up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import ZERO, amount, quantity
from mosaique.costing.engine.keys import AllocationKey, checked_total, mapping
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.results import AllocationResult, ShareLine
from mosaique.costing.engine.rounding import from_cents
from mosaique.costing.engine.wording import of_place, plural, trimmed
from mosaique.kernel.typography import decimal_number, money, typographie

#: Where adjustments live in the stored inputs of a key: none of its own inputs bears this name.
NAME = "adjust"


@dataclass(frozen=True, slots=True)
class Adjustments:
    """`first`: percent of the cost kept by `keeper` before sharing. `exempt`: codes that pay nothing. `minimum`, `maximum`:
    euros per authority that pays; None: no bound."""

    first: Decimal = Decimal(0)
    keeper: str = ""
    exempt: frozenset[str] = frozenset()
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return not self.first and not self.exempt and self.minimum is None and self.maximum is None


NONE = Adjustments()


def read(data: Mapping[str, Any]) -> Adjustments:
    """The adjustments of stored or typed inputs. Raises `CostingError` at the place that is wrong."""
    raw = data.get(NAME)
    if raw is None:
        return NONE
    cells = mapping(raw, path=NAME, what="Ajustements")
    first = quantity(cells.get("first") or "0", places=2, path=f"{NAME}.first", what="Part gardée d'abord")
    if first > 100:
        raise CostingError(
            "Part gardée d'abord : elle ne dépasse pas 100 % du coût. Corrigez-la.", f"{NAME}.first"
        )
    low, high = (_bound(cells, name) for name in ("minimum", "maximum"))
    if low is not None and high is not None and low > high:
        raise CostingError(
            f"Le minimum ({money(low)}) dépasse le maximum ({money(high)}) : aucune part ne peut convenir. Corrigez l'un des deux.",
            f"{NAME}.minimum",
        )
    exempt = cells.get("exempt") or []
    if not isinstance(exempt, list) or not all(isinstance(code, str) for code in exempt):
        raise CostingError(
            "Collectivités exonérées : la liste n'est pas lisible. Cochez-les à nouveau.", f"{NAME}.exempt"
        )
    return Adjustments(trimmed(first), str(cells.get("keeper") or "")[:200], frozenset(exempt), low, high)


def _bound(cells: Mapping[str, Any], name: str) -> Decimal | None:
    value = cells.get(name)
    if value in (None, ""):
        return None
    found = amount(value, path=f"{NAME}.{name}", what=name.capitalize())
    if found < 0:
        raise CostingError(
            f"{name.capitalize()} : une somme négative n'est pas possible ici.", f"{NAME}.{name}"
        )
    return found


def write(adjustments: Adjustments) -> dict[str, Any]:
    """Canonical; empty when there is nothing to say, so that a key alone is stored as it always was."""
    if adjustments.is_empty:
        return {}
    return {
        NAME: {
            "exempt": sorted(adjustments.exempt), "first": str(trimmed(adjustments.first)), "keeper": adjustments.keeper,
            "maximum": None if adjustments.maximum is None else str(adjustments.maximum),
            "minimum": None if adjustments.minimum is None else str(adjustments.minimum),
        }
    }  # fmt: skip


def allocate(
    key: AllocationKey[Any], total: Decimal, parties: Iterable[Party], inputs: Any, adjustments: Adjustments
) -> AllocationResult:
    """Share `total` with `key` under `adjustments`. `sum(shares) + left_over == total`; `left_over` holds what is kept first.

    Raises `CostingError` when the bounds cannot hold all together, or when nobody is left to pay.
    """
    total = checked_total(total)
    members = ordered(parties)
    if adjustments.is_empty:
        return key.allocate(total, members, inputs)
    payers = tuple(party for party in members if party.code not in adjustments.exempt)
    if not payers:
        raise CostingError(
            "Toutes les collectivités sont exonérées : il n'y a personne pour payer. Décochez-en une.",
            f"{NAME}.exempt",
        )
    kept = _percent(total, adjustments.first)
    shared = total - kept
    _check_bounds(key, shared, payers, adjustments)
    lines, result = _bounded(key, shared, payers, inputs, adjustments)
    zero = {party.code: _exempt(party) for party in members if party.code in adjustments.exempt}
    whole = tuple(zero.get(party.code) or lines[party.code] for party in members)
    left_over = total - sum((line.share for line in whole), ZERO)
    return AllocationResult(
        total=total,
        shares={line.code: line.share for line in whole},
        left_over=left_over,
        statement=_statement(total, kept, left_over, adjustments, result),
        formula=replace(
            result.formula,
            inputs={**result.formula.inputs, **write(adjustments)},
            lines=whole,
            remarks=(*result.formula.remarks, *_remarks(adjustments, kept, len(zero))),
        ),
    )


def _percent(total: Decimal, percent: Decimal) -> Decimal:
    """`percent` of `total` to the nearest cent, the half cent away from zero: the same for a cost and for a receipt."""
    exact = abs(Fraction(total)) * Fraction(percent)  # in cents: × 100 ÷ 100
    cents = int(exact + Fraction(1, 2))
    return from_cents(-cents if total < 0 else cents)


def _check_bounds(
    key: AllocationKey[Any], shared: Decimal, payers: tuple[Party, ...], adjustments: Adjustments
) -> None:
    """A key that shares its whole cannot give less than every minimum, nor more than every maximum."""
    low, high, many = adjustments.minimum, adjustments.maximum, len(payers)
    if low is None and high is None:
        return
    if shared < 0:
        raise CostingError(
            "Un minimum ou un maximum ne s'applique pas à une recette à partager : retirez-le.",
            f"{NAME}.minimum",
        )
    if not key.shares_whole:
        return
    if low is not None and low * many > shared:
        raise CostingError(
            f"Le total des minimums ({money(low * many)} pour {plural(many, 'collectivité', 'collectivités')}) dépasse le coût à "
            f"partager ({money(shared)}). Rien n'est réparti ; baissez le minimum.",
            f"{NAME}.minimum",
        )
    if high is not None and high * many < shared:
        raise CostingError(
            f"Le total des maximums ({money(high * many)}) ne couvre pas le coût à partager ({money(shared)}). Rien n'est réparti ; "
            "relevez le maximum.",
            f"{NAME}.maximum",
        )


def _bounded(
    key: AllocationKey[Any], shared: Decimal, payers: tuple[Party, ...], inputs: Any, adjustments: Adjustments
) -> tuple[dict[str, ShareLine], AllocationResult]:
    """Lines by code, and the result whose formula explains the shares that no bound moved.

    What a minimum adds or a maximum takes away goes back to those no bound holds, by the key's own rule, until it settles:
    at each turn at least one authority is settled, so it ends. A tariff is only clamped: its difference is already kept.
    """
    low, high = adjustments.minimum, adjustments.maximum
    result = key.allocate(shared, payers, inputs)
    if not key.shares_whole:
        return {line.code: _held(line, low, high) for line in result.formula.lines}, result
    settled: dict[str, ShareLine] = {}
    while True:
        moved = {line.code: _held(line, low, high) for line in result.formula.lines}
        excess = sum((moved[line.code].share - line.share for line in result.formula.lines), ZERO)
        if not excess:
            return {**moved, **settled}, result
        # Too much in all: the minimums are what they are; too little: the maximums. The others are shared again.
        up = excess > 0
        for line in result.formula.lines:
            held = moved[line.code]
            if (held.share > line.share) if up else (held.share < line.share):
                settled[line.code] = held
        left = tuple(party for party in payers if party.code not in settled)
        rest = shared - sum((line.share for line in settled.values()), ZERO)
        if not left:
            return settled, result
        result = key.allocate(rest, left, inputs)


def _held(line: ShareLine, low: Decimal | None, high: Decimal | None) -> ShareLine:
    """The line within its bounds; one that is moved says from where."""
    if low is not None and line.share < low:
        return replace(line, share=low, lifted=False, sentence=typographie(
            f"Part {of_place(line.name)} = minimum, {money(low)} (le calcul donnait {money(line.share)})"))  # fmt: skip
    if high is not None and line.share > high:
        return replace(line, share=high, lifted=False, sentence=typographie(
            f"Part {of_place(line.name)} = maximum, {money(high)} (le calcul donnait {money(line.share)})"))  # fmt: skip
    return line


def _exempt(party: Party) -> ShareLine:
    return ShareLine(
        code=party.code, name=party.name, share=ZERO, inputs={},
        sentence=typographie(f"Part {of_place(party.name)} = {money(ZERO)}, exonérée"),
    )  # fmt: skip


def _remarks(adjustments: Adjustments, kept: Decimal, exempt: int) -> tuple[str, ...]:
    found = []
    if adjustments.first:
        percent = decimal_number(adjustments.first, max(0, -int(adjustments.first.as_tuple().exponent)))
        found.append(
            f"D'abord, {adjustments.keeper or 'le porteur'} garde {percent} % du coût : {money(kept)}."
        )
    if adjustments.minimum is not None or adjustments.maximum is not None:
        bounds = [
            f"{word} {money(value)}"
            for word, value in (("au moins", adjustments.minimum), ("au plus", adjustments.maximum))
            if value is not None
        ]
        found.append(f"Chaque part fait {' et '.join(bounds)}.")
    if exempt:
        found.append(f"Exonérées, elles ne paient rien : {plural(exempt, 'collectivité', 'collectivités')}.")
    return tuple(typographie(one) for one in found)


def _statement(
    total: Decimal, kept: Decimal, left_over: Decimal, adjustments: Adjustments, result: AllocationResult
) -> str:
    if not adjustments.first and not left_over:
        return typographie(f"La somme des parts est égale au coût à couvrir : {money(total)}.")
    if left_over == kept:
        return typographie(
            f"La somme des parts ({money(total - kept)}) et ce que garde {adjustments.keeper or 'le porteur'} ({money(kept)}) font le "
            f"coût à couvrir : {money(total)}."
        )
    return typographie(
        f"Les parts couvrent {money(total - left_over)} sur {money(total)}. Le reste, {money(left_over)}, est à la charge de qui "
        "porte le service."
    )
