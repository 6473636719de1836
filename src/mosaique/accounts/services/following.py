"""What becomes of invitations: the page looked at, the message come back, the reminders, an address put right."""

from collections.abc import Sequence
from dataclasses import dataclass

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Mandate, Person
from mosaique.accounts import queries, secrecy
from mosaique.accounts.models import Invitation
from mosaique.accounts.policies import may_add_people, may_follow
from mosaique.accounts.registry import ADDRESS_CHANGED, INVITATION_BOUNCED, PEOPLE_REMINDED
from mosaique.accounts.services.codes import Answer
from mosaique.accounts.services.invitations import _send, state_of
from mosaique.accounts.services.mandates import team_scope
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem, require
from mosaique.territory.models import Territory


@service
def see_invitation(*, actor: Actor, token: str) -> Answer:
    """Somebody pressed « Voir mon invitation »: a person did, for filters press nothing. Nothing is used up."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(token_hash=secrecy.token_hash(token))
        .select_related("person")
        .first()
    )
    answer = state_of(invitation)
    if answer is Answer.GOOD and invitation is not None and invitation.seen_at is None:
        invitation.seen_at = clock.now()
        invitation.save(update_fields=["seen_at"])
    return answer


@service
def note_bounce(*, actor: Actor, mandate: Mandate) -> Invitation:
    """« Le message est revenu »: what the mail server told the team's mailbox, and not us."""
    require(may_follow(actor, mandate))
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(mandate=mandate, state=Invitation.State.SENT, channel=Invitation.Channel.MAIL)
        .select_related("batch__scope", "mail")
        .first()
    )
    if invitation is None or invitation.is_refused or invitation.batch is None:
        raise Problem("Aucun message n’attend de réponse pour cette personne : rien n’a été noté.")
    invitation.bounced_at = clock.now()
    invitation.save(update_fields=["bounced_at"])
    journal.record(actor, INVITATION_BOUNCED, invitation.batch, mandate=mandate.pk)
    return invitation


@dataclass(frozen=True, slots=True)
class RemindedPeople:
    """How many reminders left, how many were no longer needed."""

    sent: int
    spared: int


@service
def remind_people(*, actor: Actor, territory: Territory, mandates: Sequence[int]) -> RemindedPeople:
    """One more message to those chosen who still have not come in, if their day has come."""
    require(may_add_people(actor, territory))
    if territory.pk != actor.territory_id:
        raise Problem("Vous agissez pour un autre territoire. Passez à celui-ci, puis recommencez.")
    Territory.objects.select_for_update(of=("self",)).get(pk=territory.pk)  # the button pressed twice
    wanted = set(mandates)
    today = clock.today()
    due = [
        one.mandate
        for one in queries.followed(territory.pk)
        if one.mandate.pk in wanted and one.remind_on is not None and one.remind_on <= today
    ]
    if not due:
        raise Problem(
            "Personne n’est à relancer parmi votre choix : elles sont entrées, ou viennent de recevoir un message. Rien n’est parti."
        )
    _send(actor, territory, due, verb=PEOPLE_REMINDED, reminder=True)
    return RemindedPeople(len(due), len(wanted) - len(due))


@service
def correct_address(*, actor: Actor, mandate: Mandate, email: str) -> Mandate:
    """Another address for somebody who has never come in; their invitation leaves for it at once."""
    require(may_follow(actor, mandate))
    territory = Territory.objects.select_related("epci").get(pk=mandate.territory_id)
    require(may_add_people(actor, territory))
    person = Person.objects.select_for_update(of=("self",)).get(pk=mandate.person_id)
    email = email.strip().lower()
    if person.last_login is not None:
        raise Problem(
            f"{person.full_name} a déjà ouvert son compte : seule cette personne peut en changer l’adresse. Rien n’a été changé.",
            "email",
        )
    if Mandate.objects.filter(person=person).exclude(territory=territory).exists():
        raise Problem(
            f"{person.full_name} est aussi attendue dans un autre territoire. Rien n’a été changé : ajoutez-la avec sa nouvelle "
            "adresse, puis mettez fin à ce mandat-ci.", "email",
        )  # fmt: skip
    if email == person.email:
        raise Problem(
            "C’est déjà cette adresse. Rien n’a été changé ; pour renvoyer l’invitation, pressez « Inviter ».",
            "email",
        )
    person.email = email
    person.save(update_fields=["email"])
    journal.record(actor, ADDRESS_CHANGED, mandate, scope=team_scope(territory))
    held = Mandate.objects.filter(person=person, territory=territory).held_on(clock.today())
    mandates = list(held.select_related("person", "authority")) or [
        Mandate.objects.select_related("person", "authority").get(pk=mandate.pk)
    ]
    Invitation.objects.filter(person=person, state=Invitation.State.SENT).update(
        state=Invitation.State.REPLACED
    )
    _send(actor, territory, mandates)
    return mandates[0]
