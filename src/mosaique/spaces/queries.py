"""Who is in a space, what a change of its readers does, the list of spaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from mosaique.access.actor import Actor
from mosaique.access.middleware import actors_of
from mosaique.access.models import Mandate, Membership, Person, Scope, Space, Visibility
from mosaique.access.readers import Reader
from mosaique.access.scoped import reads
from mosaique.kernel import clock

CIRCLES: dict[str, tuple[str, str]] = {
    # openness → (who knows it exists, who reads inside)
    Space.Openness.SECRET: (Visibility.SPACE, Visibility.SPACE),
    Space.Openness.LISTED: (Visibility.TERRITORY, Visibility.SPACE),
    Space.Openness.TERRITORY: (Visibility.TERRITORY, Visibility.TERRITORY),
    Space.Openness.PUBLIC: (Visibility.PUBLIC, Visibility.PUBLIC),
}


def scopes_for(space: Space, openness: str) -> tuple[Scope, Scope]:
    """The two scopes of a space of that openness."""
    known, inside = (
        Scope.objects.obtain(
            territory=space.territory, visibility=visibility, space=space if visibility == Visibility.SPACE else None
        )
        for visibility in CIRCLES[openness]
    )  # fmt: skip
    return known, inside


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a space: by name (a membership) or by right (a mandate the space follows)."""

    person_id: int
    name: str
    titles: str
    role: str
    by_right: bool
    since: datetime | None


def _running(space: Space):
    return Mandate.objects.held_on(clock.today()).filter(territory_id=space.territory_id)


def members_of(space: Space) -> list[Member]:
    """Animators first, then by name. Two queries."""
    rows = Membership.objects.filter(space=space, state=Membership.State.ACTIVE).select_related("person")
    named = {row.person_id: row for row in rows}
    titles: dict[int, list[str]] = {}
    by_right: dict[int, str] = {}
    for mandate in _running(space).select_related("person", "authority"):
        if mandate.person_id in named or mandate.role in space.follows:
            titles.setdefault(mandate.person_id, []).append(f"{mandate.title}, {mandate.authority.name}")
            if mandate.person_id not in named:
                by_right[mandate.person_id] = mandate.person.full_name
    members = [
        Member(pk, row.person.full_name, " ; ".join(titles.get(pk, [])), row.role, False, row.since)
        for pk, row in named.items()
        if pk in titles  # a place lasts as long as a mandate on the territory
    ]
    members += [
        Member(pk, name, " ; ".join(titles[pk]), Membership.SpaceRole.CONTRIBUTOR.value, True, None)
        for pk, name in by_right.items()
    ]
    return sorted(
        members, key=lambda member: (member.role != "animator", member.name.split()[-1:], member.name)
    )


def requests_for(space: Space) -> list[Membership]:
    rows = Membership.objects.filter(space=space, state=Membership.State.REQUESTED).select_related("person")
    return list(rows.order_by("since", "pk"))


def people_to_add(space: Space, but: Iterable[int]) -> list[tuple[int, str, str]]:
    """People of the territory not in the space yet, with their title."""
    out: dict[int, tuple[int, str, str]] = {}
    inside = set(but)
    for mandate in (
        _running(space).select_related("person", "authority").order_by("person__family_name", "pk")
    ):
        if mandate.person_id not in inside and mandate.person.is_active:
            title = f"{mandate.title}, {mandate.authority.name}"
            out.setdefault(mandate.person_id, (mandate.person_id, mandate.person.full_name, title))
    return list(out.values())


def count(space: Space) -> int:
    """Members of one space, by name or by right: people with a mandate today, counted by the database. One query."""
    named = Membership.objects.filter(space=space, state=Membership.State.ACTIVE).values("person_id")
    return (
        _running(space)
        .filter(Q(person_id__in=named) | Q(role__in=space.follows))
        .aggregate(people=Count("person_id", distinct=True))["people"]
    )


def counts(spaces: Iterable[Space]) -> dict[int, int]:
    """Members of each space, by name or by right: two queries for any number of spaces."""
    spaces = list(spaces)
    inside: dict[int, set[int]] = {space.pk: set() for space in spaces}
    rows = Membership.objects.filter(space__in=spaces, state=Membership.State.ACTIVE)
    for space_id, person_id in rows.values_list("space_id", "person_id"):
        inside[space_id].add(person_id)
    holders: dict[tuple[int, str], set[int]] = {}
    running = Mandate.objects.held_on(clock.today()).filter(
        territory_id__in={space.territory_id for space in spaces}
    )
    for territory_id, role, person_id in running.values_list("territory_id", "role", "person_id"):
        holders.setdefault((territory_id, role), set()).add(person_id)
    for space in spaces:
        here = {
            pk
            for (territory_id, _), people in holders.items()
            if territory_id == space.territory_id
            for pk in people
        }
        inside[space.pk] &= here
        for role in space.follows:
            inside[space.pk] |= holders.get((space.territory_id, role), set())
    return {pk: len(people) for pk, people in inside.items()}


@dataclass(frozen=True, slots=True)
class OpennessChange:
    """Who would begin to read, and who would stop."""

    gains: list[Reader]
    losses: list[Reader]
    becomes_public: bool


def openness_change(space: Space, openness: str) -> OpennessChange:
    """Computed as if the space already had the other openness, from the one reading rule. Writes nothing."""
    before = _circle(space, space.openness)
    after = _circle(space, openness)
    old, new = set(before), set(after)
    public = openness == Space.Openness.PUBLIC
    return OpennessChange(
        gains=[reader for pk, reader in after.items() if pk not in old],
        losses=[reader for pk, reader in before.items() if pk not in new],
        becomes_public=public and space.openness != openness,
    )


def _circle(space: Space, openness: str) -> dict[int, Reader]:
    """Readers as the one rule finds them, on a scope that may not be stored yet."""
    inside = CIRCLES[openness][1]
    scope = Scope(
        territory=space.territory, visibility=inside, space=space if inside == Visibility.SPACE else None
    )
    involved = Q(mandates__territory=space.territory) | Q(memberships__space__territory=space.territory)
    people = Person.objects.filter(involved, is_active=True).distinct().select_related("card")
    found: dict[int, Reader] = {}
    for person, actor in zip(people, actors_of(people), strict=True):
        if reads(actor, scope):
            titles = [held.title for held in actor.mandates if held.territory_id == space.territory_id]
            found[person.pk] = Reader(person, " ; ".join(titles) or "membre de l’espace")
    return found


def visible_spaces(actor: Actor) -> list[Space]:
    """Spaces of the territory acted for, open ones first."""
    rows = Space.objects.visible_to(actor).for_screen().filter(territory_id=actor.territory_id)
    return sorted(rows, key=lambda space: (space.closed_at is not None, space.kind, space.name.lower()))
