"""Who acts for whom: granting and ending mandates. Each verb writes the cards again and leaves its line."""

import secrets
from datetime import date, timedelta

from django.db.models import ProtectedError

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.entrusting import ELECTED, needs_elected, until
from mosaique.access.models import AccessCard, Mandate, Person, Scope, Visibility
from mosaique.access.roles import OUTSIDE, Role
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.policies import may_add_people, may_end_mandate, may_manage_people
from mosaique.accounts.registry import MANDATE_ENDED, MANDATE_GRANTED
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Authority, Territory


def team_scope(territory: Territory) -> Scope:
    """Acts on people are read by the project team."""
    return Scope.objects.obtain(territory=territory, visibility=Visibility.TEAM, authority=territory.epci)


def new_person(*, email: str, given_name: str, family_name: str) -> Person:
    """An unsaved person."""
    person = Person(
        handle=secrets.token_hex(16), email=email.strip().lower(), given_name=given_name.strip(),
        family_name=family_name.strip(), created_at=clock.now(),
    )  # fmt: skip
    person.set_unusable_password()
    return person


def find_or_create_person(*, email: str, given_name: str, family_name: str) -> Person:
    """The same mailbox and the same name are the same person; the same mailbox alone is not (shared mailboxes)."""
    if not email.strip():
        return _without_address(given_name, family_name)
    found = Person.objects.filter(
        email=email.strip().lower(), given_name__iexact=given_name.strip(),
        family_name__iexact=family_name.strip(), is_active=True,
    ).first()  # fmt: skip
    if found:
        return found
    person = new_person(email=email, given_name=given_name, family_name=family_name)
    person.save()
    return person


def _without_address(given_name: str, family_name: str) -> Person:
    """Nothing tells two namesakes without address apart: each is somebody new."""
    person = new_person(email="", given_name=given_name, family_name=family_name)
    person.save()
    return person


