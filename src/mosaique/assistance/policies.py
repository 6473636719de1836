"""Who may ask, answer, close. Actor and row only: no query."""

from mosaique.access.actor import Actor
from mosaique.assistance.models import KIND, HelpCall
from mosaique.kernel.verdict import YES, Verdict, no


def is_asker(actor: Actor, call: HelpCall) -> bool:
    if actor.person_id:
        return call.person_id == actor.person_id
    return call.pk in actor.confided(KIND)


def may_answer_calls(actor: Actor) -> Verdict:
    """The list of calls is the project team's."""
    if actor.territory_id is not None and actor.is_team(actor.territory_id):
        return YES
    return no("Les demandes d’aide sont lues par l’équipe du projet.")


def may_reply(actor: Actor, call: HelpCall) -> Verdict:
    if call.state == HelpCall.State.CLOSED:
        return no("Cette demande est réglée. Si cela recommence, demandez de l’aide depuis la page.")
    if is_asker(actor, call) or actor.is_team(call.scope.territory_id):
        return YES
    return no("Seules l’équipe du projet et la personne qui a demandé écrivent ici.")


def may_close(actor: Actor, call: HelpCall) -> Verdict:
    return may_reply(actor, call)
