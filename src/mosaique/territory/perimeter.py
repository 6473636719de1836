"""Who is a member of a territory on a given day: the one place where the dates of a membership are compared.

`left_on` is the first day without the commune, as `ends_on` is for a mandate. A body that left and came back has two rows.
"""

from datetime import date

from django.db.models import Q, QuerySet

from mosaique.kernel import clock
from mosaique.territory.models import Authority, Territory, TerritoryMember


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
