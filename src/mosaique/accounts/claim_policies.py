"""Who may prepare a territory, who may open it. Pure: actor and row only."""

from mosaique.access.actor import Actor
from mosaique.access.models import TerritoryClaim
from mosaique.kernel.verdict import YES, Verdict, no


def may_prepare(actor: Actor) -> Verdict:
    """Anyone signed in: the instance's administrator opens it to others afterwards."""
    if actor.is_anonymous:
        return no("Connectez-vous pour préparer un territoire.")
    return YES


def may_confirm(actor: Actor) -> Verdict:
    """Opening a territory says that whoever prepares it speaks for its EPCI."""
    if actor.is_operator:
        return YES
    return no(
        "Seule l’administration de cette instance ouvre un territoire, après avoir vérifié qui le prépare. "
        "Le vôtre est gardé : vous pouvez continuer à le préparer."
    )


def may_settle(actor: Actor, claim: TerritoryClaim) -> Verdict:
    """The same person, on a claim that still waits."""
    verdict = may_confirm(actor)
    if verdict and claim.confirmed_at is not None:
        return no("Ce territoire est déjà ouvert. Rien n’a été changé.")
    return verdict
