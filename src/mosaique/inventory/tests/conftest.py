"""A collection open on the small territory; helpers of every test of the room."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mosaique.demo.people import Company
from mosaique.inventory import services
from mosaique.inventory.models import Campaign, Return, Row, SectionSheet
from mosaique.inventory.registry import SECTIONS


@pytest.fixture
def campaign(cast: Company) -> Campaign:
    return services.open_campaign(
        actor=cast.actor("cheffe-de-projet"), territory=cast.territory, reference_date=date(2026, 1, 1),
        opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 11), sections=list(SECTIONS),
    )  # fmt: skip


@pytest.fixture
def inventory_a(campaign: Campaign, cast: Company) -> Return:
    return Return.objects.for_screen().get(campaign=campaign, authority=cast.commune_a)


@pytest.fixture
def sheet_of(inventory_a: Return) -> Callable[[str], SectionSheet]:
    return lambda section: SectionSheet.objects.for_screen().get(inventory=inventory_a, section=section)


@pytest.fixture
def staff(sheet_of: Callable[[str], SectionSheet]) -> SectionSheet:
    """Commune A's staff section, empty."""
    return sheet_of("staff")


@pytest.fixture
def fill(cast: Company) -> Callable[..., list[Row]]:
    """Type lines in a section: fill(sheet, [{"mission": "Accueil", "etp_budget": "0,60"}, …], slug="secretaire")."""
    counter = iter(range(1_000_000))

    def type_in(sheet: SectionSheet, lines: list[dict[str, str]], slug: str = "secretaire") -> list[Row]:
        changes: list[dict[str, Any]] = []
        for line in lines:
            key = f"n-{next(counter)}"
            changes.append({"id": f"{key}-add", "row": key, "op": "add"})
            changes += [
                {
                    "id": f"{key}-{col}",
                    "row": key,
                    "col": col,
                    "op": "set",
                    "value": text,
                    "unknown": None,
                    "seen": 0,
                }
                for col, text in line.items()
            ]
        services.apply_changes(actor=cast.actor(slug), sheet=sheet, changes=changes)
        return list(Row.objects.kept().filter(sheet=sheet))

    return type_in


@pytest.fixture
def change() -> Callable[..., dict[str, Any]]:
    """One change as the grid sends it."""
    counter = iter(range(1_000_000))

    def make(
        row: Row | str, col: str, value: str | None, *, seen: int = 0, unknown: str | None = None
    ) -> dict[str, Any]:
        key = str(row.pk) if isinstance(row, Row) else row
        return {
            "id": f"c-{next(counter)}",
            "row": key,
            "col": col,
            "op": "set",
            "value": value,
            "unknown": unknown,
            "seen": seen,
        }

    return make
