"""Who is a member of a territory on a given day: the one place where the dates of a membership are compared.

`left_on` is the first day without the commune, as `ends_on` is for a mandate. A body that left and came back has two rows.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from mosaique.kernel import clock
from mosaique.territory.models import Authority, PerimeterChange, Territory, TerritoryMember


def members(territory: Territory | int, on: date | None = None) -> QuerySet[TerritoryMember]:
    """The EPCI and its communes that day (today if none is said), by name."""
    day = on or clock.today()
    pk = territory if isinstance(territory, int) else territory.pk
    return TerritoryMember.objects.filter(
        Q(joined_on=None) | Q(joined_on__lte=day), Q(left_on=None) | Q(left_on__gt=day), territory_id=pk
    ).select_related("authority")


def communes(territory: Territory | int, on: date | None = None) -> QuerySet[TerritoryMember]:
    """The communes alone."""
    return members(territory, on).filter(authority__kind=Authority.Kind.COMMUNE)


def bodies(territory: Territory | int, on: date | None = None) -> QuerySet[Authority]:
    """The same as bodies: the EPCI and its communes."""
    return Authority.objects.filter(pk__in=members(territory, on).values("authority_id"))


def commune_bodies(territory: Territory | int, on: date | None = None) -> QuerySet[Authority]:
    return bodies(territory, on).filter(kind=Authority.Kind.COMMUNE)


def gathered(code: str) -> list[str]:
    """The codes of the communes that a commune nouvelle gathers, by its own code."""
    rows = Authority.objects.filter(perimeter_changes__successor__own_code=code).order_by("insee_code", "pk")
    return [body.code for body in rows]


def gathered_by(successors: Iterable[int]) -> dict[int, set[int]]:
    """Commune nouvelle → every commune it gathers, those of the communes nouvelles it gathers too."""
    found: dict[int, set[int]] = {}
    asked, todo = set(), set(successors)
    while todo:
        asked |= todo
        rows = PerimeterChange.objects.filter(successor_id__in=todo).values_list("successor_id", "communes")
        pairs = [(above, below) for above, below in rows if above is not None and below is not None]
        for above, below in pairs:
            found.setdefault(above, set()).add(below)
        todo = {below for _, below in pairs} - asked
    return {above: _all_below(above, found) for above in found}


def _all_below(pk: int, direct: dict[int, set[int]]) -> set[int]:
    below = direct.get(pk, set())
    return below.union(*(_all_below(one, direct) for one in below))


def successor_of(body: Authority) -> Authority | None:
    """The commune nouvelle that gathers this one, once it exists."""
    change = (
        PerimeterChange.objects.filter(communes=body)
        .exclude(successor=None)
        .select_related("successor")
        .order_by("-pk")
        .first()
    )
    return change.successor if change else None


def gathered_bodies(body: Authority) -> list[Authority]:
    """The communes that a commune nouvelle gathers, by name."""
    return list(Authority.objects.filter(perimeter_changes__successor=body).order_by("name", "pk"))


def of_codes(codes: Iterable[str]) -> QuerySet[Authority]:
    """Bodies by the code they go by (`Authority.code`)."""
    wanted = list(codes)
    plain = Q(own_code=None) & (Q(insee_code__in=wanted) | Q(insee_code="", siren__in=wanted))
    return Authority.objects.filter(plain | Q(own_code__in=wanted))
