"""Who sets the target date: the president chooses, the project team may enter it for them."""

from mosaique.access.actor import Actor
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.territory.models import Territory


def may_set_target(actor: Actor, territory: Territory) -> Verdict:
    if actor.leads(territory.pk):
        return YES
    return no("La date visée est choisie par la présidence de l’intercommunalité.")
