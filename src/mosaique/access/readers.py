"""« Qui peut voir ceci ? »: the reading rule read backwards. A test checks that both directions agree for everyone."""

from dataclasses import dataclass

from django.db.models import Q

from mosaique.access.actor import Actor
from mosaique.access.middleware import actors_of
from mosaique.access.models import Person, Scope, Visibility
from mosaique.access.scoped import reads


@dataclass(frozen=True, slots=True)
class Reader:
    person: Person
    reason: str


def circle_label(scope: Scope) -> str:
    """The circle in one French phrase (needs the scope's space and authority)."""
    if scope.visibility == Visibility.AUTHORITY and scope.owner_authority:
        return f"Les élus et la direction {scope.owner_authority.of_name}"
    if scope.visibility == Visibility.TEAM and scope.owner_authority:
        return f"{scope.owner_authority.name} et l’équipe du projet"
    if scope.visibility == Visibility.TEAM:
        return "L’équipe du projet seule"
    if scope.visibility == Visibility.SPACE and scope.space:
        return f"Les membres de l’espace « {scope.space.name} »"
    return str(Visibility(scope.visibility).label)


def _reason(actor: Actor, scope: Scope) -> str:
    for held in actor.mandates:
        if (
            scope.visibility in (Visibility.AUTHORITY, Visibility.TEAM)
            and held.authority_id == scope.owner_authority_id
        ):
            return held.title
    if scope.visibility == Visibility.SPACE and scope.space_id in actor.space_roles:
        role = actor.space_roles[scope.space_id]
        return "anime l’espace" if role == "animator" else "membre de l’espace"
    if scope.visibility == Visibility.TEAM and scope.territory_id in actor.team_territory_ids:
        return "équipe du projet"
    titles = [held.title for held in actor.mandates if held.territory_id == scope.territory_id]
    return titles[0] if titles else "tout le monde"


def readers(scope: Scope) -> list[Reader]:
    """Every signed-up person who reads this scope, with the reason. Two queries, however many people."""
    involved = Q(mandates__territory_id=scope.territory_id) | Q(
        memberships__space__territory_id=scope.territory_id
    )
    people = Person.objects.filter(involved, is_active=True).distinct().select_related("card")
    scope = Scope.objects.select_related("territory", "space", "owner_authority").get(pk=scope.pk)
    found = zip(people, actors_of(people), strict=True)
    return [Reader(person, _reason(actor, scope)) for person, actor in found if reads(actor, scope)]
