"""References this room offers."""

from mosaique.kernel.ref import RefKind, register


def _space():
    from mosaique.access.models import Space

    return Space


register(RefKind("space", _space, "l’espace", lambda space: space.name))
