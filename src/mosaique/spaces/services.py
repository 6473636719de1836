"""Verbs of spaces. Each one that changes who is in, or who reads, writes the cards again and leaves its line."""

from collections.abc import Iterable, Sequence

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Membership, Person, Scope, Space, Visibility
from mosaique.access.roles import Role
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.spaces import contents, queries
from mosaique.spaces import registry as verbs
from mosaique.spaces.policies import (
    may_close_space,
    may_create_space,
    may_edit_space,
    may_join,
    may_leave,
    may_manage_members,
)
from mosaique.territory.models import Territory

_ACTIVE, _LEFT, _REQUESTED = Membership.State.ACTIVE, Membership.State.LEFT, Membership.State.REQUESTED


def _locked(space: Space) -> Space:
    return (
        Space.objects.select_related("territory__epci", "scope", "content_scope")
        .select_for_update(of=("self",))
        .get(pk=space.pk)
    )


def _followers(territory_id: int, roles: Iterable[str]) -> list[Person]:
    running = Mandate.objects.held_on(clock.today()).filter(territory_id=territory_id, role__in=list(roles))
    return list(Person.objects.filter(pk__in=running.values("person_id")))


@service
def create_space(
    *, actor: Actor, territory: Territory, kind: str, name: str, purpose: str, openness: str, joining: str,
    theme: str = "", follows: Sequence[str] = (),
) -> Space:  # fmt: skip
    """Open a space; who opens it animates it."""
    require(may_create_space(actor))
    if territory.pk != actor.territory_id:
        raise Problem("Vous agissez pour un autre territoire. Passez à celui-ci, puis recommencez.")
    if Space.objects.filter(territory=territory, name__iexact=name.strip(), closed_at=None).exists():
        raise Problem(
            "Un espace porte déjà ce nom. Votre saisie est gardée : donnez-lui-en un autre.", "name"
        )
    # The scope of a space may name the space itself, which must exist first.
    provisional = Scope.objects.obtain(
        territory=territory, visibility=Visibility.TEAM, authority=territory.epci
    )
    space = Space.objects.create(
        territory=territory, kind=kind, name=name.strip(), purpose=purpose.strip(), theme=theme, openness=openness,
        joining=joining, follows=_known_roles(follows), scope=provisional, created_at=clock.now(),
    )  # fmt: skip
    space.scope, space.content_scope = queries.scopes_for(space, openness)
    space.save(update_fields=["scope", "content_scope"])
    Membership.objects.create(
        space=space, person_id=actor.person_id, role=Membership.SpaceRole.ANIMATOR, since=clock.now()
    )
    people = _followers(territory.pk, space.follows) + list(Person.objects.filter(pk=actor.person_id))
    cards.rewrite(people)
    journal.record(actor, verbs.SPACE_CREATED, space, kind=kind, openness=openness, joining=joining)
    return space


def _known_roles(roles: Sequence[str]) -> list[str]:
    return sorted(role for role in roles if role in Role.values)


def _not_by_oneself(actor: Actor, space: Space, field: str = "people") -> None:
    """Nobody lets themselves into a space read by its members only, whichever door they try."""
    inside_only = space.content_scope is not None and space.content_scope.visibility == Visibility.SPACE
    if inside_only and not actor.animates(space.pk):
        raise Problem(
            "Cet espace est réservé à ses membres : seule une personne qui l’anime choisit qui y entre et qui le lit. "
            "Rien n’a été changé ; demandez-le-lui.",
            field,
        )


@service
def edit_space(
    *, actor: Actor, space: Space, seen: int, name: str, purpose: str, joining: str, theme: str = "",
    follows: Sequence[str] = (),
) -> Space:  # fmt: skip
    """Change how a space presents itself and who is in it by right. Its readers: `change_openness`."""
    space = _locked(space)
    require(may_edit_space(actor, space))
    if seen != space.version:
        raise Stale(
            version=space.version,
            fields=[("Nom", space.name, name), ("À quoi sert cet espace", space.purpose, purpose)],
        )
    before = set(space.follows)
    if joining != space.joining:
        _not_by_oneself(actor, space, "joining")
    if set(_known_roles(follows)) - before:
        _not_by_oneself(actor, space, "follows")
    space.name, space.purpose, space.joining, space.theme = name.strip(), purpose.strip(), joining, theme
    space.follows, space.version = _known_roles(follows), space.version + 1
    space.save()
    if changed := before ^ set(space.follows):
        cards.rewrite(_followers(space.territory_id, changed))
    journal.record(actor, verbs.SPACE_EDITED, space, joining=joining)
    return space


@service
def change_openness(*, actor: Actor, space: Space, openness: str) -> queries.OpennessChange:
    """Move the space and all that is written in it to another circle of readers; says who gains and who loses."""
    space = _locked(space)
    require(may_edit_space(actor, space))
    _not_by_oneself(actor, space, "openness")
    change = queries.openness_change(space, openness)
    old = space.content_scope
    before = space.openness
    space.openness = openness
    space.scope, space.content_scope = queries.scopes_for(space, openness)
    space.version += 1
    space.save(update_fields=["openness", "scope", "content_scope", "version"])
    moved = 0
    if old is not None and old.pk != space.content_scope.pk:
        moved = sum(kind.move(space, old, space.content_scope) for kind in contents.all_contents())
    journal.record(
        actor, verbs.SPACE_OPENNESS, space, before=before, after=openness, gains=len(change.gains),
        losses=len(change.losses), moved=moved,
    )  # fmt: skip
    return change


