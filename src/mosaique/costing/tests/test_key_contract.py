"""What every allocation key owes to the form that asks and to the page that shows: present and future members."""

import json
import re
import subprocess
import sys
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mosaique.costing.allocation_keys as folder
from mosaique.costing.engine import adjustments
from mosaique.costing.engine.errors import CostingError
from mosaique.costing.engine.keys import FieldKind
from mosaique.costing.engine.parties import Party
from mosaique.costing.engine.results import AllocationResult, Formula, canonical_json
from mosaique.costing.registry import KEYS
from mosaique.kernel.typography import typographie

members = pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.identifier)

PARTIES = [Party(f"810{n:02}", f"Commune {n}") for n in range(1, 6)]


def percentages(values):
    """Percentages that sum to 100 whatever the values: what a key of percentages asks for."""
    total = sum(D(v) for v in values) or D(1)
    cut = [(D(v) * 100 / total).quantize(D("0.0001"), rounding="ROUND_DOWN") for v in values]
    return [str(c) for c in [*cut[:-1], 100 - sum(cut[:-1])]]


def cell(spec, key):
    if spec.kind is FieldKind.TEXT:
        return "texte"
    return {("weighted", "weight"): "100", ("tiers", "up_to"): None}.get((key.identifier, spec.name), "12.5")


def sample(key, values):
    """Inputs for any key, built from its own specification."""
    data = {}
    if key.identifier == "percentages":
        values = percentages(values)
    for spec in key.inputs_spec:
        data[spec.name] = {
            FieldKind.TEXT: "texte",
            FieldKind.CHOICE: spec.choices[0][0] if spec.choices else "",
            FieldKind.AMOUNT: "12.50",
            FieldKind.QUANTITY: "30",
            FieldKind.QUANTITY_PER_PARTY: {p.code: v for p, v in zip(PARTIES, values, strict=True)},
            FieldKind.ROWS: [{"id": "a", **{column.name: cell(column, key) for column in spec.columns}}],
            FieldKind.QUANTITY_PER_PARTY_AND_ROW: {
                p.code: {"a": v} for p, v in zip(PARTIES, values, strict=True)
            },
        }[spec.kind]
    return data


def test_every_file_is_listed():
    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(KEYS)


@members
def test_a_key_names_and_explains_itself(key):
    assert KEYS[key.identifier] is key
    assert key.label and key.label == typographie(key.label)
    assert key.explain().endswith(".") and key.explain() == typographie(key.explain())
    for spec in key.inputs_spec:
        assert spec.label == typographie(spec.label)
        assert spec.help.endswith(".") and spec.help == typographie(spec.help)
        assert bool(spec.columns) == (spec.kind is FieldKind.ROWS)
        assert bool(spec.choices) == (spec.kind is FieldKind.CHOICE)
        assert all(label == typographie(label) for _, label in spec.choices)


@members
@settings(deadline=None)  # a busy machine is not a failed property
@given(values=st.lists(st.decimals(0, 9999, places=4), min_size=5, max_size=5))
def test_inputs_go_through_json_unchanged(key, values):
    inputs = key.read(sample(key, [str(value) for value in values]))
    written = key.write(inputs)
    assert key.read(json.loads(canonical_json(written))) == inputs
    assert canonical_json(key.write(key.read(written))) == canonical_json(written)


@members
@settings(deadline=None)  # a busy machine is not a failed property
@given(
    total=st.decimals(-(10**6), 10**6, places=2),
    values=st.lists(st.integers(1, 10**6), min_size=5, max_size=5),
    order=st.permutations(PARTIES),
)
def test_to_the_cent_whatever_the_order(key, total, values, order):
    inputs = key.read(sample(key, values))
    result = key.allocate(total, PARTIES, inputs)
    assert sum(result.shares.values()) + result.left_over == total
    assert not key.shares_whole or result.left_over == 0
    assert all(share == share.quantize(D("0.01")) for share in result.shares.values())
    assert key.allocate(total, order, inputs) == result


@members
@settings(deadline=None)  # a busy machine is not a failed property
@given(
    totals=st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=3),
    values=st.lists(st.integers(1, 10**6), min_size=5, max_size=5),
    adjust=st.fixed_dictionaries({
        "first": st.sampled_from(["0", "12.5"]), "exempt": st.sampled_from([[], ["81003"]]),
        "minimum": st.sampled_from([None, "0.5"]), "maximum": st.sampled_from([None, "300000"]),
    }),
)  # fmt: skip
def test_a_plan_made_once_answers_every_year_with_the_shares_of_the_formula(key, totals, values, adjust):
    if key.identifier == "percentages" and adjust["exempt"]:
        adjust = {
            **adjust,
            "exempt": [],
        }  # agreed percentages of those who pay: they sum to 100 without anyone set apart
    inputs, laid_over = (
        key.read(sample(key, values)),
        adjustments.read({"adjust": {**adjust, "keeper": "EPCI"}}),
    )
    plan = adjustments.plan(key, PARTIES, inputs, laid_over)
    for total in totals:
        try:
            result = adjustments.allocate(key, total, PARTIES, inputs, laid_over)
        except CostingError as refused:
            with pytest.raises(CostingError, match=re.escape(str(refused))):
                plan.shares(total)
            continue
        assert (
            plan.shares(total)
            == dict(result.shares)
            == {line.code: line.share for line in result.formula.lines}
        )
        if key.shares_whole:
            assert result.left_over == (total * D(adjust["first"]) / 100).quantize(
                D("0.01"), rounding="ROUND_HALF_UP"
            )


@members
def test_the_printed_formula_holds_everything(key):
    result = key.allocate(D("100.01"), PARTIES, key.read(sample(key, [1, 2, 3, 4, 5])))
    stored = json.loads(canonical_json(result.as_json()))
    assert stored["formula"]["key"] == key.identifier
    assert [line["code"] for line in stored["formula"]["lines"]] == [party.code for party in PARTIES]
    assert all(" = " in line["sentence"] for line in stored["formula"]["lines"])
    assert stored["formula"]["rounding"] and stored["formula"]["rule"].startswith("Part = ")
    for sentence in [stored["statement"], *stored["formula"]["remarks"]]:
        assert sentence.endswith(".") and sentence == typographie(sentence)
    # The stored inputs are enough to make the calculation again.
    again = key.allocate(D(stored["total"]), PARTIES, key.read(stored["formula"]["inputs"]))
    assert canonical_json(again.as_json()) == canonical_json(stored)


def test_a_result_that_loses_a_cent_cannot_exist():
    formula = Formula(key="x", label="x", rule="x", inputs={}, lines=(), rounding="x")
    with pytest.raises(AssertionError):
        AllocationResult(D("1.00"), {"81001": D("0.99")}, formula, D("0.00"), "")


def test_the_engine_and_the_keys_need_no_framework():
    keys = ", ".join(f"mosaique.costing.allocation_keys.{name}" for name in KEYS)
    code = (
        f"import sys; import mosaique.costing.engine.impacts, {keys}; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    root = Path(folder.__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60, check=False).returncode == 0
