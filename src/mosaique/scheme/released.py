"""Figures the communes released for the report (« Verser au rapport »), as the report keeps them."""

from typing import Any

from mosaique.inventory.released import report_rows
from mosaique.territory.models import Territory


def released_for(territory: Territory) -> list[dict[str, Any]]:
    """Rows {theme, authority, code, name, label, value, unknown, source}, all text, in a stable order."""
    return list(report_rows(territory))