@service
def add_members(*, actor: Actor, space: Space, people: Sequence[Person], role: str) -> int:
    """Put people of the territory in the space (or bring back those who left); returns how many came in."""
    space = _locked(space)
    require(may_manage_members(actor, space))
    if any(person.pk == actor.person_id for person in people):
        _not_by_oneself(actor, space)
    here = set(
        Mandate.objects.held_on(clock.today())
        .filter(territory_id=space.territory_id, person__in=people)
        .values_list("person_id", flat=True)
    )  # fmt: skip
    if any(person.pk not in here for person in people):
        raise Problem(
            "Une des personnes choisies n’a pas de mandat sur ce territoire. Personne n’a été ajouté.",
            "people",
        )
    count = 0
    for person in people:
        row, created = Membership.objects.get_or_create(
            space=space, person=person, defaults={"role": role, "since": clock.now()}
        )
        if not created and row.state == _ACTIVE:
            continue
        if not created:
            row.state, row.role, row.since = _ACTIVE, role, clock.now()
            row.save(update_fields=["state", "role", "since"])
        count += 1
        journal.record(actor, verbs.MEMBER_ADDED, space, person=person.pk, role=role)
    cards.rewrite(people)
    return count


def _membership(space: Space, person: Person) -> Membership:
    row = (
        Membership.objects.select_for_update().filter(space=space, person=person).exclude(state=_LEFT).first()
    )
    if row is None:
        raise Problem(f"{person.full_name} n’a pas de place à son nom dans cet espace. Rien n’a été changé.")
    return row


def _keep_an_animator(space: Space, person: Person) -> None:
    others = Membership.objects.filter(space=space, state=_ACTIVE, role="animator").exclude(person=person)
    if not others.exists():
        raise Problem(
            "C’est la seule personne qui anime cet espace. Donnez d’abord ce rôle à quelqu’un d’autre."
        )


@service
def set_role(*, actor: Actor, space: Space, person: Person, role: str) -> Membership:
    space = _locked(space)
    require(may_manage_members(actor, space))
    row = _membership(space, person)
    if row.role == "animator" and role != "animator":
        _keep_an_animator(space, person)
    row.role = role
    row.save(update_fields=["role"])
    cards.rewrite([person])
    journal.record(actor, verbs.MEMBER_ROLE, space, person=person.pk, role=role)
    return row


@service
def remove_member(*, actor: Actor, space: Space, person: Person) -> None:
    """Take someone out of the space; what they wrote stays."""
    space = _locked(space)
    require(may_manage_members(actor, space))
    row = _membership(space, person)
    if row.role == "animator":
        _keep_an_animator(space, person)
    row.state = _LEFT
    row.save(update_fields=["state"])
    cards.rewrite([person])
    journal.record(actor, verbs.MEMBER_REMOVED, space, person=person.pk)


@service
def join(*, actor: Actor, space: Space) -> Membership:
    """Come in (free) or ask to (on request)."""
    space = _locked(space)
    require(may_join(actor, space))
    state = _ACTIVE if space.joining == Space.Joining.FREE else _REQUESTED
    row, created = Membership.objects.get_or_create(
        space=space, person_id=actor.person_id, defaults={"state": state, "since": clock.now()}
    )
    if not created:
        if row.state == _REQUESTED:
            raise Problem("Votre demande attend déjà une réponse. Rien n’est à refaire.")
        row.state, row.since, row.role = state, clock.now(), Membership.SpaceRole.CONTRIBUTOR
        row.save(update_fields=["state", "since", "role"])
    if state == _ACTIVE:
        cards.rewrite([row.person])
        journal.record(actor, verbs.MEMBER_JOINED, space)
    else:
        journal.record(actor, verbs.JOIN_REQUESTED, space)
    return row


@service
def answer_request(*, actor: Actor, space: Space, person: Person, accept: bool) -> None:
    """Accept or refuse a request to join."""
    space = _locked(space)
    require(may_manage_members(actor, space))
    if accept and person.pk == actor.person_id:
        _not_by_oneself(actor, space)
    row = Membership.objects.select_for_update().filter(space=space, person=person, state=_REQUESTED).first()
    if row is None:
        raise Problem("Cette demande a déjà reçu une réponse. Rien n’a été changé.")
    row.state = _ACTIVE if accept else _LEFT
    row.save(update_fields=["state"])
    if accept:
        cards.rewrite([person])
        journal.record(actor, verbs.MEMBER_ADDED, space, person=person.pk, role=row.role)
    else:
        journal.record(actor, verbs.JOIN_REFUSED, space, person=person.pk)


@service
def leave(*, actor: Actor, space: Space) -> None:
    space = _locked(space)
    require(may_leave(actor, space))
    person = Person.objects.get(pk=actor.person_id)
    row = _membership(space, person)
    if row.role == "animator":
        _keep_an_animator(space, person)
    row.state = _LEFT
    row.save(update_fields=["state"])
    cards.rewrite([person])
    journal.record(actor, verbs.MEMBER_LEFT, space)


@service
def close_space(*, actor: Actor, space: Space) -> Space:
    """Everything in it is still read; nothing is added."""
    space = _locked(space)
    require(may_close_space(actor, space))
    space.closed_at = clock.now()
    space.save(update_fields=["closed_at"])
    journal.record(actor, verbs.SPACE_CLOSED, space)
    return space
