"""What may be laid over any key: a part the carrier keeps first, parts agreed beforehand, who pays nothing, a minimum and a
maximum per authority.

A body that is no commune (syndicat, CIAS, association) has no population, and often none of the criterion of a key: its part
may be agreed, in euros or in percent of the cost. It is then set apart: the key shares the rest among the others.
The key shares what is left among those who pay, by its own rule. What a minimum adds or a maximum takes away then goes to the
others in proportion to the share the key gave them, a figure the page shows: the whole can be made again by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.figures import CENT, ZERO, amount, quantity
from mosaique.costing.engine.keys import AllocationKey, checked_total, mapping
from mosaique.costing.engine.parties import Party, ordered
from mosaique.costing.engine.plans import Plan
from mosaique.costing.engine.results import AllocationResult, ShareLine
from mosaique.costing.engine.rounding import from_cents, largest_remainder, to_cents
from mosaique.costing.engine.wording import of_place, percent, plural, trimmed
from mosaique.kernel.typography import money, typographie

#: Where adjustments live in the stored inputs of a key: none of its own inputs bears this name.
NAME = "adjust"
#: Parts agreed beforehand: they hold whatever the key.
AGREED = ("agreed_amount", "agreed_percent")


@dataclass(frozen=True, slots=True)
class Adjustments:
    """`first` (percent of the cost) or `first_amount` (euros): what `keeper` keeps before sharing. `exempt`: codes that pay
    nothing. `minimum`, `maximum`: euros per authority that the key makes pay; None: no bound. `agreed_amount` (euros) and
    `agreed_percent` (of the cost): code → the part agreed for it; no code is in both."""

    first: Decimal = Decimal(0)
    keeper: str = ""
    exempt: frozenset[str] = frozenset()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    first_amount: Decimal | None = None
    agreed_amount: Mapping[str, Decimal] = field(default_factory=dict)
    agreed_percent: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.first or self.first_amount or self.exempt or self.is_bounded or self.agreed)

    @property
    def agreed(self) -> frozenset[str]:
        """Codes whose part the key does not calculate."""
        return frozenset(self.agreed_amount) | frozenset(self.agreed_percent)

    @property
    def is_bounded(self) -> bool:
        return self.minimum is not None or self.maximum is not None


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
    low, high, first_amount = (_bound(cells, name) for name in ("minimum", "maximum", "first_amount"))
    if first and first_amount:
        raise CostingError(
            "Part gardée d'abord : donnez un pourcentage ou un montant, pas les deux. Videz une des deux cases.",
            f"{NAME}.first_amount",
        )
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
    amounts, percents = _agreed(cells, exempt)
    return Adjustments(
        trimmed(first),
        str(cells.get("keeper") or "")[:200],
        frozenset(exempt),
        low,
        high,
        first_amount or None,
        amounts,
        percents,
    )


def _agreed(cells: Mapping[str, Any], exempt: list[str]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Code → euros, and code → percent of the cost. Zero is a part that was agreed; nothing is no agreement."""
    written = {
        name: mapping(cells.get(name) or {}, path=f"{NAME}.{name}", what="Parts convenues")
        for name in ("agreed_amount", "agreed_percent")
    }
    found: dict[str, dict[str, Decimal]] = {}
    for name, places in (("agreed_amount", 2), ("agreed_percent", 4)):
        found[name] = {
            code: quantity(
                written[name][code],
                places=places,
                path=f"{NAME}.{name}.{code}",
                what=f"Part convenue de {code}",
            )
            for code in sorted(written[name])
            if written[name][code] not in (None, "")
        }
    amounts, percents = found["agreed_amount"], found["agreed_percent"]
    for code in sorted(amounts.keys() & percents.keys()):
        raise CostingError(
            "Part convenue : donnez une somme ou un pourcentage, pas les deux. Videz une des deux cases.",
            f"{NAME}.agreed_percent.{code}",
        )
    for name, codes in found.items():
        for code in sorted(codes.keys() & set(exempt)):
            raise CostingError(
                "Une part convenue et une exonération ne vont pas ensemble : décochez l'exonération, ou videz la part convenue.",
                f"{NAME}.{name}.{code}",
            )
    if sum(percents.values(), Decimal(0)) > 100:
        raise CostingError(
            f"Les parts convenues font {percent(trimmed(sum(percents.values(), Decimal(0))))} du coût : elles ne peuvent pas dépasser "
            "100 %. Baissez-en une.",
            f"{NAME}.agreed_percent.{max(percents)}",
        )
    return (
        {code: amount.quantize(CENT) for code, amount in amounts.items()},
        {code: trimmed(share) for code, share in percents.items()},
    )


