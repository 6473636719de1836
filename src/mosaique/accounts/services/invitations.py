"""Inviting: a one-use link per person. Opening it shows a button; pressing it signs in (mail filters open links)."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from mosaique import journal
from mosaique.access import cards
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person
from mosaique.accounts import queries, secrecy
from mosaique.accounts.models import Invitation, InvitationBatch
from mosaique.accounts.policies import may_add_people, may_manage_people
from mosaique.accounts.registry import INVITATION_ACCEPTED, PEOPLE_INVITED
from mosaique.accounts.roster import Row
from mosaique.accounts.services.codes import Answer
from mosaique.accounts.services.mandates import find_or_create_person, new_person, team_scope
from mosaique.journal.verbs import Verb
from mosaique.kernel import clock, typography
from mosaique.kernel.models import OutgoingMail
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Authority, Territory
from mosaique.territory.reference.text import fold

LIFE = timedelta(days=30)


@service
def invite_rows(*, actor: Actor, territory: Territory, rows: Sequence[Row]) -> InvitationBatch:
    """Persons, mandates and invitations for lines already read and right. Written in bulk: the same few queries for
    five lines and for five hundred."""
    require(may_add_people(actor, territory))
    if territory.pk != actor.territory_id:
        raise Problem("Vous agissez pour un autre territoire. Passez à celui-ci, puis recommencez.")
    if not rows or not all(row.is_good for row in rows):
        raise Problem(
            "Aucune ligne n’est prête à partir. Votre liste est gardée : corrigez-la, puis relisez-la."
        )
    _not_sent_meanwhile(territory, rows)
    people = _people(rows)
    bodies = _new_bodies(rows)
    mandates = Mandate.objects.bulk_create(
        Mandate(
            person=person, territory=territory, role=row.role, title=row.title, themes=row.theme_mask,
            authority_id=row.body.id if row.body else bodies[row.new_body[1]].pk if row.new_body else None,
            starts_on=row.since or clock.today(),
            ends_on=row.until + timedelta(days=1) if row.until else None,  # a list says the last day
        )
        for row, person in zip(rows, people, strict=True)
    )  # fmt: skip
    cards.rewrite(people)
    return _send(actor, territory, mandates)


def _not_sent_meanwhile(territory: Territory, rows: Sequence[Row]) -> None:
    """The button pressed twice, or the same list in two windows: the second finds the first one's people."""
    Territory.objects.select_for_update(of=("self",)).get(pk=territory.pk)
    facts = queries.facts_for(territory, {row.email for row in rows})
    known = {(one.email, fold(one.name)) for one in facts.known}
    for row in rows:
        fresh = row.person_id is None and (row.email, fold(row.name)) in known
        if fresh or (row.body and row.person_id and (row.person_id, row.body.id, row.role) in facts.held):
            raise Problem(
                "Cette liste vient d’être envoyée, en partie ou en entier. Rien n’est parti deux fois : relisez-la."
            )


def _people(rows: Sequence[Row]) -> list[Person]:
    """One person per line; lines of the same mailbox and name share one."""
    known = Person.objects.in_bulk([row.person_id for row in rows if row.person_id])
    fresh: dict[tuple[str, str], Person] = {}
    for row in rows:
        if row.person_id is None:
            key = (row.email, row.name.lower())
            fresh.setdefault(key, new_person(email=row.email, given_name=row.given, family_name=row.family))
    Person.objects.bulk_create(fresh.values())
    return [known[row.person_id] if row.person_id else fresh[(row.email, row.name.lower())] for row in rows]


def _new_bodies(rows: Sequence[Row]) -> dict[str, Authority]:
    wanted = {row.new_body[1]: row.new_body[0] for row in rows if row.body is None and row.new_body}
    if not wanted:
        return {}
    Authority.objects.bulk_create(
        [Authority(kind=Authority.Kind.OTHER, name=name, siren=siren) for siren, name in wanted.items()],
        ignore_conflicts=True,
    )
    return {body.siren: body for body in Authority.objects.filter(siren__in=wanted)}


@service
def invite(*, actor: Actor, mandate: Mandate) -> InvitationBatch:
    """Send (again) an invitation for one mandate: the former link stops working."""
    require(may_manage_people(actor))
    if mandate.territory_id != actor.territory_id:
        raise Problem("Ce mandat est celui d’un autre territoire.")
    mandate = Mandate.objects.select_related("person", "authority").get(pk=mandate.pk)
    if not mandate.person.email:
        raise Problem(
            f"{mandate.person.full_name} n’a pas d’adresse : aucun message n’est parti. Imprimez sa lettre."
        )
    territory = Territory.objects.select_related("epci").get(pk=mandate.territory_id)
    return _send(actor, territory, [mandate])


def _send(
    actor: Actor,
    territory: Territory,
    everyone: list[Mandate],
    *,
    verb: Verb = PEOPLE_INVITED,
    reminder: bool = False,
) -> InvitationBatch:
    """One message each, a batch and its line. To those who have no address nothing is sent: a letter will be printed."""
    mandates = [mandate for mandate in everyone if mandate.person.email]
    if territory.state != Territory.State.OPEN:
        raise Problem(
            "Ce territoire attend d’être ouvert par l’administration de l’instance : aucun message n’est parti. Votre "
            "liste est gardée : envoyez-la dès l’ouverture."
        )
    now = clock.now()
    batch = InvitationBatch.objects.create(
        territory=territory, scope=team_scope(territory), sent_by_id=actor.person_id, sent_at=now
    )
    Invitation.objects.filter(mandate__in=mandates, state=Invitation.State.SENT).update(
        state=Invitation.State.REPLACED
    )
    tokens = [secrecy.new_token() for _ in mandates]
    names = dict(
        Authority.objects.filter(pk__in={m.authority_id for m in mandates}).values_list("pk", "name")
    )
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(
            to=mandate.person.email, subject=_subject(territory, reminder),
            text=_text(actor, territory, mandate, names[mandate.authority_id], token, reminder), kind="invitation",
            person_id=mandate.person_id, territory_id=territory.pk, created_at=now, send_after=now,
        )
        for mandate, token in zip(mandates, tokens, strict=True)
    )  # fmt: skip
    Invitation.objects.bulk_create(
        Invitation(
            batch=batch, person_id=mandate.person_id, mandate=mandate, token_hash=secrecy.token_hash(token), mail=mail,
            created_at=now, expires_at=now + LIFE, is_reminder=reminder,
        )
        for mandate, token, mail in zip(mandates, tokens, mails, strict=True)
    )  # fmt: skip
    journal.record(actor, verb, batch, mandates=[mandate.pk for mandate in everyone])
    return batch


