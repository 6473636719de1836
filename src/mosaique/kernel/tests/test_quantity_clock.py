"""Numbers as people type them, and the only clock."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mosaique.kernel import clock
from mosaique.kernel.quantity import BadNumber, Quantity, cents, parse_decimal
from mosaique.kernel.verdict import YES, Refused, no, require


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234,56", "1234.56"),
        ("1\u202f234,56\u00a0€", "1234.56"),
        ("0.5", "0.50"),
        ("12", "12.00"),
        (" ,5 ", "0.50"),
    ],
)
def test_numbers_as_typed(typed: str, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "douze", "1,234", "-1", "nan", "inf", "1e30", "9" * 30, "=1+1"])
def test_what_is_not_a_number_says_so_in_french(typed: str) -> None:
    with pytest.raises(BadNumber) as error:
        parse_decimal(typed)
    assert str(error.value).endswith((".", "unité."))


def test_a_quantity_is_known_or_unknown_never_both() -> None:
    assert not Quantity().filled
    assert Quantity(unknown="inconnu").filled
    with pytest.raises(ValueError, match="both"):
        Quantity(Decimal(1), "inconnu")
    assert cents(Decimal("2.345")) == Decimal("2.35")


def test_the_clock_is_local_and_can_be_held() -> None:
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 1)
    with clock.at(date(2027, 3, 1)):
        assert clock.now() == datetime(2027, 3, 1, 11, 0, tzinfo=UTC)


def test_the_demonstration_moves_forward_only(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA = True, tmp_path
    day = clock.today()
    clock.move_to(date.fromordinal(day.toordinal() + 10))
    assert clock.shift_days() == 10
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(date.fromordinal(day.toordinal() - 1))
    settings.DEMO = False
    assert clock.shift_days() == 0
    with pytest.raises(RuntimeError):
        clock.move_to(day)


def test_a_refusal_carries_its_reason() -> None:
    assert YES and not no("Non.")
    assert (YES & no("Raison.")).reason == "Raison."
    require(YES)
    with pytest.raises(Refused) as refusal:
        require(no("Seule la commune peut le faire."))
    assert refusal.value.verdict.reason == "Seule la commune peut le faire."
    with pytest.raises(ValueError):
        no("")