_SAID = {"minimum": "Minimum", "maximum": "Maximum", "first_amount": "Part gardée d'abord"}


def _bound(cells: Mapping[str, Any], name: str) -> Decimal | None:
    value = cells.get(name)
    if value in (None, ""):
        return None
    found = amount(value, path=f"{NAME}.{name}", what=_SAID[name])
    if found < 0:
        raise CostingError(f"{_SAID[name]} : une somme négative n'est pas possible ici.", f"{NAME}.{name}")
    return found


def write(adjustments: Adjustments) -> dict[str, Any]:
    """Canonical; empty when there is nothing to say, so that a key alone is stored as it always was."""
    if adjustments.is_empty:
        return {}
    kept = adjustments.first_amount
    return {
        NAME: {
            "exempt": sorted(adjustments.exempt), "first": str(trimmed(adjustments.first)), "keeper": adjustments.keeper,
            "maximum": None if adjustments.maximum is None else str(adjustments.maximum),
            "minimum": None if adjustments.minimum is None else str(adjustments.minimum),
            **({} if kept is None else {"first_amount": str(kept)}),
            **_written("agreed_amount", adjustments.agreed_amount), **_written("agreed_percent", adjustments.agreed_percent),
        }
    }  # fmt: skip


def _written(name: str, parts: Mapping[str, Decimal]) -> dict[str, dict[str, str]]:
    """Nothing where nothing is agreed: calculations made before parts could be are made again as they were."""
    return {name: {code: str(parts[code]) for code in sorted(parts)}} if parts else {}


def allocate(
    key: AllocationKey[Any], total: Decimal, parties: Iterable[Party], inputs: Any, adjustments: Adjustments
) -> AllocationResult:
    """Share `total` with `key` under `adjustments`. `sum(shares) + left_over == total`; `left_over` holds what is kept first.

    Raises `CostingError` when the bounds cannot hold all together, or when nobody is left to pay.
    """
    checked = checked_total(total)
    return plan(key, parties, inputs, adjustments).result(checked)


def plan(key: AllocationKey[Any], parties: Iterable[Party], inputs: Any, adjustments: Adjustments) -> Plan:
    """The plan of `key` among those who pay, under `adjustments`: for as many years as needed."""
    members = ordered(parties)
    if adjustments.is_empty:
        return key.plan(members, inputs)
    here = {party.code for party in members}
    gone = adjustments.agreed - here
    if gone:  # no longer counted: its part goes with it
        adjustments = replace(
            adjustments,
            agreed_amount={code: part for code, part in adjustments.agreed_amount.items() if code in here},
            agreed_percent={code: part for code, part in adjustments.agreed_percent.items() if code in here},
        )
    payers = tuple(party for party in members if party.code not in adjustments.exempt | adjustments.agreed)
    if not payers and adjustments.agreed:
        name = "agreed_amount" if adjustments.agreed_amount else "agreed_percent"
        code = sorted(adjustments.agreed_amount or adjustments.agreed_percent)[0]
        raise CostingError(
            "Tous ceux qui paient ont une part convenue : la clé n'a plus rien à partager. Videz-en une, ou prenez la clé "
            "« Pourcentages convenus ».",
            f"{NAME}.{name}.{code}",
        )
    if not payers:
        raise CostingError(
            "Toutes les collectivités sont exonérées : il n'y a personne pour payer. Décochez-en une.",
            f"{NAME}.exempt",
        )
    return _Adjusted(key.label, members, key.plan(payers, inputs), adjustments, key.shares_whole)