def _subject(territory: Territory, reminder: bool) -> str:
    again = "Rappel : " if reminder else ""
    return f"{again}{territory.epci.name} vous invite à préparer ce que les communes feront ensemble"[:200]


def _text(
    actor: Actor, territory: Territory, mandate: Mandate, body: str, token: str, reminder: bool = False
) -> str:
    link = settings.PUBLIC_URL + reverse("invitation", kwargs={"token": token})
    until = typography.date_long(clock.day_of(clock.now() + LIFE))
    again = (
        "Un premier message vous a peut-être échappé. Ce lien-ci remplace le précédent.\n\n"
        if reminder
        else ""
    )
    return f"""Bonjour {mandate.person.full_name},

{again}{actor.name} vous invite, au nom de {territory.epci.name}, à prendre part au schéma de mutualisation : ce que
l’intercommunalité et ses communes choisiront de faire ensemble.

Votre place y est prévue comme : {mandate.title}, {body}.

Pour entrer, ouvrez ce lien puis pressez le bouton. Il sert une fois, jusqu’au {until} :

{link}

Ce qui est gardé de vous, combien de temps, et qui en répond :
{settings.PUBLIC_URL}{reverse("territory_data", kwargs={"slug": territory.slug})}

Aucun mot de passe n’est à retenir. Chaque commune reste maîtresse de ses données, et rien ne s’y décide sans elle.

Vous n’êtes pas la bonne personne ? Répondez à {actor.name}, ou laissez ce message sans suite.

Mosaïque
"""


@service
def invite_operator(*, actor: Actor, email: str) -> str:
    """The one-use address that makes an instance's first administrator: printed, never sent. They say their name on arriving."""
    known = Person.objects.filter(email=email.strip().lower(), is_operator=True, is_active=True).first()
    person = known or find_or_create_person(email=email, given_name=_NAMELESS[0], family_name=_NAMELESS[1])
    if not person.is_operator:
        person.is_operator = True
        person.save(update_fields=["is_operator"])
    token = secrecy.new_token()
    Invitation.objects.filter(person=person, mandate=None, state=Invitation.State.SENT).update(
        state=Invitation.State.REPLACED
    )
    Invitation.objects.create(
        person=person,
        token_hash=secrecy.token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + LIFE,
    )
    return settings.PUBLIC_URL + reverse("invitation", kwargs={"token": token})


#: Whoever runs the instance is known by an address alone: their acts would be signed by nobody.
_NAMELESS = ("Administration", "de l’instance")


def is_nameless(person: Person) -> bool:
    return (person.given_name, person.family_name) == _NAMELESS


def state_of(invitation: Invitation | None) -> Answer:
    """Whether a link still works."""
    if invitation is None:
        return Answer.UNKNOWN
    if invitation.state != Invitation.State.SENT:
        return Answer.USED
    if invitation.expires_at <= clock.now() or not invitation.person.is_active:
        return Answer.EXPIRED
    return Answer.GOOD


def find(token: str) -> Invitation | None:
    return (
        Invitation.objects.filter(token_hash=secrecy.token_hash(token))
        .select_related(
            "person", "mandate__authority", "mandate__territory__epci", "batch__scope", "batch__sent_by"
        )
        .first()
    )


@service
def accept_invitation(
    *, actor: Actor, token: str, given_name: str = "", family_name: str = ""
) -> tuple[Answer, Person | None]:
    """Use the link up. The link proves the mailbox it was sent to, and says which of its readers it was for.

    A name is taken from a first administrator alone, who had none yet: nobody else renames themselves by a link.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(token_hash=secrecy.token_hash(token))
        .first()
    )
    answer = state_of(invitation)
    if answer is not Answer.GOOD or invitation is None:
        return answer, None
    person = invitation.person
    if is_nameless(person) and given_name.strip() and family_name.strip():
        person.given_name, person.family_name = given_name.strip(), family_name.strip()
        person.save(update_fields=["given_name", "family_name"])
    _accept(actor, invitation)
    return Answer.GOOD, person


def _accept(actor: Actor, invitation: Invitation) -> None:
    """Use an invitation up, inside a service; whatever else was sent or printed for this mandate stops working."""
    invitation.state, invitation.accepted_at = Invitation.State.ACCEPTED, clock.now()
    invitation.seen_at = invitation.seen_at or clock.now()
    invitation.save(update_fields=["state", "accepted_at", "seen_at"])
    if invitation.mandate_id is not None:
        others = Invitation.objects.filter(mandate_id=invitation.mandate_id, state=Invitation.State.SENT)
        others.update(state=Invitation.State.REPLACED)
    if invitation.batch is not None:
        guest = Actor(person_id=invitation.person_id, name=invitation.person.full_name)
        journal.record(guest if actor.is_anonymous else actor, INVITATION_ACCEPTED, invitation.batch)
