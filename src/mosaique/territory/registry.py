"""References this room offers."""

from typing import Any

from mosaique.kernel.ref import RefKind, register


def _territory() -> Any:
    from mosaique.territory.models import Territory

    return Territory


def _change() -> Any:
    from mosaique.territory.models import PerimeterChange

    return PerimeterChange


register(RefKind("territory", _territory, "le territoire", lambda territory: territory.epci.name, ("epci",)))
register(RefKind("perimeter_change", _change, "le changement de périmètre", lambda change: change.label))