@dataclass(frozen=True)
class _Adjusted(Plan):
    """`base` shares what is neither kept first nor agreed among those who pay by the key; its shares are then held within
    their bounds. Agreed parts are those that were agreed, whatever the bounds."""

    label: str
    parties: tuple[Party, ...]
    base: Plan
    adjustments: Adjustments
    shares_whole: bool

    def shares(self, total: Decimal) -> dict[str, Decimal]:
        agreed = self._agreed(total)
        rest = self._rest(total, agreed)
        held = self._held(rest, self.base.shares(rest))[0] | agreed
        return {party.code: held.get(party.code, ZERO) for party in self.parties}

    def result(self, total: Decimal) -> AllocationResult:
        adjustments, kept, agreed = self.adjustments, self._kept(total), self._agreed(total)
        rest = self._rest(total, agreed)
        result = self.base.result(rest)
        held, moved = self._held(rest, result.shares)
        by_code = {line.code: self._line(line, held, moved, result.shares) for line in result.formula.lines}
        by_code |= {
            party.code: self._agreed_line(party, total, agreed[party.code])
            for party in self.parties
            if party.code in agreed
        }
        lines = tuple(by_code.get(party.code) or _exempt(party) for party in self.parties)
        left_over = total - sum((line.share for line in lines), ZERO)
        return AllocationResult(
            total=total,
            shares={line.code: line.share for line in lines},
            left_over=left_over,
            statement=_statement(total, kept, left_over, adjustments),
            formula=replace(
                result.formula,
                inputs={**result.formula.inputs, **write(adjustments)},
                lines=lines,
                remarks=(
                    *result.formula.remarks,
                    *_remarks(
                        adjustments,
                        kept,
                        len(lines) - len(by_code),
                        bool(moved),
                        sum(agreed.values(), ZERO),
                        rest,
                    ),
                ),
            ),
        )

    def _kept(self, total: Decimal) -> Decimal:
        amount = self.adjustments.first_amount
        if amount is None:
            return _share_of(total, self.adjustments.first)
        if amount > total:
            raise CostingError(
                f"La part gardée d'abord ({money(amount)}) dépasse le coût à couvrir ({money(total)}). Rien n'est réparti ; baissez "
                "ce montant.",
                f"{NAME}.first_amount",
            )
        return amount

    def _agreed(self, total: Decimal) -> dict[str, Decimal]:
        """Code → the part agreed of this cost. A receipt is shared in percent alone: a sum to pay is no part of it."""
        amounts = self.adjustments.agreed_amount
        if total < 0 and any(amounts.values()):
            raise CostingError(
                f"Une somme convenue ne s'applique pas à une recette à partager ({money(total)}) : donnez un pourcentage.",
                f"{NAME}.agreed_amount.{min(amounts)}",
            )
        return {**amounts, **self._percents(total)}

    def _percents(self, total: Decimal) -> dict[str, Decimal]:
        """Each to the nearest cent. Parts that make the whole cost, and would exceed it by their half cents, are one cent lower
        where rounding added most, then from the last code: two halves of 100,01 € are 50,01 € and 50,00 €."""
        percents = self.adjustments.agreed_percent
        shares = {code: _share_of(total, part) for code, part in percents.items()}
        kept = _share_of(total, self.adjustments.first)
        over = to_cents(abs(kept) + sum((abs(share) for share in shares.values()), ZERO) - abs(total))
        if over <= 0 or self.adjustments.first + sum(percents.values(), Decimal(0)) > 100:
            return shares
        added = {
            code: abs(Fraction(shares[code])) * 100 - abs(Fraction(total)) * Fraction(part)
            for code, part in percents.items()
        }
        for code in sorted(added, key=lambda code: (added[code], code), reverse=True)[:over]:
            shares[code] = from_cents(to_cents(shares[code]) + (1 if total < 0 else -1))
        return shares

    def _rest(self, total: Decimal, agreed: Mapping[str, Decimal]) -> Decimal:
        """What the key shares. Never of the other sign than the cost: nobody is paid because others agreed to pay too much."""
        kept, parts = self._kept(total), sum(agreed.values(), ZERO)
        rest = total - kept - parts
        if rest * total < 0 or (rest and not total):
            name = "agreed_amount" if self.adjustments.agreed_amount else "agreed_percent"
            code = min(self.adjustments.agreed_amount or self.adjustments.agreed_percent)
            already = f", avec ce qui est gardé d'abord ({money(kept)})," if kept else ""
            raise CostingError(
                f"Les parts convenues ({money(parts)}){already} dépassent le coût à couvrir ({money(total)}). Rien n'est réparti ; "
                "baissez-en une.",
                f"{NAME}.{name}.{code}",
            )
        return rest

    def _agreed_line(self, party: Party, total: Decimal, share: Decimal) -> ShareLine:
        part = self.adjustments.agreed_percent.get(party.code)
        said = "somme convenue" if part is None else f"{money(total)} × {percent(part)}, part convenue"
        if part is not None and share != _share_of(total, part):
            said += " (un centime de moins : les parts font ainsi le coût entier)"
        return ShareLine(
            code=party.code, name=party.name, share=share, inputs={} if part is None else {"part convenue (%)": str(part)},
            sentence=typographie(f"Part {of_place(party.name)} = {said} = {money(share)}"),
        )  # fmt: skip

    def _held(self, shared: Decimal, shares: Mapping[str, Decimal]) -> tuple[dict[str, Decimal], "_Moved"]:
        """Shares of `shared` within their bounds, and what is shared again by those no bound holds (code → their weight).

        At each turn, those on the wrong side of the bounds that weigh most are settled, and the rest is shared again in
        proportion to the first shares: at least one authority is settled each time, so it ends. A tariff is only clamped: its
        difference is already kept by somebody.
        """
        low, high = self.adjustments.minimum, self.adjustments.maximum
        if low is None and high is None:
            return dict(shares), {}
        self._check_bounds(shared)
        if not self.shares_whole:
            return {code: _clamped(share, low, high) for code, share in shares.items()}, {}
        settled: dict[str, Decimal] = {}
        now: dict[str, Decimal] = dict(shares)
        again: dict[str, int] = {}
        while True:
            clamped = {code: _clamped(share, low, high) for code, share in now.items()}
            excess = sum(clamped.values(), ZERO) - sum(now.values(), ZERO)
            if not excess:
                return {**clamped, **settled}, again
            # Too much in all: the minimums are what they are; too little: the maximums. The others share the rest again.
            settled |= {
                code: held
                for code, held in clamped.items()
                if (held > now[code] if excess > 0 else held < now[code])
            }
            rest = to_cents(shared - sum(settled.values(), ZERO))
            codes = [code for code in shares if code not in settled]
            if not codes:
                return settled, {}
            # Nobody left was to pay anything: they share alike.
            again = {code: to_cents(shares[code]) for code in codes}
            if not any(again.values()):
                again = dict.fromkeys(codes, 1)
            cents, _ = largest_remainder(rest, list(again.values()))
            now = {code: from_cents(share) for code, share in zip(codes, cents, strict=True)}

    def _check_bounds(self, shared: Decimal) -> None:
        """A key that shares its whole cannot give less than every minimum, nor more than every maximum."""
        low, high = self.adjustments.minimum, self.adjustments.maximum
        many = len(self.base.parties)
        if shared < 0:
            raise CostingError(
                "Un minimum ou un maximum ne s'applique pas à une recette à partager : retirez-le.",
                f"{NAME}.minimum" if low is not None else f"{NAME}.maximum",
            )
        if not self.shares_whole:
            return
        if low is not None and low * many > shared:
            raise CostingError(
                f"Le total des minimums ({money(low * many)} pour {plural(many, 'collectivité', 'collectivités')}) dépasse le coût "
                f"à partager ({money(shared)}). Rien n'est réparti ; baissez le minimum.",
                f"{NAME}.minimum",
            )
        if high is not None and high * many < shared:
            raise CostingError(
                f"Le total des maximums ({money(high * many)}) ne couvre pas le coût à partager ({money(shared)}). Rien n'est "
                "réparti ; relevez le maximum.",
                f"{NAME}.maximum",
            )

    def _line(
        self, line: ShareLine, held: Mapping[str, Decimal], moved: "_Moved", first: Mapping[str, Decimal]
    ) -> ShareLine:
        """A share that is not the key's own says why; the key's own calculation stays in its sentence."""
        share = held[line.code]
        if share == line.share and line.code not in moved:
            return line
        if line.code not in moved:
            word = "minimum" if share > line.share else "maximum"
            sentence = (
                f"Part {of_place(line.name)} = {word}, {money(share)} (le calcul donnait {money(line.share)})"
            )
        elif any(first[code] for code in moved):
            whole = sum((first[code] for code in moved), ZERO)
            rest = sum((held[code] for code in moved), ZERO)
            sentence = f"{line.sentence} ; puis {money(rest)} × {money(line.share)} ÷ {money(whole)} = {money(share)}"
        else:
            rest = sum((held[code] for code in moved), ZERO)
            among = plural(len(moved), "collectivité", "collectivités")
            sentence = f"{line.sentence} ; puis {money(rest)} ÷ {among} = {money(share)}"
        return replace(line, share=share, lifted=False, sentence=typographie(sentence))


