"""What an allocation gives back: the shares, and the whole calculation in words and figures.

A result can be printed, contested and made again by hand: every input is in it, with its source, and the
rounding rule is named. Amounts are euros with two decimals.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


def canonical_json(data: Any) -> str:
    """One text for one content: sorted keys, no useless space, decimals as text (used for hashes and
    comparisons).
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The share of one authority, with the sentence that explains it."""

    code: str
    name: str
    share: Decimal
    sentence: str
    inputs: Mapping[str, str]
    lifted: bool = False
    """True when the largest remainder gave this authority one cent."""


@dataclass(frozen=True, slots=True)
class Formula:
    """The structured explanation: `rule` in general, one line per authority, the rounding, the remarks."""

    key: str
    label: str
    rule: str
    inputs: Mapping[str, Any]
    lines: tuple[ShareLine, ...]
    rounding: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllocationResult:
    """`sum(shares) + left_over == total`, always, to the cent.

    `shares`: INSEE or SIREN code → euros. `left_over` is what the shares do not cover (negative: they exceed
    the cost); it is zero for every key that shares a whole, and said in `statement` for those that do not.
    """

    total: Decimal
    shares: Mapping[str, Decimal]
    formula: Formula
    left_over: Decimal
    statement: str

    def __post_init__(self) -> None:
        if sum(self.shares.values(), self.left_over) != self.total:
            raise AssertionError("an allocation must account for its total to the cent")

    def as_json(self) -> dict[str, Any]:
        """Plain data for storage in a version: canonical once passed to `canonical_json`."""
        return {
            "total": str(self.total),
            "shares": {code: str(share) for code, share in self.shares.items()},
            "left_over": str(self.left_over),
            "statement": self.statement,
            "formula": {
                "key": self.formula.key,
                "label": self.formula.label,
                "rule": self.formula.rule,
                "inputs": dict(self.formula.inputs),
                "rounding": self.formula.rounding,
                "remarks": list(self.formula.remarks),
                "lines": [
                    {
                        "code": line.code,
                        "name": line.name,
                        "share": str(line.share),
                        "sentence": line.sentence,
                        "inputs": dict(line.inputs),
                        "lifted": line.lifted,
                    }
                    for line in self.formula.lines
                ],
            },
        }
