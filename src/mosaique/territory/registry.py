"""References this room offers."""

from typing import Any

from mosaique.kernel.ref import RefKind, register


def _territory() -> Any:
    from mosaique.territory.models import Territory

    return Territory


register(RefKind("territory", _territory, "le territoire", lambda territory: territory.epci.name, ("epci",)))
