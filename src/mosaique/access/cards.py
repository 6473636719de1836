"""The access card: a person's reach, derived from mandates and memberships, rewritten whenever one of them changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mosaique.access import themes
from mosaique.access.entrusting import OPENS_THE_HALL, Entrusted
from mosaique.access.models import AccessCard, Mandate, Membership, Person, Space
from mosaique.access.roles import HALL, OUTSIDE, TEAM
from mosaique.kernel import clock
from mosaique.territory import perimeter
from mosaique.territory.models import Authority, TerritoryMember


@dataclass(frozen=True, slots=True)
class _Sources:
    """Rows that the cards of some people are made from: four queries, however many people; one more where somebody acts for a
    commune nouvelle."""

    mandates: dict[int, list[Mandate]]
    tiles: dict[tuple[int, int], TerritoryMember]  # the last membership of each body
    gathered: dict[int, set[int]]  # commune nouvelle → the communes it gathers
    memberships: dict[int, list[tuple[int, int, str]]]  # space, its territory, role
    following: list[Space]


def _gather(person_ids: list[int], today: date) -> _Sources:
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    rows = (
        Mandate.objects.not_over(today)
        .filter(person_id__in=person_ids)
        .select_related("authority", "territory__epci")
    )
    for mandate in rows:
        mandates[mandate.person_id].append(mandate)
    territories = {m.territory_id for held in mandates.values() for m in held}
    members = TerritoryMember.objects.filter(territory_id__in=territories).order_by("pk")
    memberships: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    active = Membership.objects.filter(person_id__in=person_ids, state=Membership.State.ACTIVE)
    for person_id, space_id, territory_id, role in active.values_list(
        "person_id", "space_id", "space__territory_id", "role"
    ):
        memberships[person_id].append((space_id, territory_id, role))
    return _Sources(
        mandates,
        {(member.territory_id, member.authority_id): member for member in members},
        perimeter.gathered_by(
            m.authority_id
            for held in mandates.values()
            for m in held
            if m.authority.own_code and m.authority.kind == Authority.Kind.COMMUNE
        ),
        memberships,
        list(Space.objects.filter(territory_id__in=territories).exclude(follows=[])),
    )


def compute(person_ids: Iterable[int], today: date) -> dict[int, tuple[dict[str, Any], date | None]]:
    """Person → the card's content for that day, and the first day on which it will no longer be right."""
    ids = sorted(set(person_ids))
    sources = _gather(ids, today)
    return {pk: _compute(pk, sources, today) for pk in ids}


def _compute(person_id: int, sources: _Sources, today: date) -> tuple[dict[str, Any], date | None]:
    all_mandates = sources.mandates.get(person_id, [])
    tiles = sources.tiles
    changes = [m.starts_on for m in all_mandates if m.starts_on > today]
    held = [m for m in all_mandates if m.starts_on <= today]
    changes += [m.ends_on for m in held if m.ends_on]
    # Whose commune has left keeps the reading of what was its own: no circle, no space, nothing to write.
    gone = {m.pk for m in held if _has_left(tiles.get((m.territory_id, m.authority_id)), today)}
    changes += [d for m in held if (d := _next_move(tiles.get((m.territory_id, m.authority_id)), today))]
    staying = [m for m in held if m.pk not in gone]
    masks: dict[int, int] = {}
    for mandate in staying:
        if mandate.role not in OUTSIDE:
            masks[mandate.territory_id] = masks.get(mandate.territory_id, 0) | (mandate.themes or themes.ALL)
    # A place in a space lasts as long as a mandate on its territory: who has left reads nothing more.
    here = {m.territory_id for m in staying}
    spaces = {str(pk): role for pk, place, role in sources.memberships.get(person_id, ()) if place in here}
    for space in sources.following:
        if any(
            m.role in space.follows and m.territory_id == space.territory_id and _carries(m, Entrusted.SEATS)
            for m in staying
        ):
            spaces.setdefault(str(space.pk), Membership.SpaceRole.CONTRIBUTOR.value)
    hall = [m for m in held if m.role in HALL and (not m.entrusted or OPENS_THE_HALL & set(m.entrusted))]
    data = {
        "territories": sorted({m.territory_id for m in held}),
        # The hall of a commune nouvelle reads what the communes it gathers kept to themselves.
        "halls": sorted(
            {pk for m in hall for pk in (m.authority_id, *sources.gathered.get(m.authority_id, ()))}
        ),
        "teams": sorted(
            {
                m.territory_id
                for m in staying
                if m.role in TEAM
                and m.authority.kind == Authority.Kind.EPCI
                and _carries(m, Entrusted.CONDUCT)
            }
        ),
        "circles": sorted({m.territory_id for m in hall if m.pk not in gone}),
        "masks": {str(key): value for key, value in masks.items()},
        "spaces": spaces,
        "mandates": [
            {**_held(m, tiles.get((m.territory_id, m.authority_id))), "departed": m.pk in gone} for m in held
        ],
    }
    return data, min(changes, default=None)


def _has_left(member: TerritoryMember | None, today: date) -> bool:
    """A body without a tile is a partner of the territory, never a member that left."""
    return member is not None and member.has_left(today)


def _next_move(member: TerritoryMember | None, today: date) -> date | None:
    return member.next_move(today) if member is not None else None


def _carries(mandate: Mandate, what: str) -> bool:
    return not mandate.entrusted or what in mandate.entrusted


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
        "epci_code": mandate.territory.epci.code,
        "entrusted": list(mandate.entrusted),
    }


def rewrite(people: Iterable[Person]) -> None:
    """Write the cards again. Call it in the service that changed a mandate, a membership or a space's rule."""
    computed = compute((person.pk for person in people), clock.today())
    AccessCard.objects.bulk_create(
        [AccessCard(person_id=pk, data=data, good_until=until) for pk, (data, until) in computed.items()],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["data", "good_until"],
    )
