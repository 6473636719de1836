"""Figures the communes released for the report (« Verser au rapport »), as the report keeps them."""

from typing import Any

from mosaique.territory.models import Territory


def released_for(territory: Territory) -> list[dict[str, Any]]:
    """Rows {theme, authority, label, value, source}, as text, in a stable order."""
    return []