def write_mandate(
    *, actor: Actor, person: Person, territory: Territory, authority: Authority, role: str, title: str,
    themes: int = 0, starts_on: date | None = None, ends_on: date | None = None, substitute_of: Mandate | None = None,
) -> Mandate:  # fmt: skip
    """Write a mandate, its card and its line, inside a service that has already taken its own verdict.

    For verbs that grant as a consequence (opening a territory makes its first project lead).
    """
    starts_on = starts_on or clock.today()
    if ends_on is not None and ends_on <= starts_on:
        raise Problem(
            "La fin du mandat tombe avant son début. Rien n’a été enregistré : corrigez l’une des deux dates.",
            "ends_on",
        )
    # Who was entrusted a part of the mayor's mandate may become mayor: a delegation is nobody's own.
    own = Mandate.objects.not_over(starts_on).filter(entrusted=[])
    if own.filter(person=person, territory=territory, authority=authority, role=role).exists():
        raise Problem(
            f"{person.full_name} exerce déjà ce rôle pour {authority.name}. Rien n’a été ajouté.", "role"
        )
    mandate = Mandate.objects.create(
        person=person, territory=territory, authority=authority, role=role, title=title or Role(role).label.capitalize(),
        themes=themes, starts_on=starts_on, ends_on=ends_on, substitute_of=substitute_of,
    )  # fmt: skip
    cards.rewrite([person])
    journal.record(
        actor, MANDATE_GRANTED, mandate, scope=team_scope(territory), role=str(role), authority=authority.pk,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return mandate


@service
def grant_mandate(
    *, actor: Actor, person: Person, territory: Territory, authority: Authority, role: str, title: str = "",
    themes: int = 0, starts_on: date | None = None, ends_on: date | None = None, substitute_of: Mandate | None = None,
) -> Mandate:  # fmt: skip
    """Give a person a mandate on the territory the actor manages."""
    require(may_add_people(actor, territory))
    if territory.pk != actor.territory_id:
        raise Problem("Vous agissez pour un autre territoire. Passez à celui-ci, puis recommencez.")
    if substitute_of is not None and substitute_of.authority_id != authority.pk:
        raise Problem(
            "On ne supplée qu’une personne de la même collectivité. Rien n’a été enregistré.", "substitute_of"
        )
    if role not in OUTSIDE and (
        authority.kind == Authority.Kind.OTHER
        or TerritoryParty.objects.filter(territory=territory, authority=authority).exists()
    ):
        raise Problem(
            f"« {Role(role).label} » se dit d’une commune ou de l’intercommunalité : qui agit pour un autre organisme est "
            "« partenaire ». Rien n’a été enregistré.",
            "role",
        )
    return write_mandate(
        actor=actor, person=person, territory=territory, authority=authority, role=role, title=title, themes=themes,
        starts_on=starts_on, ends_on=ends_on, substitute_of=substitute_of,
    )  # fmt: skip


@service
def add_person(
    *, actor: Actor, territory: Territory, email: str, given_name: str, family_name: str, authority: Authority,
    role: str, title: str = "", themes: int = 0, ends_on: date | None = None, substitute_of: Mandate | None = None,
) -> Mandate:  # fmt: skip
    """One person and their mandate, without writing to them (invite them afterwards)."""
    require(may_manage_people(actor))
    namesakes = Mandate.objects.filter(
        territory=territory, authority=authority, role=role, person__email="", person__given_name__iexact=given_name.strip(),
        person__family_name__iexact=family_name.strip(),
    )  # fmt: skip
    if not email.strip() and namesakes.held_on(clock.today()).exists():
        raise Problem(
            f"{given_name} {family_name} exerce déjà ce rôle pour {authority.name}, sans adresse. Rien n’a été ajouté.",
            "role",
        )
    person = find_or_create_person(email=email, given_name=given_name, family_name=family_name)
    mandate: Mandate = grant_mandate(
        actor=actor, person=person, territory=territory, authority=authority, role=role, title=title, themes=themes,
        ends_on=ends_on, substitute_of=substitute_of,
    )  # fmt: skip
    return mandate


@service
def end_mandate(*, actor: Actor, mandate: Mandate, ends_on: date) -> Mandate:
    """Say from which day the mandate is no longer held. What was done under it stays, with its title."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("territory__epci", "person")
        .get(pk=mandate.pk)
    )
    require(may_end_mandate(actor, mandate))
    if mandate.ends_on is not None and mandate.ends_on <= clock.today():
        raise Problem("Ce mandat est déjà terminé. Rien n’a été changé.", "ends_on")
    if ends_on <= mandate.starts_on:
        raise Problem(
            "La fin tombe avant le début du mandat. Votre saisie est gardée : choisissez une date plus tardive.",
            "ends_on",
        )
    _end(mandate, ends_on)
    left = _delegations_left(mandate, ends_on)
    for delegation in left:
        cut_short(delegation, ends_on)
    cards.rewrite([mandate.person, *(one.person for one in left)])
    journal.record(actor, MANDATE_ENDED, mandate, scope=team_scope(mandate.territory), ends_on=ends_on)
    return mandate


def _delegations_left(mandate: Mandate, day: date) -> list[Mandate]:
    """Delegations that end with this mandate: what it entrusted, and what its holder received under it. Who keeps another
    mandate of the same body, by which they could have received it, keeps it."""
    running = Mandate.objects.filter(ends_on__gt=day).exclude(entrusted=[]).select_related("person")
    given = list(running.filter(substitute_of=mandate))
    if mandate.entrusted:
        return given
    same = {"person": mandate.person, "territory": mandate.territory, "authority": mandate.authority}
    kept = list(Mandate.objects.held_on(day).filter(entrusted=[], **same).exclude(pk=mandate.pk))
    received = [
        one
        for one in running.filter(**same)
        if not any(
            other.role in ELECTED or not needs_elected(one.role, frozenset(one.entrusted)) for other in kept
        )
    ]
    return given + received


def cut_short(mandate: Mandate, day: date) -> None:
    """Inside a service: it ends that day; one that would not have begun by then goes, unless an act already bears it."""
    if mandate.starts_on < day:
        return _end(mandate, day)
    try:
        mandate.delete()
    except ProtectedError:
        _end(mandate, mandate.starts_on + timedelta(days=1))


def _end(mandate: Mandate, day: date) -> None:
    """The first day without it; a delegation says its last day in its title, which every act done under it shows."""
    mandate.ends_on = day
    if mandate.entrusted:
        mandate.title = until(mandate.title, day - timedelta(days=1))
    mandate.save(update_fields=["ends_on", "title"])


@service
def rewrite_stale_cards(*, actor: Actor) -> int:
    """The nightly round: cards whose day has come (a mandate starts or ends today)."""
    people = Person.objects.filter(
        pk__in=AccessCard.objects.filter(good_until__lte=clock.today()).values("person_id")
    )
    found = list(people)
    cards.rewrite(found)
    return len(found)
