"""May they? Pure: the actor and the row. Opinions are consultative: no policy here ever forbids adopting."""

from mosaique.access.actor import Actor
from mosaique.access.entrusting import Entrusted
from mosaique.consultation.models import Consultation, CouncilFile
from mosaique.kernel.verdict import YES, Verdict, no

_TEAM_ONLY = (
    "L’équipe du projet, à l’intercommunalité, tient ce dossier. Écrivez-lui si une date est inexacte."
)

_NOT_ENTRUSTED = "Votre délégation ne comprend pas l’avis du conseil : il reste enregistré par sa mairie."


def may_open(actor: Actor, territory_id: int) -> Verdict:
    """Open the consultation of the councils on a frozen version."""
    if actor.leads(territory_id):
        return YES
    return no(
        "La consultation des conseils est ouverte par la présidence de l’intercommunalité ou l’équipe du projet."
    )


def may_keep_dates(actor: Actor, council: CouncilFile) -> Verdict:
    """Enter or correct the dates of sending and reception of one council."""
    return YES if actor.leads(council.consultation.territory_id) else no(_TEAM_ONLY)


def may_acknowledge(actor: Actor, council: CouncilFile) -> Verdict:
    """Say, for one's own council, that the report has arrived: this starts its clock."""
    if actor.acts_for(council.authority_id):
        return YES if actor.carries(Entrusted.OPINIONS) else no(_NOT_ENTRUSTED)
    return no("Seule la mairie concernée peut accuser réception pour son conseil.")


def may_give_opinion(actor: Actor, council: CouncilFile) -> Verdict:
    """Record a council's vote: its own town hall, or the team from the deliberation received on paper."""
    if actor.acts_for(council.authority_id) and not actor.carries(Entrusted.OPINIONS):
        return no(_NOT_ENTRUSTED)
    if actor.acts_for(council.authority_id) or actor.leads(council.consultation.territory_id):
        return YES
    return no(
        f"L’avis du conseil {council.authority.of_name} est enregistré par sa mairie ou par l’équipe du projet."
    )


def may_set_sittings(actor: Actor, council: CouncilFile) -> Verdict:
    return may_give_opinion(actor, council)


def may_answer_reserve(actor: Actor, council: CouncilFile) -> Verdict:
    """Write the answer that a council's reserves were promised."""
    if actor.leads(council.consultation.territory_id):
        return YES
    return no("La réponse aux réserves d’un conseil est écrite par la présidence ou l’équipe du projet.")


def may_record_vote(actor: Actor, consultation: Consultation) -> Verdict:
    """Record the community council's vote."""
    if actor.leads(consultation.territory_id):
        return YES
    return no("Le vote du conseil communautaire est enregistré par la présidence ou l’équipe du projet.")
