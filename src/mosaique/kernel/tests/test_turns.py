"""The fault of one row keeps no other from its turn, and is not hushed."""

import pytest

from mosaique.kernel.turns import in_turn


def test_each_has_its_turn_and_the_first_fault_is_raised_in_the_end(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[int] = []

    def act(row: int) -> bool:
        if row in (2, 3):
            raise ValueError(f"row {row}")
        seen.append(row)
        return row > 1

    with pytest.raises(ValueError, match="row 2"):
        in_turn([1, 2, 3, 4], act)
    assert seen == [1, 4]
    assert [record.getMessage() for record in caplog.records] == [
        f"int {row}: its turn failed" for row in (2, 3)
    ]


def test_what_did_nothing_is_not_counted() -> None:
    assert in_turn(["", "x", "y"], str.strip) == 2
