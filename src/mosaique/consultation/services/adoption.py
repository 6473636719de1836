"""The community council's vote, and the adopted scheme sent to every council."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.confirmation import require_personal
from mosaique.consultation.models import Adoption, Channel, Consultation, FinalSending
from mosaique.consultation.policies import may_record_vote
from mosaique.consultation.queries import adoption_warnings, unsent_councils
from mosaique.consultation.registry import SCHEME_SENT, VOTE_RECORDED
from mosaique.consultation.services.dates import PROOFS
from mosaique.consultation.services.opening import councils_of, mailboxes, write_to_councils
from mosaique.files import services as files
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, require
from mosaique.scheme import services as scheme_services


@dataclass(frozen=True, slots=True)
class CommunityVote:
    outcome: str
    voted_on: date
    number: str
    votes_for: int
    votes_against: int
    abstentions: int


@service
def record_vote(
    *, actor: Actor, consultation: Consultation, vote: CommunityVote, file: Any = None
) -> Adoption:
    """Record the vote. Warnings inform and are kept with it; none forbids (the opinions are consultative)."""
    consultation = Consultation.objects.locked(consultation)
    require(may_record_vote(actor, consultation))
    require_personal(actor)
    if Adoption.objects.filter(consultation=consultation).exists():
        raise Problem("Le vote sur cette version est déjà enregistré.", "outcome")
    if Consultation.objects.filter(territory=consultation.territory, pk__gt=consultation.pk).exists():
        raise Problem(
            "Une consultation plus récente est ouverte : c’est sa version qui se vote. Rien n’a été enregistré."
        )
    today = clock.today(consultation.territory.zone)
    if vote.voted_on > today:
        raise Problem(
            f"Le {date_long(vote.voted_on)} n’est pas encore arrivé : enregistrez le vote après la séance.",
            "voted_on",
        )
    if vote.voted_on < clock.day_of(consultation.opened_at, consultation.territory.zone):
        raise Problem("Ce vote serait antérieur à l’envoi aux conseils : vérifiez la date.", "voted_on")
    expressed = vote.votes_for + vote.votes_against
    if expressed + vote.abstentions == 0:
        raise Problem(
            "Les voix s’additionnent à zéro : recopiez le décompte de la délibération.", "votes_for"
        )
    # Majority of votes cast (simple majority): a count that contradicts the outcome is a typing error.
    if (vote.votes_for > vote.votes_against) != (vote.outcome == Adoption.Outcome.ADOPTED):
        raise Problem(
            f"{vote.votes_for} voix pour et {vote.votes_against} contre ne donnent pas ce résultat : "
            "vérifiez le décompte ou le résultat. Rien n’a été enregistré.",
            "votes_for",
        )
    adoption = Adoption.objects.create(
        consultation=consultation, scope=consultation.scope, outcome=vote.outcome, voted_on=vote.voted_on,
        number=vote.number.strip(), votes_for=vote.votes_for, votes_against=vote.votes_against,
        abstentions=vote.abstentions, entered_by_id=actor.mandate.id if actor.mandate else None,
        deliberation=files.store(actor=actor, scope=consultation.scope, file=file, accepted=PROOFS) if file else None,
        warnings=[warning.text for warning in adoption_warnings(consultation, vote.voted_on)],
        entered_at=clock.now(),
    )  # fmt: skip
    if vote.outcome == Adoption.Outcome.ADOPTED:
        scheme = consultation.version.scheme
        scheme_services.set_scheme_state(actor=actor, scheme=scheme, state=scheme.State.ADOPTED)
    journal.record(actor, VOTE_RECORDED, consultation, outcome=vote.outcome, on=vote.voted_on)
    return adoption


@service
def send_adopted(*, actor: Actor, adoption: Adoption) -> int:
    """Send the adopted scheme to every council not yet sent to and whose mailbox is known; returns how many.

    The message is the proof, dated today. The other councils are told with `note_sending`, once it has left otherwise.
    """
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    consultation = adoption.consultation
    require(may_record_vote(actor, consultation))
    if adoption.outcome != Adoption.Outcome.ADOPTED:
        raise Problem("Le schéma n’a pas été adopté : il n’y a rien à adresser aux conseils.")
    waiting = unsent_councils(adoption)
    reached = mailboxes([council.pk for council in waiting], consultation.territory_id)
    councils = [council for council in waiting if council.pk in reached]
    page = consultation.version.get_absolute_url()
    write_to_councils(
        {council.pk: page for council in councils},
        territory_id=consultation.territory_id,
        subject=f"{consultation.territory.epci.name} : le schéma de mutualisation adopté",
        text=(
            f"Bonjour,\n\nLe conseil communautaire a adopté le schéma de mutualisation le {date_long(adoption.voted_on)} "
            f"(délibération {adoption.number}). Il est adressé à votre conseil municipal :\n\n{{page}}\n\n"
            "Le code imprimé au bas de chaque page permet de vérifier que votre exemplaire est le texte voté.\n\n"
            "L’équipe du projet\n"
        ),
        kind="scheme_sent",
    )
    FinalSending.objects.bulk_create(
        FinalSending(
            adoption=adoption, authority=council, sent_on=clock.today(consultation.territory.zone), channel=Channel.EMAIL,
            entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
        )
        for council in councils
    )  # fmt: skip
    if councils:
        journal.record(actor, SCHEME_SENT, consultation, councils=len(councils))
    return len(councils)


@service
def note_sending(
    *, actor: Actor, adoption: Adoption, authority_id: int, on_date: date, channel: str, reference: str = ""
) -> FinalSending:
    """Note that the adopted scheme left for one council by letter or by hand."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    consultation = adoption.consultation
    require(may_record_vote(actor, consultation))
    known = next((body for body in councils_of(consultation.territory_id) if body.pk == authority_id), None)
    if known is None:
        raise Problem("Ce conseil n’est pas de ce territoire : rien n’a été noté.")
    if adoption.sendings.filter(authority=known).exists():
        raise Problem(f"L’envoi au conseil {known.of_name} est déjà noté : rien n’a changé.")
    if on_date > clock.today(consultation.territory.zone):
        raise Problem(
            f"Le {date_long(on_date)} n’est pas encore arrivé : notez l’envoi quand il aura eu lieu.",
            "on_date",
        )
    if on_date < adoption.voted_on:
        raise Problem("L’envoi ne peut pas précéder le vote : vérifiez la date.", "on_date")
    sending = FinalSending.objects.create(
        adoption=adoption, authority=known, sent_on=on_date, channel=channel, reference=reference.strip(),
        entered_by_id=actor.mandate.id if actor.mandate else None, entered_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, SCHEME_SENT, consultation, councils=1)
    return sending
