"""Who sets the target date: the president chooses, the project team may enter it for them."""

from mosaique.access.actor import Actor
from mosaique.access.roles import Role
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.territory.models import Territory


def may_set_target(actor: Actor, territory: Territory) -> Verdict:
    held = actor.mandate
    if (
        held
        and held.territory_id == territory.pk
        and (held.role == Role.PRESIDENT or actor.is_team(territory.pk))
    ):
        return YES
    return no("La date visée est choisie par la présidence de l’intercommunalité.")
