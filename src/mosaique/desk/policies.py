"""Who sets the target date, takes a commune's data away, projects in a meeting. Pure."""

from mosaique.access.actor import Actor
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.territory.models import Authority, Territory


def may_set_target(actor: Actor, territory: Territory) -> Verdict:
    """The president chooses; the project team may enter it for them."""
    if actor.leads(territory.pk):
        return YES
    return no("La date visée est choisie par la présidence de l’intercommunalité.")


def may_take_away(actor: Actor, authority: Authority) -> Verdict:
    """Its own hall, before and after the commune leaves; the hall of the commune nouvelle that gathers it."""
    if authority.kind == Authority.Kind.COMMUNE and authority.pk in actor.hall_authority_ids:
        return YES
    return no(
        f"Les données {authority.of_name} se lisent et s’emportent par sa mairie : maire, adjoints et secrétariat. Demandez-les-lui."
    )


def may_project(actor: Actor) -> Verdict:
    """Whoever takes part in the territory: what is shown is what everyone who takes part reads."""
    if actor.takes_part_in(actor.territory_id):
        return YES
    return no(
        "La projection montre ce que lisent toutes les personnes du territoire ; vous lisez vos seuls espaces."
    )
