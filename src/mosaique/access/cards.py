"""The access card: a person's reach, derived from mandates and memberships, rewritten whenever one of them changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from mosaique.access import themes
from mosaique.access.models import AccessCard, Mandate, Membership, Person, Space
from mosaique.access.roles import HALL, OUTSIDE, TEAM
from mosaique.kernel import clock
from mosaique.territory.models import Authority, TerritoryMember


def compute(person: Person, today: date) -> tuple[dict[str, Any], date | None]:
    """The card's content for that day, and the first day on which it will no longer be right."""
    all_mandates = list(
        person.mandates.select_related("authority", "territory__epci").filter(
            Q(ends_on=None) | Q(ends_on__gt=today)
        )
    )
    changes = [m.starts_on for m in all_mandates if m.starts_on > today]
    held = [m for m in all_mandates if m.starts_on <= today]
    changes += [m.ends_on for m in held if m.ends_on]
    tiles = {
        (row.territory_id, row.authority_id): row
        for row in TerritoryMember.objects.filter(territory_id__in={m.territory_id for m in held})
    }
    masks: dict[int, int] = {}
    for mandate in held:
        if mandate.role not in OUTSIDE:
            masks[mandate.territory_id] = masks.get(mandate.territory_id, 0) | (mandate.themes or themes.ALL)
    spaces = {
        str(m.space_id): m.role
        for m in Membership.objects.filter(person=person, state=Membership.State.ACTIVE)
    }  # fmt: skip
    for space in Space.objects.filter(territory_id__in={m.territory_id for m in held}).exclude(follows=[]):
        if any(m.role in space.follows and m.territory_id == space.territory_id for m in held):
            spaces.setdefault(str(space.pk), Membership.SpaceRole.CONTRIBUTOR.value)
    hall = [m for m in held if m.role in HALL]
    data = {
        "territories": sorted({m.territory_id for m in held}),
        "halls": sorted({m.authority_id for m in hall}),
        "teams": sorted(
            {m.territory_id for m in held if m.role in TEAM and m.authority.kind == Authority.Kind.EPCI}
        ),
        "circles": sorted({m.territory_id for m in hall}),
        "masks": {str(key): value for key, value in masks.items()},
        "spaces": spaces,
        "mandates": [_held(m, tiles.get((m.territory_id, m.authority_id))) for m in held],
    }
    return data, min(changes, default=None)


def _held(mandate: Mandate, member: TerritoryMember | None) -> dict[str, Any]:
    return {
        "id": mandate.pk,
        "territory_id": mandate.territory_id,
        "territory_name": mandate.territory.epci.name,
        "authority_id": mandate.authority_id,
        "authority_name": mandate.authority.name,
        "authority_code": mandate.authority.code,
        "authority_kind": mandate.authority.kind,
        "role": mandate.role,
        "title": mandate.title,
        "themes": mandate.themes,
        # The EPCI's own tile: drawing 1, hue bv. A partner's body has none of its own.
        "tile_drawing": member.tile_drawing if member else 1,
        "tile_hue": member.tile_hue if member else "bv",
    }


def rewrite(people: Iterable[Person]) -> None:
    """Write the cards again. Call it in the service that changed a mandate, a membership or a space's rule."""
    today = clock.today()
    for person in people:
        data, good_until = compute(person, today)
        AccessCard.objects.update_or_create(person=person, defaults={"data": data, "good_until": good_until})