_Moved = Mapping[str, int]


def _share_of(total: Decimal, percent_kept: Decimal) -> Decimal:
    """`percent_kept` of `total` to the nearest cent, the half cent away from zero: the same for a cost and for a receipt."""
    exact = abs(Fraction(total)) * Fraction(percent_kept)  # in cents: × 100 ÷ 100
    cents = int(exact + Fraction(1, 2))
    return from_cents(-cents if total < 0 else cents)


def _clamped(share: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is not None and share < low:
        return low
    if high is not None and share > high:
        return high
    return share


def _exempt(party: Party) -> ShareLine:
    return ShareLine(
        code=party.code, name=party.name, share=ZERO, inputs={},
        sentence=typographie(f"Part {of_place(party.name)} = {money(ZERO)}, exonérée"),
    )  # fmt: skip


def _remarks(
    adjustments: Adjustments, kept: Decimal, exempt: int, moved: bool, agreed: Decimal, rest: Decimal
) -> tuple[str, ...]:
    found, keeper = [], adjustments.keeper or "le porteur"
    if adjustments.first:
        found.append(f"D'abord, {keeper} garde {percent(adjustments.first)} du coût : {money(kept)}.")
    if adjustments.first_amount is not None:
        found.append(f"D'abord, {keeper} garde {money(kept)}.")
    if adjustments.agreed:
        said = (
            "une part convenue d'avance"
            if len(adjustments.agreed) == 1
            else f"{len(adjustments.agreed)} parts convenues d'avance"
        )
        found.append(f"À part : {said}, {money(agreed)} ; la clé partage le reste, {money(rest)}.")
    if adjustments.is_bounded:
        bounds = [
            f"{word} {money(value)}"
            for word, value in (("au moins", adjustments.minimum), ("au plus", adjustments.maximum))
            if value is not None
        ]
        found.append(f"Chaque part fait {' et '.join(bounds)}.")
    if moved:
        found.append(
            "Ce que ces limites déplacent va aux autres, en proportion de la part que la clé leur donnait."
        )
    if exempt:
        found.append(f"Exonérées, elles ne paient rien : {plural(exempt, 'collectivité', 'collectivités')}.")
    return tuple(typographie(one) for one in found)


def _statement(total: Decimal, kept: Decimal, left_over: Decimal, adjustments: Adjustments) -> str:
    if not left_over:
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
